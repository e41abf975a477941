"""An article as one HTML document for the press: metadata, chapter, colophon."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from exporter import dom
from exporter.dom import Element
from exporter.model import Article, Edition
from exporter.settings import Settings
from exporter.urls import host_of
from exporter.write import parts
from exporter.write.pdf import (
    formulas,
    headings,
    imposition,
    initials,
    links,
    notes,
    pictures,
    squares,
)
from exporter.write.pdf.fetcher import address
from exporter.write.xhtml import tag

CHAPTER: Final = "article-1"  # the id of an article
PREFIX: Final = "a1-"  # of the ids in its body
BACK: Final = "↑"  # the way back from a note; our fonts lack the "↩" of most pages
LONG: Final = 75  # letters of a headline that is set smaller
DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")  # of "2024-05-01T10:00Z"; not "May 2024"


def document(edition: Edition, settings: Settings, measure: int) -> Element:
    """Give an edition of one article: its chapter and the colophon.

    `measure` is how many letters a line of the theme's text holds.
    """
    (article,) = edition.articles
    colophon = only(parts.colophon(edition))
    if settings.links != "none":
        squares.add(colophon, edition)
    return whole(edition, measure, (chapter(article, settings, measure), colophon))


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
    if not edition.is_book and articles[0].subtitle:
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
    body = parts.body_tree(article, address, PREFIX)
    formulas.spell(body)
    headings.name(body, measure)  # before numbers of notes stand in them
    for link in body.iterfind(".//a[@class='backlink']"):
        if not any(map(str.isalnum, dom.text_of(link))):
            link[:] = []
            link.text = BACK
    pictures.arrange(body, {address(asset): asset for asset in article.assets})
    pictures.widen(body, measure)
    pictures.free(body)  # a link around a picture is none on paper
    if settings.drop_cap and about.dir != "rtl":
        initials.enlarge(body)
    notes.place(body)
    links.show(body, settings.links, PREFIX, about)
    chapter.append(_header(article, measure, sections=body.find("h2") is not None))
    chapter.extend(body)
    return chapter


def _header(article: Article, measure: int, *, sections: bool) -> Element:
    """Give the block at an article's head, which also says what stands above its pages.

    Where sections have names, these stand on the right pages, and the headline on the left ones.
    """
    headline = parts.headline(article)
    header = only(parts.title_block(article))
    site = article.metadata.site or headline
    verso = headline if sections else site
    for name, text in (("headline", headline), ("site", site), ("verso", verso)):
        header.set(f"data-{name}", headings.running(text, measure))
    for line in header.iter("h1"):
        line.set("data-title", headline)  # for the outline
        line.text = headings.keep_last_words(line.text or headline)
        if len(headline) > LONG:
            line.set("class", "headline long")
    for link in header.iterfind("p[@class='source']/a"):
        _name_host(link)
    return header


def _name_host(link: Element) -> None:
    """Print where an article stands by its host alone: the colophon prints the whole address."""
    host = host_of(link.get("href"))
    site = link.getprevious()
    if site is not None and dom.text_of(site).casefold().removeprefix("www.") == host:
        line = link.getparent()
        if line is not None:
            line.remove(site)  # with its tail, the point between the two
    link.text = host or link.text


def only(fragment: str) -> Element:
    """Give a fragment's element."""
    return dom.parse(fragment)[0]
