"""What paper asks of markup and a screen does not: fixed before the press starts.

Everything here changes the tree it is given; the caller made it for us.
"""

import re
from typing import Final

from exporter.dom import Element, text_of
from exporter.write.parts import tag

DENSE: Final = 5  # columns from which a table is set smaller
TURNED: Final = 8  # columns from which it gets a page of its own, on its side
SPAN: Final = 1000  # HTML's own limit for colspan; the engine needs a minute for 10 million
WORD: Final = re.compile(r"\S{400,}")  # "aaaa…" of 400 letters: quadratic in the engine; no: "anti"
PIECE: Final = 200


def impose(root: Element) -> None:
    """Make a document fit for print: pictures, tables, endless words."""
    free_images(root)
    describe_images(root)
    for table in list(root.iter("table")):
        fit(table)
    break_words(root)


def free_images(root: Element) -> None:
    """Take images out of links, which PDF/UA-1 §7.18.5 does not let stand there undescribed."""
    for link in [link for link in root.iter("a") if link.find(".//img") is not None]:
        link.tag = "span"
        link.attrib.pop("href", "")


def describe_images(root: Element) -> None:
    """Give every image the alternative text that PDF/UA-1 §7.3 wants: its caption, or a mark."""
    for image in root.iter("img"):
        if image.get("alt", "").strip():
            continue
        figure = next(image.iterancestors("figure"), None)
        caption = figure.find("figcaption") if figure is not None else None
        image.set("alt", (text_of(caption) if caption is not None else "") or "•")


def fit(table: Element) -> None:
    """Mark a table by how much room it needs; bound its spans."""
    columns = 0
    for row in table.iter("tr"):
        columns = max(columns, sum(_span(cell) for cell in row if cell.tag in {"td", "th"}))
    if columns >= DENSE:
        table.set("class", "dense")
    if columns >= TURNED and next(table.iterancestors("table", "li", "figure"), None) is None:
        _turn(table)


def _turn(table: Element) -> None:
    """Put a table on a page of its own, on its side."""
    page = tag("div", class_="turned")
    page.tail, table.tail = table.tail, None
    table.addprevious(page)
    page.append(table)


def _span(cell: Element) -> int:
    for name in ("colspan", "rowspan"):
        value = cell.get(name)
        if value is not None and not (value.isdecimal() and 1 <= int(value) <= SPAN):
            del cell.attrib[name]
    return int(cell.get("colspan", "1"))


def break_words(root: Element) -> None:
    """Allow breaks inside endless words, so that they cost what other words do."""
    for element in root.iter("*"):
        if element.text:
            element.text = WORD.sub(_pieces, element.text)
        if element.tail:
            element.tail = WORD.sub(_pieces, element.tail)


def _pieces(word: re.Match[str]) -> str:
    text = word[0]
    return "\N{ZERO WIDTH SPACE}".join(
        text[start : start + PIECE] for start in range(0, len(text), PIECE)
    )
