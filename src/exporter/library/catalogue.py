"""What stands in a folder of editions: an entry for each article, also of earlier runs.

A catalogue is kept beside the editions as lines of JSON. A run's outcomes are laid in a database
of the system's own temporary folder until the run ends, so that a million of them need no memory.
"""

import dataclasses
import hashlib
import json
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from exporter import files
from exporter.characters import escaped
from exporter.library.report import losses
from exporter.model import MADE, Export
from exporter.review.told import OUTSIDE
from exporter.write import WRITERS

OURS: Final = uuid.UUID("7d0d9f0a-3b0c-5d51-9a7e-6c8f3d1c2b4e")  # of the names of articles
CACHE: Final = 4000  # kB of the database that stay in memory
SCHEMA: Final = f"""
PRAGMA cache_size = -{CACHE};
PRAGMA temp_store = FILE;
CREATE TABLE entry (name TEXT PRIMARY KEY, day TEXT NOT NULL, line TEXT NOT NULL) WITHOUT ROWID;
"""
ADD: Final = "INSERT OR REPLACE INTO entry VALUES (?, ?, ?)"
GET: Final = "SELECT line FROM entry WHERE name = ?"
NEWEST_FIRST: Final = "SELECT line FROM entry ORDER BY day DESC, name"
BY_NAME: Final = "SELECT line FROM entry ORDER BY name"
HAS: Final = "SELECT 1 FROM entry WHERE name = ?"
NAMES: Final = "SELECT name FROM entry ORDER BY name"
LATEST: Final = "SELECT MAX(day) FROM entry"


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """An article whose editions lie in the folder, each named `name` and its format."""

    name: str
    title: str
    formats: tuple[str, ...]  # "epub", "pdf" ...
    subtitle: str = ""
    byline: tuple[str, ...] = ()
    site: str = ""
    published: str = ""  # ISO 8601
    saved: str = ""  # ISO 8601
    language: str = "und"  # BCP 47
    url: str = ""
    words: int = 0
    notes: dict[str, int] = dataclasses.field(default_factory=dict)  # code -> how many
    lost: int = 0  # how many of them tell of a loss
    removed: int = 0  # blocks of the article itself
    review: bool = False  # whether it has a page that tells of them
    cover: bool = False  # whether it has a small picture of its cover

    @property
    def date(self) -> str:
        """The date by which it is listed, as precise as it is known."""
        return self.published or self.saved

    @property
    def files(self) -> Iterator[str]:
        """The names of its editions."""
        return (f"{self.name}.{suffix}" for suffix in self.formats)


def entry(outcome: Export) -> Entry | None:
    """Give the entry of an article; None of one that has no edition."""
    files = [path for path in map(Path, outcome.files) if path.suffix in WRITERS]
    if outcome.status not in MADE or not files:
        return None
    return Entry(
        name=files[0].stem,
        title=outcome.title,
        formats=in_order(path.suffix[1:] for path in files),
        subtitle=outcome.subtitle or "",
        byline=outcome.byline,
        site=outcome.site or "",
        published=outcome.published or "",
        saved=outcome.saved or "",
        language=outcome.language,
        url=outcome.url or "",
        words=outcome.words,
        notes=dict(sorted(Counter(note.code for note in outcome.notes).items())),
        lost=len(losses(outcome.notes)),
        removed=sum(removal.reason != OUTSIDE for removal in outcome.removed),
        review=bool(outcome.review),
        cover=bool(outcome.cover),
    )


def in_order(formats: Iterable[str]) -> tuple[str, ...]:
    """Give formats in the order in which they are listed, whenever each was made."""
    there = set(formats)
    return tuple(form for form in (suffix[1:] for suffix in WRITERS) if form in there)


def dump(one: Entry) -> str:
    """Give an entry as a line of JSON, without what it does not say."""
    blank = Entry("", "", ())
    table = {
        field.name: value
        for field in dataclasses.fields(one)
        if (value := getattr(one, field.name)) != getattr(blank, field.name)
    }
    return escaped(json.dumps(table, ensure_ascii=False, separators=(",", ":")))


def load(line: str) -> Entry | None:
    """Give the entry of a line; None where it is none of ours."""
    try:
        table: dict[str, Any] = json.loads(line)
        lists = {name: tuple(table[name]) for name in ("formats", "byline") if name in table}
        one = Entry(**{"title": ""} | table | lists)
    except (ValueError, TypeError):
        return None
    return one if one.name and Path(one.name).name == one.name and one.formats else None


def read(path: Path) -> Iterator[Entry]:
    """Give the entries that an earlier run left in a file; none where there is no such file."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            yield from filter(None, map(load, lines))
    except OSError:
        return


def identity(path: Path) -> str:
    """Give what an earlier run called the library of a file, as a URN; "" where there is none."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            return uuid.UUID(json.loads(lines.readline())["library"]).urn
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return ""


class Catalogue:
    """The entries of a folder, each name once."""

    identity = ""  # tells the library from all others, as a URN

    def __init__(self) -> None:
        self._base = sqlite3.connect("")  # a file of the system's own, gone when it is closed
        self._base.executescript(SCHEMA)

    def close(self) -> None:
        """Forget the entries."""
        self._base.close()

    def add(self, one: Entry) -> None:
        """Put an entry in the place of an earlier one of its name."""
        self._base.execute(ADD, _row(one))

    def merge(self, earlier: Iterable[Entry]) -> None:
        """Add the entries whose names are not there yet; of the others, the further editions."""
        for one in earlier:
            now = self._base.execute(GET, (one.name,)).fetchone()
            known = load(now[0]) if now else None
            if known is None:
                self.add(one)
            elif more := set(one.formats).difference(known.formats):
                formats = in_order((*known.formats, *more))
                self.add(dataclasses.replace(known, formats=formats))

    def identify(self, known: str) -> None:
        """Call the library what it was called before, else by what it begins with.

        So the same first run gives the same name, by no clock and no chance, and later runs,
        which add articles and remove them, keep it: reading apps know a library by it.
        """
        names = hashlib.sha256()
        for (name,) in () if known else self._base.execute(NAMES):
            names.update(f"{name}\n".encode())
        self.identity = known or uuid.uuid5(OURS, f"library {names.hexdigest()}").urn

    def write(self, target: Path) -> None:
        """Write the entries to be read by the next run, in the order of their names.

        Before them stands what the library is called.

        Raises:
            OutputError: the file can't be written.

        """
        with files.replacing(target) as partial, partial.open("w", encoding="utf-8") as stream:
            stream.write(json.dumps({"library": self.identity}) + "\n")
            stream.writelines(f"{line}\n" for (line,) in self._base.execute(BY_NAME))

    def newest_first(self) -> Iterator[Entry]:
        """Give the entries by their dates, the latest first."""
        return self._entries(NEWEST_FIRST)

    @property
    def latest(self) -> str:
        """Give the latest date of all; "" where there is none."""
        return self._base.execute(LATEST).fetchone()[0] or ""

    def __contains__(self, name: str) -> bool:
        return self._base.execute(HAS, (name,)).fetchone() is not None

    def __len__(self) -> int:
        found: int = self._base.execute("SELECT COUNT(*) FROM entry").fetchone()[0]
        return found

    def _entries(self, query: str) -> Iterator[Entry]:
        for (line,) in self._base.execute(query):
            if (one := load(line)) is not None:
                yield one


def _row(one: Entry) -> tuple[str, str, str]:
    return one.name, one.date, dump(one)
