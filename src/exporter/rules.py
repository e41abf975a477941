"""Rules as data: phrase rules for boilerplate in each language, and site rules.

Both are TOML. A mistake in a file is reported with its name and line.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import tomli

from exporter import data
from exporter.errors import ConfigError

LONGEST: Final = 60  # words of a block that a phrase can condemn
WORD: Final = re.compile(r"[\w%]+")  # yes: "l", "article", "50%"; no: "👇"
KINDS: Final = frozenset({
    "share", "newsletter", "donation", "channel", "app", "source", "related", "translator",
    "comments", "credit", "consent", "ad", "rights", "dates", "author", "paywall", "tags", "ui",
})  # fmt: skip
EXTENTS: Final = frozenset({"element", "to-end", "to-heading"})


def normalise(text: str) -> str:
    """Give the words of a text for comparing: folded, without accents, one space between."""
    if text.isascii():
        return " ".join(WORD.findall(text.lower()))
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(WORD.findall(plain))


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """When a short isolated block is boilerplate of one kind."""

    id: str  # "fr.share": unique among all packs
    kind: str
    any: tuple[str, ...] = ()  # one of these must stand in the text
    all: tuple[tuple[str, ...], ...] = ()  # of each group one must; "inscri*" begins a word
    none: tuple[str, ...] = ()  # none of these may
    place: str = "anywhere"  # "anywhere" | "start" | "whole": where the phrase of `any` stands
    most: int = 60  # words of the block
    score: float = 0.9
    examples: tuple[str, ...] = field(default=(), compare=False)
    counter_examples: tuple[str, ...] = field(default=(), compare=False)

    def match(self, words: str, count: int) -> str | None:
        """Give the phrase that convinced, or None; `words` is normalised, `count` its length."""
        if count > self.most:
            return None
        padded = f" {words} "
        found = next((p for p in self.any if self._stands(p, words, padded)), None)
        if self.any and found is None:
            return None
        for group in self.all:
            hit = next((p for p in group if _occurs(p, padded)), None)
            if hit is None:
                return None
            found = f"{found} + {hit}" if found else hit
        if any(_occurs(phrase, padded) for phrase in self.none):
            return None
        return found

    def _stands(self, phrase: str, words: str, padded: str) -> bool:
        if self.place == "whole":
            return words == phrase
        if self.place == "start":
            return f"{words} ".startswith(f"{phrase} ")
        return _occurs(phrase, padded)


def _occurs(phrase: str, padded: str) -> bool:
    if phrase.endswith("*"):
        return f" {phrase[:-1]}" in padded
    return f" {phrase} " in padded


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """All phrase rules, found by the words that must occur."""

    rules: tuple[PhraseRule, ...]
    by_word: Mapping[str, tuple[PhraseRule, ...]]  # a literal word -> rules that need it
    kinds: Mapping[str, str]  # id -> kind

    def matches(self, text: str) -> Iterator[tuple[PhraseRule, str]]:
        """Give the rules that match a block's text, with the phrase that convinced."""
        words = normalise(text)
        parts = words.split()
        seen: set[str] = set()
        for word in dict.fromkeys(parts):
            for rule in self.by_word.get(word, ()):
                if rule.id not in seen:
                    seen.add(rule.id)
                    found = rule.match(words, len(parts))
                    if found is not None:
                        yield rule, found


@cache
def phrase_book() -> PhraseBook:
    """Give the packaged phrase rules of all languages.

    Raises:
        ConfigError: a pack is wrong.

    """
    rules: list[PhraseRule] = []
    for language in data.names("phrases"):
        text = files(data).joinpath("phrases", f"{language}.toml").read_text(encoding="utf-8")
        rules.extend(phrase_rules(text, f"phrases/{language}.toml", language))
    index: dict[str, dict[str, PhraseRule]] = {}
    for rule in rules:
        for phrase in rule.any or rule.all[0]:
            index.setdefault(max(phrase.split(), key=len), {})[rule.id] = rule
    by_word = {word: tuple(found.values()) for word, found in index.items()}
    return PhraseBook(tuple(rules), by_word, {rule.id: rule.kind for rule in rules})


def phrase_rules(text: str, name: str, language: str) -> tuple[PhraseRule, ...]:
    """Read a phrase pack.

    Raises:
        ConfigError: it is no TOML, or a rule is wrong.

    """
    table = _toml(text, name)
    entries = _tables(table, "rule", text, name)
    lines = _lines_of(text, "[[rule]]")
    if len(lines) != len(entries):  # tables written in a line
        lines = [1] * len(entries)
    return tuple(
        _phrase_rule(entry, f"{name}:{line}", language)
        for entry, line in zip(entries, lines, strict=True)
    )


def _phrase_rule(entry: dict[str, Any], where: str, language: str) -> PhraseRule:
    known = {"id", "kind", "any", "all", "none", "place", "most", "score", "examples"}
    _known(entry, known | {"counter_examples"}, where)
    if entry.get("kind") not in KINDS:
        raise ConfigError(f"kind {entry.get('kind')!r} is unknown", where, "see rules.KINDS")
    if not entry.get("id"):
        raise ConfigError("a rule needs an id", where, 'add id = "share"')
    if entry.get("place", "anywhere") not in {"anywhere", "start", "whole"}:
        raise ConfigError("place is wrong", where, 'use "anywhere", "start" or "whole"')
    any_ = tuple(normalise(p) for p in _strings(entry, "any", where))
    groups = tuple(
        tuple(_phrase(p) for p in group.split("|")) for group in _strings(entry, "all", where)
    )
    if not any_ and not groups:
        raise ConfigError("a rule needs any or all", where, 'add any = ["…"]')
    if not any_ and any(p.endswith("*") for p in groups[0]):
        raise ConfigError("the first group of all must be whole words", where, "drop the *")
    return PhraseRule(
        id=f"{language}.{entry['id']}",
        kind=entry["kind"],
        any=any_,
        all=groups,
        none=tuple(_phrase(p) for p in _strings(entry, "none", where)),
        place=entry.get("place", "anywhere"),
        most=int(entry.get("most", 60)),
        score=float(entry.get("score", 0.9)),
        examples=_strings(entry, "examples", where),
        counter_examples=_strings(entry, "counter_examples", where),
    )


def _phrase(text: str) -> str:
    return normalise(text) + ("*" if text.rstrip().endswith("*") else "")


# --- site rules


@dataclass(frozen=True, slots=True)
class Cut:
    """One removal or keeping of a site rule."""

    what: str  # printed in the ledger
    css: str = ""
    starts: str = ""  # the words a block starts with
    extent: str = "element"  # "element" | "to-end" | "to-heading"


@dataclass(frozen=True, slots=True)
class Example:
    """A snippet that the rule must treat as it says."""

    html: str
    removes: tuple[str, ...]
    keeps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What is known about the pages of one site and its subdomains."""

    site: str
    why: str = ""
    article: tuple[str, ...] = ()  # CSS of the article's container, the first that fits
    remove: tuple[Cut, ...] = ()
    keep: tuple[Cut, ...] = ()
    examples: tuple[Example, ...] = ()

    def covers(self, host: str) -> bool:
        """Tell whether a host belongs to the site."""
        return host == self.site or host.endswith(f".{self.site}")


def site_rule(text: str, name: str) -> SiteRule:
    """Read a site rule.

    Raises:
        ConfigError: it is no TOML, or says something a site rule can't say.

    """
    table = _toml(text, name)
    _known(table, {"site", "why", "article", "remove", "keep", "example"}, name)
    if not isinstance(table.get("site"), str):
        raise ConfigError("a site rule needs its site", name, 'add site = "example.org"')
    return SiteRule(
        site=table["site"].lower(),
        why=str(table.get("why", "")),
        article=_strings(table, "article", name),
        remove=_cuts(table, "remove", text, name),
        keep=_cuts(table, "keep", text, name),
        examples=tuple(
            Example(
                str(entry.get("html", "")),
                _strings(entry, "removes", name),
                _strings(entry, "keeps", name),
            )
            for entry in _tables(table, "example", text, name)
        ),
    )


def _cuts(table: dict[str, Any], key: str, text: str, name: str) -> tuple[Cut, ...]:
    cuts = []
    for number, entry in enumerate(_tables(table, key, text, name)):
        where = f"{name}:{_line_of(text, f'[[{key}]]', number)}"
        _known(entry, {"what", "css", "starts", "extent"}, where)
        cut = Cut(
            what=str(entry.get("what", entry.get("css", entry.get("starts", "")))),
            css=str(entry.get("css", "")),
            starts=normalise(str(entry.get("starts", ""))),
            extent=str(entry.get("extent", "element")),
        )
        if bool(cut.css) == bool(cut.starts):
            raise ConfigError("needs css or starts, not both", where, 'add css = "div.share"')
        if cut.extent not in EXTENTS:
            raise ConfigError(f"extent {cut.extent!r} is unknown", where, " | ".join(EXTENTS))
        cuts.append(cut)
    return tuple(cuts)


@cache
def site_rules(folders: tuple[str, ...] = ()) -> tuple[SiteRule, ...]:
    """Give the packaged site rules and those of the user's folders, the user's first.

    Raises:
        ConfigError: a rule file is wrong or a folder is absent.

    """
    rules: list[SiteRule] = []
    for folder in folders:
        if not Path(folder).is_dir():
            raise ConfigError("is no folder", folder, "name a folder of site rules")
        rules.extend(
            site_rule(path.read_text(encoding="utf-8"), str(path))
            for path in sorted(Path(folder).glob("*.toml"))
        )
    for site in data.names("sites"):
        text = files(data).joinpath("sites", f"{site}.toml").read_text(encoding="utf-8")
        rules.append(site_rule(text, f"sites/{site}.toml"))
    return tuple(rules)


# --- reading


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = found[1] if found else len(text.splitlines())  # "at end of document"
        where = f"{name}:{line}"
        raise ConfigError(f"is no TOML: {error}", where, "correct the line") from error


def _tables(table: dict[str, Any], key: str, text: str, name: str) -> list[dict[str, Any]]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        where = f"{name}:{_line_of(text, key, 0)}"
        raise ConfigError(f"{key} is no list of tables", where, f"write [[{key}]]")
    return entries


def _strings(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ConfigError(f"{key} is no list of texts", where, f'write {key} = ["…"]')
    return tuple(values)


def _known(entry: dict[str, Any], known: set[str], where: str) -> None:
    if strange := sorted(set(entry) - known):
        raise ConfigError(f"{strange[0]!r} is unknown", where, f"known: {', '.join(sorted(known))}")


def _line_of(text: str, mark: str, number: int) -> int:
    lines = _lines_of(text, mark)
    return lines[number] if number < len(lines) else 1


def _lines_of(text: str, mark: str) -> list[int]:
    return [n for n, line in enumerate(text.splitlines(), 1) if line.strip().startswith(mark)]
