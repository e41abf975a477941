"""Any capture -> pages: what lies on disk is told by its content, and read by one module a kind.

To add a format, write `read/x.py` with `read(source) -> Iterator[Page]`, a line in READERS and
its signature's line in `signatures.SIGNATURES`.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from exporter.errors import CaptureError
from exporter.model import Page
from exporter.read.signatures import REFUSED, sniff
from exporter.read.source import MAX_CAPTURE, MAX_RESOURCE, Source
from exporter.read.walk import walk

__all__ = ["MAX_CAPTURE", "MAX_RESOURCE", "READERS", "Source", "read", "sniff", "walk"]

# kind -> the module that reads it, imported when the first such capture comes
READERS: Final[dict[str, str]] = {
    "eml": "exporter.read.eml",
    "gzip": "exporter.read.gzipped",
    "html": "exporter.read.html",
    "mhtml": "exporter.read.mhtml",
    "text": "exporter.read.text",
    "webarchive": "exporter.read.webarchive",
    "zip": "exporter.read.zipped",
}


def read(source: Source) -> Iterator[Page]:
    """Give the pages of a capture: one for most, several for archives.

    Raises:
        CaptureError: the capture is empty, of no kind we read, damaged, too large or gone.

    """
    kind = sniff(source.head())
    if kind not in READERS:
        what, remedy = REFUSED.get(kind, REFUSED["binary"])
        raise CaptureError(what, source.name, remedy)
    pages: Iterator[Page] = import_module(READERS[kind]).read(source)
    yield from pages
