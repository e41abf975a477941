"""The outline of a book, made of those of its pieces."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page of the book."""

    page: int  # from 0
    left: Any  # points, as PDF has it
    top: Any

    def destination(self, book: pikepdf.Pdf) -> Array:
        """Give it as a PDF says it."""
        return Array([book.pages[self.page].obj, Name.XYZ, self.left, self.top, 0])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an outline, with those below it."""

    title: str
    spot: Spot
    below: tuple["Line", ...] = ()


def read(piece: pikepdf.Pdf, numbers: Mapping[tuple[int, int], int]) -> tuple[Line, ...]:
    """Give the outline of a piece; `numbers` are those of its pages in the book."""
    top = piece.Root.get("/Outlines")
    return tuple(_lines(top, numbers)) if top is not None else ()


def _lines(above: pikepdf.Object, numbers: Mapping[tuple[int, int], int]) -> list[Line]:
    lines = []
    item = above.get("/First")
    while item is not None:
        page, _, left, top, _ = list(item.Dest)
        spot = Spot(numbers[page.objgen], left, top)
        lines.append(Line(str(item.Title), spot, tuple(_lines(item, numbers))))
        item = item.get("/Next")
    return lines


def write(book: pikepdf.Pdf, lines: Sequence[Line], *, opened: int) -> None:
    """Give a book its outline; `opened` is how many levels show at first."""
    top = book.make_indirect(Dictionary(Type=Name.Outlines))
    shown = _write(book, top, lines, opened)
    if shown:
        top.Count = shown
        book.Root.Outlines = top


def _write(book: pikepdf.Pdf, above: pikepdf.Object, lines: Sequence[Line], opened: int) -> int:
    """Write the lines below one; give how many show when that one is opened."""
    items = [
        book.make_indirect(
            Dictionary(Title=String(line.title), Parent=above, Dest=line.spot.destination(book))
        )
        for line in lines
    ]
    shown = len(items)
    for item, after in itertools.pairwise(items):
        item.Next, after.Prev = after, item
    if items:
        above.First, above.Last = items[0], items[-1]
    for item, line in zip(items, lines, strict=True):
        below = _write(book, item, line.below, opened - 1)
        if below:
            item.Count = below if opened > 1 else -below
            shown += below if opened > 1 else 0
    return shown
