"""Which pages of a run are consecutive pages of one article: the claims of a survey, matched.

Nobody has read the pages yet. What matches here is a proposal: the worker that prepares the pages
looks at what they hold (clean.joining) before it joins them. Claims wait in a temporary database,
as what recurs does (batch.learn).
"""

import itertools
import os
import sqlite3
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final, NamedTuple, Self

from exporter.batch.jobs import Row

MOST: Final = 50  # pages of one article
SCHEMA: Final = """
CREATE TABLE page (capture BLOB, place INTEGER);
CREATE INDEX captures ON page (capture);
CREATE TABLE claim (
    capture BLOB, place INTEGER, stem TEXT, number INTEGER, sure INTEGER, linked INTEGER,
    names TEXT
);
CREATE INDEX stems ON claim (stem);
"""
SHARED: Final = """
SELECT capture, place, stem, number, sure, linked, names FROM claim
WHERE stem IN (SELECT stem FROM claim GROUP BY stem HAVING COUNT(*) > 1)
ORDER BY stem, number, capture, place
"""


class Leaf(NamedTuple):
    """A page that may belong to a series."""

    capture: str  # engine.place of its capture
    place: int  # in its capture
    number: int  # in the article, from 1


class Claim(NamedTuple):
    """What a page says it is, as a row of the table."""

    capture: str
    place: int
    stem: str
    number: int
    sure: bool
    linked: bool
    names: str


class Series:
    """The claims of all pages of a run."""

    def __init__(self) -> None:
        self.base = sqlite3.connect("")  # a temporary file, gone when it is closed
        self.base.execute("PRAGMA synchronous = OFF")
        self.base.execute("PRAGMA journal_mode = OFF")
        self.base.executescript(SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.base.close()

    def add(self, row: Row) -> None:
        """Take one more page into account."""
        self.base.execute("INSERT INTO page VALUES (?, ?)", (os.fsencode(row.source), row.index))
        names = " ".join(row.names)
        self.base.executemany(
            "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((os.fsencode(row.source), row.index, *turn, names) for turn in row.turns),
        )

    def pages(self, capture: str) -> int:
        """Give how many pages a capture holds."""
        counted = self.base.execute(
            "SELECT COUNT(*) FROM page WHERE capture = ?", (os.fsencode(capture),)
        )
        return int(counted.fetchone()[0])

    def found(self) -> list[tuple[Leaf, ...]]:
        """Give the pages of each article in their order; none belongs to two articles."""
        shared = self.base.execute(SHARED)
        claims = (Claim(os.fsdecode(capture), *rest) for capture, *rest in shared)
        proposed = [
            leaves
            for _, group in itertools.groupby(claims, key=attrgetter("stem"))
            if (leaves := proposal(list(group)))
        ]
        taken: set[tuple[str, int]] = set()
        chosen = []
        for leaves in sorted(proposed, key=lambda leaves: (-len(leaves), leaves)):
            pages = {(leaf.capture, leaf.place) for leaf in leaves}
            if not pages & taken:
                taken |= pages
                chosen.append(leaves)
        return chosen


def proposal(claims: Sequence[Claim]) -> tuple[Leaf, ...]:
    """Give the pages of one stem in their order; () unless they may be one article.

    Their numbers must be those of consecutive pages, with fewer pages missing than there are; a
    word for "page" in the address must say so, or else a pager on each; and they must have a
    name in common.
    """
    pages = dict(_pages(claims))
    numbers = sorted(pages)
    if not 1 < len(numbers) <= MOST or numbers[-1] >= 2 * len(numbers):
        return ()
    members = [pages[number] for number in numbers]
    later = members[1:] if numbers[0] == 1 else members
    if not (all(claim.sure for claim in later) or all(claim.linked for claim in members)):
        return ()
    if not set.intersection(*(set(claim.names.split()) for claim in members)):
        return ()
    return tuple(
        Leaf(claim.capture, claim.place, number)
        for number, claim in zip(numbers, members, strict=True)
    )


def _pages(claims: Sequence[Claim]) -> Iterator[tuple[int, Claim]]:
    """Give each page by its number, the first of those that say the same.

    Some systems count from 0: there the page without number stands before page 1.
    """
    first = [claim for claim in claims if claim.number == 1]
    plain = [claim for claim in first if not claim.sure]
    from_zero = bool(plain) and len(plain) < len(first)
    seen: set[int] = set()
    for claim in claims:
        number = claim.number + (from_zero and claim not in plain)
        if number not in seen:
            seen.add(number)
            yield number, claim
