"""The rows of a survey in a file, so that those of several shards can be put together.

Gzipped lines of JSON: first what was surveyed, then a row a line by the capture's place. The same
captures give the same bytes. Some 1 kB a page, fingerprints and counts, no text.
"""

import gzip
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from exporter import files
from exporter.batch.jobs import Mark, Row, Turn
from exporter.errors import ConfigError, UsageError

VERSION: Final = 1
REMEDY: Final = "make it anew with `exporter survey`"
BROKEN: Final = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, IndexError)


@dataclass(frozen=True, slots=True)
class About:
    """What was surveyed."""

    inputs: tuple[str, ...]  # as they were named
    shard: str = "1/1"


def save(path: Path, rows: Iterable[Row], about: About) -> int:
    """Write the rows; give how many they are.

    Raises:
        OutputError: they can't be written.

    """
    with closing(sqlite3.connect("")) as base:  # a temporary file: rows come in any order
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("CREATE TABLE line (source BLOB, place INTEGER, text TEXT)")
        lines = ((os.fsencode(row.source), row.index, _line(row)) for row in rows)
        count = base.executemany("INSERT INTO line VALUES (?, ?, ?)", lines).rowcount
        head = {"version": VERSION, "inputs": about.inputs, "shard": about.shard}
        with (
            files.replacing(path) as partial,
            partial.open("wb") as raw,
            gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        ):
            packed.write(f"{json.dumps(head)}\n".encode())
            for (text,) in base.execute("SELECT text FROM line ORDER BY source, place"):
                packed.write(f"{text}\n".encode())
    return max(count, 0)


def _line(row: Row) -> str:
    """Give a row as a line of JSON; odd bytes in a path are escaped as they are in Python."""
    marks = [
        (mark.print, mark.place, mark.long + 2 * mark.candidate, mark.words) for mark in row.marks
    ]
    told = (row.source, row.index, row.site, row.title, row.turns, row.names, marks)
    return json.dumps(told, separators=(",", ":"))


def _row(line: str) -> Row:
    source, index, site, title, turns, names, marks = json.loads(line)
    return Row(
        source,
        site,
        title,
        tuple(
            Mark(said, place, bool(kind & 1), kind > 1, words) for said, place, kind, words in marks
        ),
        index,
        tuple(Turn(stem, number, sure, linked) for stem, number, sure, linked in turns),
        tuple(names),
    )


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[str]]:
    """Give the lines of a part.

    Raises:
        ConfigError: it is none, or cut off.

    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield lines
    except BROKEN as error:
        raise ConfigError(f"no part of a survey: {error}", str(path), REMEDY) from error


def about(path: Path) -> About:
    """Give what a part says that it is of.

    Raises:
        ConfigError: it is none.

    """
    with _opened(path) as lines:
        head: dict[str, Any] = json.loads(next(lines, "{}"))
        if head["version"] != VERSION:
            raise ConfigError(f"is of version {head['version']!r}", str(path), REMEDY)
        return About(tuple(map(str, head["inputs"])), str(head["shard"]))


def load(paths: Iterable[Path]) -> Iterator[Row]:
    """Give the rows of several parts.

    Raises:
        ConfigError: one of them is none, or cut off.

    """
    for path in paths:
        with _opened(path) as lines:
            next(lines, None)
            rows = map(_row, lines)
            while (row := next(rows, None)) is not None:
                yield row


def whole(paths: Sequence[Path]) -> tuple[str, ...]:
    """Give the inputs of which these are all the parts.

    Raises:
        ConfigError: one is no part.
        UsageError: they don't belong together, or one is missing.

    """
    told = {path: about(path) for path in paths}
    first = told[paths[0]]
    of = first.shard.partition("/")[2]
    seen: set[str] = set()
    for path, found in told.items():
        if found.inputs != first.inputs or found.shard.partition("/")[2] != of:
            what = "is a part of another survey"
            raise UsageError(what, str(path), "name the parts of one survey alone")
        if found.shard in seen:
            raise UsageError(f"part {found.shard} is named twice", str(path), "name each once")
        seen.add(found.shard)
    for number in range(1, int(of) + 1):
        if f"{number}/{of}" not in seen:
            remedy = f"make it: exporter survey … --shard {number}/{of}"
            raise UsageError(f"part {number}/{of} is missing", str(paths[0].parent), remedy)
    return first.inputs
