"""`exporter learn`: the parts of a survey put together, for the shards of `exporter convert`."""

import dataclasses
from pathlib import Path
from typing import Any

import click

from exporter import log
from exporter.batch import engine, recurrence
from exporter.cli import away, clusters, headings, options, running
from exporter.cli.elsewhere import staged, walk
from exporter.cli.output import say, tell


@click.command(
    "learn",
    cls=headings.Command,
    short_help="Put the parts of a survey together: for several machines.",
)
@click.argument("parts", metavar="PART...", nargs=-1, type=options.PATH, required=True)
@options.add(
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=options.WRITTEN,
        required=True,
        help="What `exporter convert --learned` reads.",
    ),
    *options.CLEANING,
    *running.JOINING,
    *clusters.OPTIONS,
    options.JOBS,
    *options.LIMITS,
    *options.COMMON,
)
def command(**given: Any) -> None:  # noqa: ANN401  (click's values)
    """Find what recurs on each site, which pages are one article and which are duplicates.

    PARTs are those of all shards of one survey. Pages that may be duplicates are read once more,
    to compare their articles: run it where the inputs are, under the names that `exporter survey`
    had, or give --keep-duplicates.
    """
    from exporter.batch import common, parts  # noqa: PLC0415  (sqlite3: for this command alone)

    log.to_stderr(given["verbose"])
    settings = options.settings(given)
    found = tuple(map(away.brought, given["parts"]))
    named = parts.whole(found)
    inputs = tuple(map(Path, named))
    plan = options.plan(given, settings, inputs, None)
    compared = None if settings.keep_duplicates else settings
    plan = dataclasses.replace(plan, compared=compared, memory=None)
    with (
        clusters.asked(given, inputs).opened(given["jobs"] or engine.cores()) as workers,
        staged(workers, inputs) as pool,
        recurrence.gathered(parts.load(found), lambda: walk(inputs), plan, pool) as known,
    ):
        common.save(given["output"], named, known)
        articles = sum(map(len, known.articles.values()))
        others = sum(len(group.others) for group in known.withheld.groups)
    tell(away.named(given["output"]))
    if not given["quiet"]:
        for note in known.notes:
            say(note)
        say(f"{articles} articles saved page by page, {others} duplicates")
