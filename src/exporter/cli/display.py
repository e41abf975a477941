"""What a user sees of a run under way, on standard error: a bar on a terminal, else lines."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from exporter.characters import shown
from exporter.cli.output import say
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
        """Show one outcome."""


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


@contextlib.contextmanager
def display(count: Count, verbosity: int, *, quiet: bool, alone: bool) -> Iterator[Display]:
    """Give the display that fits where standard error goes; it shows something at once."""
    if quiet or alone or verbosity or not sys.stderr.isatty():
        shown = Lines(verbosity, quiet=quiet)
        if not alone:
            shown.expect(count)
        yield shown
        return
    from exporter.cli.bar import Bar  # noqa: PLC0415  (a tenth of a second, for terminals only)

    bar = Bar()
    with bar.progress:
        bar.expect(count)
        yield bar


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
        case Export(status="gone", notes=notes, files=paths):
            stays = "changed since it was made, so it stays" if notes else "--prune removes it"
            yield from (f"gone: {name}: its book is {printable(path)} ({stays})" for path in paths)
        case Export(status="pruned", notes=notes):
            yield from (f"pruned: {name}: {printable(note.detail)}" for note in notes)
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
