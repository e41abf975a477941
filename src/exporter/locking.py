"""One run at a time in a folder: two would take each other's files for their own."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from exporter import files
from exporter.errors import OutputError

NAME: Final = f"{files.PART}lock"
BUSY: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


@contextlib.contextmanager
def held(folder: Path, shard: str = "") -> Iterator[None]:
    """Have a folder, made if need be, to oneself; clear away what runs that died left there.

    The runs of several shards may be in it together, each shard's once, but no whole run then.

    The system takes the lock from a process that ends, however it ends. Where a file system
    knows no locks there is none.

    Raises:
        OutputError: another run has it, or nothing can be written there.

    """
    files.make_folder(folder)
    with contextlib.ExitStack() as locks:
        locks.enter_context(_lock_on(folder / NAME, shared=bool(shard)))
        if shard:
            locks.enter_context(_lock_on(folder / f"{NAME}-{shard}", shared=False))
        files.remove_stale(folder, alone=not shard)
        yield


@contextlib.contextmanager
def _lock_on(path: Path, *, shared: bool) -> Iterator[None]:
    descriptor = _taken(path, shared=shared)
    try:
        yield
    finally:
        if not shared:  # others may have it still
            with contextlib.suppress(OSError):  # on Windows it is in use, and stays
                path.unlink()
        os.close(descriptor)


def _taken(path: Path, *, shared: bool) -> int:
    """Give the descriptor of the lock; its file may be removed by the run that had it before."""
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            raise files.output_error(error, path.parent) from error
        try:
            _lock(descriptor, shared=shared)
        except OSError as error:
            if error.errno in BUSY:
                os.close(descriptor)
                remedy = "wait until it is done, or choose another folder with -o"
                raise OutputError("another run is writing here", str(path.parent), remedy) from None
        if _is_at(descriptor, path):
            return descriptor
        os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _lock(descriptor: int, *, shared: bool) -> None:
    try:
        import fcntl  # noqa: PLC0415  (absent on Windows)
    except ImportError:
        import msvcrt  # noqa: PLC0415  (absent elsewhere)

        if not shared:  # which it does not know
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
