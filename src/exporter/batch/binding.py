"""One file of a book, written in a worker from what was collected."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from exporter import dom, export
from exporter.batch import outcome
from exporter.batch.jobs import Bind, Message
from exporter.limits import Limits
from exporter.model import Edition, Export, Note, Outcome

EACH: Final = 2.0  # seconds that an article of a book may cost when it is bound
SIZE: Final = 1 << 20  # bytes, likewise


def limits(given: Limits, articles: int) -> Limits:
    """Give what binding a book of so many articles may cost."""
    return replace(
        given, seconds=given.seconds + EACH * articles, memory=given.memory + SIZE * articles
    )


def messages(job: Bind) -> Iterator[Message]:
    """Give the messages on a book, as batch.worker describes them."""
    yield "begin", (job.source.name, None, None)
    yield "result", _outcome(job)


def _outcome(job: Bind) -> Outcome:
    began = time.monotonic()
    assert job.edition is not None  # noqa: S101  (who binds says what)
    try:
        notes = export.bind(job.edition, job.pieces, job.target, job.settings)
    except Exception as error:  # noqa: BLE001  (a worker outlives every book)
        return outcome.failure(error, job.source.name, began)
    return _bound(job.edition, job, notes, time.monotonic() - began)


def _bound(edition: Edition, job: Bind, notes: tuple[Note, ...], seconds: float) -> Export:
    figures = Counter[bool]()
    for article in edition.articles:
        figures.update(figure.asset is not None for figure in dom.figures(article.body))
    captions = sum(article.body.count("<figcaption") for article in edition.articles)
    return Export(
        input=job.source.name,
        status="bound",
        files=(str(job.target),),
        title=edition.title,
        words=sum(article.metadata.words for article in edition.articles),
        images={"found": figures.total(), "kept": figures[True], "missing": figures[False]},
        captions={"found": captions, "kept": captions},
        notes=tuple(dict.fromkeys(notes)),
        removed=(),
        seconds=seconds,
    )
