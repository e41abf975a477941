"""`exporter report`: what a run has come to, by its reports; those of several shards in one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from exporter import log
from exporter.cli import library, options, results
from exporter.cli.output import say
from exporter.cli.status import DONE, NOTHING, SOME_FAILED, Status
from exporter.errors import UsageError
from exporter.library import merging
from exporter.library.report import NAME, Report, Summary


@click.command("report", short_help="Sum up reports; put those of several shards together.")
@click.argument("paths", metavar="PATH...", nargs=-1, type=options.PATH, required=True)
@options.add(
    click.option("--merge", is_flag=True, help="Write the reports of all shards into one."),
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=options.WRITTEN,
        help="The merged report.  [default: report.json in the folder]",
    ),
    library.OPTION,
    click.option("--strict/--no-strict", default=False, help="Fail (3) when anything was lost."),
    *options.COMMON,
)
def command(**given: Any) -> int:  # noqa: ANN401  (click's values)
    """Say what has become of the captures, and give the exit code of `exporter convert`.

    PATH is a folder with the reports of shards, or a report. A duplicate is told as failed where
    the capture that stands for it failed in another shard. --merge also writes the library of
    each folder in which shards left their books and their reports.
    """
    log.to_stderr(given["verbose"])
    found = merging.reports(given["paths"])
    target = _target(given, found)
    status, summary = Status(strict=given["strict"], alone=False), Summary()
    listed = found if given["merge"] and given["library"] else []
    with (
        Report(target) as report,
        library.of_shards(listed, quiet=given["quiet"]) as libraries,
    ):
        for path, table in merging.merged(found):
            outcome = merging.outcome(table)
            status.add(outcome)
            summary.add(outcome)
            report.state(table)
            if path.parent in libraries and merging.is_in(path.parent, outcome):
                libraries[path.parent].add(outcome)
    if not given["quiet"]:
        results.sum_up(summary, f"; see {target}" if target else "")
    missing = merging.missing(found)
    for shard in missing:
        say(f"the report of shard {shard} is missing (exporter convert … --shard {shard})")
    code = status.exit_code()
    return SOME_FAILED if missing and code in {DONE, NOTHING} else code


def _target(given: dict[str, Any], found: Sequence[Path]) -> Path | None:
    """Give where the merged report goes; None when nothing is merged.

    Raises:
        UsageError: that can't be.

    """
    output: Path | None = given["output"]
    if not given["merge"]:
        if output is not None:
            raise UsageError("nothing is merged", "-o", "add --merge")
        return None
    target = output or found[0].parent / NAME
    if target in found:
        raise UsageError("would be written over itself", str(target), "name another file with -o")
    return target
