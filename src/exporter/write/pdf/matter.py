"""What a book of many articles is printed from: each article, what stands before, what behind."""

from typing import Final

from exporter.dom import Element
from exporter.model import Article, Edition
from exporter.settings import Settings
from exporter.write import parts
from exporter.write.parts import Way
from exporter.write.pdf import headings
from exporter.write.pdf.document import chapter, only, whole
from exporter.write.xhtml import tag

TITLE_PAGE: Final = "title-page"  # the class of its section, and the name of its page
CROSSING: Final = "crossing:"  # before where a link of a text leads, until the pieces are joined


def piece(article: Article, settings: Settings, measure: int) -> Element:
    """Give an article: its chapter alone.

    Its links may lead to other articles of the book, which nobody knows yet: they are marked by
    CROSSING. Addresses that are printed as such, in its head and its notes, mean the web.
    """
    inside = chapter(article, settings, measure)
    for part in inside.iterchildren():
        if part.get("class") != "title-block":
            _mark(part)
    return whole(Edition.single(article), measure, (inside,))


def _mark(part: Element) -> None:
    for link in part.iter("a"):
        href = link.get("href", "")
        if link.get("class") != "address" and parts.is_web(href):
            link.set("href", CROSSING + href)


def front(edition: Edition, way: Way, measure: int) -> Element:
    """Give what stands before the articles: title page, contents."""
    header = only(parts.title_page(edition))
    title = parts.edition_title(edition)
    for name in ("data-headline", "data-site", "data-verso"):
        header.set(name, headings.running(title, measure))
    for line in header.iter("h1"):
        line.set("data-title", title)
    page = tag("section", header, class_=TITLE_PAGE)
    return whole(edition, measure, (page, only(parts.contents(edition, way))))


def back(edition: Edition, way: Way, measure: int) -> Element:
    """Give what stands behind the articles: sources, credits of pictures, colophon."""
    fragments = (*parts.behind(edition, way), parts.colophon(edition))
    return whole(edition, measure, map(only, fragments))
