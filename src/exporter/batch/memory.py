"""What was learnt of each site, kept from run to run, so that a later single page profits.

One small SQLite file in the user's data folder, opened by the parent process alone; and the same
as a JSON file, with which a run can be repeated. Fingerprints and counts, no text. A store that
can't be used costs its knowledge, never the run: its errors are there to be shown as notes.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from exporter import files
from exporter.batch.learn import Entry
from exporter.errors import ConfigError
from exporter.model import Recurrence

VERSION: Final = 1  # of both files
EARLIER: Final = "an earlier run"
PATIENCE: Final = 2.0  # seconds to wait for another run that writes
MOST: Final = 2000  # blocks kept of a site: those that recur most
REMEDY: Final = "move it away to begin anew, or go without it: --no-memory"
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS block (
    site TEXT, print TEXT, pages INTEGER NOT NULL, of INTEGER NOT NULL, middle INTEGER NOT NULL,
    PRIMARY KEY (site, print)
) WITHOUT ROWID;
"""
# Of two runs over one site the one that saw more of it is believed.
REMEMBER: Final = """
INSERT INTO block VALUES (?, ?, ?, ?, ?) ON CONFLICT (site, print) DO UPDATE
SET pages = excluded.pages, of = excluded.of, middle = excluded.middle WHERE excluded.of >= of
"""
FORGET: Final = """
DELETE FROM block WHERE site = :site AND print NOT IN (
    SELECT print FROM block WHERE site = :site ORDER BY pages DESC, print LIMIT :most)
"""


def recall(path: Path, sites: Iterable[str]) -> list[Entry]:
    """Give what is remembered of some sites; nothing when there is no memory yet.

    Raises:
        ConfigError: the store is broken, locked or of a later version.

    """
    if not path.exists():
        return []
    with _opened(path) as base:
        return [
            (site, fingerprint, Recurrence(pages, of, middle, EARLIER))
            for wanted in sites
            for site, fingerprint, pages, of, middle in base.execute(
                "SELECT * FROM block WHERE site = ?", (wanted,)
            )
        ]


def remember(path: Path, entries: Iterable[Entry]) -> None:
    """Keep what a run has learnt, site by site; pages of unknown address are nobody's site.

    Raises:
        ConfigError: the store is broken, locked or of a later version.
        OutputError: there can't be one.

    """
    files.make_folder(path.parent, files.PRIVATE)
    with _opened(path) as base:
        for site, group in groupby(entries, key=itemgetter(0)):
            if site:
                base.executemany(REMEMBER, map(_row, group))
                base.execute(FORGET, {"site": site, "most": MOST})


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Give the store, closed and committed afterwards; another user can't read it."""
    try:
        if not path.exists():
            path.touch(mode=0o600)
        with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE)) as base, base:
            version = base.execute("PRAGMA user_version").fetchone()[0]
            if version not in {0, VERSION}:
                raise ConfigError("the memory is of another version", str(path), REMEDY)
            if not version:
                base.executescript(f"{SCHEMA}PRAGMA user_version = {VERSION};")
            yield base
    except (sqlite3.Error, ValueError) as error:
        raise ConfigError(f"the memory can't be used: {error}", str(path), REMEDY) from error
    except OSError as error:
        raise files.output_error(error, path) from error


def _row(entry: Entry) -> tuple[str, str, int, int, int]:
    site, fingerprint, found = entry
    return site, fingerprint, found.pages, found.of, found.middle


def save(path: Path, entries: Iterable[Entry]) -> None:
    """Write what a run knew as a JSON file, for `load`; entries come sorted by site.

    Raises:
        OutputError: it can't be written.

    """
    lines = (
        f"{json.dumps(site)}: {{\n"
        + ",\n".join(
            f'  "{fingerprint}": {json.dumps(_row((site, fingerprint, found))[2:])}'
            for _, fingerprint, found in group
        )
        + "\n}"
        for site, group in groupby(entries, key=itemgetter(0))
    )
    text = ",\n".join(lines)
    files.write_atomic(path, f'{{"version": {VERSION}, "sites": {{\n{text}\n}}}}\n'.encode())


def load(path: Path) -> Iterator[Entry]:
    """Give what a JSON file of an earlier run says.

    Raises:
        ConfigError: it can't be read, or is no such file.

    """
    remedy = "name the learned.json of an earlier run"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        if table["version"] != VERSION:
            raise ConfigError(f"is of version {table['version']!r}", str(path), remedy)
        for site, blocks in table["sites"].items():
            for fingerprint, counts in blocks.items():
                pages, of, middle = map(int, counts)
                yield site, f"{int(fingerprint, 16):016x}", Recurrence(pages, of, middle, path.name)
    except OSError as error:
        raise ConfigError(f"can't be read: {error.strerror}", str(path), remedy) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError("holds nothing that was learnt", str(path), remedy) from error
