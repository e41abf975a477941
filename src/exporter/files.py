"""Bytes on disk: files that are whole or absent, and files that are read as what they seem."""

import contextlib
import errno
import hashlib
import io
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from exporter.errors import CaptureError, DiskFullError, OutputError

PRIVATE: Final = 0o700  # of folders that nobody else may look into, where systems have modes
PART: Final = ".exporter-"  # how the files we have not finished writing begin
TEXT: Final = 4 << 20  # bytes of a text that a person writes: a rule, a sheet, a config
BESIDE: Final = "_files"  # how the folder of an edition's pictures ends
LIBRARY: Final = "library"  # the folder of what a library shows of its articles
CATALOGUE: Final = "catalogue.jsonl"  # what tells that folder
LISTING: Final = b'<meta name="generator" content="exporter library">'  # ... and the library's page
# ... and whose they are: a process and its machine, as in ".exporter-312-0a1b2c3d-5f0a"; ours
# where no machine is named; no: ".exporter-lock"
WRITER: Final = re.compile(rf"{re.escape(PART)}(\d+)-(?:([0-9a-f]{{8}})-)?")
OLD: Final = 86400.0  # seconds after which no machine is still at a file that it has begun

REMEDIES: Final = {
    errno.ENOSPC: ("the disk is full", "free some space, then run the command again"),
    errno.EDQUOT: ("your disk quota is used up", "free some space, then run the command again"),
    errno.EROFS: ("the disk is read-only", "choose another place with -o"),
    errno.EACCES: ("no permission to write here", "choose another place with -o"),
    errno.EPERM: ("no permission to write here", "choose another place with -o"),
    errno.ENOENT: ("no folder can be made here", "choose another place with -o"),
    errno.EEXIST: ("a file stands where a folder should be", "choose another place with -o"),
    errno.ENOTDIR: ("a file stands where a folder should be", "choose another place with -o"),
    errno.EISDIR: ("a folder stands where the file should be", "choose another name with -o"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one with -o"),
}
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def output_error(error: OSError, where: Path | str) -> OutputError:
    """Give the error that tells a user why `where` can't be written and what to do."""
    what, remedy = REMEDIES.get(
        error.errno or 0, (error.strerror or str(error), "choose another place with -o")
    )
    kind = DiskFullError if error.errno in FULL else OutputError
    return kind(what, str(where), remedy)


def input_error(error: OSError, where: Path | str) -> CaptureError:
    """Give the error that tells a user why `where` can't be read."""
    return CaptureError(
        f"can't be read: {error.strerror or error}",
        str(where),
        "check the file and its permissions",
    )


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder, with that mode as far as the user's mask allows it, and those above it.

    Raises:
        OutputError: it can't be made.

    """
    try:
        folder.mkdir(mode, parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(error, folder) from error


@contextlib.contextmanager
def folder_for_files(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; where nothing was put into them, none of them stays.

    Raises:
        OutputError: it can't be made.

    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        make_folder(folder)
        yield
    finally:
        for path in made:
            with contextlib.suppress(OSError):  # it is in use, or could not be made
                path.rmdir()


def write_atomic(target: Path, data: bytes) -> None:
    """Write a file that is whole, or leave what stood there before.

    Raises:
        OutputError: it can't be written; nothing of it is left behind.

    """
    with replacing(target) as partial:
        partial.write_bytes(data)


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give the path of a file to write, which becomes `target` when that succeeds.

    Raises:
        OutputError: it can't be written; nothing of it is left behind.

    """
    make_folder(target.parent)
    partial = partial_of(target)
    try:
        yield partial
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(target)
    except OSError as error:
        raise output_error(error, target) from error
    finally:
        with contextlib.suppress(OSError):  # gone when it became the target
            partial.unlink()


def partial_of(target: Path) -> Path:
    """Give the path under which this process may write what is to become `target`."""
    return target.with_name(f"{PART}{os.getpid()}-{machine()}-{secrets.token_hex(4)}")


@cache
def machine() -> str:
    """Give what tells this machine, or container, from others that write into the same folder."""
    try:
        space = os.stat("/proc/self/ns/pid").st_ino  # noqa: PTH116  (not a path of ours)
    except OSError:
        space = 0
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return hashlib.sha256(f"{name} {space}".encode()).hexdigest()[:8]


def remove_partial(folder: Path, pid: int) -> None:
    """Remove what a process of this machine that died was writing into a folder."""
    for partial in folder.glob(f"{PART}{pid}-*"):
        writer = WRITER.match(partial.name)
        if writer and writer[2] in {None, machine()}:
            with contextlib.suppress(OSError):
                partial.unlink()


def remove_stale(folder: Path, *, alone: bool = True) -> None:
    """Remove what processes that are gone were writing into a folder and those beside its editions.

    Of other machines' processes nobody knows; when a run is `alone` in the folder they are gone.
    """
    for entry in _entries(folder):
        if entry.name.endswith((BESIDE, LIBRARY)) and entry.is_dir(follow_symlinks=False):
            remove_stale(Path(entry.path), alone=alone)
        writer = WRITER.match(entry.name)
        if not writer:
            continue
        ours = writer[2] in {None, machine()}
        if not _is_alive(int(writer[1])) if ours else alone or _is_old(entry):
            with contextlib.suppress(OSError):
                Path(entry.path).unlink()


def _is_old(entry: "os.DirEntry[str]") -> bool:
    try:
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > OLD
    except OSError:
        return False


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_alive(pid: int) -> bool:
    """Tell whether there is such a process; where that can't be told there is."""
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def open_regular(path: Path) -> io.BufferedReader:
    """Open a regular file.

    A FIFO or device is never opened for long: it could block or feed us for ever.

    Raises:
        OSError: there is no such file, or it is not a regular one.

    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    file = open(descriptor, "rb")  # noqa: PTH123, SIM115  (a descriptor has no Path; the caller closes)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return file


def user_text(path: Path, encoding: str = "utf-8") -> str:
    """Give the text of a regular file that a person wrote, with line ends as on Unix.

    Raises:
        OSError: there is no such file, it is no regular one, or longer than anybody writes.
        UnicodeDecodeError: it is no text.

    """
    with open_regular(path) as file:
        data = file.read(TEXT + 1)
    if len(data) > TEXT:
        raise OSError(errno.EFBIG, f"larger than {TEXT >> 20} MB", str(path))
    return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def real(path: Path) -> Path:
    """Give a path, there or not, without links; of one that leads round in a circle, itself."""
    return Path(os.path.realpath(path))  # Path.resolve raises on circles


def is_inside(path: Path, *folders: Path) -> bool:
    """Tell whether a path, there or not, lies in one of these folders once links are followed."""
    place = real(path)
    return any(place.is_relative_to(real(folder)) for folder in folders)
