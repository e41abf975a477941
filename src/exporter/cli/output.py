"""Standard output, for results alone: read by a pipe that may close, or a disk that may be full."""

import os
import sys

import click

from exporter.errors import OutputError


def tell(text: str) -> None:
    """Print a result. A reader that has enough ends nothing: the books are made all the same.

    Raises:
        OutputError: standard output can't be written.

    """
    try:
        click.echo(text)
    except BrokenPipeError:
        # what follows, and Python's flush at exit, goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(error.strerror or "can't be written", "standard output") from error
