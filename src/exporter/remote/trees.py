"""The files beside a capture in a store: looked up here, then read by a worker without a network.

Both are trees as `read.trees` has them, and give the same answers.
"""

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from exporter.limits import Limits
from exporter.read.source import read_regular
from exporter.remote.larder import Key, Larder
from exporter.remote.listings import Listings
from exporter.remote.stores import Entry


@dataclass(frozen=True)
class Brought:
    """What was brought of a store's folders; a value that a worker can be given."""

    limits: Limits = field(repr=False)
    folders: Mapping[str, tuple[str, ...]] = field(repr=False)  # the names in each
    places: Mapping[str, Path] = field(repr=False)  # of files, on this machine
    large: Mapping[str, int] = field(repr=False)  # files that were left, and their sizes

    def is_folder(self, path: PurePath) -> bool:
        """Tell whether there is such a folder."""
        return _normal(path) in self.folders

    def names(self, folder: PurePath, most: int) -> list[str]:
        """Give the names in a folder; none when there are more than `most`."""
        names = self.folders.get(_normal(folder), ())
        return list(names) if len(names) <= most else []

    def read(self, path: PurePath) -> bytes | None:
        """Give a file's bytes, or None.

        Raises:
            LimitError: it is too large.

        """
        name = _normal(path)
        most = self.limits.resource_size
        if (size := self.large.get(name, 0)) > most:
            raise self.limits.too_large("resource-size", path.name, size)
        place = self.places.get(name)
        return read_regular(place, most + 1) or None if place is not None else None

    def depend(self, folder: PurePath) -> None:
        """Do nothing: what was looked for is known already."""

    def moved(self, place: Callable[[Path], Path]) -> "Brought":
        """Give the same folders, whose files lie where `place` says."""
        return replace(self, places={name: place(path) for name, path in self.places.items()})

    def with_sites(self, folder: PurePath) -> "Brought":  # noqa: ARG002  (all is inside)
        """Give the tree itself."""
        return self


@dataclass
class Looked:
    """A store's folders as a page looks into them, which are remembered."""

    limits: Limits
    listings: Listings
    larder: Larder
    keys: list[Key] = field(default_factory=list)  # of what was brought
    asked: set[str] = field(default_factory=set)  # URLs of what the page depends on, there or not
    _folders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _places: dict[str, Path] = field(default_factory=dict)
    _large: dict[str, int] = field(default_factory=dict)

    def is_folder(self, path: PurePath) -> bool:
        """Tell whether there is such a folder."""
        name = _normal(path)
        entry = self.listings.entry(name)
        if entry is None or not entry.is_folder:
            return False
        self._folders.setdefault(name, ())
        return True

    def names(self, folder: PurePath, most: int) -> list[str]:
        """Give the names in a folder; none when there are more than `most`."""
        name = _normal(folder)
        if not self.is_folder(folder):
            return []
        names = self._folders[name] = tuple(self.listings.folder(name))
        return list(names) if len(names) <= most else []

    def read(self, path: PurePath) -> bytes | None:
        """Give a file's bytes, or None: those beyond a limit are left where they are."""
        name = _normal(path)
        self.depend(path)
        entry = self.listings.entry(name)
        if entry is None or entry.is_folder or not entry.size:
            return None
        if entry.size > self.limits.resource_size:
            self._large[name] = entry.size
            return b""
        place = self._places.get(name) or self._bring(name, entry)
        return read_regular(place, self.limits.resource_size)

    def _bring(self, name: str, entry: Entry) -> Path:
        key, place = self.larder.bring(self.listings.store, entry)
        self.keys.append(key)
        self._places[name] = place
        return place

    def depend(self, folder: PurePath) -> None:
        """Take note that what becomes of the page depends on a folder, or a file."""
        self.asked.add(self.listings.store.url(_normal(folder)))

    def with_sites(self, folder: PurePath) -> "Looked":  # noqa: ARG002  (nothing beside the root)
        """Give the tree itself."""
        return self

    @property
    def places(self) -> Mapping[str, Path]:
        """Where the files lie that were brought."""
        return self._places

    def moved(self, place: Callable[[Path], Path]) -> "Looked":  # noqa: ARG002  (it stays here)
        """Give the tree itself."""
        return self

    def brought(self) -> Brought:
        """Give what there is of it now."""
        return Brought(self.limits, self._folders, self._places, self._large)


def _normal(path: PurePath) -> str:
    return posixpath.normpath(path.as_posix())
