"""The pages of one article, saved one by one: prepared each by itself, then joined.

That they are one article is a proposal (batch.series). Where the pages, once read, speak against
it (clean.joining), each becomes an article of its own, as with --no-join.
"""

import dataclasses
import time
from collections.abc import Generator, Iterator, Sequence

from exporter import export
from exporter.batch import outcome
from exporter.batch.fetching import prepared
from exporter.batch.jobs import Convert, Job, Message, Part
from exporter.clean import joining
from exporter.errors import CaptureError, ExportError
from exporter.limits import Limits
from exporter.model import Article, Export, Failure, Page
from exporter.read import Source, read


@dataclasses.dataclass(frozen=True, slots=True)
class Ready:
    """A page that was prepared."""

    part: Part
    name: str
    article: Article
    began: float  # on the monotonic clock

    @property
    def index(self) -> int | None:
        """Its place in a capture of several pages, else None."""
        return self.part.index if self.part.pages > 1 else None


def messages(job: Job) -> Iterator[Message]:
    """Give the messages on a job of several parts, as batch.worker describes them.

    A page that can't be prepared is a failure of its own, and one that is no page of the article
    an article of its own; the others are joined without it. None is tried again in simplified
    form, which would have to be that of all of them.
    """
    ready: list[Ready] = []
    for source in dict.fromkeys(part.source for part in job.parts):
        inside = tuple(part for part in job.parts if part.source == source)
        yield "begin", (source.name, _without(job, inside), None)
        for part, page in _read(source, inside, job.limits):
            begin = "begin", (source.name, _without(job, (part,)), None)
            yield begin
            made = yield from _prepared(job, part, page, begin)
            if isinstance(made, Failure):
                yield "result", made
            else:
                ready.append(made)
    ready.sort(key=lambda one: one.part.number)
    yield from _settled(job, ready)


def _settled(job: Job, ready: Sequence[Ready]) -> Iterator[Message]:
    """Give the messages on pages that were prepared: one article, and what belongs to none."""
    pages = [(one.part.number, one.article) for one in ready]
    try:
        found = joining.one_article(pages) if job.settings.join else ()
        article = joining.join(found) if found else None
    except Exception as error:  # noqa: BLE001  (each page has its outcome, whatever happens)
        yield from (("result", outcome.failure(error, one.name, one.began)) for one in ready)
        return
    numbers = {number for number, _ in found}
    inside = [one for one in ready if one.part.number in numbers]
    outside = [one for one in ready if one.part.number not in numbers]
    if article is not None:
        yield from _as_one(job, inside, article, _left(job, outside))
    yield from _apart(job, outside)


def _left(job: Job, ready: Sequence[Ready]) -> Job | None:
    """Give the job that makes an article of each page, if there is any."""
    if not ready:
        return None
    settings = dataclasses.replace(job.settings, join=False)
    return dataclasses.replace(job, parts=tuple(one.part for one in ready), settings=settings)


def _without(job: Job, parts: Sequence[Part]) -> Job | None:
    """Give the job that is left when these parts are, if any."""
    left = tuple(part for part in job.parts if part not in parts)
    return dataclasses.replace(job, parts=left) if left else None


def _read(
    source: Source, parts: Sequence[Part], limits: Limits
) -> Iterator[tuple[Part, Page | ExportError]]:
    """Give the page of each part of a capture, or why it can't be read."""
    wanted = {part.index: part for part in parts}
    trouble: ExportError = CaptureError("has changed meanwhile", "", "run the command again")
    try:
        for index, page, _ in export.numbered(read(source.within(limits))):
            if index in wanted:
                yield wanted.pop(index), page
            if not wanted:
                return
    except Exception as error:  # noqa: BLE001  (one failing capture never stops the others)
        trouble = outcome.explain_error(error, source.name)
    for part in wanted.values():
        yield part, trouble


def _prepared(
    job: Job, part: Part, page: Page | ExportError, begin: Message
) -> Generator[Message, None, Ready | Failure]:
    began, name = time.monotonic(), part.source.name
    if isinstance(page, ExportError):
        return outcome.failure(page, name, began)
    try:
        name = outcome.named(part.source, page, part.index if part.pages > 1 else None)
        article = yield from prepared(job, page, part.learned, begin)
    except Exception as error:  # noqa: BLE001  (one failing page never stops the others)
        return outcome.failure(error, name, began)
    return Ready(part, name, article, began)


def _as_one(
    job: Job, ready: Sequence[Ready], article: Article, left: Job | None
) -> Iterator[Message]:
    """Give the outcome of the article, under the name of its first page; the others joined it.

    `left` is what is still to be done when the article kills the worker.
    """
    first, *others = ready
    if not isinstance(job, Convert):
        yield "result", article
        return
    for one in others:
        yield "result", _joined(one, first.name)
    yield "begin", (first.name, left, None)
    inside = sum(one.part.source == first.part.source for one in ready)
    index = None if inside == first.part.pages else first.index  # the capture holds nothing else
    made = outcome.outcome(article, job, first.name, index, first.began)
    if isinstance(made, Export):
        made = dataclasses.replace(made, joined=tuple(one.name for one in others))
    yield "result", made


def _joined(one: Ready, first: str) -> Export:
    """Give the outcome of a page that stands in the article of another."""
    return Export(
        input=one.name,
        status="joined",
        files=(),
        title=one.article.metadata.title,
        words=one.article.metadata.words,
        images={},
        captions={},
        notes=(),
        removed=(),
        seconds=time.monotonic() - one.began,
        joined=(first,),
    )


def _apart(job: Job, ready: Sequence[Ready]) -> Iterator[Message]:
    """Give the outcome of each page as an article of its own."""
    for place, one in enumerate(ready, start=1):
        yield "begin", (one.name, _left(job, ready[place:]), None)
        if isinstance(job, Convert):
            own = dataclasses.replace(job, identity=one.part.identity)
            yield "result", outcome.outcome(one.article, own, one.name, one.index, one.began)
        else:
            yield "result", one.article
