"""Sizes of paper by their names, or by their measures."""

import re
from dataclasses import dataclass
from typing import Final

from exporter.errors import ConfigError

# mm, upright; A and B: ISO 216, the others: ANSI/ASME Y14.1 and what printers of books offer
NAMED: Final = {
    "a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "a6": (105, 148),
    "b4": (250, 353), "b5": (176, 250), "b6": (125, 176),
    "letter": (215.9, 279.4), "legal": (215.9, 355.6), "half-letter": (139.7, 215.9),
    "trade": (152.4, 228.6), "digest": (139.7, 215.9), "pocket": (108, 174.6),
}  # fmt: skip
MILLIMETRES: Final = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
# yes: "148x210mm", "6in 8in", "6 × 9 in", "15.5cm x 23cm"; no: "148", "148x210", "1e3x2mm"
MEASURES: Final = re.compile(
    r"(\d{1,4}(?:\.\d{1,3})?) ?(mm|cm|in|pt)? ?[x× ] ?(\d{1,4}(?:\.\d{1,3})?) ?(mm|cm|in|pt)"
)
LEAST, MOST = 60.0, 1000.0  # mm; below, a line holds a few words, above lies no printer
REMEDY: Final = 'give a name (a4, a5, letter, ...) or measures like "148x210mm" or "6in 9in"'


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, as it is held."""

    width: float  # mm
    height: float  # mm


def paper(said: str) -> Paper:
    """Give the paper of that name ("a5", "letter landscape") or of these measures ("6in 8in").

    Raises:
        ConfigError: it is neither, or no size for a page of text.

    """
    words = " ".join(said.casefold().split())
    name, _, turn = words.partition(" ")
    if name in NAMED and turn in {"", "landscape", "portrait"}:
        short, long = NAMED[name]
        return Paper(long, short) if turn == "landscape" else Paper(short, long)
    found = MEASURES.fullmatch(words)
    if found is None:
        raise ConfigError("no such page size", said, REMEDY)
    width, one, height, other = found.groups()
    size = Paper(
        float(width) * MILLIMETRES[one or other],
        float(height) * MILLIMETRES[other],
    )
    if not (LEAST <= size.width <= MOST and LEAST <= size.height <= MOST):
        raise ConfigError(f"a page has {LEAST:g} to {MOST:g} mm a side", said, "give another size")
    return size


def rules(said: str) -> str:
    """Give the CSS of pages of a size, of a table on its side, too; of no size, none."""
    if not said.strip():
        return ""
    size = paper(said)
    short, long = sorted((size.width, size.height))
    return (
        f"\n@page {{ size: {size.width:g}mm {size.height:g}mm }}"
        f"\n@page turned {{ size: {long:g}mm {short:g}mm }}\n"
    )


def narrower(said: str, own: str) -> float:
    """Give how much of a theme's own width a page of another size has: 1 at most."""
    if not said.strip() or not own:
        return 1
    return min(1, paper(said).width / paper(own).width)
