"""The articles of a run, collected in a spool, made into one book."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from exporter import typeset
from exporter.batch import binding, ordering, spool
from exporter.batch.jobs import Bind
from exporter.batch.ordering import Leaf, Origin
from exporter.model import Article, Edition
from exporter.read import Source
from exporter.settings import Settings
from exporter.write.words import words


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """What a book shall be."""

    title: str
    order: str | None = None  # a key of ordering.ORDERS; None: as given
    group_by: str = "none"  # a key of ordering.GROUPS
    language: str = ""  # BCP 47; "": that of most articles
    series: str = ""
    number: str = ""  # in the series: "2", "2.5"


class Book(NamedTuple):
    """A book before it is bound."""

    edition: Edition
    pieces: tuple[Path, ...]  # the record of each article


def book(
    records: Iterable[Path], origins: Mapping[int, Origin], plan: Plan, settings: Settings
) -> Book:
    """Give the book that records make; `origins` are those of captures, by number."""
    leaves = [_leaf(record, origins, settings) for record in records]
    whole = Edition.anthology([leaf.article for leaf in leaves], plan.title, (), settings.made)
    language = plan.language or whole.language
    ordered, parts = ordering.arrange(leaves, plan.order, plan.group_by, words(language))
    articles = tuple(leaf.article for leaf in ordered)
    edition = dataclasses.replace(
        whole,
        articles=articles,
        language=language,
        parts=parts,
        series=plan.series,
        number=plan.number,
    )
    return Book(edition, tuple(leaf.record for leaf in ordered))


def _leaf(record: Path, origins: Mapping[int, Origin], settings: Settings) -> Leaf:
    place, article = spool.place(record), spool.get(record)
    origin = origins[place.number]
    return Leaf(record, place, origin, _titled(article, origin.title, settings))


def _titled(article: Article, title: str, settings: Settings) -> Article:
    """Give the article under the title that a manifest gives it, set as its own would be."""
    if not title:
        return article
    about = article.metadata
    told = typeset.line(title, about.language) if settings.typography else title
    return dataclasses.replace(article, metadata=dataclasses.replace(about, title=told))


def jobs(book: Book, files: Sequence[Path], settings: Settings) -> Iterator[Bind]:
    """Give the job that writes each file of a book."""
    allowed = binding.limits(settings.limits, len(book.pieces))
    for file in files:
        yield Bind(
            Source(file, None, str(file)),
            dataclasses.replace(settings, limits=allowed),
            edition=book.edition,
            pieces=book.pieces,
            target=file,
        )
