"""What earlier runs have done, so that no run does it again: one SQLite file of the user's.

Of each job that succeeded it keeps the results, with the proof of what they came from
(batch.proof) and of the files that were written. When all of that is as it was, a job's results
are those of the earlier run, and no worker is started. When the article is as it was, and only
some of its editions are not, the job makes these alone (batch.standing). It is a convenience:
when it is gone, broken or in use, its work is done again and nothing else is lost.

The process that runs the batch is its only writer; another run waits a little for it.
"""

import contextlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple, Self

from exporter import files
from exporter.batch import gone, proof, records, standing
from exporter.batch.engine import Asked
from exporter.batch.guard import Done, Result
from exporter.batch.jobs import Compare, Convert, Job, Survey
from exporter.batch.standing import Earlier
from exporter.errors import OutputError
from exporter.model import Export, Failure, Outcome
from exporter.settings import Settings

VERSION: Final = 4
PATIENCE: Final = 2.0  # seconds to wait for another run that writes
KEPT: Final = 180  # days that nobody asked for a record
FRESH: Final = 30  # days after which it is written down that somebody did
DAY: Final = 86400  # seconds
AWAY: Final = "://"  # in what is no path here but in a store
RULES: Final = "rules://"  # how the hosts are called whose rules had a say
KINDS: Final = frozenset({Survey, Compare, Convert})  # jobs of these very types, not of their kin
SCHEMA: Final = f"""
CREATE TABLE made (
    target TEXT,  -- URL of the folder or file that was written to
    kind TEXT,
    capture TEXT,  -- URL of what was read
    choices TEXT NOT NULL,  -- proof.choices
    looks TEXT NOT NULL,  -- JSON: format of an edition -> proof.looks
    read TEXT NOT NULL,  -- JSON: path -> proof.stamp of what it was made from
    written TEXT NOT NULL,  -- JSON: path -> proof.stamp of what was made
    results TEXT NOT NULL,  -- lines of JSON
    used INTEGER NOT NULL,  -- days since 1970
    PRIMARY KEY (target, kind, capture)
);
PRAGMA user_version = {VERSION};
"""
ASK: Final = """
SELECT looks, read, written, results, used FROM made
WHERE target = ? AND kind = ? AND capture = ? AND choices = ?
"""
KEEP: Final = "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
USE: Final = "UPDATE made SET used = ? WHERE target = ? AND kind = ? AND capture = ?"
FORGET: Final = "DELETE FROM made WHERE used < ?"


class Proof(NamedTuple):
    """What is known of a job before it is done."""

    target: str
    kind: str
    capture: str
    choices: str
    looks: Mapping[str, str]  # of the formats asked for: what each alone shows
    sources: dict[str, str]  # path -> stamp
    began: int  # when that was seen: ns since 1970
    settings: Settings
    earlier: Earlier | None = None  # what was made of the very same article


class Cache:
    """The cache of a run; `trouble` says why it can't be used."""

    def __init__(
        self,
        path: Path,
        *,
        content: bool = False,
        ask: bool = True,
        stamps: Callable[[str], str] | None = None,
    ) -> None:
        """Open it: with `content`, files are told by what is in them; `ask` for what is known.

        `stamps` gives what tells a file in a store from another, by its URL.
        """
        self._content = content
        self._asks = ask
        self._stamps = stamps
        self._today = int(time.time()) // DAY
        self._ruled: dict[tuple[tuple[str, ...], str, str], str] = {}
        proof.looks.cache_clear()  # a run that watches asks again
        self.trouble = ""
        self._base: sqlite3.Connection | None = None
        with self._trying():
            self._base = _opened(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._trying() as base:
            if base is not None:
                with base:
                    base.execute(FORGET, (self._today - KEPT,))
                base.close()
        self._base = None

    def ask(self, job: Job) -> Asked:
        """Give a job with its results, where nothing that these come from has changed.

        Where that is so of some of its editions, the job names them, and makes the others.
        """
        known = self._proof(job) if self._base is not None else None
        if known is None:
            return Asked(job)
        earlier: Earlier | None = None
        if self._asks:
            with self._trying() as base:
                earlier = self._earlier(base, known) if base is not None else None
        if earlier is None:
            return Asked(job, None, known)
        stands = earlier.standing(known.looks, self._is)
        if earlier.whole(known.looks, stands, self._is):
            within = (standing.within(result, known.looks) for result in earlier.results)
            return Asked(job, tuple(map(_unchanged, within)), known)
        if isinstance(job, Convert):
            job = replace(job, standing=stands)
        return Asked(job, None, known._replace(earlier=earlier))

    def _earlier(self, base: sqlite3.Connection, known: Proof) -> Earlier | None:
        row = base.execute(ASK, known[:4]).fetchone()
        found = self._same(row[:4], known) if row else None
        if found is not None and row[4] < self._today - FRESH:
            with base:
                base.execute(USE, (self._today, *known[:3]))
        return found

    def keep(self, asked: Asked, done: Done) -> None:
        """Keep what became of a job; not of one that failed in part: it is done again."""
        failed = any(isinstance(result, Failure) for result in done.results)
        if self._base is None or not isinstance(asked.proof, Proof) or failed:
            return
        known = asked.proof
        beside = {path: self._stamp(path) for path in sorted(done.asked)}
        if any(proof.is_later(stamp, known.began) for stamp in beside.values()):
            return  # written while it was read: nobody knows which of the two was seen
        hosts = proof.sites(done.results)
        ruled = {f"{RULES}{host}": self._rules(known.settings, host) for host in sorted(hosts)}
        read = known.sources | beside | ruled
        earlier = known.earlier
        if earlier is None or earlier.read != read:
            earlier = Earlier({}, {}, {}, ())
        results = earlier.added(done.results)
        anew = set(_written(done.results))
        made = {
            path: self._stamp(path) if path in anew else earlier.written.get(path, "")
            for path in _written(results)
        }
        lines = [records.dump(result) for result in results]
        told = map(json.dumps, ({**earlier.looks, **known.looks}, read, made))
        row = (*known[:4], *told, "\n".join(filter(None, lines)))
        with self._trying() as base:
            if base is not None:
                with base:
                    base.execute(KEEP, (*row, self._today))

    def gone(self, folder: Path, inputs: Sequence[Path], *, prune: bool) -> Iterator[Outcome]:
        """Give what became of the books in a folder whose captures in the inputs are gone."""
        target, books = gone.url(folder), list[gone.Book]()
        with self._trying() as base:
            if base is not None:
                books = gone.books(base, target, inputs)
        for book in books:
            found = gone.pruned(book) if prune else gone.told(book)
            yield found
            if found.status == "pruned":
                with self._trying() as base:
                    if base is not None:
                        gone.forget(base, target, book.capture)

    def _proof(self, job: Job) -> Proof | None:
        """Give what a job's results come from; None where that can't be told again."""
        nowhere = any(source.path is None and not source.away for source in job.sources)
        if type(job) not in KINDS or nowhere:
            return None
        sources = {
            source.away or str(source.path): source.stamp or self._stamp(str(source.path))
            for source in job.sources
        }
        if proof.ABSENT in sources.values():
            return None
        target = next(iter(_targets(job)), "")
        number = f"#{job.parts[0].index}" if job.parts else ""
        first = job.sources[0]
        capture = f"{first.away or gone.url(str(first.path))}{number}"
        name = type(job).__name__
        looks = proof.looks(job.settings) if isinstance(job, Convert) else {}
        told = proof.choices(job), looks, sources
        return Proof(target, name, capture, *told, time.time_ns(), job.settings)

    def _same(self, row: Sequence[str], known: Proof) -> Earlier | None:
        """Give what a record tells, if all it came from is as it was."""
        looks, read, written, results = row
        stamps: dict[str, str] = json.loads(read)
        if known.sources.items() - stamps.items():
            return None
        for path, was in stamps.items():
            if path not in known.sources:
                host = path.removeprefix(RULES)
                is_now = self._stamp(path) if host == path else self._rules(known.settings, host)
                if is_now != was:
                    return None
        lines = tuple(records.load(line) for line in results.split("\n") if line)
        return Earlier(json.loads(looks), stamps, json.loads(written), lines)

    def _is(self, path: str, stamp: str) -> bool:
        return self._stamp(path) == stamp

    def _stamp(self, path: str) -> str:
        if self._stamps is not None and AWAY in path and not Path(path).is_absolute():
            return self._stamps(path)
        return proof.stamp(path, content=self._content)

    def _rules(self, settings: Settings, host: str) -> str:
        """Give what stands for the rules of a host; they are read once in a run."""
        key = settings.rule_folders, settings.site_configs, host
        if key not in self._ruled:
            self._ruled[key] = proof.rules(settings, host)
        return self._ruled[key]

    @contextlib.contextmanager
    def _trying(self) -> Iterator[sqlite3.Connection | None]:
        """Give the database; what goes wrong with it ends its use, and never the run."""
        try:
            yield self._base
        except (sqlite3.Error, ValueError, OSError, OutputError) as error:
            self.trouble = f"the cache can't be used, so all is done anew: {error}"
            if self._base is not None:
                self._base.close()
            self._base = None


def _targets(job: Job) -> Iterable[str]:
    if isinstance(job, Convert):
        places = (job.targets.folder, *job.targets.files)
        yield from (gone.url(place) for place in places if place is not None)


def _written(results: Iterable[Result]) -> Iterator[str]:
    for result in results:
        if isinstance(result, Export):
            yield from gone.written(result)


def _unchanged(result: Result) -> Result:
    if isinstance(result, Export) and result.status == "exported":
        return replace(result, status="unchanged", seconds=0.0)
    return result


def _opened(path: Path) -> sqlite3.Connection:
    """Give the database, made anew where it is broken or of another version."""
    files.make_folder(path.parent, files.PRIVATE)
    if not path.exists():
        path.touch(mode=0o600)
    try:
        return _connected(path)
    except sqlite3.OperationalError:  # locked, or not to be written
        raise
    except sqlite3.DatabaseError:
        for beside in ("", "-wal", "-shm"):
            Path(f"{path}{beside}").unlink(missing_ok=True)
        path.touch(mode=0o600)
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=PATIENCE)
    try:
        version = base.execute("PRAGMA user_version").fetchone()[0]
        if version not in {0, VERSION}:
            raise sqlite3.DatabaseError(f"version {version}")  # noqa: TRY301  (as what is broken)
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last records
        if not version:
            base.executescript(SCHEMA)
    except BaseException:
        base.close()
        raise
    return base
