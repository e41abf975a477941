"""A run over captures, as `convert` and `book` do it: what is asked, and outcomes as they come."""

import dataclasses
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from exporter import fetch
from exporter.batch import engine, recurrence
from exporter.batch.jobs import Convert, Targets
from exporter.batch.recurrence import Known
from exporter.cli import caching, fetching, options, results, shards
from exporter.cli.caching import Caching
from exporter.cli.clusters import Farm
from exporter.cli.display import Count, Display, display
from exporter.cli.elsewhere import is_folder, staged, stamps, walk
from exporter.cli.fetching import Fetching
from exporter.cli.output import say
from exporter.errors import NoArticleError, UsageError
from exporter.files import real
from exporter.model import Outcome
from exporter.read import Source
from exporter.settings import Settings

STDIN: Final = Path("-")


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """What a command line asks for."""

    inputs: tuple[Path, ...]
    url: str | None
    targets: Targets
    settings: Settings
    report: Path | None
    plan: recurrence.Plan
    slots: int
    verbosity: int
    quiet: bool
    fetching: Fetching
    caching: Caching
    farm: Farm = dataclasses.field(default_factory=Farm)
    again: bool = False  # a later run of a watch, which tells what is new
    json_lines: bool = False  # on standard output, in place of paths
    library: bool = False  # whether a page lists what the folder holds
    network: fetch.Network | None = None  # opened for the time of the run

    @property
    def alone(self) -> bool:
        """Tell whether a single capture was named, not a folder or several."""
        return is_alone(self.inputs)


@dataclasses.dataclass(frozen=True, slots=True)
class Begun:
    """A run under way."""

    outcomes: Iterator[Outcome]
    screen: Display
    memory: engine.Memory


KEEPING: Final = click.option(
    "--keep-duplicates/--no-keep-duplicates",
    default=None,
    help="Take every capture of an article, not the fullest alone.",
)
JOINING: Final = (*options.LEARNING[:2], KEEPING)  # what decides on what is known of a run
OPTIONS: Final = (
    click.option("--strict/--no-strict", default=None, help="Fail (3) when anything was lost."),
    KEEPING,
    click.option("--report", metavar="PATH", type=options.WRITTEN, help="Where report.json goes."),
    options.JOBS,
    *options.CLEANING,
    *options.LEARNING,
    results.OPTION,
    *fetching.OPTIONS,
    *caching.OPTIONS,
    *options.LIMITS,
    *options.COMMON,
)


def is_alone(inputs: Sequence[Path]) -> bool:
    """Tell whether a single capture was named, not a folder or several."""
    return len(inputs) == 1 and not is_folder(inputs[0])


Make = Callable[[Run, Source, int], Convert]  # the job of a capture, which has a number in the run


def asked(
    given: Mapping[str, Any],
    inputs: tuple[Path, ...],
    chosen: Targets,
    settings: Settings,
    plan: recurrence.Plan,
) -> Run:
    """Give the run that the values of OPTIONS come to."""
    return Run(
        inputs=inputs,
        url=given["url"],
        targets=chosen,
        settings=settings,
        report=given["report"],
        plan=plan,
        slots=given["jobs"] or engine.cores(),
        verbosity=given["verbose"],
        quiet=given["quiet"],
        fetching=fetching.asked(given),
        caching=caching.asked(given, alone=is_alone(inputs)),
        json_lines=given["json_lines"],
    )


def sources(run: Run) -> Iterator[Source]:
    """Give the captures of a run, at least one.

    Raises:
        UsageError: a path that was named is not there.
        NoArticleError: there is no capture.

    """
    walked = walk(run.inputs, run.settings.limits)
    first = next(walked, None)
    shard = run.plan.shard
    if first is None:
        where = ", ".join(str(path) for path in run.inputs)
        raise NoArticleError(
            "no saved pages in it", where, "pages are .html, .mhtml, .warc, .txt and the like"
        )
    return shards.of(shard, itertools.chain((first,), walked))


@contextmanager
def begun(run: Run, captures: Iterator[Source], make: Make) -> Iterator[Begun]:
    """Give a run under way, whose captures are worked on as `make` says."""
    slots, limits = 1 if run.alone else run.slots, run.settings.limits
    with (
        run.fetching.opened(limits) as network,
        display(counting(run), run.verbosity, quiet=run.quiet, alone=run.alone) as screen,
        run.caching.opened(stamps(run.inputs)) as memory,
        run.farm.opened(slots, memory) as workers,
        staged(workers, run.inputs) as pool,
        recurrence.known(surveyed(run, screen), run.plan, pool, limits) as known,
    ):
        for note in () if run.quiet else known.notes:
            say(note)
        run = dataclasses.replace(run, network=network)
        jobs = _jobs(run, captures, known, make)
        yield Begun(known.withheld.outcomes(jobs, pool), screen, memory)


def _jobs(run: Run, captures: Iterator[Source], known: Known, make: Make) -> Iterator[Convert]:
    for number, source in enumerate(captures):
        addressed = dataclasses.replace(source, url=run.url or source.url)
        yield from known.share(make(run, addressed, number))


def surveyed(run: Run, screen: Display) -> Callable[[], Iterator[Source]]:
    """Give how to walk over the captures once more; standard input can be read but once."""

    def again() -> Iterator[Source]:
        walked = walk(() if STDIN in run.inputs else run.inputs)
        number = 0
        for source in walked:
            if run.plan.holds(source.name):
                number += 1
                screen.look(number)
            yield dataclasses.replace(source, url=run.url or source.url)

    return again


def counting(run: Run) -> Count:
    """Give how to count the captures; those of standard input can't be counted before."""

    def count(most: int) -> int | None:
        if run.alone or STDIN in run.inputs:
            return None
        captures = shards.of(run.plan.shard, walk(run.inputs))
        return sum(1 for _ in itertools.islice(captures, most))

    return count


def one_address(run: Run) -> None:
    """Refuse one address for many pages.

    Raises:
        UsageError: it was given for several captures.

    """
    if run.url and not run.alone:
        raise UsageError("--url is one page's address", "--url", "name one capture")


def spare(run: Run, files: Sequence[Path]) -> None:
    """Refuse to write a report or a book over a capture, or one over the other.

    Raises:
        UsageError: two of the paths are one file.

    """
    written = [*files, *([run.report] if run.report else [])]
    places = [real(path) for path in (*written, *run.inputs)]
    for path, place in zip(written, places, strict=False):
        if places.count(place) > 1:
            raise UsageError("would be written over itself", str(path), "name another file")
