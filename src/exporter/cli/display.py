"""What a user sees of a run under way, on standard error: a bar on a terminal, else lines."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Protocol

import click

from exporter.cli.output import tell
from exporter.library.report import losses, printable
from exporter.model import Export, Failure, Note, Outcome


class Display(Protocol):
    """Shows outcomes as they come."""

    def show(self, outcome: Outcome) -> None:
        """Show one outcome; its result paths go to standard output."""


class Lines:
    """One line an article, plus one for each loss; for pipes, logs and single pages."""

    def __init__(self, verbosity: int, *, quiet: bool) -> None:
        self.verbosity = verbosity
        self.quiet = quiet

    def show(self, outcome: Outcome) -> None:
        """Show one outcome."""
        for line in lines(outcome, self.verbosity):
            if not self.quiet or isinstance(outcome, Failure):
                click.echo(line, err=True)
        paths(outcome)


class Bar:
    """A progress bar under what failed and what was lost."""

    def __init__(self, total: int | None) -> None:
        from rich import progress  # noqa: PLC0415  (a tenth of a second, for terminals only)
        from rich.console import Console  # noqa: PLC0415

        self.failed = 0
        self.progress = progress.Progress(
            progress.TextColumn(
                "{task.completed:.0f} of {task.total:.0f}" if total else "{task.completed:.0f} done"
            ),
            progress.BarColumn(),
            progress.TimeRemainingColumn(),
            progress.TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            redirect_stdout=sys.stdout.isatty(),
            transient=True,
        )
        self.task = self.progress.add_task("", total=total)

    def show(self, outcome: Outcome) -> None:
        """Show one outcome."""
        troubles = isinstance(outcome, Failure) or losses(outcome.notes)
        if troubles:
            for line in lines(outcome, 0):
                self.progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        self.failed += isinstance(outcome, Failure)
        words = f"{self.failed} failed" if self.failed else ""
        self.progress.update(self.task, advance=1, description=words)
        paths(outcome)


@contextlib.contextmanager
def display(total: int | None, verbosity: int, *, quiet: bool, alone: bool) -> Iterator[Display]:
    """Give the display that fits where standard error goes."""
    if quiet or alone or verbosity or not sys.stderr.isatty():
        yield Lines(verbosity, quiet=quiet)
        return
    bar = Bar(total)
    with bar.progress:
        yield bar


def paths(outcome: Outcome) -> None:
    """Print an outcome's files on standard output: what a script reads."""
    if isinstance(outcome, Export):
        for path in outcome.files:
            tell(printable(path))


def lines(outcome: Outcome, verbosity: int) -> Iterator[str]:
    """Give what is to be said of an outcome; all notes under -v, else those that tell of a loss."""
    name = printable(outcome.input)
    match outcome:
        case Failure(error=error):
            advice = f" ({error.remedy})" if error.remedy else ""
            yield printable(f"failed: {error.where or name}: {error.what}{advice}")
        case Export(status="skipped", notes=(why, *_)):
            yield f"skipped: {name}: {why.detail}"
        case Export(title=title, words=words, notes=notes):
            yield f"{outcome.status}: {name}: “{title}”, {words} words"
            for note in notes if verbosity else losses(notes):
                yield f"  {said(note)}"


def said(note: Note) -> str:
    """Give a note as a line."""
    return f"{note.code}: {note.detail}" if note.detail else note.code
