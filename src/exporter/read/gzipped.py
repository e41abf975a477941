"""A gzip'd capture -> the pages of what is inside."""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from exporter import read as readers
from exporter.errors import CaptureError
from exporter.model import Note, Page
from exporter.read.source import MAX_CAPTURE, Source

GZIP: Final = 16 + zlib.MAX_WBITS  # zlib's name for "with a gzip header"
MAX_DEPTH: Final = 2  # archives around a capture: "site.zip" with "page.html.gz" has two
BROKEN: Final = Note("capture-truncated", "the end of the capture is missing or damaged")


def read(source: Source) -> Iterator[Page]:
    """Give the pages of a gzip'd capture; a broken one gives what can be unpacked.

    Raises:
        CaptureError: nothing can be unpacked, or what is inside is no capture or too large.

    """
    if source.depth >= MAX_DEPTH:
        raise CaptureError("archives are nested too deeply", source.name, "unpack the archive")
    data, whole = _unpacked(source.load(), source.name)
    name = source.path.with_suffix("") if source.path else None
    inner = replace(source, data=data, path=name, depth=source.depth + 1)
    for page in readers.read(inner):
        yield page if whole else replace(page, notes=(*page.notes, BROKEN))


def _unpacked(packed: bytes, where: str) -> tuple[bytes, bool]:
    """Give what is inside, and whether it is all."""
    unpacker = zlib.decompressobj(GZIP)
    parts: list[bytes] = []
    size, step = 0, 2**16
    try:
        for start in range(0, len(packed), step):
            # bounded: a bomb must not be unpacked before it is counted
            part = unpacker.decompress(packed[start : start + step], MAX_CAPTURE + 1 - size)
            size += len(part)
            parts.append(part)
            if size > MAX_CAPTURE:
                raise CaptureError("what is inside is too large", where, "unpack and split it")
    except zlib.error as error:
        if not size:
            raise CaptureError("the gzip file is damaged", where, "save the page again") from error
        return b"".join(parts), False
    if not size:
        raise CaptureError("the gzip file is empty or damaged", where, "save the page again")
    return b"".join(parts), unpacker.eof
