"""A tar of captures -> their pages."""

import tarfile
from collections.abc import Iterator

from exporter.errors import CaptureError
from exporter.model import Page
from exporter.read import archives
from exporter.read.source import Source
from exporter.read.store import Store, opened


def read(source: Source) -> Iterator[Page]:
    """Give the pages of a tar, each with the files beside it; a broken one gives what it has.

    Raises:
        CaptureError: the tar is damaged or holds no page.

    """
    whole = source.store()
    places, intact = _places(whole)
    if not places:
        what = "the archive holds no page" if intact else "the tar archive is damaged"
        raise CaptureError(what, source.name, "save the page again")
    found = archives.pages(source, archives.Laid(whole, places, source.name))
    yield from found if intact else map(archives.cut, found)


def _places(whole: Store) -> tuple[dict[str, tuple[int, int]], bool]:
    """Give where each file lies, and whether the archive is whole."""
    places: dict[str, tuple[int, int]] = {}
    try:
        with tarfile.open(fileobj=opened(whole), mode="r:") as archive:
            for member in archive:
                if member.isreg() and not member.issparse():
                    places[member.name.removeprefix("./")] = member.offset_data, member.size
                    if member.offset_data + member.size > whole.size:
                        return places, False
    except (tarfile.TarError, OSError, ValueError, EOFError, OverflowError):
        return places, False
    return places, True
