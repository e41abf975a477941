"""`--library`: the page on which what a batch left in its folder is searched and opened."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Final, Protocol

import click

from exporter import files
from exporter.cli.output import say
from exporter.cli.running import Run
from exporter.errors import OutputError
from exporter.model import Outcome

OPTION: Final = click.option(
    "--library/--no-library",
    default=True,
    help="Beside the books of a batch, write index.html, on which they are searched, and"
    " opds.xml for reading apps.  [default: library]",
)


class Listing(Protocol):
    """What lists the articles of a run."""

    def add(self, outcome: Outcome) -> None:
        """List an article."""


class Nowhere:
    """No library."""

    def add(self, outcome: Outcome) -> None:
        """List nothing."""


def is_wanted(folder: Path | None, run: Run, *, asked: bool) -> bool:
    """Tell whether a run writes a library: not in the place of another's page.

    Raises:
        OutputError: its folder is a link that leads out of the output folder.

    """
    if folder is None or run.alone or not asked:
        return False
    from exporter.library import index  # noqa: PLC0415  (a single capture needs none)

    page, inside = folder / index.NAME, folder / files.LIBRARY
    if not index.is_ours(page):
        if not run.quiet:
            say(f"no library is written: {page} is another's page (--no-library says so)")
        return False
    if not files.is_inside(inside, folder):
        remedy = "remove the link, or say --no-library"
        raise OutputError("a link that leads out of the output folder", str(inside), remedy)
    return True


def opened(run: Run) -> AbstractContextManager[Listing]:
    """Give what lists the articles of a run, and is written when the run ends."""
    if not run.library or run.targets.folder is None:
        return nullcontext(Nowhere())
    from exporter.library.shelf import Library  # noqa: PLC0415  (sqlite3: a single capture has none)

    return Library(run.targets.folder, run.settings.made)
