"""A text broken into lines of one size, as even as they can be."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PIL import ImageFont

from exporter.write.epub.cover.faces import Face

LEADING: Final = 1.14
LEAST: Final = 8  # px of a line's width that nobody sees
# scripts without spaces; a sign that closes stays with what it closes; yes: "東", "、"; no: "e"
UNSPACED: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff](?:[\u3001\u3002\u300d\u300f\uff01\uff09\uff1f\u30fc\u3041"
    r"\u3043\u3083\u3085\u3087\u3063\u30c3\u30e3\u30e5\u30e7]){0,3}|[^\s\u3040-\u30ff\u3400-\u9fff]+"
)
CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # yes: "東"; no: "é"


@dataclass(frozen=True, slots=True)
class Setting:
    """A text broken into lines of one size."""

    lines: tuple[str, ...]
    size: int  # px

    @property
    def height(self) -> int:
        """Its height in px."""
        return round(len(self.lines) * self.size * LEADING)


def fill(text: str, face: Face, sizes: Sequence[int], room: tuple[int, int]) -> Setting:
    """Give a text in the largest of these sizes that fits into width and height, px.

    One that fits in none is cut, and says so.
    """
    width, height = room
    joint = "" if CJK.search(text) else " "
    pieces = text.split(" ") if joint else UNSPACED.findall(text)
    setting = Setting((), sizes[-1])
    for size in sizes:
        font = face.at(size)
        setting = Setting(_balanced(pieces, joint, font, width), size)
        wide = max(font.getlength(line) for line in setting.lines)
        if setting.height <= height and wide <= width:
            return setting
    kept = int(height // (sizes[-1] * LEADING))
    font = face.at(sizes[-1])
    lines = [beginning(line, font, width) for line in setting.lines[:kept]]
    ended = (f"{line} …" for line in lines[kept - 1 : kept])
    return Setting((*lines[: kept - 1], *ended), sizes[-1])


def beginning(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """Give as much of a text as fits into a width, in px; measured few times, however long."""
    return text[
        : bisect_right(range(1, len(text) + 1), width, key=lambda n: font.getlength(text[:n]))
    ]


def _balanced(
    pieces: Sequence[str], joint: str, font: ImageFont.FreeTypeFont, widest: float
) -> tuple[str, ...]:
    """Break pieces into the fewest lines, then make those lines as even as they can be."""
    lengths = [font.getlength(piece) for piece in pieces]
    space = font.getlength(joint) if joint else 0.0
    best = _breaks(lengths, space, widest)
    low, high = max(lengths), widest
    while high - low > LEAST:
        middle = (low + high) / 2
        found = _breaks(lengths, space, middle)
        if len(found) <= len(best):
            best, high = found, middle
        else:
            low = middle
    return tuple(joint.join(pieces[start:end]) for start, end in pairwise((*best, len(pieces))))


def _breaks(lengths: Sequence[float], space: float, width: float) -> list[int]:
    """Give at which pieces lines begin when each takes as many as it can."""
    starts: list[int] = []
    used = width + 1
    for number, length in enumerate(lengths):
        if used + space + length > width:
            starts.append(number)
            used = -space
        used += space + length
    return starts
