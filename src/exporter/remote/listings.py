"""What lies in the folders of a store, each folder asked once while it is needed."""

import posixpath
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import Final

from exporter.remote.stores import Entry, Store

KEPT: Final = 200_000  # entries remembered; the folders asked for last go last


@dataclass(slots=True)
class Listings:
    """The folders of a store from one of them down; many threads may ask."""

    store: Store
    root: str  # nothing outside is looked at
    _found: OrderedDict[str, Mapping[str, Entry]] = field(default_factory=OrderedDict, repr=False)
    _count: int = 0
    _lock: RLock = field(default_factory=RLock, repr=False)

    def path(self, url: str) -> str | None:
        """Give the path that a URL of ours names, in the root or below; None for any other."""
        before = self.store.url("")
        path = url.removeprefix(before)
        inside = path == self.root or path.startswith(f"{self.root}/")
        return path if url.startswith(before) and inside else None

    def folder(self, path: str) -> Mapping[str, Entry]:
        """Give what lies in a folder by name, in its order; nothing where there is none.

        Raises:
            OSError: the store can't tell.

        """
        with self._lock:
            if path in self._found:
                self._found.move_to_end(path)
                return self._found[path]
        found = {entry.name: entry for entry in self.store.listed(path)}
        with self._lock:
            self._count += len(found) - len(self._found.get(path, ()))
            self._found[path] = found
            while self._count > KEPT and len(self._found) > 1:
                self._count -= len(self._found.popitem(last=False)[1])
        return found

    def entry(self, path: str) -> Entry | None:
        """Give what stands under a path in the root or below; None for nothing.

        A folder that is not in the listing of the one above is not asked for.

        Raises:
            OSError: the store can't tell.

        """
        if path == self.root:
            return Entry(path, is_folder=True, size=0, stamp="")
        if not path.startswith(f"{self.root}/"):
            return None
        above, name = posixpath.split(path)
        folder = self.entry(above)
        if folder is None or not folder.is_folder:
            return None
        return self.folder(above).get(name)
