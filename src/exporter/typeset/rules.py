"""The rules of one language, as its table in data/typography says them.

A rule names what stands before a space and what after it; only the white space between them is
ever replaced, so no rule can change a letter, a digit or a mark.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from exporter import data
from exporter.typeset.flow import BREAK, OPAQUE, Edit, Piece, change, primary, run

SPACES: Final = {"fine": "\u202f", "nbsp": "\u00a0", "none": ""}  # what a rule may put
SPACE: Final = "[ \t\r\n\u00a0\u2009\u202f]"  # what a rule may replace
# short for what tables say often: {end} is the end of a block or a space
SHORT: Final = {
    "{space}": SPACE,
    "{end}": f"(?:{SPACE}|{BREAK}|\\Z)",
    "{some}": f"[^ \t\r\n\u00a0\u2009\u202f{BREAK}]",
    "{upper}": "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ]",
    "{word}": f"[^\\W_{OPAQUE}]",
    "{solid}": f"[\\w{OPAQUE}]",
}
# yes: "https://a.b/c?d", "www.a.b", "x@y.org"; no: "a: b"
ADDRESS: Final = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s\u2029]+|[\w.+-]{1,64}@[\w.-]{1,200}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the stretch of white space it finds as group "gap", and what it puts there."""

    what: str
    find: re.Pattern[str]
    put: str

    def edits(self, text: str) -> Iterator[Edit]:
        """Give what this rule changes in a text."""
        for match in self.find.finditer(text):
            start, end = match.span("gap")
            if text[start:end] != self.put:
                yield Edit(start, end, self.put)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of one language, in the order they apply."""

    language: str
    rules: tuple[Rule, ...]

    def apply(self, found: Sequence[Piece]) -> None:
        """Set the pieces of this language."""
        for rule in self.rules:
            text = run(found, self.language)
            kept = addresses(text)
            edits = [edit for edit in rule.edits(text) if not _inside(edit, kept)]
            if edits:
                change(found, self.language, edits)

    def line(self, text: str) -> str:
        """Give one line of plain text as this language sets it."""
        piece = Piece(None, tail=False, language=self.language, text=text)
        self.apply([piece])
        return piece.text


def addresses(text: str) -> list[tuple[int, int]]:
    """Give the stretches of a text that are web or mail addresses."""
    if "://" not in text and "www." not in text and "@" not in text:
        return []
    return [match.span() for match in ADDRESS.finditer(text)]


def _inside(edit: Edit, kept: list[tuple[int, int]]) -> bool:
    at = bisect_left(kept, (edit.start, 0)) - 1
    return at >= 0 and kept[at][0] < edit.start < kept[at][1]


@cache
def table(language: str) -> Rules | None:
    """Give the rules of a language (BCP 47), None when we have none for it."""
    known = primary(language)
    if known not in data.names("typography"):
        return None
    said = data.toml("typography", f"{known}.toml")
    return Rules(known, tuple(_rule(entry) for entry in said["space"]))


def _rule(entry: dict[str, Any]) -> Rule:
    # possessive, and only from where a stretch begins: a page of 100,000 spaces stays linear
    gap = f"{SPACE}*+" if entry.get("insert") else f"{SPACE}++"
    pattern = f"(?:{entry['before']})(?<!{SPACE})(?P<gap>{gap})(?={entry['after']})"
    for short, long in SHORT.items():
        pattern = pattern.replace(short, long)
    return Rule(entry["what"], re.compile(pattern), SPACES[entry["put"]])
