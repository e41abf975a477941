"""Which pages of a run may be captures of one article, by the fingerprints of their paragraphs.

The survey has them already: the 64 bits that tell what recurs on a site (batch.learn) are the
page's near-duplicate signature too, and cost nothing more. A MinHash of a page's words costs
6 to 12 ms, more than the whole survey, and importing numpy and scipy, which datasketch needs, up
to three seconds in each worker; it would estimate what the fingerprints say exactly.

This only proposes, in time proportional to the number of blocks: no page is compared with
another. What recurs on a site is nothing to tell its pages by, and what a page's frame says is
not its article. So the pages proposed are prepared as for a book, and their articles are compared
(batch.sketch, batch.alike) before any is left out. That costs a page that is proposed one more
cleaning, and a crawl one more reading, however many duplicates it holds.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from exporter.batch import alike, engine
from exporter.batch.jobs import Compare, Sketch
from exporter.batch.learn import number_of
from exporter.read import Source
from exporter.settings import Settings

if TYPE_CHECKING:
    from exporter.batch.recurrence import Known

PROSE: Final = 40  # words of paragraphs from which a page is told by them alone
ONE_IN: Final = 3  # words that also stand elsewhere, of a page that may be a copy
PASSAGE: Final = 25  # words that a page has in common with such a page, from which it may be too
SCHEMA: Final = """
CREATE TABLE telling (page INTEGER, print INTEGER, words INTEGER, long INTEGER);
CREATE TABLE common (print INTEGER PRIMARY KEY);
CREATE TABLE likely (page INTEGER);
CREATE TABLE passage (print INTEGER PRIMARY KEY);
"""
PROPOSE: Final = (
    """INSERT INTO telling SELECT page, print, words, long FROM block
    WHERE words > 0 AND NOT EXISTS (SELECT 1 FROM recurring
        WHERE recurring.site = block.site AND recurring.print = block.print)""",
    """DELETE FROM telling WHERE NOT long AND page IN (
        SELECT page FROM telling WHERE long GROUP BY page HAVING SUM(words) >= :prose)""",
    "INSERT INTO common SELECT print FROM telling GROUP BY print HAVING COUNT(*) > 1",
    """INSERT INTO likely SELECT page FROM telling LEFT JOIN common USING (print) GROUP BY page
    HAVING SUM(words * (common.print IS NOT NULL)) * :one_in >= SUM(words)""",
    """INSERT INTO passage SELECT DISTINCT print FROM telling JOIN common USING (print)
    WHERE page IN (SELECT page FROM likely)""",
    """INSERT INTO likely SELECT page FROM telling JOIN passage USING (print) GROUP BY page
    HAVING SUM(words) >= :passage""",
)
PROPOSED: Final = """
SELECT DISTINCT capture, place FROM page JOIN likely ON likely.page = page.id
ORDER BY capture, place
"""


def proposed(base: sqlite3.Connection) -> dict[int, frozenset[int]]:
    """Give the pages that may be captures of one article, of the rows in a database.

    Captures are known by their numbers, as in batch.learn.
    """
    base.executescript(SCHEMA)
    for step in PROPOSE:
        base.execute(step, {"prose": PROSE, "one_in": ONE_IN, "passage": PASSAGE})
    pages = base.execute(PROPOSED)
    return {
        capture: frozenset(place for _, place in found)
        for capture, found in groupby(pages, key=itemgetter(0))
    }


def jobs(
    known: "Known", sources: Callable[[], Iterator[Source]], settings: Settings
) -> Iterator[Compare]:
    """Give the jobs that prepare the pages proposed."""
    pages = proposed(known.rows.base) if known.rows is not None else {}
    for source in sources() if pages else ():
        place = engine.place(source)
        only = pages.get(number_of(place))
        if only:
            learned = known.held(source)
            yield Compare(source, settings, learned=learned, only=only, identity=place)


def told(known: "Known", sketches: Iterable[Sketch]) -> tuple[alike.Group, ...]:
    """Give the captures of each article that was captured several times.

    Pages of a longer article are joined there: others may be duplicates of them.
    """
    fixed = {(capture, page) for capture, pages in known.apart.items() for page in pages}
    return tuple(alike.groups(sketches, fixed))
