"""What a Markdown file says of itself above its text: YAML between "---", TOML between "+++"."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import tomli

LONGEST: Final = 20_100  # characters of front matter with its fences
# yes: "---\ntitle: x\n---\n", "+++\ntitle = 'x'\n+++\n"   no: "---\n\nA rule, then text"
FENCED: Final = re.compile(
    r"(---|\+\+\+)[ \t]*\n(?=[^\s-])(.{0,20000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
# yes: "title: x", '"og:image": x', "tags:"   no: "  - x", "https://example.org"
PAIR: Final = re.compile(r"[\"']?([A-Za-z][\w .:-]{0,60}?)[\"']?[ \t]*:(?:[ \t]+(.*))?\Z")
ITEM: Final = re.compile(r"[ \t]*-[ \t]+(.*)\Z")  # yes: "  - sea", "- sea"; no: "-5"
FOLDED: Final = re.compile(r"[|>][+-]?\Z")  # yes: "|", ">-"; no: "> a quotation"
# yes: 'sea', "'a, b'", '"a, b"' in "[sea, 'a, b']"   no: the commas between
LISTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s,][^,]*")
COMMENT: Final = re.compile(r"\s#.*\Z")  # yes: "x  # why"; no: "C#", "#1"
WIKI: Final = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")  # yes: "[[Ana Ruiz]]"; no: "[x]"

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields, by lower-case name."""

    values: Values = field(default_factory=dict)
    end: int = 0  # characters of the text before its body

    def first(self, *names: str) -> str:
        """Give the first value of the first of these fields that has one; else ""."""
        found = (self.values.get(name, ()) for name in names)
        return next((values[0] for values in found if values), "")

    def all(self, *names: str) -> tuple[str, ...]:
        """Give the values of the first of these fields that has any."""
        return next((self.values[name] for name in names if self.values.get(name)), ())

    def body(self, pieces: Callable[[], Iterable[str]]) -> Iterator[str]:
        """Give the pieces of a text without its front matter."""
        before = self.end
        for piece in pieces():
            yield piece[before:]
            before = max(0, before - len(piece))


def front_matter(pieces: Iterable[str]) -> FrontMatter:
    """Give what the beginning of a text says of it; what is no front matter is its body."""
    text = ""
    for piece in pieces:
        text += piece
        if len(text) > LONGEST:
            break
    mark = text.startswith("\ufeff")
    found = FENCED.match(text, mark)
    if found is None:
        return FrontMatter()
    values = _toml(found[2]) if found[1] == "+++" else _yaml(found[2])
    return FrontMatter(values, found.end()) if values else FrontMatter()


def _toml(source: str) -> Values:
    try:
        table = tomli.loads(source)
    except tomli.TOMLDecodeError:
        return {}
    return {key.casefold(): tuple(_plain(value)) for key, value in table.items()}


def _plain(value: object) -> Iterator[str]:
    match value:
        case str() if value.strip():
            yield value.strip()
        case date():  # a datetime is one too
            yield value.isoformat()
        case list():
            for item in value:
                yield from _plain(item)
        case dict():
            yield from _plain(value.get("name", ""))


def _yaml(source: str) -> Values:
    """Read what front matter uses of YAML: fields with a text or a list of texts.

    Deeper structures are theme settings and tell nothing of the article.
    """
    values: dict[str, list[str]] = {}
    current: list[str] = []
    folded = False
    for line in source.split("\n"):
        if folded and (not line.strip() or line[0].isspace()):
            current[0] = f"{current[0]} {line.strip()}".strip()
        elif pair := PAIR.match(line):
            told = _uncommented(pair[2] or "")
            folded = FOLDED.match(told) is not None
            current = values.setdefault(pair[1].casefold(), [])
            current.extend([""] if folded else _scalars(told))
        elif item := ITEM.match(line):
            # authors are often a list of "- name: Ana Ruiz"
            named = PAIR.match(item[1])
            current.extend(_scalars((named[2] or "") if named else _uncommented(item[1])))
    return {name: tuple(filter(None, found)) for name, found in values.items()}


def _scalars(told: str) -> list[str]:
    if told.startswith("[") and told.endswith("]") and not told.startswith("[["):
        return [_unquoted(item) for item in LISTED.findall(told[1:-1])]
    return [_unquoted(told)]


def _unquoted(told: str) -> str:
    told = told.strip()
    if len(told) > 1 and told[0] == told[-1] == '"':
        told = told[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    elif len(told) > 1 and told[0] == told[-1] == "'":
        told = told[1:-1].replace("''", "'")
    told = WIKI.sub(r"\1", told)
    return "" if told in {"null", "~", "none"} else told


def _uncommented(told: str) -> str:
    told = told.strip()
    return told if told[:1] in {'"', "'", "["} else COMMENT.sub("", told)
