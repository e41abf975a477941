"""What a user sees of a run under way, on standard error: a bar on a terminal, else lines."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from exporter.characters import shown
from exporter.cli.output import say, tell
from exporter.library.report import losses, printable
from exporter.model import Export, Failure, Note, Outcome

TITLE: Final = 120  # letters of one on a line
COUNTED: Final = 10_000  # captures counted for a bar; beyond, it shows no end
CROWD: Final = 200  # captures from which a log says what goes on before the first outcome
STRIDE: Final = 500  # captures from one such line to the next
Count = Callable[[int], int | None]  # counts captures up to a limit; None: nobody can know


class Display(Protocol):
    """Shows outcomes as they come."""

    def look(self, number: int) -> None:
        """Show how many captures were looked at before any is converted."""

    def show(self, outcome: Outcome) -> None:
        """Show one outcome; its result paths go to standard output."""


class Lines:
    """One line an article, plus one for each loss; for pipes, logs and single pages."""

    def __init__(self, verbosity: int, *, quiet: bool) -> None:
        self.verbosity = verbosity
        self.quiet = quiet

    def expect(self, count: Count) -> None:
        """Say at once that there is much to do."""
        if not self.quiet and (count(CROWD + 1) or 0) > CROWD:
            say(f"more than {CROWD} pages: looking at all of them first")

    def look(self, number: int) -> None:
        """Say now and then how many captures were looked at."""
        if not self.quiet and number % STRIDE == 0:
            say(f"looked at {number} pages")

    def show(self, outcome: Outcome) -> None:
        """Show one outcome."""
        for line in lines(outcome, self.verbosity):
            if not self.quiet or isinstance(outcome, Failure):
                say(line)
        paths(outcome)


class Bar:
    """A progress bar under what failed and what was lost."""

    def __init__(self) -> None:
        from rich import progress  # noqa: PLC0415  (a tenth of a second, for terminals only)
        from rich.console import Console  # noqa: PLC0415

        self.failed = 0
        self.done = 0
        self.total: int | None = None
        self.progress = progress.Progress(
            progress.TextColumn("{task.fields[told]}", markup=False),
            progress.BarColumn(),
            progress.TimeRemainingColumn(),
            progress.TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            redirect_stdout=sys.stdout.isatty(),
            transient=True,
        )
        self.task = self.progress.add_task("", total=None, told="counting pages")

    def expect(self, count: Count) -> None:
        """Count the captures, unless there are very many."""
        number = count(COUNTED + 1)
        self.total = None if number is None or number > COUNTED else number
        self.progress.update(self.task, total=self.total, told=self._told())

    def look(self, number: int) -> None:
        """Move the bar to the captures looked at."""
        self.progress.update(self.task, completed=number, told=f"looked at {number}")

    def _told(self) -> str:
        return f"{self.done} done" if self.total is None else f"{self.done} of {self.total}"

    def show(self, outcome: Outcome) -> None:
        """Show one outcome."""
        troubles = isinstance(outcome, Failure) or losses(outcome.notes)
        if troubles:
            for line in lines(outcome, 0):
                self.progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        self.failed += isinstance(outcome, Failure)
        words = f"{self.failed} failed" if self.failed else ""
        self.done += 1
        if self.done == 1:
            self.progress.reset(self.task)  # what was looked at first took time of its own
        self.progress.update(self.task, completed=self.done, description=words, told=self._told())
        paths(outcome)


@contextlib.contextmanager
def display(count: Count, verbosity: int, *, quiet: bool, alone: bool) -> Iterator[Display]:
    """Give the display that fits where standard error goes; it shows something at once."""
    if quiet or alone or verbosity or not sys.stderr.isatty():
        shown = Lines(verbosity, quiet=quiet)
        if not alone:
            shown.expect(count)
        yield shown
        return
    bar = Bar()
    with bar.progress:
        bar.expect(count)
        yield bar


def paths(outcome: Outcome) -> None:
    """Print an outcome's files on standard output: what a script reads."""
    if isinstance(outcome, Export):
        for path in outcome.files:
            tell(shown(printable(path)))


def lines(outcome: Outcome, verbosity: int) -> Iterator[str]:
    """Give what is to be said of an outcome; all notes under -v, else those that tell of a loss."""
    return map(shown, _lines(outcome, verbosity))


def _lines(outcome: Outcome, verbosity: int) -> Iterator[str]:
    name = printable(outcome.input)
    match outcome:
        case Failure(error=error):
            advice = f" ({error.remedy})" if error.remedy else ""
            yield printable(f"failed: {error.where or name}: {error.what}{advice}")
        case Export(status="skipped", notes=(why, *_)):
            yield f"skipped: {name}: {why.detail}"
        case Export(status="duplicate", notes=(why, *_)):
            yield f"duplicate: {name}: {printable(why.detail)}"
        case Export(title=title, words=words, notes=notes):
            yield f"{outcome.status}: {name}: “{_short(title)}”, {words} words"
            for note in notes if verbosity else losses(notes):
                yield f"  {said(note)}"


def _short(title: str) -> str:
    """Give a title as a line has room for it."""
    return title if len(title) <= TITLE else f"{title[:TITLE].rstrip()}…"


def said(note: Note) -> str:
    """Give a note as a line."""
    return f"{note.code}: {note.detail}" if note.detail else note.code
