"""A progress bar for a terminal: imported for one only, as rich takes a tenth of a second."""

import sys

from rich import progress
from rich.console import Console

from exporter.cli.display import COUNTED, Count, lines
from exporter.library.report import losses
from exporter.model import Failure, Outcome


class Bar:
    """A progress bar under what failed and what was lost."""

    def __init__(self) -> None:
        self.failed = 0
        self.done = 0
        self.total: int | None = None
        self.progress = progress.Progress(
            progress.TextColumn("{task.fields[told]}", markup=False),
            progress.BarColumn(),
            progress.TextColumn("{task.fields[rate]}", markup=False),
            progress.TimeRemainingColumn(),
            progress.TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            redirect_stdout=sys.stdout.isatty(),
            transient=True,
        )
        self.task = self.progress.add_task("", total=None, told="counting pages", rate="")

    def expect(self, count: Count) -> None:
        """Count the captures, unless there are very many."""
        number = count(COUNTED + 1)
        self.total = None if number is None or number > COUNTED else number
        self.progress.update(self.task, total=self.total, told=self._told())

    def look(self, number: int) -> None:
        """Move the bar to the captures looked at."""
        self.progress.update(
            self.task, completed=number, told=f"looked at {number}", rate=self._rate()
        )

    def show(self, outcome: Outcome) -> None:
        """Show one outcome."""
        lacks = isinstance(outcome, Failure) or losses(outcome.notes)
        if lacks or outcome.status in {"gone", "pruned"}:
            for line in lines(outcome, 0):
                self.progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        self.failed += isinstance(outcome, Failure)
        self.done += 1
        if self.done == 1:
            self.progress.reset(self.task)  # what was looked at first took time of its own
        if self.total is not None and self.done > self.total:
            # captures were counted, and some hold many articles
            self.total = self.progress.tasks[self.task].total = None
        self.progress.update(
            self.task,
            completed=self.done,
            description=f"{self.failed} failed" if self.failed else "",
            told=self._told(),
            rate=self._rate(),
        )

    def _told(self) -> str:
        return f"{self.done} done" if self.total is None else f"{self.done} of {self.total}"

    def _rate(self) -> str:
        """Give the articles of a second, or of a minute where a second sees none."""
        speed = self.progress.tasks[self.task].speed
        if not speed:
            return ""
        return f"{speed:.1f} a second" if speed >= 1 else f"{speed * 60:.1f} a minute"
