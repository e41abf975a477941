"""One article at a time, and no exception out: every article ends as an Outcome.

This is the side of a job that runs in a worker. What fails with the capture as a whole (it can't
be read) is an error of the job; what fails with one article is that article's Failure.
"""

import dataclasses
import time
from collections.abc import Generator, Iterator

from exporter import export
from exporter.batch import binding, outcome, sketch, survey, together
from exporter.batch.fetching import prepared
from exporter.batch.jobs import Bind, Compare, Convert, Job, Message, Row, Sketch, Survey
from exporter.errors import NoArticleError
from exporter.model import Article, Outcome, Page
from exporter.read import read
from exporter.read.indexes import is_index

# the message that an article is begun: its name, the job that is left and the one that tries it
# again in simplified form, if it kills the worker
Begin = tuple[str, tuple[str, Job | None, Job | None]]


def messages(job: Job) -> Iterator[Message]:
    """Give the messages of a job, as batch.worker describes them."""
    try:
        if isinstance(job, Bind):
            yield from binding.messages(job)
        else:
            yield from together.messages(job) if job.parts else _each(job)
    except Exception as error:  # noqa: BLE001  (a worker outlives every capture)
        yield "error", outcome.explain_error(error, job.source.name)
    else:
        yield "end", job.asked


def _each(job: Job) -> Iterator[Message]:
    """Give the messages on the articles of one capture."""
    for index, page, several in export.numbered(read(job.source.within(job.limits))):
        if job.only is not None and index > max(job.only, default=-1):
            return
        if not _asked(job, index):
            continue
        outcome.only_one(job, index if several else None)
        name = outcome.named(job.source, page, index if several else None)
        left = job.starting_at(index + 1) if several else None
        alone = dataclasses.replace(job, only=frozenset({index}), skip=index) if several else job
        begin = "begin", (name, left, alone.simplified())
        yield begin
        yield "result", (yield from result(job, page, index if several else None, begin))


def _asked(job: Job, index: int) -> bool:
    wanted = job.only is None or index in job.only
    return wanted and index >= job.skip and index not in job.apart


def result(
    job: Job, page: Page, index: int | None, begin: Begin
) -> Generator[Message, None, Outcome | Article | Row | Sketch]:
    """Give the outcome of one page; where it is asked for its article, its row or its sketch."""
    name = begin[1][0]
    began = time.monotonic()
    try:
        if isinstance(job, Survey):
            return survey.survey(page, job.identity, index or 0)
        if isinstance(job, Convert | Compare) and not page.chosen and is_index(page.html):
            return outcome.skipped(name, outcome.INDEX_PAGE, began)
        article = yield from prepared(job, page, job.learned, begin)
        asked = (
            sketch.sketch(article, job, index or 0, name) if isinstance(job, Compare) else article
        )
    except Exception as error:  # noqa: BLE001  (one failing page never stops the others)
        if isinstance(error, NoArticleError) and isinstance(job, Convert) and not page.chosen:
            return outcome.skipped(name, outcome.NO_ARTICLE, began)
        return outcome.failure(error, name, began)
    if not isinstance(job, Convert):
        return asked
    return outcome.outcome(article, job, name, index, began)
