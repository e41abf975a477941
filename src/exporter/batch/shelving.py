"""What a worker writes of an article for the library: the page of what went, a small cover."""

from pathlib import Path
from typing import NamedTuple

from exporter import files
from exporter.batch.jobs import Convert
from exporter.model import Article, Edition
from exporter.write import WRITERS


class Shelved(NamedTuple):
    """Where they lie; "" where there is none."""

    review: str = ""
    cover: str = ""


def shelve(article: Article, written: tuple[str, ...], job: Convert) -> Shelved:
    """Write both beside an article's editions, if a library is asked for; give their paths.

    Raises:
        OutputError: one can't be written.

    """
    if not job.library or not written:
        return Shelved()
    from exporter.review import comparison, cover  # noqa: PLC0415  (a single page has no library)

    first = next(path for path in map(Path, written) if path.suffix in WRITERS)
    # those of earlier runs, too, in an order that is the same whenever they were made
    editions = [path for path in map(first.with_suffix, WRITERS) if path.is_file()]
    place = first.parent / files.LIBRARY / first.stem
    page, picture = place.with_name(f"{place.name}.html"), place.with_name(f"{place.name}.jpg")
    text = comparison.beside(article, [path.name for path in editions])
    files.write_atomic(page, text.encode())
    epub = next((path for path in editions if path.suffix == ".epub"), None)
    edition = Edition.single(article, job.settings.made)
    files.write_atomic(picture, cover.small(edition, epub))
    return Shelved(str(page), str(picture))
