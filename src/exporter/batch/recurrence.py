"""The first half of a batch: survey every page, learn what recurs, hand each job its share.

The same survey finds which pages are pages of one article, and which may be captures of one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from exporter import places
from exporter.batch import engine
from exporter.batch.jobs import NOTHING, Job, Part, Row, Sketch
from exporter.batch.shards import Piece, Shard
from exporter.batch.withheld import Withheld
from exporter.errors import CaptureError, ConfigError, ExportError
from exporter.limits import Limits
from exporter.model import Learned
from exporter.read import Source, sniff
from exporter.settings import Settings

if TYPE_CHECKING:
    from exporter.batch.common import Common
    from exporter.batch.learn import Rows

AnyJob = TypeVar("AnyJob", bound=Job)

NAME: Final = "learned.json"
ARCHIVES: Final = frozenset(
    {"compressed", "tar", "warc", "zip"}
)  # kinds of capture that may hold many pages
STORE: Final = "memory.sqlite"
FEWEST: Final = 3  # captures from which there may be something to learn
PAIR: Final = 2  # captures from which there may be something to join


def memory_place(environment: Mapping[str, str], platform: str) -> Path | None:
    """Give where this user's memory is, or would be; None where a user has no folder."""
    folder = places.folder(places.DATA, environment, platform)
    return folder / STORE if folder is not None else None


@dataclass(frozen=True, slots=True)
class Plan:
    """Where knowledge comes from, and where it goes."""

    learn: bool = True  # from the captures of this run
    join: bool = True  # pages of one article
    compared: Settings | None = None  # with which duplicates are told; None: all are exported
    inputs: tuple[Path, ...] = ()  # what the user named
    memory: Path | None = None  # the user's store
    keep: bool = True  # what this run learns in the store
    learned: Path | None = None  # a file that repeats an earlier run: then nothing else is asked
    record: Path | None = None  # where to say what was known, for a later --learned
    shard: Shard | None = None  # the captures that are this run's; None: all

    def holds(self, name: str) -> bool:
        """Tell whether a capture of that relative path is this run's."""
        return self.shard is None or self.shard.holds(name)

    def needs_survey(self, sources: Iterator[Source]) -> bool:
        """Tell whether there is anything to gain from looking at the pages first."""
        if self.learned is not None or (self.memory is not None and self.memory.exists()):
            return True
        pairs = self.join or self.compared is not None
        enough = PAIR if pairs else FEWEST
        first = list(islice(sources, enough)) if self.learn or pairs else []
        return len(first) >= enough or any(map(_holds_many, first))


def _holds_many(source: Source) -> bool:
    try:
        return sniff(source.head()) in ARCHIVES
    except CaptureError:
        return False


class _Looks(NamedTuple):
    """With what captures are surveyed."""

    pool: engine.Pool
    limits: Limits


@dataclass(slots=True)
class Known:
    """What is known of the sites of a run."""

    rows: "Rows | None" = None
    notes: list[str] = field(default_factory=list)  # what a person should be told
    articles: dict[str, list[tuple[Part, ...]]] = field(default_factory=dict)  # by first capture
    apart: dict[str, frozenset[int]] = field(default_factory=dict)  # pages that are parts of them
    spent: frozenset[str] = frozenset()  # captures that hold nothing but such pages
    withheld: Withheld = field(default_factory=Withheld)  # duplicates

    def held(self, source: Source) -> Learned:
        """Give what is known of the blocks that a capture holds."""
        return self.rows.held(engine.place(source)) if self.rows is not None else NOTHING

    def share(self, job: AnyJob) -> Iterator[AnyJob]:
        """Give the jobs that a capture comes to: one for each article whose first page it holds.

        What it holds of other articles is left to theirs.
        """
        place = engine.place(job.source)
        whole = replace(job, learned=self.held(job.source))
        apart = self.apart.get(place, frozenset()) | self.withheld.of(place, whole)
        if place not in self.spent:
            yield replace(whole, apart=apart)
        for parts in self.articles.get(place, ()):
            yield replace(job, parts=parts)


@contextmanager
def known(
    sources: Callable[[], Iterator[Source]],
    plan: Plan,
    pool: engine.Pool,
    limits: Limits = engine.DEFAULTS.limits,
) -> Iterator[Known]:
    """Give what is known of the sites of a run; `sources` begins the walk anew at each call.

    Raises:
        ConfigError: the file to repeat is none.

    """
    if not plan.needs_survey(sources()):
        yield Known()
        return
    # sqlite3: 10 ms that most runs save
    from exporter.batch import common  # noqa: PLC0415

    if plan.learned is not None and common.is_common(plan.learned):
        told = common.Common(plan.learned, plan.inputs)
        with told, _repeated(told, sources, plan, _Looks(pool, limits)) as found:
            yield found
        return
    with gathered(engine.survey(sources(), pool, limits), sources, plan, pool) as found:
        yield found


@contextmanager
def gathered(
    survey: Iterable[Row], sources: Callable[[], Iterator[Source]], plan: Plan, pool: engine.Pool
) -> Iterator[Known]:
    """Give what the rows of a survey come to."""
    from exporter.batch import duplicates  # noqa: PLC0415
    from exporter.batch.learn import Rows  # noqa: PLC0415
    from exporter.batch.series import Series  # noqa: PLC0415

    with Rows() as rows, Series() as series:
        for row in survey:
            rows.add(row)
            if plan.join:
                series.add(row)
        found = Known(rows)
        _fill(found, rows, plan)
        articles = [
            tuple(Piece(*leaf, series.pages(leaf.capture)) for leaf in leaves)
            for leaves in series.found()
        ]
        wanted = {piece.capture for pieces in articles for piece in pieces}
        captures = {
            place: source
            for source in (sources() if wanted else ())
            if (place := engine.place(source)) in wanted
        }
        _join(found, articles, captures, plan)
        if plan.compared is not None:
            asked = duplicates.jobs(found, sources, plan.compared)
            results = engine.run(asked, pool)
            sketches = [result for result in results if isinstance(result, Sketch)]
            found.withheld = Withheld.of_groups(duplicates.told(found, sketches))
        yield found


@contextmanager
def _repeated(
    known: "Common", sources: Callable[[], Iterator[Source]], plan: Plan, looks: _Looks
) -> Iterator[Known]:
    """Give what all shards know together, as far as this one's captures need it.

    They are looked at once more, for the blocks that each holds, with those of other shards that
    are parts of this one's articles.
    """
    from exporter.batch.learn import Rows  # noqa: PLC0415

    with Rows() as rows:
        articles = known.articles()
        needed = {
            piece.capture for pieces in articles if plan.holds(pieces[0].name) for piece in pieces
        }
        captures: dict[str, Source] = {}
        apart = {piece.capture for pieces in articles for piece in pieces}

        def mine() -> Iterator[Source]:
            for source in sources():
                place = engine.place(source)
                if place in apart:
                    captures[place] = source
                if plan.holds(source.name) or place in needed:
                    yield source

        for row in engine.survey(mine(), *looks):
            rows.add(row)
        rows.adopt(known.entries(("", *rows.sites())))
        found = Known(rows)
        _join(found, articles, captures, plan)
        groups, chosen = [], set()
        for group in known.groups():
            others = tuple(sketch for sketch in group.others if plan.holds(sketch.capture))
            if others:
                groups.append(group._replace(others=others))
                chosen.add(group.chosen.capture)
        found.withheld = Withheld.of_groups(groups)
        found.withheld.elsewhere = frozenset(name for name in chosen if not plan.holds(name))
        yield found


def _join(
    found: Known,
    articles: Iterable[Sequence[Piece]],
    captures: Mapping[str, Source],
    plan: Plan,
) -> None:
    """Say which pages are parts of which article; articles of other shards are theirs."""
    apart: dict[str, set[int]] = {}
    pages: dict[str, int] = {}
    for pieces in articles:
        for piece in pieces:
            apart.setdefault(piece.capture, set()).add(piece.place)
            pages[piece.capture] = piece.pages
        if plan.holds(pieces[0].name):
            parts = tuple(_part(piece, captures, found, plan) for piece in pieces)
            found.articles.setdefault(pieces[0].capture, []).append(parts)
    found.apart = {place: frozenset(places) for place, places in apart.items()}
    found.spent = frozenset(
        place
        for place, places in apart.items()
        # of an archive the survey may not have seen every page
        if len(places) == pages[place] and place in captures and not _holds_many(captures[place])
    )


def _part(piece: Piece, captures: Mapping[str, Source], found: Known, plan: Plan) -> Part:
    """Give a page of an article.

    Raises:
        ConfigError: its capture is gone since the survey.

    """
    source = captures.get(piece.capture)
    if source is None:
        remedy = "survey and learn once more"
        raise ConfigError("is gone since the survey", piece.capture, remedy)
    identity = engine.identity(source, plan.inputs)
    held = found.held(source)
    return Part(source, piece.place, piece.number, held, pages=piece.pages, identity=identity)


def _fill(found: Known, rows: "Rows", plan: Plan) -> None:
    """Learn from the rows, from the file, from the memory; and keep it.

    It is kept before the first book is made: an interrupt does not make it less true.
    """
    from exporter.batch import memory  # noqa: PLC0415

    if plan.learned is not None:
        rows.adopt(memory.load(plan.learned))
        return
    if plan.learn:
        rows.learn()
        blocks, sites = rows.totals()
        if blocks:
            where = f"; see {plan.record}" if plan.record is not None else ""
            found.notes.append(f"learnt: {blocks} blocks that recur, on {sites} sites{where}")
    if plan.memory is not None:
        try:
            if plan.keep and next(rows.learned(), None) is not None:
                memory.remember(plan.memory, rows.learned())
            rows.adopt(memory.recall(plan.memory, rows.sites()))
        except ExportError as error:
            found.notes.append(str(error))
    if plan.record is not None and next(rows.learned(), None) is not None:
        memory.save(plan.record, rows.learned())
