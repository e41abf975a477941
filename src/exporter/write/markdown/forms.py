"""Which tables and lists CommonMark has signs for; the others are written as HTML."""

from collections.abc import Sequence
from typing import Final

from exporter.dom import Element

LISTS: Final = frozenset({"ul", "ol"})
SPANS: Final = ("colspan", "rowspan")
BLOCKS: Final = ("p", "ul", "ol", "dl", "pre", "blockquote", "table", "figure", "br")


def is_raw(element: Element) -> bool:
    """Tell whether an element is written as HTML."""
    if element.tag == "table":
        return not _is_simple(element, rows_of(element))
    return element.tag in LISTS and _counts(element)


def rows_of(table: Element) -> list[Element]:
    """Give the rows of a table, without those of tables in it."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _counts(element: Element) -> bool:
    """Tell a list that counts otherwise than Markdown does: from a number on, in digits."""
    return (
        element.get("type") is not None
        or element.get("reversed") is not None
        or int(element.get("start") or 1) < 0
        or any(item.get("value") for item in element)
    )


def _is_simple(element: Element, rows: Sequence[Element]) -> bool:
    """Tell whether a table is but a row of headings and rows of as many cells, a line each."""
    if element.find("caption") is not None:
        return False
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):  # noqa: PLR2004
        return False
    cells = [cell for row in rows for cell in row]
    headed = all(cell.tag == "th" for cell in rows[0])
    return (
        headed
        and all(cell.tag == "td" for row in rows[1:] for cell in row)
        and not any(cell.get(span) for cell in cells for span in SPANS)
        and next(element.iterdescendants(*BLOCKS), None) is None
    )
