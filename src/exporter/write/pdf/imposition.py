"""What paper asks of markup and a screen does not: fixed before the press starts.

Everything here changes the tree it is given; the caller made it for us.
"""

import re
import unicodedata
from typing import Final

from exporter.dom import Element, text_of
from exporter.write.pdf import grid, numbering
from exporter.write.xhtml import tag

DENSE: Final = 5  # columns from which a table is set smaller
TURNED: Final = 8  # columns from which it gets a page of its own, on its side
# letters on one line of a table, by (dense, turned): themes may set them larger, not much
ROOM: Final = {(False, False): 62, (True, False): 78, (True, True): 125}
# scripts that break between any two letters, or by a dictionary: Thai … Tibetan, Burmese, Khmer,
# Chinese, Japanese, Korean
FREE: Final = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
# an unbroken run of 80: "aaaa…", "a\N{NO-BREAK SPACE}b…"; no: "anti-constitutional", "漢字漢字…"
WORD: Final = re.compile(rf"[^ \t\n\r\f\u200b{FREE}]{{80,}}")
PIECE: Final = 12  # letters between places to break; the engine is quadratic in what it can't break
ADDRESS: Final = re.compile(r"((?:https?://|www\.)\S+)")  # "www.a.fr/b"; not "www", "http:"
JOINT: Final = re.compile(r"[\w.%]{1,24}[/?&=_#-]+")  # "path/", "key="; no: "a" * 25 + "/"
BLANKS: Final = re.compile(r"[ \t\n\r\f]{2,}")  # "a  b"; no: "a b", "a\N{NO-BREAK SPACE} b"
WIDE: Final = re.compile(r"([ \t])[ \t]{80,}")  # in code: 81 blanks and more; no: an indent
BOUND: Final = frozenset({"Mn", "Me", "Mc", "Cf", "Sk"})  # categories that stay with their letter


def impose(root: Element) -> None:
    """Make a document fit for print: pictures, tables, endless words."""
    free_images(root)
    describe_images(root)
    for table in list(root.iter("table")):
        fit(table)
    numbering.number(root)
    keep_addresses(root)
    calm(root)


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


def keep_addresses(root: Element) -> None:
    """Mark web addresses in the text, so that no hyphen is added where one breaks."""
    for link in list(root.iter("a")):
        if ADDRESS.match("".join(map(str, link.itertext())).strip()):
            link.set("class", "address")
    for element in list(root.iter("*")):
        if element.tail and ADDRESS.search(element.tail):
            before, marked = _marked(element.tail)
            element.tail = before
            for place, span in enumerate(marked, start=1):
                parent = element.getparent()
                if parent is not None:
                    parent.insert(parent.index(element) + place, span)
        if element.text and element.tag != "a" and ADDRESS.search(element.text):
            element.text, marked = _marked(element.text)
            for place, span in enumerate(marked):
                element.insert(place, span)


def _marked(text: str) -> tuple[str, list[Element]]:
    """Split a text into what stands before its first address, and a span for each address."""
    before, *rest = ADDRESS.split(text)
    spans = []
    for address, after in zip(rest[::2], rest[1::2], strict=True):
        span = tag("span", address, class_="address")
        span.tail = after
        spans.append(span)
    return before, spans


def fit(table: Element) -> None:
    """Make a table a grid, and mark it by how much room it needs."""
    columns = grid.regularise(table)
    grid.repeat_header(table)
    dense, turned = columns >= DENSE, columns >= TURNED and _stands_alone(table)
    long_rows = grid.has_long_rows(table)
    tight = grid.tighten(table, ROOM[dense, turned])
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


def _stands_alone(table: Element) -> bool:
    return next(table.iterancestors("table", "li", "figure", "blockquote", "aside"), None) is None


def _turn(table: Element) -> None:
    """Put a table on a page of its own, on its side."""
    page = tag("div", class_="turned")
    page.tail, table.tail = table.tail, None
    table.addprevious(page)
    page.append(table)


def calm(root: Element) -> None:
    """Give endless words places to break, and endless blanks an end: both are quadratic work."""
    for element in root.iter("*"):
        blanks, one = (WIDE, r"\1") if _preformatted(element) else (BLANKS, " ")
        if element.text:
            element.text = WORD.sub(_pieces, blanks.sub(one, element.text))
        if element.tail:
            element.tail = WORD.sub(_pieces, element.tail)


def _preformatted(element: Element) -> bool:
    return element.tag == "pre" or next(element.iterancestors("pre"), None) is not None


def _pieces(word: re.Match[str]) -> str:
    text, start, pieces = word[0], 0, []
    while start < len(text):
        found = JOINT.match(text, start)
        end = found.end() if found else start + PIECE
        while end < len(text) and _bound(text[end - 1 : end + 1]):
            end += 1
        pieces.append(text[start:end])
        start = end
    return "\N{ZERO WIDTH SPACE}".join(pieces)


def _bound(pair: str) -> bool:
    """Tell whether a mark, a joiner or a modifier holds two characters together."""
    return unicodedata.category(pair[1]) in BOUND or unicodedata.category(pair[0]) == "Cf"
