"""The story: read a capture, prepare each page, publish an edition.

read(source)     -> pages      one for most captures, several for archives
prepare(page)    -> Article    clean -> typeset
publish(edition) -> files
convert          =  publish(Edition.single(prepare(page))) for each page read
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from exporter import beside, clean, dom, fetch, files, naming, themes, typeset, write
from exporter.characters import named
from exporter.dom import OURS
from exporter.errors import ExportError, NoArticleError
from exporter.fetch import Fetched
from exporter.model import (
    SIMPLIFIED,
    Article,
    Edition,
    Learned,
    Metadata,
    Note,
    Page,
    Rendition,
)
from exporter.read import read, walk
from exporter.read.indexes import is_index
from exporter.settings import Settings

NOTHING_LEARNED = Learned()
DEFAULTS = Settings()
UNTITLED = "Untitled"  # a page from standard input that names neither itself nor its site


def prepare(
    page: Page,
    settings: Settings,
    learned: Learned = NOTHING_LEARNED,
    fetched: Sequence[Fetched] = (),
) -> Article:
    """Take the article out of a page and set its typography.

    `fetched` is what `fetch.gather` gave for the article that the page comes to without it.

    Raises:
        NoArticleError: the page holds no article.

    """
    if page.capture.tool == OURS:  # an edition of ours has been through this
        settings = dataclasses.replace(settings, keep_boilerplate=True)
    article = fetch.told(clean.clean(fetch.beside(page, fetched), settings, learned), fetched)
    if settings.images == "none":
        article = clean.omit(article)
    article = dataclasses.replace(article, metadata=_legible(article.metadata))
    if not article.metadata.title:
        article = _named(article)
    if settings.typography:
        article = typeset.typeset(article)
    if settings.simple:
        article = dataclasses.replace(article, notes=(*article.notes, SIMPLIFIED))
    dom.validate(article.body)
    return article


def _legible(about: Metadata) -> Metadata:
    """Give what is known of an article as names and titles may be written."""
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(about):
        value = getattr(about, field.name)
        if isinstance(value, str):
            changes[field.name] = named(value)
        elif isinstance(value, tuple):
            changes[field.name] = tuple(filter(None, map(named, value)))
    return dataclasses.replace(about, **changes)


def _named(article: Article) -> Article:
    """Name an article without headline by its file, else by its site."""
    stem = named(Path(article.capture.path).stem).strip("- ")
    title = stem or article.metadata.site or UNTITLED
    provenance = {**article.metadata.provenance, "title": "file-name" if stem else "site"}
    metadata = dataclasses.replace(article.metadata, title=title, provenance=provenance)
    return dataclasses.replace(article, metadata=metadata)


def publish(
    edition: Edition, targets: Iterable[Path], settings: Settings
) -> Iterator[tuple[Path, tuple[Note, ...]]]:
    """Write an edition to each target, whose suffix decides the format.

    Nothing is written before all formats are made. Gives each path once its file is whole, with
    what the writer could not show, then the folders of the files that belong to it.

    Raises:
        OutputError: a target can't be written.

    """
    theme = themes.chosen(settings)
    renditions = [(target, *_rendition(edition, target, (theme, settings))) for target in targets]
    for target, superseded, rendition in renditions:
        for path, data in rendition.beside.items():
            files.write_atomic(target.parent / path, data)
        files.write_atomic(target, rendition.data)
        beside.remove(target, superseded)
        yield target, rendition.notes
        for folder in dict.fromkeys(Path(path).parts[0] for path in rendition.beside):
            yield target.parent / folder, ()


def _rendition(
    edition: Edition, target: Path, asked: tuple[themes.Theme, Settings]
) -> tuple[frozenset[str], Rendition]:
    """Give the pictures of an earlier edition that go from a target, and what is written there."""
    named = dataclasses.replace(edition, name=beside.free_name(target))
    made = write.writer(target.suffix)(named, *asked)
    before = beside.pictures(target, named.name)
    beside.check(target, before | made.beside.keys())
    return before - made.beside.keys(), made


def press(article: Article, piece: Path, settings: Settings) -> tuple[Note, ...]:
    """Make what formats want of each article of a book before it is bound.

    `piece` names it: its files stand beside it, with other suffixes. Gives what can't be shown.
    """
    theme = themes.chosen(settings)
    notes: list[Note] = []
    for suffix in settings.formats:
        made = write.press(f".{suffix}")
        notes += made(article, theme, settings, piece) if made is not None else ()
    return tuple(notes)


def bind(
    edition: Edition, pieces: Sequence[Path], target: Path, settings: Settings
) -> tuple[Note, ...]:
    """Write an edition whose articles `press` has seen, each with its piece; give what is lost.

    Raises:
        OutputError: the target can't be written.

    """
    theme = themes.chosen(settings)
    bound = write.binder(target.suffix)
    if bound is None or not edition.is_book:
        return tuple(note for _, notes in publish(edition, [target], settings) for note in notes)
    with files.replacing(target) as partial:
        return bound(edition, pieces, (theme, settings), partial)


def convert(capture: Path | str, folder: Path | str, settings: Settings = DEFAULTS) -> list[Path]:
    """Make an edition of each article of a capture, in this process; give the files.

    What a crawl or mirror holds beside articles makes none.

    Raises:
        UsageError: there is no such capture.
        CaptureError: it can't be read, or holds no article.
        OutputError: the folder can't be written to.

    """
    made: list[Path] = []
    for source in walk([Path(capture)]):
        for index, page, several in numbered(read(source.within(settings.limits))):
            article = _article(page, settings)
            if article is None:
                continue
            stem = name(article, index if several else None)
            targets = [Path(folder) / f"{stem}.{suffix}" for suffix in settings.formats]
            edition = Edition.single(article, settings.made)
            made.extend(path for path, _ in publish(edition, targets, settings))
    return made


def _article(page: Page, settings: Settings) -> Article | None:
    """Give the article of a page; None for one without that only came with a crawl or mirror."""
    if not page.chosen and is_index(page.html):
        return None
    try:
        return prepare(page, settings)
    except NoArticleError:
        if page.chosen:
            raise
        return None


def name(article: Article, index: int | None, identity: str | None = None) -> str:
    """Give the stem of an article's files.

    It is the slug of the title; with `index`, the article's place in a capture of several, or
    `identity`, what tells its capture from all others of a run, ten digits keep it unique.
    """
    title = article.metadata.title
    if index is None and identity is None:
        return naming.slug(title)
    # no path holds a NUL, and what a page calls its path loses it: none looks like another's place
    path = (identity or article.capture.path).replace("\0", "")
    return naming.unique_stem(title, f"{index}\0{path}" if index else path)


def numbered(pages: Iterator[Page]) -> Iterator[tuple[int, Page, bool]]:
    """Give each page with its index and whether the capture holds several.

    Raises:
        NoArticleError: there is no page at all.

    """
    first = next(pages, None)
    if first is None:
        raise NoArticleError("there is no page in it", remedy="is it a saved page?")
    try:
        second, trouble = next(pages, None), None
    except ExportError as error:  # the first page is whole, and can't know of the second's trouble
        second, trouble = None, error
    yield 0, first, second is not None
    if trouble is not None:
        raise trouble
    if second is not None:
        yield 1, second, True
    for index, page in enumerate(pages, start=2):
        yield index, page, True
