"""Tables as the grids they draw: every row as wide as the table, every span inside it.

PDF/UA-1 (7.2) asks for rows of equal length; pages write what browsers forgive.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from exporter.dom import Element, text_of
from exporter.write.xhtml import tag

CELLS: Final = frozenset({"td", "th"})
GROUPS: Final = ("thead", "tbody", "tfoot")
SPAN: Final = 60  # a page may ask for 99999999
SHORTEST: Final = 3  # letters of the smallest piece of a word
NATURAL: Final = 30  # letters that a word of prose may have
ENDLESS: Final = 1.4  # how much wider than prose capitals, figures and code are
FEW: Final = 9  # rows that a third of a page holds
CELL: Final = 18  # letters of a cell that should not have to break
PADDING: Final = 2  # letters that the room between two columns is worth
FIGURES: Final = 2  # cells that make a column of figures
# yes: "4\u202f212", "+0.4 %", "$5", "12 €", "–"; no: "1921–30", "12 km", "a 1"
NUMBER: Final = re.compile(r"[-–—]|[-+±~<>\N{MINUS SIGN}]? ?[$€£¥]?\d[\d.,'’\s]*(?: ?[%‰$€£¥°])?")
LONG: Final = 600  # letters in a row that may be taller than what is left of a page


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands in the grid of its row group."""

    cell: Element
    row: int
    column: int
    width: int
    height: int


def regularise(table: Element) -> int:
    """Make every row of a table equally wide; give its columns.

    A column counts if a cell begins in it: `colspan="60"` over five columns means "all of them".
    """
    groups = [(rows, list(_places(rows))) for rows in _groups(table)]
    columns = max((place.column + 1 for _, places in groups for place in places), default=0)
    for rows, places in groups:
        filled = [0] * len(rows)
        for place in places:
            width = min(place.width, columns - place.column)
            _set(place.cell, "colspan", width)
            _set(place.cell, "rowspan", place.height)
            for number in range(place.row, place.row + place.height):
                filled[number] += width
        for row, count in zip(rows, filled, strict=True):
            row.extend(tag("td") for _ in range(columns - count))
    return columns


def repeat_header(table: Element) -> None:
    """Let a first row of headings alone stand at the head of each page the table reaches."""
    rows = [row for group in _groups(table) for row in group]
    if table.find("thead") is not None or len(rows) < 2:  # noqa: PLR2004  (a head and a body)
        return
    first = rows[0]
    if any(cell.tag != "th" or cell.get("rowspan") for cell in first if cell.tag in CELLS):
        return
    parent = first.getparent()
    if parent is None or not len(first):
        return
    head = tag("thead")
    (parent if parent.tag == "tbody" else first).addprevious(head)
    head.append(first)
    _gather(table)


def has_long_rows(table: Element) -> bool:
    """Tell whether a row holds so much text that it may need two pages."""
    return any(len(text_of(row)) > LONG for row in table.iter("tr"))


def is_short(table: Element) -> bool:
    """Tell whether a table is small enough to stand on one page undivided."""
    return sum(1 for _ in table.iter("tr")) <= FEW and len(text_of(table)) <= LONG


def wants(table: Element) -> int:
    """Give how many letters a table wants side by side, so that no short cell is broken."""
    widest: dict[int, int] = defaultdict(int)
    for rows in _groups(table):
        for place in _places(rows):
            share = -(-min(len(text_of(place.cell)), CELL) // place.width)
            for column in range(place.column, place.column + place.width):
                widest[column] = max(widest[column], share)
    longest = _longest(table)
    return sum(max(widest[column], longest[column]) + PADDING for column in widest)


def mark_numbers(table: Element) -> None:
    """Mark the cells of columns of figures: they are set to the right, digit under digit."""
    columns: dict[int, list[Element]] = defaultdict(list)
    heads: dict[int, list[Element]] = defaultdict(list)
    for rows in _groups(table):
        for place in _places(rows):
            if place.width == 1:
                known = columns if place.cell.tag == "td" else heads
                known[place.column].append(place.cell)
    for column, cells in columns.items():
        texts = [text for text in map(text_of, cells) if text]
        if len(texts) >= FIGURES and all(map(NUMBER.fullmatch, texts)):
            for cell in (*cells, *heads[column]):
                cell.set("class", "number")


def tighten(table: Element, room: int) -> bool:
    """Let long words break where the columns' longest words have no room side by side.

    `room` is how many letters fit on a line of the table. Tells whether words were broken.
    """
    longest = _longest(table)
    if sum(longest.values()) <= room:
        return False
    cap = max(longest.values())
    while cap > SHORTEST and sum(min(length, cap) for length in longest.values()) > room:
        cap -= 1
    if cap > NATURAL:
        cap = max(NATURAL, int(cap / ENDLESS))
    long_word = re.compile(rf"\S{{{cap + 1},}}")
    for element in table.iter("*"):
        element.text = long_word.sub(partial(_broken, cap), element.text or "") or None
        if element is not table:
            element.tail = long_word.sub(partial(_broken, cap), element.tail or "") or None
    return True


def _longest(table: Element) -> dict[int, int]:
    """Give the length of the longest word of each column, and a letter for the space beside it."""
    longest: dict[int, int] = defaultdict(int)
    for rows in _groups(table):
        for place in _places(rows):
            word = max(map(_letters, "".join(map(str, place.cell.itertext())).split()), default=0)
            share = -(-word // place.width) + 1
            for column in range(place.column, place.column + place.width):
                longest[column] = max(longest[column], share)
    return longest


def _letters(word: str) -> int:
    """Give how many letters of prose are as wide as a word: addresses and code set wider ones."""
    return len(word) if len(word) <= NATURAL else int(len(word) * ENDLESS)


def _broken(cap: int, word: re.Match[str]) -> str:
    text = word[0]
    return "\N{ZERO WIDTH SPACE}".join(text[at : at + cap] for at in range(0, len(text), cap))


def _gather(table: Element) -> None:
    """Put rows that stand in the table itself into a body: beside a head, that is their place."""
    loose = [row for row in table if row.tag == "tr"]
    if loose:
        body = tag("tbody")
        loose[0].addprevious(body)
        body.extend(loose)


def _groups(table: Element) -> Iterator[list[Element]]:
    """Give the rows of each row group; rows that stand in no group are one."""
    for child in table:
        if child.tag in GROUPS:
            yield [row for row in child if row.tag == "tr"]
    if loose := [row for row in table if row.tag == "tr"]:
        yield loose


def _places(rows: list[Element]) -> Iterator[Place]:
    """Lay cells out as HTML does (§4.9.12), spans cut where another cell or the group ends."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in (cell for cell in row if cell.tag in CELLS):
            while (number, column) in taken:
                column += 1
            height = min(_span(cell, "rowspan"), len(rows) - number)
            width = 1
            while width < _span(cell, "colspan") and (number, column + width) not in taken:
                width += 1
            taken.update(
                (below, beside)
                for below in range(number, number + height)
                for beside in range(column, column + width)
            )
            yield Place(cell, number, column, width, height)
            column += width


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value), 1), SPAN) if value.isdecimal() else 1


def _set(cell: Element, name: str, value: int) -> None:
    cell.attrib.pop(name, "")
    if value > 1:
        cell.set(name, str(value))
