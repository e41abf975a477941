"""`exporter survey`: what the pages of a folder tell of their sites, in a file for `learn`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from exporter import log
from exporter.batch import engine
from exporter.cli import away, clusters, headings, options, shards
from exporter.cli.elsewhere import staged, walk
from exporter.cli.output import say, tell
from exporter.read import Source

STRIDE: Final = 10_000  # captures from one line of progress to the next


@click.command(
    "survey",
    cls=headings.Command,
    short_help="Look at many pages, for `learn`: for several machines.",
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, type=options.PATH, required=True)
@options.add(
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=options.WRITTEN,
        required=True,
        help="Where the rows go: a part of a survey.",
    ),
    shards.OPTION,
    *clusters.OPTIONS,
    options.JOBS,
    *options.LIMITS,
    *options.COMMON,
)
def command(**given: Any) -> None:  # noqa: ANN401  (click's values)
    """Look at every page, and write fingerprints of what stands on it into a file.

    `exporter learn` puts the files of all shards together; see docs/scale.md.
    """
    from exporter.batch import parts  # noqa: PLC0415  (sqlite3: 10 ms for this command alone)

    log.to_stderr(given["verbose"])
    limits = options.settings(given).limits
    inputs = tuple(map(Path, given["inputs"]))
    shard = shards.asked(given["shard"])
    told = parts.About(tuple(map(str, inputs)), str(shard or "1/1"))
    sources = _counted(shards.of(shard, walk(inputs, limits)), quiet=given["quiet"])
    farm = clusters.asked(given, inputs)
    with farm.opened(given["jobs"] or engine.cores()) as workers, staged(workers, inputs) as pool:
        count = parts.save(given["output"], engine.survey(sources, pool, limits), told)
    tell(away.named(given["output"]))
    if not given["quiet"]:
        say(f"{count} pages surveyed")


def _counted(sources: Iterator[Source], *, quiet: bool) -> Iterator[Source]:
    for number, source in enumerate(sources, 1):
        if number % STRIDE == 0 and not quiet:
            say(f"looked at {number} captures")
        yield source
