"""Which articles say the same, and which capture of each is the fullest.

An article is left out only when another one, which is exported, says what it says: their
clauses are compared, each weighted by its words. How much they must share depends on what else
speaks for one article or for two:

- one address: an update or a second capture. 80 % of the longer one's words;
- one headline on two sites: a republication, with what that site adds. 80 % of the longer one;
- two headlines on two sites: 90 %;
- one headline, no address known: 80 %, unless they state different days;
- one headline at two addresses of one site: 95 %, unless they state different days or show
  different pictures: a series of notices differs by little more;
- no headline stated, no address known: 95 % of a text of TEXT words;
- two headlines, no address known: the same, and all that is left out must stand in the other;
- two headlines at two addresses of one site are two articles, however much they share.

In the first, second and fourth case a capture that was cut off, or an excerpt, is also covered by
one that has 90 % of its words. What the two say of their own, outside quotations, must agree as
much as the whole. Texts of fewer than FEW words must be the same, pictures included.

The fullest capture has the most words; of those within 5 % of it (a line more or less of the
page's furniture) the one that holds the most pictures, then the one that knows its address, then
its dates, then the one changed last, then the one saved last, then the longest, then the first by
path.
"""

from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from exporter.batch.jobs import Sketch
from exporter.dom import squash

MOST: Final = 0.8  # share of the longer article's words
NEARLY: Final = 0.9
ALL_BUT: Final = 0.95
WITHIN: Final = 0.9  # share of the shorter one's, where that is enough
FEW: Final = 20  # words from which there is a text to compare
TEXT: Final = 100  # words from which a text can be no template that two articles fill in
FULL: Final = 0.95  # share of the most words, from which a capture is as full as any
REACH: Final = 1 - MOST


class Group(NamedTuple):
    """Captures of one article."""

    chosen: Sketch
    others: tuple[Sketch, ...]  # each is covered by it


class Need(NamedTuple):
    """What two articles must share to be one."""

    whole: float  # of the longer one's words
    part: bool  # or WITHIN of the shorter one's
    every: bool = False  # and all that the one left out says


@dataclass(slots=True)
class Said:
    """A sketch that is compared."""

    sketch: Sketch
    words: dict[int, int]  # clause -> its words
    own: dict[int, int] = field(init=False)  # without those that are quoted
    title: str = field(init=False)
    site: str = field(init=False)

    def __post_init__(self) -> None:
        self.own = dict(list(self.words.items())[: self.sketch.own])
        self.title = squash(self.sketch.headline)
        self.site = self.sketch.address.partition("/")[0].partition("?")[0]

    @classmethod
    def of(cls, sketch: Sketch) -> "Said":
        """Give a sketch with its numbers unpacked."""
        prints, weights = array("q", sketch.prints), array("i", sketch.weights)
        return cls(sketch, dict(zip(prints, weights, strict=True)))

    @property
    def place(self) -> tuple[str, int]:
        """Where its page is."""
        return self.sketch.source, self.sketch.index


def covered(one: Said, other: Said) -> bool:
    """Tell whether nothing is lost of `one` when `other` is exported."""
    need = _need(one, other)
    if need is None:
        return False
    if min(one.sketch.words, other.sketch.words) < FEW:
        same = one.words.keys() == other.words.keys()
        return same and one.sketch.assets <= other.sketch.assets
    if not _shares(one.words, other.words, need):
        return False
    if min(sum(one.own.values()), sum(other.own.values())) < FEW:
        return True  # next to nothing but quotations: an article that was set as one
    return _shares(one.own, other.own, need)


def _either(one: Said, other: Said) -> bool:
    return covered(one, other) or covered(other, one)


def _shares(one: dict[int, int], other: dict[int, int], need: Need) -> bool:
    shared = sum(words for key, words in one.items() if key in other)
    mine, theirs = sum(one.values()), sum(other.values())
    if need.every and shared < mine:
        return False
    return shared >= need.whole * max(mine, theirs) or (need.part and shared >= WITHIN * mine)


def _need(one: Said, other: Said) -> Need | None:
    """Give what two articles must share to be one; None when they are two all the same."""
    mine, theirs = one.sketch, other.sketch
    titled = bool(one.title) and one.title == other.title
    if mine.address and mine.address == theirs.address:
        return Need(MOST, part=True)
    known = bool(mine.address and theirs.address)
    if known and one.site != other.site:
        return Need(MOST, part=True) if titled else Need(NEARLY, part=False)
    if mine.day and theirs.day and mine.day != theirs.day:
        return None
    return _need_of_one_site(one, other, titled=titled, known=known)


def _need_of_one_site(one: Said, other: Said, *, titled: bool, known: bool) -> Need | None:
    """Give the same for two addresses of one site, or where an address is not known."""
    mine, theirs = one.sketch, other.sketch
    shown = bool(mine.assets and theirs.assets) and not mine.assets & theirs.assets
    short = min(mine.words, theirs.words) < TEXT
    if titled:
        if shown and (known or short):
            return None
        return Need(ALL_BUT, part=False) if known else Need(MOST, part=True)
    if known or short:
        return None
    return Need(ALL_BUT, part=False, every=bool(one.title and other.title))


def groups(
    sketches: Iterable[Sketch], fixed: Container[tuple[str, int]] = frozenset()
) -> Iterator[Group]:
    """Give the captures that are of one article; an article captured once is in none.

    Pages in `fixed` (source, index) are exported whatever is said here: others may be covered by
    them. The order of the sketches changes nothing.
    """
    pool = [Said.of(sketch) for sketch in sketches]
    pool.sort(key=lambda said: (-said.sketch.words, said.place))
    index = _index(pool)
    done: set[int] = set()
    for place, longest in enumerate(pool):
        while place not in done:
            near = {other for key in longest.words for other in index.get(key, ())} - done
            alike = [n for n in sorted(near) if n != place and _either(pool[n], longest)]
            chosen = _fullest(pool, [place, *alike], fixed)
            others = [
                n
                for n in (place, *alike)
                if n != chosen and pool[n].place not in fixed and covered(pool[n], pool[chosen])
            ]
            done.update((chosen, *others))
            if others:
                yield Group(pool[chosen].sketch, tuple(pool[n].sketch for n in others))


def _index(pool: Sequence[Said]) -> dict[int, list[int]]:
    """Give the articles by their rarest clauses: whoever covers one shares some of these.

    Clauses of more than REACH of the words are enough, for less than that may be missing.
    """
    count: dict[int, int] = {}
    for said in pool:
        for key in said.words:
            count[key] = count.get(key, 0) + 1
    index: dict[int, list[int]] = {}
    for place, said in enumerate(pool):
        words = 0
        for key in sorted(said.words, key=lambda key: (count[key], key)):
            index.setdefault(key, []).append(place)
            words += said.words[key]
            if words > REACH * said.sketch.words:
                break
    return index


def _fullest(pool: Sequence[Said], places: Sequence[int], fixed: Container[tuple[str, int]]) -> int:
    """Give the place of the capture to export, of some of one article."""
    most = max(pool[place].sketch.words for place in places)
    full = [place for place in places if pool[place].sketch.words >= FULL * most]
    held = [place for place in full if pool[place].place in fixed]

    def fullness(place: int) -> tuple[int, bool, int]:
        sketch = pool[place].sketch
        return len(sketch.assets), bool(sketch.address), sum(map(bool, sketch.dates))

    best = max(map(fullness, held or full))
    equals = [place for place in held or full if fullness(place) == best]
    newest = max(pool[place].sketch.dates for place in equals)
    # the pool is sorted by words, then by path
    return min(place for place in equals if pool[place].sketch.dates == newest)
