"""The table of contents of a book of many articles."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from exporter.dom import Element
from exporter.model import Article, Edition, Part
from exporter.write.parts.titles import headline
from exporter.write.words import Words, words
from exporter.write.xhtml import add_text, markup, tag

NO_PAGES: Final = ""


class Way(NamedTuple):
    """How a list leads to an article of a number, from 1."""

    href: Callable[[int], str]
    page: Callable[[int], str] = lambda _: NO_PAGES  # what its folio says, where there are any


INSIDE: Final = Way("#article-{}".format)  # where all articles are in one document


def lead(way: Way, number: int, article: Article) -> Element:
    """Give the link to an article."""
    link = tag("a", headline(article), class_="title", href=way.href(number))
    if page := way.page(number):
        link.set("data-page", page)
    return link


def contents(edition: Edition, way: Way = INSIDE) -> str:
    """Give the table of contents: a list, or one under the title of each part."""
    say = words(edition.language)
    nav = tag("nav", tag("h1", say["contents"]), class_="contents")
    for part, inside in divided(edition):
        if part.title:
            nav.append(tag("h2", part.title))
        nav.append(tag("ol", *(_line(way, *one, say) for one in inside)))
    return markup(nav)


def divided(edition: Edition) -> Iterator[tuple[Part, Sequence[tuple[int, Article]]]]:
    """Give the parts of an edition with their articles, numbered from 1 throughout.

    An edition without parts is one that has no title.
    """
    numbered = iter(enumerate(edition.articles, 1))
    for part in edition.parts or (Part("", len(edition.articles)),):
        yield part, tuple(islice(numbered, part.articles))


def _line(way: Way, number: int, article: Article, say: Words) -> Element:
    entry = tag("li", lead(way, number, article))
    if article.metadata.byline:
        add_text(entry, " ")
        entry.append(tag("span", say.names(article.metadata.byline), class_="byline"))
    return entry
