"""One article at a time, and no exception out: every article ends as an Outcome.

This is the side of a job that runs in a worker. What fails with the capture as a whole (it can't
be read) is an error of the job; what fails with one article is that article's Failure.
"""

import time
import traceback
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from exporter import dom, export, files
from exporter.batch import survey
from exporter.batch.jobs import Convert, Job, Row, Survey
from exporter.errors import ExportError, InternalError, UsageError
from exporter.model import Article, Edition, Export, Failure, Note, Outcome, Page
from exporter.read import read

REPORT_IT: Final = "this is our bug: please report it, with the page if you can"
TOO_DEEP: Final = "the page is nested deeper than we can follow"
TOO_LARGE: Final = "the page needs more memory than the limit"

Message = tuple[str, object]


def messages(job: Job) -> Iterator[Message]:
    """Give the messages of a job, as batch.worker describes them."""
    try:
        for index, page, several in export.numbered(read(job.source)):
            if index < job.skip:
                continue
            name = named(job, page, index if several else None)
            yield "begin", (index, name, several)
            yield "result", result(job, page, name, index if several else None)
    except Exception as error:  # noqa: BLE001  (a worker outlives every capture)
        yield "error", explain_error(error, job.source.name)
    else:
        yield "end", None


def named(job: Job, page: Page, index: int | None) -> str:
    """Give what an article is called in reports.

    Raises:
        UsageError: it is one of several, and they would all become one file.

    """
    if index is None:
        return page.capture.path
    if isinstance(job, Convert) and job.targets.folder is None:
        raise UsageError(
            "the capture holds several articles, and -o names one file",
            remedy="name a folder with -o",
        )
    if page.capture.path == job.source.name:
        return f"{page.capture.path} (article {index + 1})"
    return page.capture.path


def result(job: Job, page: Page, name: str, index: int | None) -> Outcome | Article | Row:
    """Give the outcome of one page; the article where it is to be explained; a survey's row."""
    started = time.monotonic()
    try:
        if isinstance(job, Survey):
            return survey.survey(page, job.identity)
        article = export.prepare(page, job.settings, job.learned)
        if not isinstance(job, Convert):
            return article
        written, notes = publish(article, job, index)
    except Exception as error:  # noqa: BLE001  (one failing page never stops the others)
        return Failure(name, explain_error(error, name), time.monotonic() - started)
    export_ = exported(article, name, written, notes)
    return replace(export_, seconds=time.monotonic() - started)


def publish(
    article: Article, job: Convert, index: int | None
) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """Write an article's edition; give the paths, and what the writers could not show.

    `index` is the article's place in a capture of several, else None.
    """
    if job.targets.folder is not None:
        stem = export.name(article, index, job.identity)
        targets = [job.targets.folder / f"{stem}.{suffix}" for suffix in job.settings.formats]
    else:
        targets = list(job.targets.files)
    edition = Edition.single(article, job.settings.made)
    written = list(export.publish(edition, targets, job.settings))
    notes = tuple(note for _, losses in written for note in losses)
    return tuple(str(path) for path, _ in written), notes


def exported(
    article: Article,
    name: str,
    written: tuple[str, ...],
    notes: tuple[Note, ...],
) -> Export:
    """Give the outcome of an article that became files, with what was kept of its figures."""
    figures = dom.figures(article.body)
    kept = sum(figure.asset is not None for figure in figures)
    captions = sum(bool(figure.caption or figure.credit) for figure in figures)
    all_notes = tuple(dict.fromkeys((*article.notes, *notes)))
    return Export(
        input=name,
        status="exported",
        files=written,
        title=article.metadata.title,
        words=article.metadata.words,
        images={"found": len(figures), "kept": kept, "missing": len(figures) - kept},
        captions={"found": max(captions, article.found.get("captions", 0)), "kept": captions},
        notes=all_notes,
        removed=article.ledger,
        seconds=0.0,
    )


def explain_error(error: Exception, where: str) -> ExportError:
    """Give any exception as an error with its three parts; ours keep what they say."""
    match error:
        case ExportError():
            return type(error)(error.what, error.where or where, error.remedy)
        case MemoryError():
            return InternalError(TOO_LARGE, where, REPORT_IT)
        case RecursionError():
            return InternalError(TOO_DEEP, where, REPORT_IT)
        case OSError() if error.filename is not None:
            return files.input_error(error, error.filename)
        case _:
            traceback.print_exception(error)  # the guard keeps it for -v
            return InternalError(f"{type(error).__name__}: {error}", where, REPORT_IT)
