"""`exporter convert`: one edition for each article."""

import dataclasses
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Final

import click

from exporter import locking, log, themes
from exporter.batch import engine, recurrence
from exporter.batch.jobs import Convert, Targets
from exporter.batch.shards import Shard
from exporter.cli import (
    away,
    caching,
    clusters,
    editions,
    headings,
    library,
    options,
    results,
    running,
    shards,
    watching,
)
from exporter.cli.running import Begun, Run
from exporter.cli.status import DONE, Status
from exporter.cli.targets import agree, formats, targets
from exporter.cli.watching import Ended
from exporter.errors import UsageError
from exporter.library.report import NAME, Report, Summary
from exporter.model import Outcome
from exporter.read import Source

INPUT: Final = Path("input")
OUTPUT: Final = Path("output")
KNOWN: Final = frozenset({"unchanged", "skipped", "duplicate"})  # told by the first run of a watch


@click.command(
    "convert", cls=headings.Command, short_help="Saved pages into books, one for each article."
)
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
    click.option(
        "-f",
        "--format",
        "formats",
        metavar="NAMES",
        help='Of epub, pdf, html, md: as in "epub,pdf".',
    ),
    shards.OPTION,
    *clusters.OPTIONS,
    library.OPTION,
    *editions.OPTIONS,
    *running.OPTIONS,
    caching.PRUNE,
    watching.OPTION,
)
def command(**given: Any) -> int:  # noqa: ANN401  (click's values, turned into a Run at once)
    """Make one edition of each article in files, folders, patterns or "-" (standard input).

    Without INPUT, what is in input/ goes to output/. The paths of the books go to standard
    output, all else to standard error; report.json in the output folder says what became of
    every page.
    """
    asked = request(given)
    log.to_stderr(asked.verbosity)
    if given["watch"]:
        watching.check(asked)
        return watching.follow(asked, made)
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
    shard = _shard(given, chosen)
    name = f"report-{shard.stem}.json" if shard is not None else NAME
    report = given["report"] or (chosen.folder / name if chosen.folder else None)
    record = report.with_name(recurrence.NAME) if report is not None and shard is None else None
    plan = options.plan(given, settings, inputs, record)
    compares = chosen.folder is not None and not settings.keep_duplicates
    plan = dataclasses.replace(plan, compared=settings if compares else None, shard=shard)
    run = running.asked(given, inputs, chosen, settings, plan)
    farm = clusters.asked(given, inputs, chosen.folder)
    shelved = library.is_wanted(chosen.folder, run, asked=given["library"])
    run = dataclasses.replace(run, report=report, farm=farm, library=shelved)
    running.spare(run, chosen.files)
    if chosen.files and not run.alone:
        raise UsageError("-o names a file, but there are several captures", "-o", "name a folder")
    running.one_address(run)
    return run


def _shard(given: dict[str, Any], chosen: Targets) -> Shard | None:
    """Give the shard that is asked for.

    Raises:
        UsageError: there is no such shard, or nothing tells it what others know.

    """
    shard = shards.asked(given["shard"])
    if shard is not None and given["learned"] is None:
        remedy = "see `exporter survey` and `exporter learn`"
        raise UsageError("a shard needs what all shards know: --learned", "--shard", remedy)
    if shard is not None and given["prune"]:
        raise UsageError("a shard has a part of the books", "--prune", "prune without --shard")
    if shard is not None and chosen.folder is None:
        raise UsageError("a shard has several books, and -o names a file", "-o", "name a folder")
    return shard


def job(run: Run, source: Source, number: int) -> Convert:
    """Give the job that converts a capture."""
    del number
    return Convert(
        source,
        run.settings,
        targets=run.targets,
        identity=engine.identity(source, run.inputs),
        network=run.network,
        library=run.library,
    )


def locked(run: Run) -> AbstractContextManager[None]:
    """Give what keeps other runs out of the output folder."""
    folder = run.targets.folder
    shard = run.plan.shard
    return (
        locking.held(folder, shard.stem if shard else "") if folder is not None else nullcontext()
    )


def _all(run: Run, begun: Begun, status: Status) -> Iterator[Outcome]:
    """Give the outcomes of a run, then, unless it stopped early, of books whose captures are gone.

    `status` knows each outcome before the next is asked for.
    """
    yield from begun.outcomes
    if run.targets.folder is not None and run.plan.shard is None and not status.hopeless:
        prune = run.caching.prune
        yield from begun.memory.gone(run.targets.folder, run.inputs, prune=prune)


def execute(run: Run) -> int:
    """Do what was asked; give the exit code."""
    return made(run).code


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """Who hears of each outcome."""

    status: Status
    summary: Summary
    results: results.Results


def made(run: Run) -> Ended:
    """Do what was asked; give what it has come to."""
    captures = running.sources(run)
    status = Status(strict=run.settings.strict, alone=run.alone)
    told = Told(status, Summary(), results.told(json_lines=run.json_lines))
    keeps = run.caching.path is not None
    try:
        with locked(run), away.sending(away.mirror(run.targets), keeps=keeps) as sender:
            library.bring(run, sender)
            wanted = library.is_wanted(run.targets.folder, run, asked=run.library)
            run = dataclasses.replace(run, library=wanted)
            _make(run, captures, sender, told)
            if sender is not None:
                for path in _beside(run):
                    sender.send(path)
    finally:
        if not run.quiet and (not run.alone or told.summary.total > 1):
            results.sum_up(told.summary, f"; see {away.named(run.report)}" if run.report else "")
        told.results.end(told.summary)
    empty = run.plan.shard is not None and not told.summary.total
    return Ended(DONE if empty else status.exit_code(), status.hopeless)


def _make(run: Run, captures: Iterator[Source], sender: away.Sender | None, told: Told) -> None:
    """Make the books of a run and what is written beside them; tell of each article."""
    with (
        Report(run.report, str(run.plan.shard or "")) as report,
        library.opened(run, sender) as listing,
        running.begun(run, captures, job) as begun,
    ):
        outcomes = _all(run, begun, told.status)
        for made_here, outcome in away.sent(outcomes, sender):
            told.status.add(outcome)
            told.summary.add(outcome)
            report.add(outcome)
            listing.add(made_here)
            if not (run.again and outcome.status in KNOWN):
                begun.screen.show(outcome)
                told.results.add(outcome)


def _beside(run: Run) -> Iterator[Path]:
    """Give the files of a run that are no article's and lie in its mirror."""
    mirror = away.mirror(run.targets)
    for path in filter(None, (run.report, run.plan.record)):
        if path.parent == mirror and path.is_file():
            yield path
    if run.library and run.targets.folder is not None and run.plan.shard is None:
        yield from library.pages(run.targets.folder)
