"""Any capture -> pages: what lies on disk is told by its content, and read by one module a kind.

To add a format, write `read/x.py` with `read(source) -> Iterator[Page]`, a line in READERS and
its signature's line in `signatures.SIGNATURES`.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import PurePath
from typing import Final

from exporter.errors import CaptureError
from exporter.model import Page
from exporter.read.decode import opening
from exporter.read.signatures import (
    REFUSED,
    ZIP_END,
    is_markdown,
    is_self_extracting,
    sniff,
)
from exporter.read.source import Source
from exporter.read.walk import walk

__all__ = ["READERS", "Source", "read", "sniff", "walk"]

MARKDOWN: Final = frozenset({".md", ".markdown", ".mkd", ".mdown"})
# kind -> the module that reads it, imported when the first such capture comes
READERS: Final[dict[str, str]] = {
    "compressed": "exporter.read.packed",
    "eml": "exporter.read.eml",
    "html": "exporter.read.html",
    "markdown": "exporter.read.markdown",
    "mhtml": "exporter.read.mhtml",
    "singlefilez": "exporter.read.singlefilez",
    "tar": "exporter.read.tarred",
    "text": "exporter.read.text",
    "warc": "exporter.read.warc",
    "webarchive": "exporter.read.webarchive",
    "zip": "exporter.read.zipped",
}


def read(source: Source, name: str = "", kind: str | None = None) -> Iterator[Page]:
    """Give the pages of a capture: one for most, several for archives.

    `name` is the capture's own where it has no path: inside an archive. `kind` is its kind where
    the caller knows it already.

    Raises:
        CaptureError: the capture is empty, of no kind we read, damaged, too large or gone.
        MissingExtraError: its kind needs a package that is not installed.

    """
    kind = kind or _kind(source, name)
    if kind not in READERS:
        what, remedy = REFUSED.get(kind, REFUSED["binary"])
        raise CaptureError(what, source.name, remedy)
    with_frames = import_module("exporter.read.frames").with_frames  # late: it needs lxml
    pages: Iterator[Page] = import_module(READERS[kind]).read(source)
    yield from map(with_frames, pages)


def _kind(source: Source, name: str) -> str:
    head = source.head()
    kind = sniff(head)
    named = PurePath(name or source.path or "").suffix.casefold()
    if kind == "text" and (named in MARKDOWN or is_markdown(opening(head))):
        return "markdown"
    if kind == "html" and is_self_extracting(head, source.tail(ZIP_END)):
        return "singlefilez"
    return kind
