"""`exporter report`: what a run has come to, by its reports; those of several shards in one."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import click

from exporter import log
from exporter.cli import away, library, options, results
from exporter.cli.away import Sender
from exporter.cli.output import say
from exporter.cli.status import DONE, NOTHING, SOME_FAILED, Status
from exporter.errors import UsageError
from exporter.library import merging
from exporter.library.report import NAME, Report, Summary

ENDING: Final = ".json"  # of a report; any other URL is a folder's


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
    with ExitStack() as stack:
        senders: dict[Path, Sender] = {}
        paths = [_here(path, stack, senders) for path in given["paths"]]
        return _summed(given, merging.reports(paths), senders)


def _here(path: Path, stack: ExitStack, senders: dict[Path, Sender]) -> Path:
    """Give where reports lie on this machine, brought if they lie in a store."""
    if path.suffix == ENDING:
        return away.brought(path)
    folder = away.here(path)
    sender = stack.enter_context(away.sending(folder, keeps=True))
    if sender is not None:
        sender.bring(*(folder / name for name in sender.names() if merging.SHARD.fullmatch(name)))
        library.brought(folder, sender)
        senders[folder] = sender
    return folder


def _summed(given: dict[str, Any], found: Sequence[Path], senders: Mapping[Path, Sender]) -> int:
    target = _target(given, found)
    status, summary = Status(strict=given["strict"], alone=False), Summary()
    listed = found if given["merge"] and given["library"] else []
    with (
        Report(target) as report,
        library.of_shards(listed, senders, quiet=given["quiet"]) as libraries,
    ):
        for path, table in merging.merged(found):
            outcome, folder = merging.outcome(table), path.parent
            status.add(outcome)
            summary.add(outcome)
            report.state(table)
            there = senders[folder].has if folder in senders else Path.exists
            if folder in libraries and merging.is_in(folder, outcome, there):
                libraries[folder].add(outcome)
    if target is not None and target.parent in senders:
        senders[target.parent].send(target)
    if not given["quiet"]:
        results.sum_up(summary, f"; see {away.named(target)}" if target else "")
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
