"""One connection a host at a time, across all workers of a run, with a pause between two.

A turn is a lock on a file of the run's folder; the system takes it back when a worker dies. What
the file says is how often in a row the host failed, and when it was last asked.
"""

import hashlib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from exporter.fetch.network import BusyError, NotFetchedError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

TICK: Final = 0.05  # seconds between two looks at a lock
GIVEN_UP: Final = 3  # failures in a row after which a host is left alone for the run


@dataclass(slots=True)
class Turn:
    """A host's turn: what came of it decides whether there will be others."""

    failures: int = 0  # in a row, those of earlier turns included

    def failed(self, *, leave_alone: bool = False) -> None:
        """Say that the host did not answer, or that it wants to be left alone."""
        self.failures = GIVEN_UP if leave_alone else self.failures + 1

    def answered(self) -> None:
        """Say that the host answered, whatever it said."""
        self.failures = 0


@contextmanager
def turn(folder: Path, host: str, pause: float, deadline: float) -> Iterator[Turn]:
    """Give a host's turn, once nobody else has it and the pause is over.

    Raises:
        BusyError: that was not before the deadline (on the monotonic clock).
        NotFetchedError: the host failed too often.

    """
    with lock(folder / f"host-{digest(host)}", deadline) as file:
        mine = Turn()
        mine.failures, last = _state(file)
        if mine.failures >= GIVEN_UP:
            raise NotFetchedError(f"{host} failed before and was left alone")
        time.sleep(min(max(last + pause - time.time(), 0), pause))
        try:
            yield mine
        finally:
            file.seek(0)
            file.truncate()
            file.write(f"{mine.failures} {time.time()}".encode())


def _state(file: BinaryIO) -> tuple[int, float]:
    file.seek(0)
    words = file.read(100).split()
    return (int(words[0]), float(words[1])) if len(words) > 1 else (0, 0.0)


@contextmanager
def lock(path: Path, deadline: float) -> Iterator[BinaryIO]:
    """Give a file that nobody else has as long as the block runs.

    Raises:
        BusyError: others had it until the deadline (on the monotonic clock).

    """
    with path.open("a+b") as file:
        while not _locked(file):
            if time.monotonic() > deadline:
                raise BusyError("others kept its host busy for too long")
            time.sleep(TICK)
        yield file


def _locked(file: BinaryIO) -> bool:
    """Try to lock a file until it is closed."""
    try:
        if sys.platform == "win32":
            file.seek(1 << 20)  # behind what is written: a locked byte can't be read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def digest(name: str) -> str:
    """Give what a host or address is called in a folder."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
