"""SingleFileZ: a page that unpacks itself from the zip behind it -> that zip's page."""

from collections.abc import Iterator

from exporter.errors import CaptureError
from exporter.model import Page
from exporter.read import html
from exporter.read.archives import cut
from exporter.read.signatures import is_self_extracting
from exporter.read.source import Source
from exporter.read.zipped import members_of, pages_of


def read(source: Source) -> Iterator[Page]:
    """Give the page inside; the page around it when no zip with a page stands behind it.

    Raises:
        CaptureError: the file can't be read, or what is inside is damaged or encrypted.

    """
    try:
        members, intact = members_of(source)
    except CaptureError:
        if is_self_extracting(source.head(), b""):  # the page around it only says "please wait"
            raise
        yield from html.read(source)
        return
    if "index.html" not in members.sizes():
        yield from html.read(source)
        return
    found = pages_of(source, members)
    yield from found if intact else map(cut, found)
