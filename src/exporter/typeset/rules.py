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
# yes: "https://a.b/c?d", "www.a.b", "x@y.org"; no: "a: b"
ADDRESS: Final = re.compile(
    r"""(?:https?://|ftp://|www\.)[^\s\u2029"«»“”„<>]+|\w[\w.+'-]{0,63}@[\w.-]{1,200}""",
    re.IGNORECASE,
)
CLOSING: Final = ".,;:!?'’)]…"  # stands after an address, not in it


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


def without_addresses(text: str) -> str:
    """Give a run with its web and mail addresses opaque."""
    if "://" not in text and "www." not in text and "@" not in text:
        return text
    return ADDRESS.sub(_opaque, text)


def _opaque(address: re.Match[str]) -> str:
    inside = address[0].rstrip(CLOSING)
    return OPAQUE * len(inside) + address[0][len(inside) :]


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
