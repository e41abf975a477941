"""A URL of the page -> the bytes that were saved for it.

Never from the network, never from outside the capture.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath, PurePosixPath
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from exporter.limits import USUAL, Limits
from exporter.read.companions import possible_folders
from exporter.read.filenames import REAL_PICTURES, Names
from exporter.read.inline import inline, is_inline
from exporter.read.trees import Tree

MAX_NAMES: Final = 4000  # entries of a page's folder looked at to guess a name
MAX_BESIDE: Final = 500  # entries of another folder: it may hold thousands of pages, each asking
MAX_PARTS: Final = 40  # directories in one URL
WHITE: Final = re.compile(r"[\t\n\r]+")  # URL Standard §4.4: removed anywhere; no: " "
LOCAL: Final = frozenset({"", "http", "https", "file"})


@dataclass(frozen=True, slots=True)
class OnlyInline:
    """The resources of a capture without a folder: what its URLs carry in themselves."""

    limits: Limits = USUAL

    def find(self, url: str) -> bytes | None:
        """Give the bytes of a data: URL, or None."""
        return inline(url, self.limits)


@dataclass(frozen=True)
class FolderResources:
    """The files saved beside a page."""

    page: PurePath
    tree: Tree = field(repr=False)
    root: PurePath | None = None  # the folder the user named, above the page: a mirror's top
    base: str | None = None  # <base href>
    named: str | None = None  # the folder that the page's own links name
    _names: dict[PurePath, Names] = field(default_factory=dict, repr=False, compare=False)

    def find(self, url: str) -> bytes | None:
        """Give the bytes of the file saved for a URL, or None; also for data: URLs."""
        if is_inline(url):  # first: it may be long
            return inline(url, self.tree.limits)
        url = WHITE.sub("", url.strip())
        if "\0" in url:
            return None
        try:
            parts = urlsplit(url.replace("\\", "/"))
        except ValueError:
            return None
        if parts.scheme.casefold() not in LOCAL or not parts.path.strip("/"):
            return None
        for path in self._candidates(parts):
            if path != self.page and (data := self.tree.read(path)) is not None:
                return data
        return None

    @cached_property
    def _companions(self) -> tuple[PurePath, ...]:
        """The folders saved with the page, by its name and by what its links name."""
        named = (self.page.parent / self.named,) if self.named else ()
        return tuple(filter(self.tree.is_folder, (*possible_folders(self.page), *named)))

    def _candidates(self, parts: SplitResult) -> Iterator[PurePath]:
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

    def _as_written(self, tail: str) -> Iterator[PurePath]:
        """Give the files that a relative URL may mean, from the page's own folder on."""
        if tail.startswith("/"):
            return
        start = self.page.parent
        if self.base and "://" not in self.base and not self.base.startswith("/"):
            yield from self._resolve(start, posixpath.join(posixpath.dirname(self.base), tail))
        yield from self._resolve(start, tail)

    def _in_mirror(self, parts: SplitResult, tail: str) -> Iterator[PurePath]:
        """Give the files of a site mirrored into folders: host/path or path, from the top down."""
        if not tail.startswith("/") or self.root is None:
            return
        try:
            depth = len(self.page.parent.relative_to(self.root).parts)
        except ValueError:
            return
        for folder in (self.page.parent, *self.page.parent.parents[:depth]):
            hosts = (parts.netloc, parts.netloc.replace(":", "+"), parts.netloc.replace(":", "_"))
            for host in dict.fromkeys((*hosts, parts.hostname)):
                if host:
                    yield from self._resolve(folder / host, tail.lstrip("/"))
            yield from self._resolve(folder, tail.lstrip("/"))

    def _resolve(self, start: PurePath, tail: str) -> Iterator[PurePath]:
        """Give the files below `start` that the path of a URL may mean, exact spelling first."""
        path = tail.partition("?")[0]
        for spelling in dict.fromkeys((unquote(tail), unquote(path), path)):
            yield start / spelling
        *folders, name = path.split("/")
        if len(folders) > MAX_PARTS:
            return
        here: PurePath | None = start
        for part in folders:
            here = self._step(here, unquote(part)) if here else None
        if here and (found := self._names_of(here).find(name + tail[len(path) :])):
            yield here / found

    def _step(self, here: PurePath, part: str) -> PurePath | None:
        if part in {"", "."}:
            return here
        if part == ".." or self.tree.is_folder(here / part):
            return here / part
        found = self._names_of(here).by_name.get(PurePosixPath(part).name.casefold())
        return here / found if found else None

    def _is_ambiguous(self, folder: PurePath, found: str, wanted: str) -> bool:
        """Tell whether a remote URL's name alone can't say which of several files it is.

        "photo.jpg?w=300" and "photo.jpg?w=900" are one picture; "get.php?id=1" and "?id=2" aren't.
        """
        is_picture = PurePosixPath(wanted.partition("?")[0].casefold()).suffix in REAL_PICTURES
        return not is_picture and len(self._names_of(folder).twins(found)) > 1

    def _names_of(self, folder: PurePath) -> Names:
        if folder not in self._names:
            own = folder in self._companions
            if own:
                self.tree.depend(folder)
            most = MAX_NAMES if own else MAX_BESIDE
            self._names[folder] = Names.of(self.tree.names(folder, most))
        return self._names[folder]
