"""A source: one capture as the user gave it, not yet read."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from exporter.errors import CaptureError
from exporter.limits import USUAL, Limits
from exporter.model import Capture
from exporter.read.meter import Meter
from exporter.read.store import File, Memory, Store

if TYPE_CHECKING:
    from exporter.read.trees import Carried

BLOCK: Final = 2**15  # bytes read at a time where few are enough
HEAD: Final = 2**16  # bytes that are enough to tell a capture's kind


class Beside(NamedTuple):
    """What lies beside a capture whose folder is on no disk of this machine."""

    page: PurePosixPath  # the capture's place in the tree
    tree: "Carried"
    root: PurePosixPath | None  # the folder that the user named


@dataclass(frozen=True, slots=True)
class Source:
    """Where a capture's bytes are: in a file, or already in memory (stdin, part of an archive)."""

    path: Path | None  # None: the capture has no folder beside it
    data: bytes | None = field(repr=False)  # None: still in the file
    name: str  # as the user named it, or relative to the folder the user named; "-" is stdin
    url: str | None = None  # what the user says the page's address is
    root: Path | None = None  # the folder the user named, when the capture was found in one
    away: str = ""  # its URL, when it lies in a store elsewhere
    stamp: str = ""  # what tells its content there from another
    beside: Beside | None = field(default=None, repr=False)
    depth: int = 0  # how many archives stand around it
    unpacked: Store | None = field(default=None, repr=False)  # where an archive's large part is
    limits: Limits = field(default=USUAL, repr=False)  # within which it is read
    meter: Meter = field(default_factory=Meter, repr=False, compare=False)
    # paths beside the capture that its pages asked for, there or not
    asked: set[str] = field(default_factory=set, repr=False, compare=False)

    def within(self, limits: Limits) -> Self:
        """Give the same source, to be read within these limits."""
        return replace(self, limits=limits)

    def head(self) -> bytes:
        """Give the first bytes, enough for `sniff`.

        Raises:
            CaptureError: the file can't be read.

        """
        return self._read(HEAD)

    def tail(self, size: int) -> bytes:
        """Give the last bytes; none when they can't be read."""
        try:
            store = self.store()
            return store.read_at(max(0, store.size - size), size)
        except (OSError, ValueError):
            return b""

    def load(self, limit: str = "capture-size") -> bytes:
        """Give all bytes.

        Raises:
            CaptureError: the file can't be read.
            LimitError: it is larger than the limit of that name.

        """
        most = self.limits.of(limit)
        data = self._read(int(most) + 1)
        if len(data) > most:
            raise self.limits.too_large(limit, self.name, self.store().size)
        return data

    def check_depth(self) -> None:
        """Refuse an archive that stands in too many others.

        Raises:
            LimitError: it does.

        """
        if self.depth >= self.limits.archive_depth:
            what = "archives are nested too deeply"
            raise self.limits.error("archive-depth", what, self.name, self.depth + 1)

    def blocks(self, start: int = 0) -> Iterator[bytes]:
        """Give the bytes from a place on, a block at a time.

        Raises:
            CaptureError: the file can't be read.

        """
        while block := self._read(BLOCK, start):
            yield block
            start += len(block)

    def capture(self, kind: str, data: bytes) -> Capture:
        """Give the provenance of a page read from `data`."""
        return Capture(path=self.name, kind=kind, digest=hashlib.sha256(data).hexdigest())

    def store(self) -> Store:
        """Give the bytes for reading in parts: nothing is read yet.

        Raises:
            CaptureError: there are none.

        """
        if self.data is not None:
            return Memory(self.data)
        if self.unpacked is not None:
            return self.unpacked
        if self.path is None:
            raise CaptureError("the capture has neither a file nor bytes", self.name)
        return File(self.path)

    def _read(self, most: int, start: int = 0) -> bytes:
        try:
            return self.store().read_at(start, most)
        except FileNotFoundError as error:
            raise CaptureError(
                "the file is gone", self.name, "check the name, or save the page again"
            ) from error
        except IsADirectoryError as error:
            raise CaptureError(
                "this is a folder that can't be listed", self.name, "check its permissions"
            ) from error
        except PermissionError as error:
            raise CaptureError(
                "the file may not be read", self.name, "check its permissions"
            ) from error
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            reason = getattr(error, "strerror", None) or str(error)
            raise CaptureError(
                f"the file can't be read: {reason}", self.name, "give a regular file"
            ) from error


def read_regular(path: Path, most: int) -> bytes:
    """Give at most `most` bytes of a regular file.

    Raises:
        OSError: there is no such file, or it is not a regular one.

    """
    return File(path).read_at(0, most)
