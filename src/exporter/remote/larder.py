"""Files of stores on this machine, for as long as somebody reads them and a while longer."""

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Final

from exporter.remote.stores import Entry, Store

KEPT: Final = 1 << 30  # bytes that are kept for a second reading, beside those being read
# how a file may end here, so that its kind is known; yes: ".md", ".tar.gz"; no: ".a b"
ENDING: Final = re.compile(r"(?:\.[a-z0-9]{1,8}){0,2}\Z", re.IGNORECASE)

Key = tuple[str, str]  # URL and stamp


@dataclass(slots=True)
class Held:
    """A file that was brought."""

    place: Path
    size: int
    readers: int


@dataclass(slots=True)
class Larder:
    """A folder of files under names of ours: what a store calls them names nothing here."""

    folder: Path
    most: int = KEPT
    _held: OrderedDict[Key, Held] = field(default_factory=OrderedDict, repr=False)
    _numbers: "count[int]" = field(default_factory=count, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def bring(self, store: Store, entry: Entry) -> tuple[Key, Path]:
        """Give where a file of a store is on this machine, until its key is released.

        Raises:
            OSError: it can't be brought.

        """
        key = (store.url(entry.path), entry.stamp)
        with self._lock:
            if held := self._held.get(key):
                held.readers += 1
                self._held.move_to_end(key)
                return key, held.place
            place = self.folder / f"{next(self._numbers)}{_ending(entry.name)}"
        store.fetch(entry.path, place)
        with self._lock:
            held = self._held.get(key)
            if held is None:
                held = self._held[key] = Held(place, entry.size, 0)
            else:  # another thread was as quick
                place.unlink()
            held.readers += 1
            return key, held.place

    def release(self, keys: Iterable[Key]) -> None:
        """Let files go that nobody reads any more, when there are too many."""
        with self._lock:
            for key in keys:
                self._held[key].readers -= 1
            total = sum(held.size for held in self._held.values())
            for key, held in list(self._held.items()):
                if total <= self.most:
                    return
                if not held.readers:
                    total -= held.size
                    held.place.unlink(missing_ok=True)
                    del self._held[key]


def _ending(name: str) -> str:
    found = ENDING.search(name.lower())
    return "".join(PurePosixPath(f"a{found[0]}").suffixes) if found else ""
