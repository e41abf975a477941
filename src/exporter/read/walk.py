"""What the user named -> sources: folders are walked lazily, each page comes once."""

import glob
import os
import re
import stat
import sys
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

from exporter.errors import UsageError
from exporter.files import CATALOGUE, LIBRARY, LISTING, is_inside
from exporter.limits import USUAL, Limits
from exporter.read.candidates import (
    NO_FOLDERS,
    Likelihood,
    is_leftover,
    is_markup,
    likelihood,
)
from exporter.read.companions import belongs_to_a_page, fold
from exporter.read.crowd import Names, Seen
from exporter.read.source import HEAD, Source, read_regular

STDIN: Final = "-"
GLOB: Final = re.compile(r"[*?\[]")  # yes: "pages/*.html"; no: "pages/a.html"


def walk(inputs: Iterable[Path], limits: Limits = USUAL) -> Iterator[Source]:
    """Give every capture that the user named, files as given and folders in order of their names.

    A path "-" is standard input, read as far as the limits allow; a path that does not exist may
    be a pattern.

    Raises:
        UsageError: a named path does not exist; told before anything is read.

    """
    paths = [path for named in inputs for path in _existing(named)]
    return _walk(paths, limits)


def _existing(named: Path) -> list[Path]:
    if str(named) == STDIN or os.path.lexists(named):
        return [named]
    if GLOB.search(str(named)) and (found := sorted(glob.glob(str(named), recursive=True))):  # noqa: PTH207  (Path.glob takes no absolute pattern)
        return [Path(path) for path in found]
    raise UsageError("no such file or folder", str(named), "check the name")


def _walk(paths: Iterable[Path], limits: Limits) -> Iterator[Source]:
    seen = Seen()  # devices and inodes of the files already given
    for path in paths:
        if str(path) == STDIN:
            yield Source(None, sys.stdin.buffer.read(limits.capture_size + 1), STDIN)
        elif path.is_dir():
            yield from _folder(path, path, seen)
        elif _is_new(path, seen):
            yield Source(path, None, str(path))


class Entry(Protocol):
    """What stands in a folder under a name, on a disk or elsewhere."""

    @property
    def name(self) -> str:
        """The last part of its path."""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder; a link to one is none."""

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file that may be read."""

    def names(self) -> Iterable[str]:
        """Give the names in a folder; none when it can't be listed."""

    def head(self) -> bytes:
        """Give the first bytes of a file.

        Raises:
            OSError: they can't be read.

        """


AnyEntry = TypeVar("AnyEntry", bound=Entry)


def worth(entries: Iterable[AnyEntry], beside: Container[str]) -> Iterator[AnyEntry]:
    """Give the captures among what stands in a folder, and the folders in which others may be.

    `beside` are the folded names of all that stands there.
    """
    for entry in entries:
        if is_leftover(entry.name) or entry.name.casefold() in NO_FOLDERS:
            continue
        if entry.is_folder:
            if not _was_saved_with(entry, beside) and not _is_library(entry):
                yield entry
        elif _is_capture(entry) and not _lists_library(entry, beside):
            yield entry


def _was_saved_with(folder: Entry, beside: Container[str]) -> bool:
    """Tell whether a folder belongs to a page; it is listed only when its name says too little."""
    if not belongs_to_a_page(folder.name, beside, frozenset({"any.css"})):
        return False
    return belongs_to_a_page(folder.name, beside, frozenset(map(fold, folder.names())))


def _is_library(folder: Entry) -> bool:
    """Tell the folder of a library of ours, whose pages are no captures."""
    return folder.name == LIBRARY and CATALOGUE in folder.names()


def _lists_library(page: Entry, beside: Container[str]) -> bool:
    """Tell the page of a library of ours."""
    if page.name != "index.html" or LIBRARY not in beside:
        return False
    try:
        return LISTING in page.head()
    except OSError:
        return False


def _is_capture(entry: Entry) -> bool:
    guess = likelihood(entry.name)
    try:
        if guess is Likelihood.NOTHING or not entry.is_file:
            return False
        return guess is Likelihood.CAPTURE or is_markup(entry.head())
    except OSError:  # gone meanwhile, unreadable, or a link to nowhere
        return guess is Likelihood.CAPTURE


@dataclass(frozen=True, slots=True)
class _OnDisk:
    """An entry of a folder on this machine."""

    path: Path
    root: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self._mode())

    @property
    def is_file(self) -> bool:
        mode = self._mode()
        if stat.S_ISLNK(mode):  # not to what lies outside the folder that the user named
            return is_inside(self.path, self.root) and self.path.is_file()
        return stat.S_ISREG(mode)

    def names(self) -> Iterable[str]:
        try:
            return os.listdir(self.path)  # noqa: PTH208  (names alone are wanted)
        except OSError:
            return ()

    def head(self) -> bytes:
        return read_regular(self.path, HEAD)

    def _mode(self) -> int:
        try:
            return os.lstat(self.path).st_mode
        except OSError:  # gone meanwhile
            return 0


def _folder(folder: Path, root: Path, seen: Seen) -> Iterator[Source]:
    """Give the captures of a folder and those below, without what was saved beside them."""
    try:
        with os.scandir(folder) as listing:
            names = Names(entry.name for entry in listing)
    except OSError:
        yield Source(folder, None, _name(folder, root), root=root)  # reading it gives the error
        return
    for entry in worth((_OnDisk(folder / name, root) for name in names), names):
        if entry.is_folder:
            yield from _folder(entry.path, root, seen)
        elif _is_new(entry.path, seen):
            yield Source(entry.path, None, _name(entry.path, root), root=root)


def _is_new(path: Path, seen: Seen) -> bool:
    """Tell whether the file was not given yet, under this name or another."""
    try:
        status = path.stat()
    except OSError:
        return True  # reading it gives the error
    if not stat.S_ISREG(status.st_mode):
        return True
    return seen.add((status.st_dev, status.st_ino))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
