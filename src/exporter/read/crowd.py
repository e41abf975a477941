"""Names and numbers by the million: in memory while they are few, else in a temporary file.

SQLite keeps them, and spills what its small cache does not hold to a file that nobody else sees
and that is gone when it is closed. One of its names costs three microseconds more than a set's.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from exporter.read.companions import fold

if TYPE_CHECKING:
    import sqlite3

FEW: Final = 20_000  # of which all are in memory: some megabytes
SIGN: Final = 1 << 63  # SQLite's numbers are signed


class Seen:
    """Pairs of numbers that were met before: devices and inodes."""

    def __init__(self, few: int | None = None) -> None:
        self._few = FEW if few is None else few
        self._met: set[tuple[int, int]] = set()
        self._base: sqlite3.Connection | None = None

    def add(self, pair: tuple[int, int]) -> bool:
        """Take note of a pair; tell whether it is the first time."""
        if pair in self._met:
            return False
        if self._base is None and len(self._met) < self._few:
            self._met.add(pair)
            return True
        if self._base is None:
            self._base = _base("CREATE TABLE met (a INTEGER, b INTEGER, PRIMARY KEY (a, b))")
        signed = [number - SIGN for number in pair]
        inserted = self._base.execute("INSERT OR IGNORE INTO met VALUES (?, ?)", signed)
        return inserted.rowcount == 1


class Names:
    """The names in a folder, in order; `in` tells of a folded one whether it is among them."""

    def __init__(self, names: Iterable[str], few: int | None = None) -> None:
        few = FEW if few is None else few
        every = iter(names)
        first = list(islice(every, few + 1))
        self._base: sqlite3.Connection | None = None
        self._sorted, self._folded = [], frozenset()  # type: tuple[list[str], frozenset[str]]
        if len(first) <= few:
            self._sorted, self._folded = sorted(first), frozenset(map(fold, first))
            return
        self._base = _base("CREATE TABLE name (own BLOB PRIMARY KEY, folded BLOB) WITHOUT ROWID")
        rows = ((os.fsencode(name), _bytes(fold(name))) for name in chain(first, every))
        self._base.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", rows)
        self._base.execute("CREATE INDEX folded ON name (folded)")

    def __iter__(self) -> Iterator[str]:
        if self._base is None:
            yield from self._sorted
            return
        for (name,) in self._base.execute("SELECT own FROM name ORDER BY own"):
            yield os.fsdecode(name)

    def __contains__(self, folded: object) -> bool:
        if self._base is None:
            return folded in self._folded
        found = self._base.execute("SELECT 1 FROM name WHERE folded = ?", (_bytes(str(folded)),))
        return found.fetchone() is not None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _base(schema: str) -> "sqlite3.Connection":
    import sqlite3  # noqa: PLC0415  (10 ms that most folders save)

    base = sqlite3.connect("", isolation_level=None)
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("BEGIN")
    base.execute(schema)
    return base
