"""Which blocks recur across the articles of one site: the rows of a survey, counted.

Rows wait in a temporary database, which spills to disk, so that a survey of a million pages needs
no more memory than one of ten; shards add the same rows up. A block counts once an article:
- three captures of one article are one article: pages count as several only when their titles
  differ, and their rarest paragraphs too;
- what recurs in fewer than FEWEST articles is nobody's boilerplate, nor is what pages of unknown
  address share, unless most of them do.
"""

import hashlib
import itertools
import sqlite3
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Final, Self

from exporter.batch.jobs import Row
from exporter.model import Learned, Recurrence

FEWEST: Final = 3  # articles
MOST_OF: Final = 2  # pages of unknown address: at least one in this many
TELLING: Final = 3  # paragraphs from which a page is told by them; fewer may all be boilerplate
THIS_RUN: Final = "this run"

SCHEMA: Final = """
CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT UNIQUE, pages INTEGER DEFAULT 0);
CREATE TABLE page (
    id INTEGER PRIMARY KEY, capture INTEGER, place INTEGER, site INTEGER, title INTEGER,
    start INTEGER, stop INTEGER,  -- rowids of its blocks
    article INTEGER,  -- the same for captures of one article
    first INTEGER, last INTEGER  -- places of the article's own paragraphs
);
CREATE INDEX captures ON page (capture);
CREATE TABLE block (
    page INTEGER, site INTEGER, print INTEGER, place INTEGER, long INTEGER, candidate INTEGER,
    words INTEGER
);
CREATE TABLE shared (
    site INTEGER, print INTEGER, pages INTEGER, PRIMARY KEY (site, print)
) WITHOUT ROWID;
CREATE TABLE recurring (
    site INTEGER, print INTEGER, pages INTEGER, of INTEGER, middle INTEGER, source TEXT,
    PRIMARY KEY (site, print)
) WITHOUT ROWID;
"""
SHARE: Final = """
INSERT INTO shared SELECT site, print, COUNT(*) FROM block GROUP BY site, print HAVING COUNT(*) > 1
"""
PROSE: Final = """
SELECT block.page, COALESCE(shared.pages, 1), block.print, block.place FROM block
LEFT JOIN shared ON shared.site = block.site AND shared.print = block.print
WHERE block.long ORDER BY block.page
"""
# titles tell articles apart as paragraphs do; a page without one is told by its paragraphs alone
ARTICLES: Final = """
UPDATE site SET pages = (
    SELECT MIN(COUNT(DISTINCT COALESCE(title, article)), COUNT(DISTINCT article))
    FROM page WHERE page.site = site.id)
"""
RECUR: Final = """
INSERT INTO recurring
SELECT block.site, block.print,
    MIN(COUNT(DISTINCT COALESCE(page.title, page.article)), COUNT(DISTINCT page.article)) AS seen,
    site.pages,
    COUNT(DISTINCT CASE WHEN block.place BETWEEN page.first AND page.last THEN page.article END),
    :source
FROM block
JOIN shared ON shared.site = block.site AND shared.print = block.print
JOIN page ON page.id = block.page
JOIN site ON site.id = block.site
WHERE block.candidate AND shared.pages >= :fewest
GROUP BY block.site, block.print
HAVING seen >= :fewest AND (site.name != '' OR seen * :most_of >= site.pages)
"""
HELD: Final = """
SELECT site.name, block.print, recurring.pages, of, middle, source FROM page
JOIN block ON block.rowid BETWEEN page.start AND page.stop
JOIN recurring ON recurring.site = block.site AND recurring.print = block.print
JOIN site ON site.id = page.site
WHERE page.capture = ?
"""
ALL: Final = """
SELECT site.name, print, recurring.pages, of, middle, source FROM recurring
JOIN site ON site.id = recurring.site ORDER BY site.name, print
"""
Entry = tuple[str, str, Recurrence]  # site, fingerprint, how often


class Rows:
    """The rows of a survey, and what is learnt from them."""

    def __init__(self) -> None:
        self.base = sqlite3.connect("")  # a temporary file, gone when it is closed
        self.base.execute("PRAGMA synchronous = OFF")
        self.base.execute("PRAGMA journal_mode = OFF")
        self.base.executescript(SCHEMA)
        self.count = self.blocks = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.base.close()

    def add(self, row: Row) -> None:
        """Take one more page into account."""
        self.count += 1
        marks = {mark.print: mark for mark in reversed(row.marks)}  # a block counts once a page
        start, self.blocks = self.blocks + 1, self.blocks + len(marks)
        site = self._site(row.site)
        self.base.execute(
            "INSERT INTO page VALUES"
            " (:id, :capture, :place, :site, :title, :start, :stop, :id, 1, 0)",
            {
                "id": self.count,
                "capture": number_of(row.source),
                "place": row.index,
                "site": site,
                "title": _signed(row.title) if row.title else None,
                "start": start,
                "stop": self.blocks,
            },
        )
        self.base.executemany(
            "INSERT INTO block (rowid, page, site, print, place, long, candidate, words)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (rowid, self.count, site, _signed(mark.print), *mark[1:])
                for rowid, mark in enumerate(marks.values(), start)
            ),
        )

    def learn(self, source: str = THIS_RUN) -> None:
        """Find what recurs in the rows so far."""
        self.base.execute(SHARE)
        prose = self.base.execute(PROSE)
        for page, blocks in itertools.groupby(prose, key=itemgetter(0)):
            self._tell(page, [block[1:] for block in blocks])
        self.base.execute(ARTICLES)
        self.base.execute(RECUR, {"source": source, "fewest": FEWEST, "most_of": MOST_OF})

    def _tell(self, page: int, blocks: list[tuple[int, int, int]]) -> None:
        """Tell a page's article from others, and where its own paragraphs begin and end.

        `blocks` are its paragraphs: how many pages have each, its fingerprint, its place.
        """
        rarest = min(pages for pages, _, _ in blocks)
        own = [place for pages, _, place in blocks if pages <= max(rarest, FEWEST - 1)]
        article = page
        if rarest > 1 and len(blocks) >= TELLING:
            article = min(number for pages, number, _ in blocks if pages == rarest)
        self.base.execute(
            "UPDATE page SET article = ?, first = ?, last = ? WHERE id = ?",
            (article, min(own), max(own), page),
        )

    def adopt(self, entries: Iterable[Entry]) -> None:
        """Take over what was learnt elsewhere; what these rows say themselves stands."""
        for site, fingerprint, found in entries:
            self.base.execute(
                "INSERT OR IGNORE INTO recurring VALUES (?, ?, ?, ?, ?, ?)",
                (self._site(site), _signed(fingerprint), *_values(found)),
            )

    def sites(self) -> list[str]:
        """Give the sites of the pages, without those of unknown address."""
        names = self.base.execute("SELECT name FROM site WHERE name != '' ORDER BY name")
        return [name for (name,) in names]

    def learned(self) -> Iterator[Entry]:
        """Give all that was learnt, in an order that does not depend on that of the rows."""
        return map(_entry, self.base.execute(ALL))

    def totals(self) -> tuple[int, int]:
        """Give how many blocks are known to recur, and on how many sites."""
        blocks, sites = self.base.execute(
            "SELECT COUNT(*), COUNT(DISTINCT site) FROM recurring"
        ).fetchone()
        return int(blocks), int(sites)

    def held(self, source: str) -> Learned:
        """Give what was learnt of the blocks that a capture holds."""
        recurring: dict[str, dict[str, Recurrence]] = {}
        for found in self.base.execute(HELD, (number_of(source),)):
            site, fingerprint, how_often = _entry(found)
            recurring.setdefault(site, {})[fingerprint] = how_often
        return Learned(recurring)

    def _site(self, name: str) -> int:
        self.base.execute("INSERT OR IGNORE INTO site (name) VALUES (?)", (name,))
        found = self.base.execute("SELECT id FROM site WHERE name = ?", (name,)).fetchone()
        return int(found[0])


def _entry(found: tuple[str, int, int, int, int, str]) -> Entry:
    site, number, pages, of, middle, source = found
    return site, _hex(number), Recurrence(pages, of, middle, source)


def _values(found: Recurrence) -> tuple[int, int, int, str]:
    return found.pages, found.of, found.middle, found.source


def _signed(fingerprint: str) -> int:
    """Give a fingerprint as the signed 64-bit number that SQLite keeps in eight bytes."""
    return int.from_bytes(bytes.fromhex(fingerprint), "big", signed=True)


def _hex(number: int) -> str:
    return number.to_bytes(8, "big", signed=True).hex()


def number_of(name: str) -> int:
    """Give the number by which a capture is known, of its identity."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
