"""Which web addresses are those of articles in the book: links to them stay inside it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from exporter import urls
from exporter.dom import Element
from exporter.model import Edition


class Crossing(NamedTuple):
    """The articles of a book by their addresses."""

    numbers: Mapping[str, int]  # urls.key of an address -> number of the article, from 1

    def article(self, url: str) -> int | None:
        """Give the number of the article at an address, if the book holds it."""
        return self.numbers.get(urls.key(url)) if self.numbers else None

    def keep(self, root: Element, own: int, href: Callable[[int], str]) -> None:
        """Make the links in article number `own` that lead to others lead to them in the book."""
        for link in root.iter("a") if self.numbers else ():
            number = self.article(link.get("href", ""))
            if number is not None and number != own:
                link.set("href", href(number))


NO_CROSSING = Crossing({})


def crossing(edition: Edition) -> Crossing:
    """Give the addresses of an edition's articles; what two of them claim is the first's."""
    if len(edition.articles) == 1:
        return NO_CROSSING
    numbers: dict[str, int] = {}
    numbered = list(enumerate(edition.articles, 1))
    own = [(number, article.metadata.url) for number, article in numbered]
    original = [(number, article.metadata.original_url) for number, article in numbered]
    for number, url in (*own, *original):
        if url and (found := urls.key(url)):
            numbers.setdefault(found, number)
    return Crossing(numbers)
