"""A compressed capture (gzip, bzip2, xz) -> the pages of what is inside."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from exporter import read as readers
from exporter.errors import CaptureError
from exporter.model import Page
from exporter.read.archives import cut
from exporter.read.signatures import LARGE, sniff
from exporter.read.source import HEAD, Source
from exporter.read.store import BLOCK, Store, kept, opened

# leading bytes -> a file that gives what is inside
UNPACKERS: Final[tuple[tuple[bytes, Callable[[io.BufferedReader], io.BufferedIOBase]], ...]] = (
    (b"\x1f\x8b", lambda packed: gzip.GzipFile(fileobj=packed)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
)
DAMAGE: Final = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


@dataclass(slots=True)
class Unpacking:
    """What is inside a compressed store; `whole` tells, once it was read, whether all came."""

    packed: Store
    whole: bool = False

    def blocks(self) -> Iterator[bytes]:
        """Give what is inside block by block, up to the place where it is damaged."""
        start = self.packed.read_at(0, 6)
        make = next(make for magic, make in UNPACKERS if start.startswith(magic))
        try:
            with make(opened(self.packed)) as file:
                while block := file.read1(BLOCK):
                    yield block
            self.whole = True
        except DAMAGE:
            return

    def within(self, source: Source, limit: str) -> Iterator[bytes]:
        """Give the same as part of a capture, for which there is a limit of that name.

        Raises:
            LimitError: there is more than a limit allows.

        """
        allowed = (source.limits, limit)
        yield from source.meter.through(self.blocks(), allowed, source.name, self.packed.size)


def read(source: Source) -> Iterator[Page]:
    """Give the pages of a compressed capture; a broken one gives what can be unpacked.

    Raises:
        CaptureError: nothing can be unpacked, or what is inside is no capture.
        LimitError: what is inside is too large, or in too many archives.

    """
    source.check_depth()
    unpacking = Unpacking(source.store())
    head = _first(unpacking.blocks())
    if not head:
        raise CaptureError(
            "the compressed file is empty or damaged", source.name, "save the page again"
        )
    kind = sniff(head)
    if kind == "warc":  # its reader unpacks one record at a time
        yield from readers.read(source, kind=kind)
        return
    store = kept(unpacking.within(source, "member-size" if kind in LARGE else "capture-size"))
    name = source.path.with_suffix("") if source.path else None
    beside = source.beside
    if beside is not None:
        beside = beside._replace(page=beside.page.with_suffix(""))
    inner = replace(
        source, data=None, unpacked=store, path=name, beside=beside, depth=source.depth + 1
    )
    pages = readers.read(inner, name.name if name else "")
    yield from pages if unpacking.whole else map(cut, pages)


def _first(blocks: Iterator[bytes]) -> bytes:
    head = b""
    for block in blocks:
        head += block
        if len(head) >= HEAD:
            break
    return head[:HEAD]
