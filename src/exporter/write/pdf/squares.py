"""The address of an article as a QR code (ISO/IEC 18004), for whoever holds the paper."""

from itertools import groupby
from typing import Final

from lxml import etree

from exporter.dom import Element
from exporter.model import Edition
from exporter.write.parts.titles import is_web
from exporter.write.words import words
from exporter.write.xhtml import tag

SVG: Final = "http://www.w3.org/2000/svg"
LONGEST: Final = 250  # characters: more make squares too small for a telephone to read
QUIET: Final = 2  # squares around it; the white of the paper is the rest of the four


def add(colophon: Element, edition: Edition) -> None:
    """Put the code before the last line of the colophon of one article that has an address.

    The original's address where it is known, that of the saved page otherwise.
    """
    about = edition.articles[0].metadata if len(edition.articles) == 1 else None
    url = about and (about.original_url or about.url)
    if about is None or not url or not is_web(url) or len(url) > LONGEST:
        return
    say = words(edition.language)
    what = say["original"] if about.original_url else say["source"]
    drawing = _drawing(url, say["named"].format(what=what, name=url))
    colophon.insert(len(colophon) - 1, tag("p", drawing, class_="qr"))


def _drawing(url: str, title: str) -> Element:
    """Give the code as SVG: one path of the runs of black squares in each row."""
    import segno  # noqa: PLC0415  (no EPUB needs it)

    # one mask for all: to find the best of eight costs twice the rest, and readers know each
    code = segno.make(url, error="l", micro=False, mask=3)
    rows = list(code.matrix_iter(border=QUIET))
    runs = []
    for y, row in enumerate(rows):
        x = 0
        for dark, squares in groupby(row):
            width = len(list(squares))
            if dark:
                runs.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    drawing = etree.Element(f"{{{SVG}}}svg")
    drawing.set("viewBox", f"0 0 {len(rows)} {len(rows)}")
    drawing.set("class", "qr-code")
    name = etree.SubElement(drawing, f"{{{SVG}}}title")
    name.text = title
    etree.SubElement(drawing, f"{{{SVG}}}path").set("d", "".join(runs))
    return drawing
