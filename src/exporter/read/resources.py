"""A URL of the page -> the bytes that were saved for it.

Never from the network, never from outside the capture.
"""

import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from exporter.read.companions import possible_folders
from exporter.read.filenames import REAL_PICTURES, Names
from exporter.read.inline import inline, is_inline
from exporter.read.source import MAX_RESOURCE, read_regular

MAX_NAMES: Final = 4000  # entries of a page's folder looked at to guess a name
MAX_BESIDE: Final = 500  # entries of another folder: it may hold thousands of pages, each asking
MAX_PARTS: Final = 40  # directories in one URL
WHITE: Final = re.compile(r"[\t\n\r]+")  # URL Standard §4.4: removed anywhere; no: " "
LOCAL: Final = frozenset({"", "http", "https", "file"})


@dataclass(frozen=True, slots=True)
class OnlyInline:
    """The resources of a capture without a folder: what its URLs carry in themselves."""

    def find(self, url: str) -> bytes | None:
        """Give the bytes of a data: URL, or None."""
        return inline(url)


@dataclass(frozen=True)
class FolderResources:
    """The files saved beside a page."""

    page: Path
    root: Path | None = None  # the folder the user named, above the page: a mirror's top
    base: str | None = None  # <base href>
    named: str | None = None  # the folder that the page's own links name
    _names: dict[Path, Names] = field(default_factory=dict, repr=False, compare=False)

    def find(self, url: str) -> bytes | None:
        """Give the bytes of the file saved for a URL, or None; also for data: URLs."""
        if is_inline(url):  # first: it may be long
            return inline(url)
        url = WHITE.sub("", url.strip())
        if "\0" in url:
            return None
        try:
            parts = urlsplit(url.replace("\\", "/"))
        except ValueError:
            return None
        if parts.scheme.casefold() not in LOCAL or not parts.path.strip("/"):
            return None
        found = (self._read(path) for path in self._candidates(parts))
        return next((data for data in found if data is not None), None)

    @cached_property
    def _companions(self) -> tuple[Path, ...]:
        """The folders saved with the page, by its name and by what its links name."""
        named = (self.page.parent / self.named,) if self.named else ()
        return tuple(filter(_is_folder, (*possible_folders(self.page), *named)))

    @cached_property
    def _boundary(self) -> str:
        """The folder, as a real path, outside which nothing is read."""
        return os.path.realpath(self.root or self.page.parent)

    def _candidates(self, parts: SplitResult) -> Iterator[Path]:
        tail = parts.path + (f"?{parts.query}" if parts.query else "")
        if not parts.scheme and not parts.netloc:
            yield from self._as_written(tail)
        if parts.scheme != "file":
            yield from self._in_mirror(parts, tail)
        name = tail.partition("?")[0].rsplit("/", 1)[-1] + tail[len(parts.path) :]
        remote = bool(parts.netloc)
        for folder in self._companions:
            found = self._names_of(folder).find(name)
            if found and not (remote and self._is_ambiguous(folder, found, name)):
                yield folder / found

    def _as_written(self, tail: str) -> Iterator[Path]:
        """Give the files that a relative URL may mean, from the page's own folder on."""
        if tail.startswith("/"):
            return
        start = self.page.parent
        if self.base and "://" not in self.base and not self.base.startswith("/"):
            yield from self._resolve(start, posixpath.join(posixpath.dirname(self.base), tail))
        yield from self._resolve(start, tail)

    def _in_mirror(self, parts: SplitResult, tail: str) -> Iterator[Path]:
        """Give the files of a site mirrored into folders: host/path or path, from the top down."""
        if not tail.startswith("/") or self.root is None:
            return
        try:
            depth = len(self.page.parent.relative_to(self.root).parts)
        except ValueError:
            return
        for folder in (self.page.parent, *self.page.parent.parents[:depth]):
            if parts.hostname:
                yield from self._resolve(folder / parts.hostname, tail.lstrip("/"))
            yield from self._resolve(folder, tail.lstrip("/"))

    def _resolve(self, start: Path, tail: str) -> Iterator[Path]:
        """Give the files below `start` that the path of a URL may mean, exact spelling first."""
        path = tail.partition("?")[0]
        for spelling in dict.fromkeys((unquote(tail), unquote(path), path)):
            yield start / spelling
        *folders, name = path.split("/")
        if len(folders) > MAX_PARTS:
            return
        here: Path | None = start
        for part in folders:
            here = self._step(here, unquote(part)) if here else None
        if here and (found := self._names_of(here).find(name + tail[len(path) :])):
            yield here / found

    def _step(self, here: Path, part: str) -> Path | None:
        if part in {"", "."}:
            return here
        if part == ".." or _is_folder(here / part):
            return here / part
        found = self._names_of(here).by_name.get(PurePosixPath(part).name.casefold())
        return here / found if found else None

    def _is_ambiguous(self, folder: Path, found: str, wanted: str) -> bool:
        """Tell whether a remote URL's name alone can't say which of several files it is.

        "photo.jpg?w=300" and "photo.jpg?w=900" are one picture; "get.php?id=1" and "?id=2" aren't.
        """
        is_picture = PurePosixPath(wanted.partition("?")[0].casefold()).suffix in REAL_PICTURES
        return not is_picture and len(self._names_of(folder).twins(found)) > 1

    def _names_of(self, folder: Path) -> Names:
        if folder not in self._names:
            most = MAX_NAMES if folder in self._companions else MAX_BESIDE
            names = _listing(folder, most) if self._is_inside(folder) else ()
            self._names[folder] = Names.of(names)
        return self._names[folder]

    def _is_inside(self, path: Path) -> bool:
        try:
            real = os.path.realpath(path)
            return os.path.commonpath((real, self._boundary)) == self._boundary
        except (OSError, ValueError):  # a NUL, a name too long, another drive
            return False

    def _read(self, path: Path) -> bytes | None:
        """Give a candidate's bytes when it is a regular file inside, and not the page itself."""
        try:
            if not path.is_file() or not self._is_inside(path):
                return None
            real = Path(os.path.realpath(path))
            if real == Path(os.path.realpath(self.page)):
                return None
            data = read_regular(real, MAX_RESOURCE + 1)
        except (OSError, ValueError):
            return None
        return data if 0 < len(data) <= MAX_RESOURCE else None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _listing(folder: Path, most: int) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, most + 1)]
    except OSError:
        return []
    return names if len(names) <= most else []
