"""What stands at the end of a book of many articles: where they are from, who made the pictures."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from exporter import dom
from exporter.dom import Element
from exporter.model import Article, Edition
from exporter.urls import host_of
from exporter.write.parts.listing import INSIDE, Way, lead
from exporter.write.parts.titles import is_web, link
from exporter.write.words import Words, words
from exporter.write.xhtml import add_text, markup, tag

BETWEEN: Final = " · "
OPENING: Final = "«“„‘\"'([¿¡ \u00a0\u202f"  # what a title may begin with


def alphabetical(text: str) -> str:
    """Give a text as it is sorted: without accents, case and opening quotes."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return kept.lstrip(OPENING)


def collation(text: str) -> tuple[str, str]:
    """Give what a text is sorted by where equal texts shall stand together: Élan, Élan, elan."""
    return alphabetical(text), text


def site(article: Article) -> str:
    """Give the site an article is from, by name or else by address; empty if nobody knows."""
    about = article.metadata
    return about.site or host_of(about.url) or ""


def sources(edition: Edition, way: Way) -> str:
    """Give the index of sources: the articles of each site, with their addresses and dates."""
    say = words(edition.language)
    section = tag("section", tag("h1", say["sources"]), class_="sources", lang=say.language)
    numbered = list(enumerate(edition.articles, 1))
    numbered.sort(key=lambda one: (not site(one[1]), collation(site(one[1]))))
    for name, inside in groupby(numbered, key=lambda one: site(one[1])):
        section.append(tag("h2", name or say["elsewhere"]))
        section.extend(_entry(way, number, article, say) for number, article in inside)
    return markup(section)


def _entry(way: Way, number: int, article: Article, say: Words) -> Element:
    about = article.metadata
    entry = tag("div", tag("p", lead(way, number, article)), class_="entry")
    facts = (
        say.names(about.byline),
        say.date(about.published or ""),
        about.rights or "",
        say["cut_short"] if any(note.code == "truncated" for note in article.notes) else "",
    )
    if told := [fact for fact in facts if fact]:
        entry.append(tag("p", BETWEEN.join(told), class_="facts"))
    saved = say.date(article.saved_at or "")
    for term, address, day in (("source", about.url, saved), ("original", about.original_url, "")):
        if address:
            entry.append(_address(say[term], address, day))
    return entry


def _address(term: str, address: str, day: str) -> Element:
    line = tag("p", f"{term} ", class_="facts")
    if is_web(address):
        line.append(link(address))
    else:
        add_text(line, address)
    if day:
        add_text(line, f", {day}")
    return line


def picture_credits(edition: Edition, way: Way) -> str:
    """Give the list of those who made the pictures, by article; empty if nobody is named."""
    say = words(edition.language)
    section = tag("section", tag("h1", say["pictures"]), class_="credits", lang=say.language)
    for number, article in enumerate(edition.articles, 1):
        if named := credited(article):
            section.append(_credits(lead(way, number, article), named))
    return markup(section) if len(section) > 1 else ""


def _credits(title: Element, named: Sequence[str]) -> Element:
    listed = tag("ul", *(tag("li", credit) for credit in named))
    return tag("div", tag("p", title), listed, class_="entry")


def credited(article: Article) -> tuple[str, ...]:
    """Give the credits of an article's pictures, each once."""
    return tuple(dict.fromkeys(_said(article)))


def _said(article: Article) -> Iterator[str]:
    return (figure.credit for figure in dom.figures(article.body) if figure.credit)


def behind(edition: Edition, way: Way = INSIDE) -> tuple[str, ...]:
    """Give what stands between the articles of a book and its colophon, else nothing."""
    if not edition.is_book:
        return ()
    return tuple(filter(None, (sources(edition, way), picture_credits(edition, way))))
