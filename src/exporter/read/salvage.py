"""A zip without its end -> what can be unpacked: each file has a header of its own before it.

APPNOTE.TXT §4.3.7; the directory that a whole zip is read by stands at its end.
"""

import struct
import tempfile
import weakref
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from exporter.limits import Limits
from exporter.read.archives import Laid
from exporter.read.source import Source
from exporter.read.store import BLOCK, Store, Unpacked

HEADER: Final = struct.Struct("<4sHHHHHLLLHH")
MARK: Final = b"PK\x03\x04"
ENCRYPTED: Final = 1  # flag
LATER: Final = 8  # flag: the sizes follow the file
UTF_8: Final = 0x800  # flag
STORED, DEFLATED = 0, 8
MAX_NAME: Final = 1000  # bytes: of what is longer it is no name that a program wrote


@dataclass(frozen=True, slots=True)
class _Header:
    """What stands before one file."""

    name: str
    method: int
    start: int  # place of the file's bytes
    size: int | None  # bytes, packed; None: not known here


def salvage(whole: Store, source: Source) -> Laid:
    """Give the files of a damaged zip, unpacked on disk; the last may be cut.

    Raises:
        LimitError: they are more than a limit allows.

    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the store)
    store = Unpacked(file)
    weakref.finalize(store, file.close)
    places: dict[str, tuple[int, int]] = {}
    end = 0
    for header in _headers(whole, source.limits):
        start, packed = end, whole.size - header.start if header.size is None else header.size
        allowed, where = (source.limits, "member-size"), f"{source.name}/{header.name}"
        for block in source.meter.through(_blocks(whole, header), allowed, where, packed):
            end += file.write(block)
        if end > start:
            places[header.name] = start, end - start
    return Laid(store, places, source.name)


def _headers(whole: Store, limits: Limits) -> Iterator[_Header]:
    at = 0
    for _ in range(limits.archive_members):
        if (at := _find(whole, at)) < 0:
            return
        header = _header(whole, at)
        if header is None:
            at += len(MARK)
            continue
        yield header
        at = header.start + (header.size or 0)


def _find(whole: Store, at: int) -> int:
    while block := whole.read_at(at, BLOCK):
        if (found := block.find(MARK)) >= 0:
            return at + found
        if len(block) < BLOCK:
            return -1
        at += BLOCK - len(MARK) + 1
    return -1


def _header(whole: Store, at: int) -> _Header | None:
    fixed = whole.read_at(at, HEADER.size)
    if len(fixed) < HEADER.size:
        return None
    _, _, flags, method, _, _, _, packed, _, named, extra = HEADER.unpack(fixed)
    if flags & ENCRYPTED or method not in {STORED, DEFLATED} or not 0 < named <= MAX_NAME:
        return None
    if flags & LATER and method == STORED:
        return None  # nothing says where it ends
    name = whole.read_at(at + HEADER.size, named).decode(
        "utf-8" if flags & UTF_8 else "cp437", "replace"
    )
    start = at + HEADER.size + named + extra
    return (
        None
        if name.endswith("/")
        else _Header(name, method, start, None if flags & LATER else packed)
    )


def _blocks(whole: Store, header: _Header) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if header.method == DEFLATED else None
    at, left = header.start, whole.size if header.size is None else header.size
    try:
        while left and (block := whole.read_at(at, min(BLOCK, left))):
            at, left = at + len(block), left - len(block)
            yield unpacker.decompress(block, BLOCK) if unpacker else block
            while unpacker and unpacker.unconsumed_tail and not unpacker.eof:
                yield unpacker.decompress(unpacker.unconsumed_tail, BLOCK)
            if unpacker and unpacker.eof:
                return
    except zlib.error:
        return
