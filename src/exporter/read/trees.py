"""Folders a page may look into: on disk, never outside a boundary, or inside an archive."""

import os
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePath, PurePosixPath
from typing import Final, Protocol, Self

from exporter.limits import USUAL, Limits
from exporter.read.mirrors import HOST
from exporter.read.source import read_regular

MAX_SITES: Final = 500  # entries beside a mirrored site looked at
MAX_ASKED: Final = 5000  # paths remembered, of a page that asks for more


class Tree(Protocol):
    """Folders and files."""

    @property
    def limits(self) -> Limits:
        """What may be read of them."""

    def is_folder(self, path: PurePath) -> bool:
        """Tell whether there is such a folder."""

    def names(self, folder: PurePath, most: int) -> list[str]:
        """Give the names in a folder; none when there are more than `most`."""

    def read(self, path: PurePath) -> bytes | None:
        """Give a file's bytes; None when it is absent, empty or out of bounds.

        Raises:
            LimitError: it is too large.

        """

    def depend(self, folder: PurePath) -> None:
        """Take note that what becomes of the page depends on what lies in a folder."""

    def with_sites(self, folder: PurePath) -> "Tree":
        """Give the tree with a mirrored site's folder, and those of other sites beside it."""


class Carried(Tree, Protocol):
    """Folders and files that were brought to this machine, and can be taken to another."""

    @property
    def places(self) -> Mapping[str, Path]:
        """Where the files lie that were brought."""

    def moved(self, place: Callable[[Path], Path]) -> Self:
        """Give the same folders, whose files lie where `place` says."""


@dataclass(frozen=True)
class Disk:
    """The folders below boundaries; links that lead out of them lead nowhere."""

    boundaries: tuple[Path, ...]
    limits: Limits = field(default=USUAL, repr=False)
    asked: set[str] = field(default_factory=set, repr=False, compare=False)  # paths, there or not

    def is_folder(self, path: PurePath) -> bool:
        """Tell whether there is such a folder, wherever it is: nothing of it is read."""
        try:
            return Path(path).is_dir()
        except (OSError, ValueError):
            return False

    def names(self, folder: PurePath, most: int) -> list[str]:
        """Give the names in a folder inside; none when there are more than `most`."""
        if not self._is_inside(folder):
            return []
        try:
            with os.scandir(folder) as entries:
                names = [entry.name for entry in islice(entries, most + 1)]
        except OSError:
            return []
        return names if len(names) <= most else []

    def read(self, path: PurePath) -> bytes | None:
        """Give the bytes of a regular file inside, or None."""
        self.depend(path)
        try:
            if not Path(path).is_file() or not self._is_inside(path):
                return None
            data = read_regular(Path(os.path.realpath(path)), self.limits.resource_size + 1)
        except (OSError, ValueError):
            return None
        if len(data) > self.limits.resource_size:
            raise self.limits.too_large("resource-size", path.name, Path(path).stat().st_size)
        return data or None

    def depend(self, folder: PurePath) -> None:
        """Take note that what becomes of the page depends on a folder, or a file."""
        if len(self.asked) < MAX_ASKED:
            self.asked.add(str(folder))

    def with_sites(self, folder: PurePath) -> "Disk":
        """Give the tree with a mirrored site's folder, and those of other sites beside it.

        Pictures often come from other hosts; nothing else beside the site is looked at.
        """
        try:
            with os.scandir(folder.parent) as entries:
                listed = list(islice(entries, MAX_SITES))
        except OSError:
            listed = []
        sites = [
            Path(entry.path)
            for entry in listed
            if HOST.match(entry.name) and entry.is_dir(follow_symlinks=False)
        ]
        return replace(self, boundaries=(*self.boundaries, *sites))

    @cached_property
    def _real(self) -> tuple[str, ...]:
        return tuple(map(os.path.realpath, self.boundaries))

    def _is_inside(self, path: PurePath) -> bool:
        try:
            real = os.path.realpath(path)
            return any(os.path.commonpath((real, wall)) == wall for wall in self._real)
        except (OSError, ValueError):  # a NUL, a name too long, another drive
            return False


@dataclass(frozen=True)
class Packed:
    """The folders that an archive's members make."""

    members: Mapping[str, bytes] = field(repr=False)  # by name, read on demand; b"" if it can't be
    limits: Limits = field(default=USUAL, repr=False)

    def is_folder(self, path: PurePath) -> bool:
        """Tell whether a member lies in such a folder."""
        return _normal(path) in self.folders

    def names(self, folder: PurePath, most: int) -> list[str]:
        """Give the names in a folder; none when there are more than `most`."""
        names = self.folders.get(_normal(folder), ())
        return list(names) if len(names) <= most else []

    def read(self, path: PurePath) -> bytes | None:
        """Give a member's bytes, or None."""
        name = self._by_path.get(_normal(path))
        return self.members[name] or None if name is not None else None

    def depend(self, folder: PurePath) -> None:
        """Do nothing: all depends on the archive."""

    def with_sites(self, folder: PurePath) -> "Packed":  # noqa: ARG002  (all is inside)
        """Give the tree itself."""
        return self

    @cached_property
    def folders(self) -> Mapping[str, tuple[str, ...]]:
        """The names in each folder; "." is the archive itself."""
        found: dict[str, dict[str, None]] = {}
        for path in self._by_path:
            here = PurePosixPath(path)
            for folder, name in zip(here.parents, (here, *here.parents), strict=False):
                inside = found.setdefault(str(folder), {})
                if name.name in inside:
                    break
                inside[name.name] = None
        return {folder: tuple(names) for folder, names in found.items()}

    @cached_property
    def _by_path(self) -> Mapping[str, str]:
        return {_normal(PurePosixPath(name)): name for name in self.members}


def _normal(path: PurePath) -> str:
    return posixpath.normpath(path.as_posix().replace("\\", "/"))
