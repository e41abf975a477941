"""The table of contents of a book of many articles."""

from collections.abc import Callable

from exporter.model import Edition
from exporter.write.parts.titles import headline
from exporter.write.words import words
from exporter.write.xhtml import add_text, markup, tag


def contents(edition: Edition, href: Callable[[int], str] = "#article-{}".format) -> str:
    """Give the table of contents; `href` tells where the article of a number, from 1, begins."""
    say = words(edition.language)
    entries = tag("ol")
    for number, article in enumerate(edition.articles, 1):
        entry = tag("li", tag("a", headline(article), class_="title", href=href(number)))
        if article.metadata.byline:
            add_text(entry, " ")
            entry.append(tag("span", say.names(article.metadata.byline), class_="byline"))
        entries.append(entry)
    return markup(tag("nav", tag("h1", say["contents"]), entries, class_="contents"))
