"""What a command says: results on standard output, all else on standard error.

Much of it is a page's own words: nothing of them reaches a terminal that it would obey. A pipe that
reads results may close, and the disk that takes them may be full.
"""

import os
import sys

import click

from exporter.characters import shown
from exporter.errors import OutputError


def tell(text: str) -> None:
    """Print a result. A reader that has enough ends nothing: the books are made all the same.

    Raises:
        OutputError: standard output can't be written.

    """
    try:
        click.echo(_obeyed_by_none(text))
    except BrokenPipeError:
        # what follows, and Python's flush at exit, goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(error.strerror or "can't be written", "standard output") from error


def say(text: str) -> None:
    """Print on standard error: one line, or several of ours."""
    click.echo(_obeyed_by_none(text), err=True)


def _obeyed_by_none(text: str) -> str:
    return "\n".join(map(shown, text.split("\n")))
