"""What travels between the engine and a worker: one capture, what to do with it, a survey's row."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple, Self

from exporter.fetch import Network
from exporter.files import LIBRARY
from exporter.limits import Limits
from exporter.model import Edition, Learned, Note
from exporter.read import Source
from exporter.settings import Settings

NOTHING: Final = Learned()
Message = tuple[str, object]  # of a worker: see batch.worker


@dataclass(frozen=True, slots=True)
class Targets:
    """Where editions go: into a folder, named by their titles, or to the files named."""

    folder: Path | None = None
    files: tuple[Path, ...] = ()

    @property
    def folders(self) -> frozenset[Path]:
        """Every folder that a job may write into."""
        return frozenset({self.folder} if self.folder else {path.parent for path in self.files})


class Standing(NamedTuple):
    """An edition of an earlier run that stands: it is not made again."""

    beside: tuple[str, ...] = ()  # names of the folders that belong to it
    notes: tuple[Note, ...] = ()  # what it can't show


@dataclass(frozen=True, slots=True)
class Part:
    """One page of an article that was saved page by page."""

    source: Source
    index: int  # the page's place in its capture
    number: int  # the page's number in the article, from 1
    learned: Learned = NOTHING
    pages: int = 1  # that its capture holds
    identity: str | None = None  # as that of Convert


@dataclass(frozen=True, slots=True)
class Job:
    """One capture to work on: a value that any executor can carry to any machine.

    With `parts` it is one article instead, whose pages lie in one capture or in several.
    """

    source: Source
    settings: Settings
    skip: int = 0  # articles of the capture that are done already
    learned: Learned = NOTHING  # of what recurs on its site: what this capture holds
    parts: tuple[Part, ...] = ()  # in the order of their numbers
    apart: frozenset[int] = frozenset()  # pages of the capture that are left to other jobs
    only: frozenset[int] | None = None  # the pages to work on; None: all but those

    def starting_at(self, article: int) -> Self:
        """Give the same job from an article on: what is left when one killed a worker."""
        return replace(self, skip=article)

    def simplified(self) -> Self | None:
        """Give the same job in the form in which it is tried again; None of one tried twice."""
        if self.settings.simple or not self.publishes:
            return None
        return replace(self, settings=self.settings.simplified())

    @property
    def publishes(self) -> bool:
        """Tell whether articles come of it, which a second try may save."""
        return False

    @property
    def limits(self) -> Limits:
        """What an article may cost before its worker is killed."""
        return self.settings.limits

    @property
    def folders(self) -> frozenset[Path]:
        """Every folder that the job may write into."""
        return frozenset()

    @property
    def sources(self) -> tuple[Source, ...]:
        """The captures that are read for it."""
        return tuple(part.source for part in self.parts) or (self.source,)

    @property
    def asked(self) -> frozenset[str]:
        """Paths beside these captures that were looked for while it was done, there or not."""
        return frozenset().union(*(source.asked for source in self.sources))


@dataclass(frozen=True, slots=True)
class Convert(Job):
    """Make the editions of a capture's articles; results are Outcomes."""

    targets: Targets = Targets()
    identity: str | None = None  # tells the capture from all others of the run; None: it is alone
    network: Network | None = None  # the leave to fetch images that a capture lacks
    library: bool = False  # whether what a library shows of an article is written too
    # editions that are left as they are, by their absolute paths
    standing: Mapping[str, Standing] = field(default_factory=dict)

    def simplified(self) -> Self | None:
        """Give the same job in simplified form: that is another article, and no edition stands."""
        simple = Job.simplified(self)
        return replace(simple, standing={}) if simple is not None else None

    @property
    def publishes(self) -> bool:
        """Tell whether articles come of it."""
        return True

    @property
    def folders(self) -> frozenset[Path]:
        """Every folder that the job may write into."""
        folders = self.targets.folders
        return folders | {folder / LIBRARY for folder in folders} if self.library else folders


@dataclass(frozen=True, slots=True)
class Collect(Convert):
    """Keep a capture's articles in the folder of `targets`, for a book; results are Outcomes.

    Their files are what batch.spool wrote there.
    """

    number: int = 0  # of the capture in the run


@dataclass(frozen=True, slots=True)
class Bind(Job):
    """Write one file of a book whose articles were collected; the result is its Outcome."""

    edition: Edition | None = None
    pieces: tuple[Path, ...] = ()  # for each article, the path of its record
    target: Path = Path()

    @property
    def folders(self) -> frozenset[Path]:
        """Every folder that the job may write into."""
        return frozenset({self.target.parent})


@dataclass(frozen=True, slots=True)
class Explain(Job):
    """Prepare a capture's articles and write nothing; results are Articles."""

    @property
    def publishes(self) -> bool:
        """Tell whether articles come of it."""
        return True


@dataclass(frozen=True, slots=True)
class Survey(Job):
    """Tell what there is on a capture's pages; results are Rows."""

    identity: str = ""


@dataclass(frozen=True, slots=True)
class Compare(Job):
    """Tell what a capture's articles say, so that they can be compared; results are Sketches."""

    identity: str = ""


class Mark(NamedTuple):
    """A block of a page, as a survey sees it."""

    print: str  # dom.fingerprint of its text
    place: int  # in the order of the page's blocks
    long: bool  # a paragraph of prose
    candidate: bool  # may be boilerplate, if it recurs: short enough, no caption, no quotation
    words: int = 0


class Turn(NamedTuple):
    """The claim that a page is one of several of an article."""

    stem: str  # the address that these have in common
    number: int  # of this page, from 1
    sure: bool  # a word for "page" says so, not a number alone
    linked: bool  # its pager leads to another one


@dataclass(frozen=True, slots=True)
class Row:
    """What a survey found on one page."""

    source: str  # the identity of its capture in the run
    site: str  # host without "www."; "" when nobody knows it
    title: str  # fingerprint of the page's title; "" when it has none
    marks: tuple[Mark, ...]
    index: int = 0  # the page's place in its capture
    turns: tuple[Turn, ...] = ()  # which page of an article it may be
    names: tuple[str, ...] = ()  # fingerprints of what the article may be called


@dataclass(frozen=True, slots=True)
class Sketch:
    """What tells one article from another, in some kilobytes."""

    source: str  # the identity of its capture in the run
    capture: str  # as the report calls that
    index: int  # the page's place in its capture
    name: str  # as the report calls it
    title: str  # as it is printed
    headline: str  # without the number of a page; "" where the page states none
    words: int  # of its clauses, each counted once
    prints: bytes = field(repr=False)  # of its clauses, 8 bytes each; first those of its own
    weights: bytes = field(repr=False)  # the words of each clause, 4 bytes each
    own: int  # clauses that stand in no quotation
    assets: frozenset[str] = field(repr=False)  # keys of the images that the capture holds
    address: str  # without scheme, "www." and fragment; "" when nobody knows it
    day: str  # on which it was published, where the page states it
    dates: tuple[str, str]  # when it was last changed and when saved, as far as known
    length: int  # words, as the report counts them
