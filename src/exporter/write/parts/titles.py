"""Who and what: headline, title page, the block at an article's head."""

import re
from collections.abc import Iterator
from typing import Final

from exporter import dom
from exporter.dom import Element
from exporter.model import Article, Edition, Metadata
from exporter.write import models
from exporter.write.words import Words, words
from exporter.write.xhtml import SPACES, add_text, legal, markup, tag

PROGRAM: Final = "exporter"
# yes: "fr", "pt-BR", "zh-Hant-TW"; no: "français", "fr_FR", "x"
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
WEB: Final = re.compile(r"https?://[^/\s]", re.IGNORECASE)  # yes: "http://a.b"; no: "file:///a"


def title_block(article: Article) -> str:
    """Give the header of an article: kicker, headline, standfirst, byline, dateline, source."""
    about = article.metadata
    say = words(about.language)
    rows = (
        ("kicker", about.kicker),
        ("headline", _with_its_spaces(article.metadata.title) or headline(article)),
        ("standfirst", about.subtitle),
    )
    header = tag("header", class_="title-block")
    for class_, text in rows:
        if text:
            header.append(tag("h1" if class_ == "headline" else "p", text, class_=class_))
    if about.byline:
        line = say["by"].format(names=say.names(about.byline))
        header.append(ours("p", say, about, line, "byline"))
    if about.translator:
        line = say["translated_by"].format(names=about.translator)
        header.append(ours("p", say, about, line, "translation"))
    header.extend(_dateline(about, say))
    header.extend(_source(about))
    return markup(header)


def _with_its_spaces(title: str) -> str:
    """Give a title as it is printed, with the no-break spaces that typography put."""
    return " ".join(SPACES.split(legal(title))).strip()


def headline(article: Article) -> str:
    """Give the article's title as catalogues have it, with plain spaces; never empty."""
    about = article.metadata
    fallback = about.site or about.url or article.capture.path
    return " ".join(legal(about.title).split()) or " ".join(legal(fallback).split()) or PROGRAM


def edition_title(edition: Edition) -> str:
    """Give the title of a book, never empty."""
    title = " ".join(legal(edition.title).split())
    return title or (headline(edition.articles[0]) if edition.articles else PROGRAM)


def is_language(text: str) -> bool:
    """Tell whether a text has the form of a language tag."""
    return bool(LANGUAGE.match(text))


def language(tag_: str) -> str:
    """Give a language tag that XML readers accept: what is none becomes "und"."""
    return tag_ if is_language(tag_) else "und"


def title_page(edition: Edition) -> str:
    """Give the title page: of a book title and names, else the article's title block."""
    if not edition.is_book:
        return title_block(edition.articles[0])
    say = words(edition.language)
    header = tag(
        "header", tag("h1", edition_title(edition), class_="headline"), class_="title-block"
    )
    sites = dict.fromkeys(article.metadata.site for article in edition.articles)
    if named := [site for site in sites if site]:
        header.append(tag("p", say.names(named), class_="source"))
    return markup(header)


def ours(name: str, say: Words, about: Metadata, text: str, class_: str) -> Element:
    """Words of ours in a page of another language say so."""
    element = tag(name, text, class_=class_)
    if say.language != about.language.lower().split("-")[0]:
        element.set("lang", say.language)
        if about.dir == "rtl":  # none of the languages we speak is
            element.set("dir", "ltr")
    return element


def _dateline(about: Metadata, say: Words) -> Iterator[Element]:
    line = tag("p", class_="dateline")
    if about.dateline:
        line.append(tag("span", about.dateline, class_="place"))
    if about.published:
        if len(line):
            add_text(line, ", ")
        exact = dom.DATETIME.match(about.published)
        told = {"datetime": about.published} if exact else {}
        line.append(tag("time" if exact else "span", say.date(about.published), **told))
    if len(line):
        yield line


def _source(about: Metadata) -> Iterator[Element]:
    line = tag("p", class_="source")
    if about.site:
        line.append(tag("span", about.site, class_="site"))
    if about.url and is_web(about.url):
        if len(line):
            add_text(line, " · ")
        line.append(link(about.url))
    if len(line):
        yield line


def is_web(url: str | None) -> bool:
    """Tell whether an address is one of the web, so that it may be linked."""
    return bool(url and WEB.match(url) and models.link(url))


def link(url: str) -> Element:
    """Give a link whose text is its address."""
    return tag("a", url, href=models.link(url) or url)
