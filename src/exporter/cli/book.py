"""`exporter book`: one book of many articles."""

import dataclasses
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from exporter import files, log, themes
from exporter.batch import assembly, engine
from exporter.batch.assembly import Plan
from exporter.batch.jobs import Targets
from exporter.batch.ordering import GROUPS, ORDERS
from exporter.cli import away, editions, headings, manifest, options, results, running
from exporter.cli.elsewhere import is_folder
from exporter.cli.running import Run
from exporter.cli.shelf import Shelf
from exporter.cli.status import NOTHING, SOME_FAILED, Status
from exporter.cli.targets import agree, targets
from exporter.errors import UsageError
from exporter.library.report import Report, Summary
from exporter.model import Export, Failure, Outcome
from exporter.read import Source
from exporter.write import parts

NUMBER: Final = re.compile(r"\d{1,6}(?:\.\d{1,3})?")  # yes: "2", "2.5"; no: "II", "2."
HERE: Final = Path()


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What a command line asks for."""

    run: Run
    files: tuple[Path, ...]
    plan: Plan
    entries: tuple[manifest.Entry, ...]


@click.command(
    "book", cls=headings.Command, short_help="Saved pages into one book of many articles."
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, type=options.PATH)
@options.add(
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        multiple=True,
        help="The book; its ending says the format. Twice for two files.",
    ),
    click.option("--title", metavar="TEXT", help="The book's title.  [default: its folder's name]"),
    click.option(
        "--order",
        type=click.Choice(list(ORDERS)),
        help="Order of the articles.  [default: given; inside a folder by date]",
    ),
    click.option(
        "--group-by",
        type=click.Choice(list(GROUPS)),
        help="What the articles of each part have in common.  [default: none, or the manifest's]",
    ),
    click.option("--series", metavar="TEXT", help="The series that the book belongs to."),
    click.option("--number", metavar="N", help="The book's place in its series, as in 2 or 2.5."),
    click.option("--language", metavar="TAG", help="The book's language, as in fr or pt-BR."),
    *editions.OPTIONS,
    *running.OPTIONS,
)
def command(**given: Any) -> int:  # noqa: ANN401  (click's values, turned into a value at once)
    """Bind the articles in files and folders into one book, with contents and sources.

    INPUT may be one manifest instead, book.toml or book.json, which names articles and parts.
    Articles come as given, inside a folder by date. Links from one to another lead to it in the
    book.
    """
    asked = request(given)
    log.to_stderr(asked.run.verbosity)
    return execute(asked)


def request(given: dict[str, Any]) -> Asked:
    """Give what the options come to.

    Raises:
        UsageError: they make no sense.
        ConfigError: the manifest, the config file or the theme makes none.

    """
    named: tuple[Path, ...] = given["inputs"]
    if not named:
        raise UsageError("nothing to bind", remedy="name pages, folders or a manifest")
    chosen = targets(given["output"], HERE)
    if not chosen.files:
        raise UsageError("a book is a file", "-o", "name one, as in -o book.epub")
    book = _manifest(named)
    inputs = tuple(entry.path for entry in book.entries)
    settings = options.settings(given | {"formats": agree(chosen, None)})
    themes.chosen(settings)
    plan = options.plan(given, settings, inputs, None)
    plan = dataclasses.replace(plan, compared=None if settings.keep_duplicates else settings)
    run = running.asked(given, inputs, chosen, settings, plan)
    running.spare(dataclasses.replace(run, inputs=(*inputs, *named)), chosen.files)
    running.one_address(run)
    return Asked(run, chosen.files, _plan(given, book, chosen.files[0]), book.entries)


def _manifest(named: tuple[Path, ...]) -> manifest.Manifest:
    """Give what was named, as a manifest says it; patterns are what they match, as in a shell."""
    # what is not there stays: reading it tells so
    paths = [path for name in named for path in (*manifest.found(HERE, str(name)),) or (name,)]
    manifests = [path for path in paths if manifest.is_manifest(path)]
    if not manifests:
        return manifest.Manifest(tuple(map(manifest.Entry, paths)))
    if len(paths) > 1:
        remedy = "give it alone, and name the pages in it"
        raise UsageError("a manifest is a whole book", str(manifests[0]), remedy)
    return manifest.load(manifests[0])


def _plan(given: dict[str, Any], book: manifest.Manifest, target: Path) -> Plan:
    divided = any(entry.part for entry in book.entries)
    return Plan(
        title=given["title"] or book.title or _title(book, target),
        order=given["order"] or book.order or None,
        group_by=given["group_by"] or book.group_by or ("part" if divided else "none"),
        language=_language(given["language"]) or book.language,
        series=given["series"] or book.series,
        number=_number(given["number"] or book.number, given["series"] or book.series),
    )


def _language(tag: str | None) -> str:
    if tag and not parts.is_language(tag):
        raise UsageError(f"no language: {tag}", "--language", manifest.LIKE)
    return tag or ""


def _number(number: str, series: str) -> str:
    """Give the number of a book in its series, as shelves sort it."""
    if number and not series:
        raise UsageError("a number needs a series", "--number", "name it with --series")
    if number and not NUMBER.fullmatch(number):
        raise UsageError(f"no number of a book: {number}", "--number", "as in 2 or 2.5")
    return number


def _title(book: manifest.Manifest, target: Path) -> str:
    """Give the title of a book that has none: the name of its folder, else of its file."""
    if len(book.entries) == 1 and is_folder(book.entries[0].path):
        return files.real(book.entries[0].path).name
    return " ".join(target.stem.replace("_", " ").replace("-", " ").split()).capitalize()


def execute(asked: Asked) -> int:
    """Do what was asked; give the exit code."""
    captures = running.sources(asked.run)
    place = asked.files[0].parent
    status, summary = Status(strict=asked.run.settings.strict, alone=asked.run.alone), Summary()
    with files.folder_for_files(place):
        try:
            _make(asked, captures, place, (status, summary))
        finally:
            if not asked.run.quiet:
                where = f"; see {away.named(asked.run.report)}" if asked.run.report else ""
                results.sum_up(summary, where)
            results.told(json_lines=asked.run.json_lines).end(summary)
        for file in asked.files:
            away.deliver(file)
    code = status.exit_code()
    return code if summary.statuses["exported"] or code != SOME_FAILED else NOTHING


def _make(
    asked: Asked, captures: Iterator[Source], place: Path, counts: tuple[Status, Summary]
) -> None:
    """Make the book, with a spool in `place`; count and report what became of each article."""
    with (
        Report(asked.run.report) as report,
        tempfile.TemporaryDirectory(prefix=files.PART, dir=place) as spool,
    ):
        for outcome in map(away.shown, outcomes(asked, captures, Path(spool))):
            for count in counts:
                count.add(outcome)
            report.add(outcome)
            if asked.run.json_lines:
                results.JsonLines().add(outcome)


def outcomes(asked: Asked, captures: Iterator[Source], spool: Path) -> Iterator[Outcome]:
    """Collect the articles in the spool and bind them; give what became of each."""
    run = dataclasses.replace(asked.run, targets=Targets(folder=spool))
    shelf = Shelf(asked.entries)
    told = results.told(json_lines=run.json_lines)
    kept: list[Export] = []
    with running.begun(run, captures, shelf.job) as begun:
        for outcome in begun.outcomes:
            if isinstance(outcome, Export) and outcome.files:
                kept.append(outcome)
                begun.screen.show(dataclasses.replace(outcome, files=()))
            else:
                begun.screen.show(outcome)
                yield outcome
    if not kept:
        return
    records = [Path(outcome.files[0]) for outcome in kept]
    book = assembly.book(records, shelf.origins, asked.plan, run.settings)
    jobs = assembly.jobs(book, asked.files, run.settings)
    # the workers that printed the articles are gone: binding needs memory of its own
    with engine.local(1) as pool:
        bound = list(engine.run(jobs, pool))
    names = [str(file) for file in asked.files]
    bound.sort(key=lambda result: names.index(result.input))
    for result in bound:
        begun.screen.show(away.shown(result))
        told.made(away.shown(result))
    yield from _settled(kept, bound)


def _settled(kept: list[Export], results: list[Outcome]) -> Iterator[Outcome]:
    """Give what became of the articles collected once the book is bound, or is not."""
    failed = [result for result in results if isinstance(result, Failure)]
    made = tuple(file for result in results for file in _files(result))
    yield from failed
    for outcome in kept:
        if made:
            yield dataclasses.replace(outcome, files=made)
        else:
            yield Failure(outcome.input, failed[0].error, outcome.seconds)


def _files(result: Outcome) -> tuple[str, ...]:
    return result.files if isinstance(result, Export) else ()
