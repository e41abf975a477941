"""Tables: which ones only lay a page out, and which of their attributes mean something."""

import re
from typing import Final

from bs4 import Tag

from exporter.clean.addresses import attribute

PARTS: Final = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
SPAN_LIMIT: Final = 60  # a page may ask for 99999999 columns
CELL_WORDS: Final = 120  # a longer cell is a column of the page
NUMBER: Final = re.compile(r"-?\d{1,6}\Z")  # yes: "12", "-3"; no: "12px", "1e9"
BLOCKS: Final = ("p", "h1", "h2", "h3", "h4", "figure", "blockquote", "table")


def parts(table: Tag) -> list[Tag]:
    """Give a table and its own rows, cells and groups, without those of inner tables."""
    inner = (part for part in table.find_all(PARTS) if part.name != "table")
    return [table, *(part for part in inner if part.find_parent("table") is table)]


def is_layout(table: Tag) -> bool:
    """Tell whether a table only lays the page out: one row or column, or cells full of prose."""
    if attribute(table, "role") in {"presentation", "none"}:
        return True
    own = parts(table)
    if any(part.name in {"th", "caption", "thead"} for part in own):
        return False
    rows = [
        cells
        for row in own
        if row.name == "tr" and (cells := [cell for cell in own if cell.parent is row])
    ]
    if not rows or len(rows) == 1 or max(map(len, rows)) == 1:
        return True
    cells = [cell for row in rows for cell in row]
    if any(cell.find("table") for cell in cells):
        return True
    return any(len(cell.get_text(" ").split()) > CELL_WORDS and cell.find(BLOCKS) for cell in cells)


def attributes(node: Tag, target: str) -> dict[str, str]:
    """Give the attributes of a cell or list that mean something, with sane values."""
    found: dict[str, str] = {}
    if target in {"td", "th"}:
        for name in ("colspan", "rowspan"):
            value = attribute(node, name)
            if NUMBER.match(value) and int(value) > 1:
                found[name] = str(min(int(value), SPAN_LIMIT))
    if target == "th" and (scope := attribute(node, "scope").lower()) in SCOPES:
        found["scope"] = scope
    if target == "ol":
        if NUMBER.match(attribute(node, "start")):
            found["start"] = str(int(attribute(node, "start")))
        if node.has_attr("reversed"):
            found["reversed"] = "reversed"
        if attribute(node, "type") in {"1", "a", "A", "i", "I"}:
            found["type"] = attribute(node, "type")
    if target == "li" and NUMBER.match(attribute(node, "value")):
        found["value"] = str(int(attribute(node, "value")))
    return found


SCOPES: Final = frozenset({"row", "col", "rowgroup", "colgroup"})
