"""Tables: as lines with bars where those can say them, else as HTML."""

from exporter.dom import Element
from exporter.write.markdown.forms import is_raw, rows_of
from exporter.write.markdown.inline import line
from exporter.write.markdown.loose import LOOSE
from exporter.write.markdown.notes import Notes
from exporter.write.xhtml import FOLD, markup, unwrap


def table(element: Element, notes: Notes) -> str:
    """Give a table."""
    if is_raw(element):
        return html(element)
    rows = rows_of(element)
    lines = [_row(row, notes) for row in rows]
    lines.insert(1, f"|{' --- |' * len(rows[0])}")
    return "\n".join(lines)


def _row(row: Element, notes: Notes) -> str:
    cells = [notes.anchor(cell) + line(cell, notes, breaks=" ") for cell in row]
    return f"| {notes.anchor(row)}{' | '.join(cells)} |"


def html(element: Element) -> str:
    """Give an element as a block of HTML, which ends at the first empty line."""
    tail, element.tail = element.tail, None
    for paragraph in [one for one in element.iter("p") if one.get(LOOSE) is not None]:
        unwrap(paragraph)  # HTML needs none of ours
    text = markup(element).translate(FOLD)
    element.tail = tail
    return "\n".join(part for part in text.split("\n") if part.strip())
