"""Quotation marks and apostrophes of one block, each with what stands before and after it.

Neighbours are of five kinds: blank (a space or an edge), opening (a bracket, a dash, what may
stand before a quotation), word, closing (a full stop, a bracket) and opaque.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from exporter.typeset.flow import BREAK, LINE, NOTE, OPAQUE
from exporter.typeset.rule import BLANK

# yes: "'", '"', "«"; no: "‘", "’", which may be an apostrophe
SIGNS: Final = re.compile("[\"']+|[«»“”„‹›]")
# Feet, inches, minutes and seconds of arc. yes: 5'10", 51'24.5", 48°51', 12" x; no: 12" record
PRIMES: Final = re.compile(
    r"""\d(?:['′][ ]?\d{1,2}(?:[.,]\d{1,3})?[¼½¾]?"|"(?=[ ]?[x×][ ]?\d))"""
    r"""|°[ ]?\d{1,2}(?:[.,]\d{1,3})?'"""
)
EDGES: Final = f"{BLANK}{BREAK}{LINE}"
AHEAD: Final = 12
# kind of a neighbour: what is in neither table is "w", part of a word
BEFORE: Final = {
    **dict.fromkeys(EDGES, "s"),
    **dict.fromkeys("([{-–—/¿¡,:;=|«“„‘‚‹’'", "o"),
    OPAQUE: "x",
}
AFTER: Final = {
    **dict.fromkeys(EDGES, "s"),
    **dict.fromkeys(".,;:!?…)]}»”’›*-–—/|" + NOTE, "c"),
    OPAQUE: "x",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One mark of a block."""

    at: int  # in the run
    mark: str
    sides: str  # kinds of its neighbours beyond other straight marks: "sw" opens, "wc" closes
    before: str  # the character before it and the straight marks that touch it
    ahead: str  # what comes after those, AHEAD characters


def signs(text: str, start: int, end: int) -> Iterator[Sign]:
    """Give the marks of a block in order, without those that measure."""
    primes = {
        place
        for match in PRIMES.finditer(text, start, end)
        for place in range(*match.span())
        if text[place] in "\"'"
    }
    for match in SIGNS.finditer(text, start, end):
        first, last = match.span()
        before = text[first - 1]
        sides = BEFORE.get(before, "w") + AFTER.get(text[last], "w")
        doubled = "''" in match[0]  # a quotation mark of typewriters and of TeX: no telling
        for place in range(first, last):
            if place not in primes and not (doubled and text[place] == "'"):
                yield Sign(place, text[place], sides, before, text[last : last + AHEAD])
