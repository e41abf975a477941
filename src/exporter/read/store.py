"""Where a capture's bytes lie: in a file, in memory, unpacked for a while, or a part of another.

Large captures are never in memory as a whole: their readers ask for the bytes they need.
"""

import errno
import io
import os
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from exporter.files import open_regular

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK: Final = 2**18  # bytes read at a time
SMALL: Final = 2**20  # bytes that may as well stay in memory


class Store(Protocol):
    """Bytes that can be read from any place."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def read_at(self, start: int, size: int) -> bytes:
        """Give at most `size` bytes from a place on; fewer only at the end.

        Raises:
            OSError: they can't be read.

        """


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes that are in memory already."""

    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self.data)

    def read_at(self, start: int, size: int) -> bytes:
        """Give at most `size` bytes from a place on."""
        return self.data[start : start + size]


@dataclass(frozen=True, slots=True)
class File:
    """The bytes of a regular file, opened anew for each reading: nothing stays open."""

    path: Path

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self.path.stat().st_size

    def read_at(self, start: int, size: int) -> bytes:
        """Give at most `size` bytes from a place on."""
        with open_regular(self.path) as file:
            file.seek(start)
            # a limit far above the size would be allocated first
            return file.read(max(0, min(size, os.fstat(file.fileno()).st_size - start)))


@dataclass(frozen=True)
class Unpacked:
    """Bytes in a file without a name, which is gone when nobody needs it or its process dies."""

    file: BinaryIO

    @cached_property
    def size(self) -> int:
        """How many bytes there are."""
        return self.file.seek(0, io.SEEK_END)

    def read_at(self, start: int, size: int) -> bytes:
        """Give at most `size` bytes from a place on."""
        most = max(0, min(size, self.size - start))
        self.file.seek(start)
        return self.file.read(most)


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes of another store from a place on."""

    whole: Store
    start: int
    size: int

    def read_at(self, start: int, size: int) -> bytes:
        """Give at most `size` bytes from a place on."""
        return self.whole.read_at(self.start + start, max(0, min(size, self.size - start)))


class _Stream(io.RawIOBase):
    """A store as the file that libraries want."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._store.size}[whence]
        if start + offset < 0:
            raise OSError(errno.EINVAL, "a place before the start")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        found = self._store.read_at(self._at, len(view))
        view[: len(found)] = found
        self._at += len(found)
        return len(found)


def opened(store: Store) -> io.BufferedReader:
    """Give a store as a file that can be read and sought in."""
    return io.BufferedReader(_Stream(store), BLOCK)


def kept(blocks: Iterator[bytes]) -> Store:
    """Give unpacked bytes as a store: in memory while they are few, then on disk."""
    head = bytearray()
    for block in blocks:
        head += block
        if len(head) > SMALL:
            return _on_disk(head, blocks)
    return Memory(bytes(head))


def _on_disk(head: bytearray, blocks: Iterator[bytes]) -> Unpacked:
    file = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the store)
    try:
        file.write(head)
        for block in blocks:
            file.write(block)
    except BaseException:
        file.close()
        raise
    store = Unpacked(file)
    weakref.finalize(store, file.close)
    return store
