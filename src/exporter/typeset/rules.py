"""The rules of one language, as its table in data/typography says them (docs/typography.md).

Marks come first, then quotation marks, spaces last: each reads what the one before it made.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from exporter import data
from exporter.typeset import rule
from exporter.typeset.flow import OPAQUE, Piece, apart, change, primary, run
from exporter.typeset.quotes import Quotes
from exporter.typeset.rule import Rule

SHARED: Final = "typography.toml"  # what all languages do
# the middle of an address, sought by what is rare. yes: "://a.b/c?d", "www.a.b", "@y"; no: "a:b"
ADDRESS: Final = re.compile(r"""(?:://|www\.)[^\s\u2029"«»“”„<>]+|@[\w.-]{1,200}""")
CLOSING: Final = ".,;:!?'’)]…"  # stands after an address, not in it
NAME: Final = frozenset(".+'_-")  # what may stand before an @, beside letters and digits
LONGEST: Final = 64  # characters before an @ (RFC 5321, 4.5.3.1.1), more than any scheme has


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of one language, in the order they apply."""

    language: str
    marks: tuple[Rule, ...]
    quotes: Quotes
    spaces: tuple[Rule, ...]

    def apply(self, found: Sequence[Piece], region: str = "") -> None:
        """Set the pieces of this language."""
        text = self._follow(self.marks, found, self._read(found))
        if edits := self.quotes.edits(text, region):
            change(found, self.language, edits)
            text = self._read(found)
        self._follow(self.spaces, found, text)

    def _read(self, found: Sequence[Piece]) -> str:
        return without_addresses(run(found, self.language))

    def _follow(self, rules: Iterable[Rule], found: Sequence[Piece], text: str) -> str:
        """Follow rules that do not read what another made; where two meet, the later one stands."""
        stretches = {edit.start: edit for one in rules for edit in one.edits(text)}
        edits = [
            edit
            for _, edit in sorted(stretches.items())
            if edit.text != text[edit.start : edit.end]
        ]
        if not edits:
            return text
        change(found, self.language, edits)
        return self._read(found)

    def line(self, text: str, region: str = "") -> str:
        """Give one line of plain text as this language sets it."""
        piece = Piece.of(text, self.language)
        self.apply(list(apart([piece])), region)
        return piece.text

    def name(self, text: str) -> str:
        """Give a name with the marks of this language and its own spaces, as catalogues sort it."""
        piece = Piece.of(text, self.language)
        found = list(apart([piece]))
        self._follow(self.marks, found, self._read(found))
        return piece.text


def without_addresses(text: str) -> str:
    """Give a run with its web and mail addresses opaque."""
    if "://" not in text and "www." not in text and "@" not in text:
        return text
    parts, at = [], 0
    for match in ADDRESS.finditer(text):
        start = _beginning(text, match.start(), at)
        end = match.start() + len(match[0].rstrip(CLOSING))
        if start < match.start() or text[start] == "w":
            parts += [text[at:start], OPAQUE * (end - start)]
            at = end
    return "".join([*parts, text[at:]])


def _beginning(text: str, middle: int, least: int) -> int:
    """Give where an address begins: before its :// the scheme, before its @ the name."""
    allowed = NAME if text[middle] == "@" else frozenset()
    start, least = middle, max(least, middle - LONGEST)
    if text[middle] == "w":
        return start
    while start > least and (text[start - 1].isalnum() or text[start - 1] in allowed):
        start -= 1
    while start < middle and not text[start].isalnum():
        start += 1
    return start


@cache
def table(language: str) -> Rules | None:
    """Give the rules of a language (BCP 47), None when we have none for it."""
    known = primary(language)
    if known not in data.names("typography"):
        return None
    shared, said = data.toml(SHARED), data.toml("typography", f"{known}.toml")
    short = {**rule.SHORT, **shared["short"], **said.get("short", {})}
    return Rules(
        known,
        tuple(rule.mark(entry, short) for entry in (*shared["mark"], *said.get("mark", ()))),
        Quotes.of(said["quotes"], short),
        tuple(rule.space(entry, short) for entry in (*shared["space"], *said.get("space", ()))),
    )
