"""The order of a book's articles, and the parts it is divided into."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from exporter.batch.spool import Place
from exporter.model import Article, Part
from exporter.write.parts import alphabetical, collation, site
from exporter.write.words import ISO_DATE, Words

MONTH: Final = len("2024-05")
YEAR: Final = len("2024")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a capture stands in what the user named."""

    named: int  # the place of the path he named among them all
    root: str = ""  # the name of the folder that he named, if it was one
    path: str = ""  # in that folder
    part: str = ""  # of the book, as a manifest says
    title: str = ""  # of the article, as a manifest says


@dataclass(frozen=True, slots=True)
class Leaf:
    """An article to be bound."""

    record: Path  # in the spool
    place: Place
    origin: Origin
    article: Article = field(repr=False)

    @property
    def date(self) -> str:
        """The date it was published, ISO 8601; empty where nobody knows."""
        published = self.article.metadata.published or ""
        return published if ISO_DATE.match(published) else ""

    @property
    def site(self) -> str:
        """The site it is from, by name or address."""
        return site(self.article)

    @property
    def folder(self) -> str:
        """The folder it lies in, below and with the one named."""
        above = self.origin.path.rpartition("/")[0]
        return "/".join(filter(None, (self.origin.root, above)))


def _given(leaf: Leaf) -> tuple[Any, ...]:
    """As given; inside a folder by date, undated last, then by path."""
    origin = leaf.origin
    inside = (not leaf.date, leaf.date, origin.path) if origin.root else (leaf.place.number,)
    return origin.named, *inside, leaf.place.inside


def _date(leaf: Leaf) -> tuple[Any, ...]:
    return not leaf.date, leaf.date


def _title(leaf: Leaf) -> tuple[Any, ...]:
    return (alphabetical(leaf.article.metadata.title),)


def _site(leaf: Leaf) -> tuple[Any, ...]:
    return not leaf.site, collation(leaf.site), *_date(leaf)


Key = Callable[[Leaf], tuple[Any, ...]]
ORDERS: Final[dict[str, Key]] = {"given": _given, "date": _date, "title": _title, "site": _site}
# what the articles of a part have in common; "" is nothing that has a name
GROUPS: Final[dict[str, Callable[[Leaf], str]]] = {
    "none": lambda _: "",
    "site": lambda leaf: leaf.site,
    "folder": lambda leaf: leaf.folder,
    "month": lambda leaf: leaf.date[:MONTH],
    "year": lambda leaf: leaf.date[:YEAR],
    "part": lambda leaf: leaf.origin.part,
}
BY_NAME: Final = frozenset({"month", "site", "year"})  # parts sorted; others come as given
BY_DATE: Final = frozenset({"month", "year"})


def arrange(
    leaves: Sequence[Leaf], order: str | None, group_by: str, say: Words
) -> tuple[list[Leaf], tuple[Part, ...]]:
    """Give the articles in their order, and the parts that they make.

    Without an `order` they come as given, in parts by date by their dates.
    """
    given = sorted(leaves, key=_given)
    chosen = order or ("date" if group_by in BY_DATE else "given")
    ordered = sorted(given, key=ORDERS[chosen])
    if group_by == "none":
        return ordered, ()
    common = GROUPS[group_by]
    rank = _ranks(given, group_by)
    ordered.sort(key=lambda leaf: rank[common(leaf)])
    parts = [
        Part(_named(name, group_by, say), len(list(inside)))
        for name, inside in groupby(ordered, key=common)
    ]
    return ordered, tuple(parts)


def _ranks(given: Sequence[Leaf], group_by: str) -> dict[str, tuple[Any, ...]]:
    """Give the place of each part among the others."""
    names = list(dict.fromkeys(GROUPS[group_by](leaf) for leaf in given))
    if group_by in BY_NAME:
        return {name: (not name, collation(name)) for name in names}
    # what a manifest puts in no part stands before all parts
    return {name: (group_by == "part" and bool(name), at) for at, name in enumerate(names)}


def _named(name: str, group_by: str, say: Words) -> str:
    """Give the title of a part; articles of a manifest may be in none."""
    match group_by:
        case "month" | "year":
            return say.date(name) if name else say["undated"]
        case "site":
            return name or say["elsewhere"]
        case "folder":
            return name.rpartition("/")[2]
        case _:
            return name
