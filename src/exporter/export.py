"""The story: read a capture, prepare each page, publish an edition.

    read(source)     -> pages      one for most captures, several for archives
    prepare(page)    -> Article    clean -> typeset
    publish(edition) -> files
    convert          =  publish(Edition.single(prepare(page))) for each page read
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from exporter import clean, dom, files, themes, typeset, write
from exporter.model import Article, Edition, Learned, Note, Page, Settings

NOTHING_LEARNED = Learned()


def prepare(page: Page, settings: Settings, learned: Learned = NOTHING_LEARNED) -> Article:
    """Take the article out of a page and set its typography.

    Raises:
        NoArticleError: the page holds no article.

    """
    article = clean.clean(page, settings, learned)
    if settings.typography:
        article = typeset.typeset(article)
    dom.validate(article.body)
    return article


def publish(
    edition: Edition, targets: Iterable[Path], settings: Settings
) -> Iterator[tuple[Path, tuple[Note, ...]]]:
    """Write an edition to each target, whose suffix decides the format; all or nothing a file.

    Gives each path once its file is whole, with what the writer could not show.

    Raises:
        OutputError: a target can't be written.

    """
    theme = themes.load(settings.theme, settings.style)
    for target in targets:
        rendition = write.writer(target.suffix)(edition, theme, settings)
        files.write_atomic(target, rendition.data)
        yield target, rendition.notes
