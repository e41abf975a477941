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
from exporter.read.archives import MAX_DEPTH, MAX_MEMBER, cut
from exporter.read.signatures import sniff
from exporter.read.source import HEAD, MAX_CAPTURE, Source
from exporter.read.store import BLOCK, Store, kept, opened

# leading bytes -> a file that gives what is inside
UNPACKERS: Final[tuple[tuple[bytes, Callable[[io.BufferedReader], io.BufferedIOBase]], ...]] = (
    (b"\x1f\x8b", lambda packed: gzip.GzipFile(fileobj=packed)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
)
DAMAGE: Final = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
LARGE: Final = frozenset({"tar", "zip", "warc"})  # kinds that are never in memory as a whole


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


def read(source: Source) -> Iterator[Page]:
    """Give the pages of a compressed capture; a broken one gives what can be unpacked.

    Raises:
        CaptureError: nothing can be unpacked, or what is inside is no capture or too large.

    """
    if source.depth >= MAX_DEPTH:
        raise CaptureError("archives are nested too deeply", source.name, "unpack the archive")
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
    limit = MAX_MEMBER if kind in LARGE else MAX_CAPTURE
    store = kept(limited(unpacking.blocks(), limit, source.name))
    name = source.path.with_suffix("") if source.path else None
    inner = replace(source, data=None, unpacked=store, path=name, depth=source.depth + 1)
    pages = readers.read(inner, name.name if name else "")
    yield from pages if unpacking.whole else map(cut, pages)


def _first(blocks: Iterator[bytes]) -> bytes:
    head = b""
    for block in blocks:
        head += block
        if len(head) >= HEAD:
            break
    return head[:HEAD]


def limited(blocks: Iterator[bytes], limit: int, where: str) -> Iterator[bytes]:
    """Give blocks, as long as they are not too many.

    Raises:
        CaptureError: there are more than `limit` bytes.

    """
    size = 0
    for block in blocks:
        size += len(block)
        if size > limit:
            raise CaptureError("what is inside is too large", where, "unpack and split it")
        yield block
