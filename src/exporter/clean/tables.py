"""Tables: which ones only lay a page out, and which of their attributes mean something."""

import re
from typing import Final

from bs4 import Tag

from exporter.clean.addresses import attribute
from exporter.clean.index import Index

PARTS: Final = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
SPAN: Final = 999  # columns or rows; HTML has no more (§4.9.11)
CELL_WORDS: Final = 120  # a longer cell is a column of the page
LINE: Final = 30  # words of a cell in a table of one row
FRAMES: Final = frozenset({"table", "figure", "div"})
BOLD: Final = ("b", "strong")
# yes: "wikitable sortable", "wp-block-table", "table-striped"; no: "table-layout", "vegetables"
RULED: Final = re.compile(
    r"(?:^|[\s_-])(?:wikitable|infobox|data-?table|datatable|tablepress|wp-block-table|spip"
    r"|table-(?:bordered|striped|data|responsive))(?:$|[\s_-])"
)
ROLES: Final = {
    "table": "table", "grid": "table", "rowgroup": "tbody", "row": "tr", "cell": "td",
    "gridcell": "td", "columnheader": "th", "rowheader": "th",
}  # fmt: skip
NUMBER: Final = re.compile(r"-?\d{1,6}\Z")  # yes: "12", "-3"; no: "12px", "1e9"
BLOCKS: Final = ("p", "h1", "h2", "h3", "h4", "figure", "blockquote", "table")


def parts(table: Tag) -> list[Tag]:
    """Give a table and its own rows, cells and groups, without those of inner tables."""
    inner = (part for part in table.find_all(PARTS) if part.name != "table")
    return [table, *(part for part in inner if part.find_parent("table") is table)]


def is_layout(table: Tag) -> bool:
    """Tell whether a table only lays the page out: one cell or column, or cells full of prose."""
    if attribute(table, "role") in {"presentation", "none"}:
        return True
    own = parts(table)
    rows = [cells for row in own if row.name == "tr" and (cells := _cells(row))]
    cells = [cell for row in rows for cell in row]
    if len(cells) < 2:  # noqa: PLR2004  (a frame around a text)
        return not any(part.name == "caption" for part in own)
    if any(part.name in {"th", "caption", "thead"} for part in own):
        return False
    if max(map(len, rows)) == 1 or any(cell.find("table") for cell in cells):
        return True
    return _is_page(table, cells) if len(rows) > 1 else not _is_line(table, cells)


def _is_page(table: Tag, cells: list[Tag]) -> bool:
    """Tell whether a cell is a column of the page."""
    words = [_words(cell) for cell in cells]
    if is_ruled(table) and max(words) * 2 < sum(words):
        return False
    return any(
        count > CELL_WORDS and cell.find(BLOCKS) for cell, count in zip(cells, words, strict=True)
    )


def _is_line(table: Tag, cells: list[Tag]) -> bool:
    """Tell whether a table of one row is one line of data."""
    return is_ruled(table) and max(map(_words, cells)) <= LINE and table.find(BLOCKS) is None


def _words(cell: Tag) -> int:
    return len(cell.get_text(" ").split())


def _cells(row: Tag) -> list[Tag]:
    """Give what of a table's own parts stands right in a row."""
    return [
        cell
        for cell in row.contents
        if isinstance(cell, Tag) and cell.name in PARTS and cell.name != "table"
    ]


def is_ruled(table: Tag) -> bool:
    """Tell whether a table is drawn or named as one."""
    border = attribute(table, "border") or attribute(table, "rules")
    if ("border" in table.attrs or border) and border not in {"0", "0px", "none"}:
        return True
    around = [
        up for up in (table, *list(table.parents)[:2]) if up.name in {"table", "figure", "div"}
    ]
    return any(RULED.search(attribute(up, "class")) for up in around)


def name_headers(table: Tag) -> None:
    """Make header cells of what only stands in a head or in bold above all the others."""
    own = parts(table)
    rows = [cells for row in own if row.name == "tr" and (cells := _cells(row))]
    for group in own:
        if group.name == "thead":
            for cell in group.find_all("td"):
                cell.name = "th"
    if any(part.name == "th" for part in own) or len(rows) < 2:  # noqa: PLR2004
        return
    first, others = rows[0], [cell for row in rows[1:] for cell in row]
    said = [cell for cell in first if cell.get_text(strip=True)]
    if len(said) > 1 and all(map(_is_bold, said)) and not all(map(_is_bold, others)):
        for cell in said:
            cell.name = "th"


def _is_bold(cell: Tag) -> bool:
    bold = [part for part in cell.find_all(("b", "strong")) if part.find_parent(BOLD) is None]
    whole = "".join(cell.get_text().split())
    return bool(whole) and whole == "".join("".join(part.get_text().split()) for part in bold)


def of_roles(root: Tag) -> None:
    """Make tables of the elements that only a role calls so."""
    for table in Index(root).select('[role="table"]', '[role="grid"]'):
        told = Index(table).select("[role]")
        rows = [part for part in told if attribute(part, "role") == "row"]
        if not rows or table.find("table") is not None:
            continue
        for part in (table, *told):
            if part.name in {"div", "section", "span"}:
                part.name = ROLES.get(attribute(part, "role"), part.name)


def attributes(node: Tag, target: str) -> dict[str, str]:
    """Give the attributes of a cell or list that mean something, with sane values."""
    found: dict[str, str] = {}
    if target in {"td", "th"}:
        for name in ("colspan", "rowspan"):
            value = attribute(node, name)
            if NUMBER.match(value) and int(value) > 1:
                found[name] = str(min(int(value), SPAN))
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
