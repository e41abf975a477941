"""What all shards of a run know together, in one file: recurrence, joined articles, duplicates.

One SQLite file, written once by `exporter learn` and only read then: a shard looks up the sites of
its own captures. Fingerprints, counts and the names of captures; no text but titles of duplicates.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from exporter import files
from exporter.batch.alike import Group
from exporter.batch.engine import place
from exporter.batch.jobs import Sketch
from exporter.batch.learn import Entry
from exporter.batch.shards import Piece
from exporter.errors import ConfigError, UsageError
from exporter.model import Recurrence

if TYPE_CHECKING:
    from exporter.batch.recurrence import Known

VERSION: Final = 1
MAGIC: Final = b"SQLite format 3\0"
REMEDY: Final = "make it anew with `exporter learn`"
SCHEMA: Final = f"""
PRAGMA user_version = {VERSION};
CREATE TABLE input (name TEXT);
CREATE TABLE block (
    site TEXT, print TEXT, pages INTEGER, of INTEGER, middle INTEGER, source TEXT,
    PRIMARY KEY (site, print)
) WITHOUT ROWID;
CREATE TABLE piece (
    article INTEGER, capture TEXT, place INTEGER, number INTEGER, pages INTEGER, name TEXT
);
CREATE TABLE alike (
    article INTEGER, source TEXT, capture TEXT, place INTEGER, name TEXT, title TEXT,
    length INTEGER, pictures TEXT
);
"""


def is_common(path: Path) -> bool:
    """Tell whether a file is one of these, not a learned.json."""
    try:
        with files.open_regular(path) as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def save(path: Path, inputs: Iterable[str], known: "Known") -> None:
    """Write what is known of all captures of these inputs.

    Raises:
        OutputError: it can't be written.

    """
    with files.replacing(path) as partial:
        partial.touch()
        try:
            with contextlib.closing(sqlite3.connect(partial)) as base:
                base.execute("PRAGMA synchronous = OFF")
                base.execute("PRAGMA journal_mode = OFF")
                base.executescript(SCHEMA)
                with base:
                    _fill(base, inputs, known)
        except sqlite3.Error as error:
            raise files.output_error(OSError(str(error)), path) from error


def _fill(base: sqlite3.Connection, inputs: Iterable[str], known: "Known") -> None:
    base.executemany("INSERT INTO input VALUES (?)", ((_told(name),) for name in inputs))
    entries = known.rows.learned() if known.rows is not None else ()
    base.executemany(
        "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?)",
        ((site, said, r.pages, r.of, r.middle, r.source) for site, said, r in entries),
    )
    articles = (parts for found in known.articles.values() for parts in found)
    base.executemany(
        "INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?)",
        (
            (number, _told(place(part.source)), part.index, part.number, part.pages,
             _told(part.source.name))
            for number, parts in enumerate(articles)
            for part in parts
        ),
    )  # fmt: skip
    base.executemany(
        "INSERT INTO alike VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, _told(one.source), _told(one.capture), one.index, _told(one.name),
             _told(one.title), one.length, " ".join(sorted(one.assets)))
            for number, group in enumerate(known.withheld.groups)
            for one in (group.chosen, *group.others)
        ),
    )  # fmt: skip


def _told(name: str) -> str:
    """Give a name as SQLite takes it: odd bytes of paths are no text."""
    return json.dumps(name)


class Common:
    """Such a file, to be read."""

    def __init__(self, path: Path, inputs: Iterable[Path]) -> None:
        self.path = path
        self.inputs = tuple(map(str, inputs))

    def __enter__(self) -> Self:
        """Open it.

        Raises:
            ConfigError: it is broken, or of another version.
            UsageError: it is of other inputs.

        """
        try:
            self.base = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)
        except sqlite3.Error as error:
            raise self._error(str(error)) from error
        version = self._asked("PRAGMA user_version")[0][0]
        if version != VERSION:
            self.base.close()
            raise self._error(f"is of version {version}")
        inputs = tuple(json.loads(name) for (name,) in self._asked("SELECT name FROM input"))
        if inputs != self.inputs:
            self.base.close()
            named = " ".join(inputs)
            raise UsageError(
                f"was learnt of other inputs: {named}",
                str(self.path),
                "name the inputs as `exporter survey` did",
            )
        return self

    def __exit__(self, *_: object) -> None:
        self.base.close()

    def entries(self, sites: Iterable[str]) -> Iterator[Entry]:
        """Give what recurs on some sites."""
        for site in sites:
            for _, said, *found in self._asked("SELECT * FROM block WHERE site = ?", site):
                yield site, said, Recurrence(*found)

    def articles(self) -> list[tuple[Piece, ...]]:
        """Give the pages of each article that was saved page by page."""
        rows = self._asked("SELECT * FROM piece ORDER BY rowid")
        return [
            tuple(
                Piece(json.loads(capture), page, number, pages, json.loads(name))
                for _, capture, page, number, pages, name in pieces
            )
            for _, pieces in groupby(rows, key=itemgetter(0))
        ]

    def groups(self) -> Iterator[Group]:
        """Give the captures of each article that was captured several times."""
        rows = self._asked("SELECT * FROM alike ORDER BY rowid")
        for _, found in groupby(rows, key=itemgetter(0)):
            chosen, *others = (_sketch(*row[1:]) for row in found)
            yield Group(chosen, tuple(others))

    def _asked(self, query: str, *values: str) -> list[Any]:
        try:
            return self.base.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._error(str(error)) from error

    def _error(self, what: str) -> ConfigError:
        return ConfigError(f"holds nothing that was learnt: {what}", str(self.path), REMEDY)


def _sketch(*told: Any) -> Sketch:  # noqa: ANN401  (a row of a table)
    """Give a sketch without its clauses: they were compared already."""
    source, capture, index, name, title, length, pictures = told
    return Sketch(
        source=json.loads(source),
        capture=json.loads(capture),
        index=index,
        name=json.loads(name),
        title=json.loads(title),
        headline="",
        words=0,
        prints=b"",
        weights=b"",
        own=0,
        assets=frozenset(pictures.split()),
        address="",
        day="",
        dates=("", ""),
        length=length,
    )
