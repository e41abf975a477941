"""A body as it came over HTTP -> what was sent: chunks joined, compression undone, bounded.

RFC 9112 §7.1 (chunked), RFC 9110 §8.4.1 (gzip, deflate), RFC 7932 (brotli).
"""

import zlib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from typing import Final, Protocol

BLOCK: Final = 2**14  # bytes unpacked at a time: a bomb must be counted before it is unpacked
# encodings -> the package that undoes them; "": always there
ENCODINGS: Final = {"": "", "identity": "", "gzip": "", "x-gzip": "", "deflate": "", "br": "brotli"}
GZIP: Final = b"\x1f\x8b"
MAX_HEADER: Final = 200  # bytes of a chunk's first line


class Readable(Protocol):
    """Where a body comes from."""

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes; none at the end."""

    def readline(self, size: int, /) -> bytes:
        """Give a line, its end included, of at most `size` bytes."""


def can_decode(encoding: str) -> bool:
    """Tell whether a Content-Encoding can be undone on this machine."""
    package = ENCODINGS.get(encoding)
    return package is not None and (not package or find_spec(package) is not None)


def decoded(stream: Readable, encoding: str, most: int, *, chunked: bool) -> bytes:
    """Give at most `most` bytes of a body; what is damaged ends it.

    Some crawlers store a body unpacked and keep the headers of the packed one.
    """
    body = bytearray()
    for part in _unpacked(_chunks(stream) if chunked else _blocks(stream), encoding):
        body += part
        if len(body) >= most:
            break
    return bytes(body[:most])


def _blocks(stream: Readable) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        yield block


def _chunks(stream: Readable) -> Iterator[bytes]:
    """Give what is in the chunks; a body that is none is given as it stands."""
    first = True
    while line := stream.readline(MAX_HEADER):
        size = _size(line)
        if size is None:
            if first:
                yield line
                yield from _blocks(stream)
            return
        first = False
        while size and (block := stream.read(min(BLOCK, size))):
            size -= len(block)
            yield block
        if size:
            return
        stream.readline(MAX_HEADER)  # the line end after a chunk


def _size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    try:
        return int(digits, 16) if line.endswith(b"\n") and len(digits) <= 12 else None  # noqa: PLR2004
    except ValueError:
        return None


def _unpacked(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    first = b""
    while len(first) < len(GZIP) and (block := next(blocks, b"")):
        first += block
    match encoding:
        case "gzip" | "x-gzip" if first.startswith(GZIP[: len(first)]):
            yield from _inflated(first, blocks, 16 + zlib.MAX_WBITS)
        case "deflate":
            # zlib's format by the standard, raw deflate by many servers
            raw = not _is_zlib(first)
            yield from _inflated(first, blocks, -zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
        case "br":
            yield from _unbrotlied(first, blocks)
        case _:
            yield first
            yield from blocks


def _is_zlib(start: bytes) -> bool:
    """Tell a zlib header (RFC 1950 §2.2)."""
    head = int.from_bytes(start[:2], "big")
    return len(start) > 1 and start[0] & 15 == zlib.DEFLATED and head % 31 == 0


def _inflated(first: bytes, blocks: Iterator[bytes], window: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(window)
    try:
        for block in chain((first,), blocks):
            yield unpacker.decompress(block, BLOCK)
            while unpacker.unconsumed_tail:
                yield unpacker.decompress(unpacker.unconsumed_tail, BLOCK)
    except zlib.error:
        return


def _unbrotlied(first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    brotli = import_module("brotli")
    unpacker = brotli.Decompressor()
    try:
        for block in chain((first,), blocks):
            yield unpacker.process(block, output_buffer_limit=BLOCK)
            while not unpacker.can_accept_more_data():
                yield unpacker.process(b"", output_buffer_limit=BLOCK)
    except brotli.error:
        return
