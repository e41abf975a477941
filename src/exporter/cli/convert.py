"""`exporter convert`: one edition for each article."""

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import click

from exporter import fetch, log, themes
from exporter.batch import engine, recurrence
from exporter.batch.jobs import Convert, Limits, Targets
from exporter.batch.recurrence import Known
from exporter.cli import editions, fetching, options
from exporter.cli.display import Count, Display, display
from exporter.cli.fetching import Fetching
from exporter.cli.status import Status
from exporter.cli.targets import agree, formats, targets
from exporter.errors import NoArticleError, UsageError
from exporter.library.report import NAME, Report, Summary
from exporter.model import Settings
from exporter.read import Source, walk

INPUT: Final = Path("input")
OUTPUT: Final = Path("output")
STDIN: Final = "-"


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """What a command line asks for."""

    inputs: tuple[Path, ...]
    url: str | None
    targets: Targets
    settings: Settings
    limits: Limits
    report: Path | None
    plan: recurrence.Plan
    slots: int
    verbosity: int
    quiet: bool
    fetching: Fetching
    network: fetch.Network | None = None  # opened for the time of the run

    @property
    def alone(self) -> bool:
        """Tell whether a single capture was named, not a folder or several."""
        return len(self.inputs) == 1 and not self.inputs[0].is_dir()


@click.command("convert", short_help="Saved pages into books, one for each article.")
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=options.PATH)
@options.add(
    click.option(
        "-o",
        "--output",
        metavar="PATH",
        multiple=True,
        help="A folder, or a file whose ending says the format; twice for two files."
        "  [default: output/]",
    ),
    click.option("-f", "--format", "formats", metavar="NAMES", help='As in "epub,pdf".'),
    *editions.OPTIONS,
    click.option("--strict/--no-strict", default=None, help="Fail (3) when anything was lost."),
    click.option(
        "--keep-duplicates/--no-keep-duplicates",
        default=None,
        help="Export every capture of an article, not the fullest alone.",
    ),
    click.option("--report", metavar="PATH", type=options.PATH, help="Where report.json goes."),
    click.option("-j", "--jobs", type=click.IntRange(min=1), help="Workers.  [default: cores]"),
    *options.CLEANING,
    *options.LEARNING,
    *fetching.OPTIONS,
    *options.LIMITS,
    *options.COMMON,
)
def command(**given: Any) -> int:  # noqa: ANN401  (click's values, turned into a Run at once)
    """Make one edition of each article in files, folders, patterns or "-" (standard input).

    Without INPUT, what is in input/ goes to output/. The paths of the books go to standard
    output, all else to standard error; report.json in the output folder says what became of
    every page.
    """
    asked = request(given)
    log.to_stderr(asked.verbosity)
    return execute(asked)


def request(given: dict[str, Any]) -> Run:
    """Give what the options come to.

    Raises:
        UsageError: they make no sense.
        ConfigError: the config file or theme makes none.

    """
    inputs = tuple(given["inputs"]) or (INPUT,)
    if not given["inputs"] and not INPUT.is_dir():
        raise UsageError("nothing to convert", remedy="name a file or folder, or make input/")
    named = formats(given["formats"]) if given["formats"] is not None else None
    chosen = targets(given["output"], OUTPUT)
    settings = options.settings(given | {"formats": agree(chosen, named)})
    formats(",".join(settings.formats))  # the config file's are as free as -f's
    themes.chosen(settings)
    report = given["report"] or (chosen.folder / NAME if chosen.folder else None)
    record = report.with_name(recurrence.NAME) if report is not None else None
    plan = options.plan(given, settings, inputs, record)
    compares = chosen.folder is not None and not settings.keep_duplicates
    run = Run(
        inputs=inputs,
        url=given["url"],
        targets=chosen,
        settings=settings,
        limits=options.limits(given),
        report=report,
        plan=dataclasses.replace(plan, compared=settings if compares else None),
        slots=given["jobs"] or engine.cores(),
        verbosity=given["verbose"],
        quiet=given["quiet"],
        fetching=fetching.asked(given),
    )
    _spare(run)
    if chosen.files and not run.alone:
        raise UsageError("-o names a file, but there are several captures", "-o", "name a folder")
    if run.url and not run.alone:
        raise UsageError("--url is one page's address", "--url", "name one capture")
    return run


def _spare(run: Run) -> None:
    """Refuse to write a report or a book over a capture, or one over the other.

    Raises:
        UsageError: two of the paths are one file.

    """
    written = [*run.targets.files, *([run.report] if run.report else [])]
    places = [path.resolve() for path in (*written, *run.inputs)]
    for path, place in zip(written, places, strict=False):
        if places.count(place) > 1:
            raise UsageError("would be written over itself", str(path), "name another file")


def jobs(run: Run, sources: Iterable[Source], known: Known) -> Iterator[Convert]:
    """Give the jobs of each source."""
    for source in sources:
        yield from known.share(
            Convert(
                dataclasses.replace(source, url=run.url or source.url),
                run.settings,
                run.limits,
                targets=run.targets,
                identity=engine.identity(source, run.inputs),
                network=run.network,
            )
        )


def execute(run: Run) -> int:
    """Do what was asked; give the exit code."""
    sources = walk(run.inputs)
    first = next(sources, None)
    if first is None:
        where = ", ".join(str(path) for path in run.inputs)
        raise NoArticleError(
            "no saved pages in it", where, "pages are .html, .mhtml, .warc, .txt and the like"
        )
    status = Status(strict=run.settings.strict, alone=run.alone)
    summary = Summary()
    slots = 1 if run.alone else run.slots
    try:
        with (
            run.fetching.opened(run.limits) as network,
            Report(run.report) as report,
            display(counting(run), run.verbosity, quiet=run.quiet, alone=run.alone) as screen,
            engine.local(slots) as executor,
            recurrence.known(surveyed(run, screen), run.plan, executor, slots, run.limits) as known,
        ):
            for note in () if run.quiet else known.notes:
                click.echo(note, err=True)
            run = dataclasses.replace(run, network=network)
            todo = jobs(run, itertools.chain((first,), sources), known)
            for outcome in known.withheld.outcomes(todo, executor, slots):
                status.add(outcome)
                summary.add(outcome)
                report.add(outcome)
                screen.show(outcome)
    finally:
        if not run.quiet and (not run.alone or summary.total > 1):
            place = f"; see {run.report}" if run.report else ""
            click.echo(f"{summary}{place}", err=True)
    return status.exit_code()


def surveyed(run: Run, screen: Display) -> Callable[[], Iterator[Source]]:
    """Give how to walk over the captures once more; standard input can be read but once."""

    def again() -> Iterator[Source]:
        walked = walk(() if Path(STDIN) in run.inputs else run.inputs)
        for number, source in enumerate(walked, 1):
            screen.look(number)
            yield dataclasses.replace(source, url=run.url or source.url)

    return again


def counting(run: Run) -> Count:
    """Give how to count the captures; those of standard input can't be counted before."""

    def count(most: int) -> int | None:
        if run.alone or Path(STDIN) in run.inputs:
            return None
        return sum(1 for _ in itertools.islice(walk(run.inputs), most))

    return count
