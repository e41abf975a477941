"""Tables on paper: set smaller, turned or broken by how much room they need."""

from typing import Final

from exporter.dom import Element
from exporter.write.pdf import grid
from exporter.write.xhtml import tag

DENSE: Final = 5  # columns from which a table that lacks room is set smaller
TURNED: Final = 8  # columns from which it gets a page of its own, on its side
# letters on one line of a table, by (dense, turned), for each letter on a line of text: of long
# words without a place to break, and of cells that would rather not break
ROOM: Final = {(False, False): 0.94, (True, False): 1.1, (True, True): 1.8}
EASE: Final = {False: 1.1, True: 1.3}  # by dense
PADDING: Final = 3  # letters


def fit(table: Element, measure: int) -> None:
    """Make a table a grid, and mark it by how much room it needs.

    `measure` is how many letters a line of the page's text holds.
    """
    columns = grid.regularise(table)
    grid.repeat_header(table)
    grid.mark_numbers(table)
    wanted = grid.wants(table)
    dense = columns >= DENSE and wanted > measure * EASE[False]
    small = wanted <= measure * EASE[True]
    turned = dense and not small and columns >= TURNED and _stands_alone(table)
    long_rows = grid.has_long_rows(table)
    tight = grid.tighten(table, _room(table, int(measure * ROOM[dense, turned])))
    marks = (
        ("dense", dense),
        ("long-rows", long_rows),
        ("tight", tight and not long_rows),
        ("short", grid.is_short(table) and not turned),
    )
    if any(on for _, on in marks):
        table.set("class", " ".join(mark for mark, on in marks if on))
    if turned:
        _turn(table)


def _room(table: Element, room: int) -> int:
    """Give how many of these letters a table has when it stands in a cell of another."""
    for outer in table.iterancestors("table"):
        row = next(outer.iter("tr"))
        room = room // max(len(row), 1) - PADDING
    return max(room, PADDING)


def _stands_alone(table: Element) -> bool:
    return next(table.iterancestors("table", "li", "figure", "blockquote", "aside"), None) is None


def _turn(table: Element) -> None:
    """Put a table on a page of its own, on its side."""
    page = tag("div", class_="turned")
    page.tail, table.tail = table.tail, None
    table.addprevious(page)
    page.append(table)
