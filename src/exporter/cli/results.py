"""What a run prints on standard output: the paths of the books, or a line of JSON an article."""

import json
from typing import Any, Final, Protocol

import click

from exporter.characters import escaped, shown
from exporter.cli.output import say, tell
from exporter.library.report import Summary, outcome_table, printable
from exporter.model import Export, Outcome

OPTION: Final = click.option(
    "--json-lines",
    is_flag=True,
    help="For programs: print what became of each article as a line of JSON, not the paths.",
)


class Results(Protocol):
    """Prints outcomes as they come."""

    def add(self, outcome: Outcome) -> None:
        """Print what became of an article."""

    def made(self, outcome: Outcome) -> None:
        """Print the files of a book of many articles."""

    def end(self, summary: Summary) -> None:
        """Print what the run has come to."""


class Paths:
    """A path a line: what a shell reads."""

    def add(self, outcome: Outcome) -> None:
        """Print the article's files."""
        if isinstance(outcome, Export) and outcome.status != "gone":
            for path in outcome.files:
                tell(shown(printable(path)))

    def made(self, outcome: Outcome) -> None:
        """Print the book's files."""
        self.add(outcome)

    def end(self, summary: Summary) -> None:
        """Print nothing: paths need no summary."""


class JsonLines:
    """An object a line, the last one the summary; in ASCII, which every pipe takes."""

    def add(self, outcome: Outcome) -> None:
        """Print the outcome as report.json states it."""
        _print(outcome_table(outcome))

    def made(self, outcome: Outcome) -> None:
        """Print nothing: the articles' outcomes name the book."""

    def end(self, summary: Summary) -> None:
        """Print {"summary": ...}."""
        _print({"summary": summary.table()})


def _print(value: dict[str, Any]) -> None:
    tell(escaped(json.dumps(value)))


def told(*, json_lines: bool) -> Results:
    """Give what prints the results of a run."""
    return JsonLines() if json_lines else Paths()


def sum_up(summary: Summary, place: str) -> None:
    """Say what a run has come to, what took it long, and where its report is."""
    say(f"{summary}{place}")
    slow = summary.pace.slow()
    if slow:
        say(f"slowest, where half took less than {_seconds(summary.pace.median)}:")
    for seconds, name in slow:
        say(f"  {_seconds(seconds)}  {printable(name)}")


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds:.2f} s"
