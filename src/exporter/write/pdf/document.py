"""An article as one HTML document for the press: metadata, chapter, colophon."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from exporter import dom
from exporter.dom import Element
from exporter.model import Article, Edition, Settings
from exporter.write import parts
from exporter.write.pdf import formulas, imposition, links, notes, pictures
from exporter.write.pdf.fetcher import address
from exporter.write.xhtml import tag

CHAPTER: Final = "article-1"  # the id of an article
PREFIX: Final = "a1-"  # of the ids in its body
MARGIN: Final = 8  # letters that a running head is shorter than a line of text
BACK: Final = "↑"  # the way back from a note; our fonts lack the "↩" of most pages
LONG: Final = 75  # letters of a headline that is set smaller
LAST: Final = 12  # letters of a word too short to stand alone on the last line of a title
WIDE: Final = frozenset("WF")
DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")  # of "2024-05-01T10:00Z"; not "May 2024"


def document(edition: Edition, settings: Settings, measure: int) -> Element:
    """Give an edition of one article: its chapter and the colophon.

    `measure` is how many letters a line of the theme's text holds.
    """
    (article,) = edition.articles
    inside = (chapter(article, settings, measure), only(parts.colophon(edition)))
    return whole(edition, measure, inside)


def whole(edition: Edition, measure: int, inside: Iterable[Element]) -> Element:
    """Give a document that holds what is `inside` of an edition."""
    html = tag("html", tag("head", *_head(edition)), tag("body", *inside))
    html.set("lang", parts.language(edition.language))
    html.set("dir", direction(edition))
    imposition.impose(html, measure)
    return html


def direction(edition: Edition) -> str:
    """Give the direction of an edition: "ltr" or "rtl"."""
    return edition.articles[0].metadata.dir if edition.articles else "ltr"


def _head(edition: Edition) -> Iterator[Element]:
    articles = [article.metadata for article in edition.articles]
    yield tag("title", parts.edition_title(edition))
    for author in dict.fromkeys(name for about in articles for name in about.byline):
        yield _meta("author", author)
    if keywords := dict.fromkeys(word for about in articles for word in about.keywords):
        yield _meta("keywords", ", ".join(keywords))
    if len(articles) == 1 and articles[0].subtitle:
        yield _meta("description", articles[0].subtitle)
    if made := DATE.match(edition.made):
        yield _meta("dcterms.created", made[0])
        yield _meta("dcterms.modified", made[0])
    yield _meta("generator", parts.program())


def _meta(name: str, content: str) -> Element:
    meta = tag("meta", content=content)
    meta.set("name", name)
    return meta


def chapter(article: Article, settings: Settings, measure: int) -> Element:
    """Give an article under its title block; the ids in its body begin with PREFIX."""
    about = article.metadata
    chapter = tag("article", class_="chapter", id=CHAPTER)
    chapter.set("lang", parts.language(about.language))
    chapter.set("dir", about.dir)
    chapter.append(_header(article, measure - MARGIN))
    body = parts.body_tree(article, address, PREFIX)
    formulas.spell(body)
    for heading in body.iter("h2", "h3", "h4", "h5", "h6"):
        heading.set("data-title", dom.text_of(heading))  # before numbers of notes stand in it
    for link in body.iterfind(".//a[@class='backlink']"):
        if not any(map(str.isalnum, dom.text_of(link))):
            link[:] = []
            link.text = BACK
    pictures.free(body)  # a link around a picture is none on paper
    notes.place(body)
    links.show(body, settings.links, PREFIX, about)
    chapter.extend(body)
    return chapter


def _header(article: Article, room: int) -> Element:
    """Give the block at an article's head; `room` is how many letters a running head may have."""
    headline = parts.headline(article)
    header = only(parts.title_block(article))
    header.set("data-headline", shorten(headline, room))
    header.set("data-site", shorten(article.metadata.site or headline, room))
    for line in header.iter("h1"):
        line.set("data-title", headline)  # for the outline
        line.text = keep_last_words(headline)
        if len(headline) > LONG:
            line.set("class", "headline long")
    for link in header.iterfind("p[@class='source']/a"):
        _name_host(link)
    return header


def _name_host(link: Element) -> None:
    """Print where an article stands by its host alone: the colophon prints the whole address."""
    host = (urlsplit(link.get("href", "")).hostname or "").removeprefix("www.")
    site = link.getprevious()
    if site is not None and dom.text_of(site).casefold().removeprefix("www.") == host:
        line = link.getparent()
        if line is not None:
            line.remove(site)  # with its tail, the point between the two
    link.text = host or link.text


def keep_last_words(title: str) -> str:
    """Join a title's last two words, so that its last line is no single short one."""
    before, _, last = title.rpartition(" ")
    return f"{before}\N{NO-BREAK SPACE}{last}" if before and len(last) <= LAST else title


def only(fragment: str) -> Element:
    """Give a fragment's element."""
    return dom.parse(fragment)[0]


def shorten(title: str, room: int) -> str:
    """Give a title short enough for one line at the head of a page, cut between words."""
    title = " ".join(title.split())
    if sum(map(_width, title)) <= room:
        return title
    cut, used = "", 1
    for character in title:
        used += _width(character)
        if used > room:
            break
        cut += character
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-.") + "…"


def _width(character: str) -> int:
    """Give how many letters a character is as wide as: signs of Chinese are square."""
    return 2 if unicodedata.east_asian_width(character) in WIDE else 1
