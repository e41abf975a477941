"""Tables: as lines with bars where those can say them, else as HTML."""

from collections.abc import Sequence
from typing import Final

from exporter.dom import Element
from exporter.write.markdown.inline import line
from exporter.write.markdown.loose import LOOSE
from exporter.write.markdown.notes import Notes
from exporter.write.xhtml import FOLD, markup, unwrap

SPANS: Final = ("colspan", "rowspan")
BLOCKS: Final = ("p", "ul", "ol", "dl", "pre", "blockquote", "table", "figure", "br")


def table(element: Element, notes: Notes) -> str:
    """Give a table."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    if not _is_simple(element, rows):
        return html(element)
    lines = [f"| {' | '.join(line(cell, notes, breaks=' ') for cell in row)} |" for row in rows]
    lines.insert(1, f"|{' --- |' * len(rows[0])}")
    return "\n".join(lines)


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


def html(element: Element) -> str:
    """Give an element as a block of HTML, which ends at the first empty line."""
    tail, element.tail = element.tail, None
    for paragraph in [one for one in element.iter("p") if one.get(LOOSE) is not None]:
        unwrap(paragraph)  # HTML needs none of ours
    text = markup(element).translate(FOLD)
    element.tail = tail
    return "\n".join(part for part in text.split("\n") if part.strip())
