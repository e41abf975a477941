"""`--library`: the page on which what a batch left in its folder is searched and opened."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Final, Protocol

import click

from exporter import files, locking
from exporter.cli import options
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
    return folder is not None and not run.alone and asked and _is_free(folder, quiet=run.quiet)


def _is_free(folder: Path, *, quiet: bool) -> bool:
    from exporter.library import index  # noqa: PLC0415  (a single capture needs none)

    page, inside = folder / index.NAME, folder / files.LIBRARY
    if not index.is_ours(page):
        if not quiet:
            say(f"no library is written: {page} is another's page (--no-library says so)")
        return False
    if not files.is_inside(inside, folder):
        remedy = "remove the link, or say --no-library"
        raise OutputError("a link that leads out of the output folder", str(inside), remedy)
    return True


def opened(run: Run) -> AbstractContextManager[Listing]:
    """Give what lists the articles of a run, and is written when the run ends.

    Shards would write over each other's: `of_shards` lists theirs.
    """
    if not run.library or run.targets.folder is None or run.plan.shard is not None:
        return nullcontext(Nowhere())
    from exporter.library.shelf import Library  # noqa: PLC0415  (sqlite3: a single capture has none)

    return Library(run.targets.folder, run.settings.made)


@contextmanager
def of_shards(reports: Sequence[Path], *, quiet: bool) -> Iterator[Mapping[Path, Listing]]:
    """Give what lists the articles of these reports: for each folder with them its library.

    A folder whose shards kept nothing for a library, as with --no-library, has none.

    Raises:
        OutputError: a library can't be written.

    """
    from exporter.library import merging  # noqa: PLC0415  (for this command alone)
    from exporter.library.shelf import Library  # noqa: PLC0415

    with ExitStack() as stack:
        libraries: dict[Path, Listing] = {}
        for folder in dict.fromkeys(path.parent for path in reports):
            inside = [path for path in reports if path.parent == folder]
            if merging.is_kept(inside, folder) and _is_free(folder, quiet=quiet):
                stack.enter_context(locking.held(folder, "merge"))
                libraries[folder] = stack.enter_context(Library(folder, options.made()))
        yield libraries
