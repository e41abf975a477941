"""What became of an article: its editions, and the Outcome that says so."""

import os
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final

from exporter import dom, export, files
from exporter.batch import spool
from exporter.batch.jobs import Collect, Convert, Job
from exporter.batch.shelving import shelve
from exporter.errors import ExportError, InternalError, UsageError
from exporter.model import Article, Edition, Export, Failure, Note, Outcome, Page
from exporter.read import Source

REPORT_IT: Final = "this is our bug: please report it, with the page if you can"
TOO_DEEP: Final = "the page is nested deeper than we can follow"
TOO_LARGE: Final = "the page needs more memory than the limit"
# why a page that came with a crawl or mirror is no article
INDEX_PAGE: Final = Note("index-page", "it only leads to other pages")
NO_ARTICLE: Final = Note("no-article", "it holds no article")


@dataclass(frozen=True, slots=True)
class Published:
    """What there is of an article."""

    files: tuple[str, ...]  # paths
    unshown: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)  # by format


def outcome(article: Article, job: Convert, name: str, index: int | None, began: float) -> Outcome:
    """Publish an article and give its outcome; nothing that goes wrong comes out but as one.

    `index` is the article's place in a capture of several, else None; `began` is when work on it
    did, on the monotonic clock.
    """
    try:
        published = publish(article, job, index)
        shelved = shelve(article, published.files, job)
    except Exception as error:  # noqa: BLE001  (one failing page never stops the others)
        return failure(error, name, began)
    made = exported(article, name, published)
    seconds = time.monotonic() - began
    return replace(made, seconds=seconds, review=shelved.review, cover=shelved.cover)


def named(source: Source, page: Page, index: int | None) -> str:
    """Give what an article is called in reports; `index` is None for the only one of a capture."""
    if index is None or page.capture.path != source.name:
        return page.capture.path
    return f"{page.capture.path} (article {index + 1})"


def only_one(job: Job, index: int | None) -> None:
    """Refuse to make several articles one file; `index` is None for the only one of a capture.

    Raises:
        UsageError: -o names a file, and this is one of several.

    """
    if index is not None and isinstance(job, Convert) and job.targets.folder is None:
        raise UsageError(
            "the capture holds several articles, and -o names one file",
            remedy="name a folder with -o",
        )


def failure(error: Exception, name: str, began: float) -> Failure:
    """Give the outcome of an article on which `error` was raised."""
    return Failure(name, explain_error(error, name), time.monotonic() - began)


def skipped(name: str, why: Note, began: float) -> Export:
    """Give the outcome of a page that nobody picked and that is no article."""
    return Export(
        input=name,
        status="skipped",
        files=(),
        title="",
        words=0,
        images={},
        captions={},
        notes=(why,),
        removed=(),
        seconds=time.monotonic() - began,
    )


def publish(article: Article, job: Convert, index: int | None) -> Published:
    """Write an article's editions, but for those that stand, or keep it; give what there is.

    `index` is the article's place in a capture of several, else None.

    Raises:
        UsageError: several articles would become one file.

    """
    if isinstance(job, Collect):
        files, notes = spool.put(article, job, index)
        return Published(files, {"": notes})
    only_one(job, index)
    if job.targets.folder is not None:
        stem = export.name(article, index, job.identity)
        targets = [job.targets.folder / f"{stem}.{suffix}" for suffix in job.settings.formats]
    else:
        targets = list(job.targets.files)
    return _published(Edition.single(article, job.settings.made), targets, job)


def _published(edition: Edition, targets: Sequence[Path], job: Convert) -> Published:
    """Write an edition to each target where none stands; give all of them in their order."""
    standing = {path: job.standing.get(os.path.abspath(path)) for path in targets}  # noqa: PTH100  (no links are followed)
    files = {path: [path] for path in targets}
    unshown: dict[str, tuple[Note, ...]] = {}
    anew = [path for path in targets if standing[path] is None]
    last = Path()
    for path, notes in export.publish(edition, anew, job.settings):
        if path in files:
            last, unshown[path.suffix[1:].lower()] = path, notes
        else:  # it belongs to the edition before it
            files[last].append(path)
    for path, stands in standing.items():
        if stands is not None:
            files[path] += [path.parent / name for name in stands.beside]
            unshown[path.suffix[1:].lower()] = stands.notes
    forms = (path.suffix[1:].lower() for path in targets)
    return Published(
        tuple(map(str, chain.from_iterable(files.values()))),
        {form: unshown[form] for form in forms},
    )


def exported(article: Article, name: str, published: Published) -> Export:
    """Give the outcome of an article that became files, with what was kept of its figures."""
    about, figures = article.metadata, dom.figures(article.body)
    kept = sum(bool(figure.asset) for figure in figures)
    missing = sum(figure.asset is None for figure in figures)
    # a text keeps captions without their pictures, and those are no figures
    captions = article.body.count("<figcaption")
    unshown = {
        form: tuple(note for note in notes if note not in article.notes)
        for form, notes in published.unshown.items()
    }
    all_notes = tuple(dict.fromkeys(chain(article.notes, *unshown.values())))
    return Export(
        input=name,
        status="exported",
        files=published.files,
        title=about.title,
        words=about.words,
        images={"found": len(figures), "kept": kept, "missing": missing},
        captions={"found": max(captions, article.found.get("captions", 0)), "kept": captions},
        notes=all_notes,
        unshown={form: notes for form, notes in unshown.items() if notes},
        removed=article.ledger,
        seconds=0.0,
        subtitle=about.subtitle,
        byline=about.byline,
        site=about.site,
        published=about.published,
        saved=article.saved_at,
        language=about.language,
        url=about.url,
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
