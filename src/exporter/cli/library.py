"""`--library`: the page on which what a batch left in its folder is searched and opened."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from itertools import count, takewhile
from pathlib import Path
from typing import Final, Protocol

import click

from exporter import files, locking
from exporter.cli import options
from exporter.cli.away import Sender
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


def bring(run: Run, sender: Sender | None) -> None:
    """Bring the library of a store as it is there, to add to it.

    Raises:
        OutputError: it can't be brought.

    """
    alone = run.library and run.plan.shard is None
    if sender is not None and run.targets.folder is not None and alone:
        brought(run.targets.folder, sender)


def brought(folder: Path, sender: Sender) -> None:
    """Bring the library of a mirror's store as it is there.

    Raises:
        OutputError: it can't be brought.

    """
    from exporter.library import index  # noqa: PLC0415

    sender.bring(folder / index.NAME, folder / files.LIBRARY / files.CATALOGUE)


def pages(folder: Path) -> Iterator[Path]:
    """Give the files of a folder's library that belong to no article."""
    from exporter.library import index, opds  # noqa: PLC0415
    from exporter.library.pages import name_of  # noqa: PLC0415

    yield folder / files.LIBRARY / files.CATALOGUE
    for first in (index.NAME, opds.NAME):
        numbered = (folder / name_of(first, number) for number in count(1))
        yield from takewhile(Path.is_file, numbered)


def opened(run: Run, sender: Sender | None = None) -> AbstractContextManager[Listing]:
    """Give what lists the articles of a run, and is written when the run ends.

    Shards would write over each other's: `of_shards` lists theirs.
    """
    if not run.library or run.targets.folder is None or run.plan.shard is not None:
        return nullcontext(Nowhere())
    from exporter.library.shelf import Library  # noqa: PLC0415  (sqlite3: a single capture has none)

    there = sender.has if sender is not None else Path.exists
    return Library(run.targets.folder, run.settings.made, there)


@contextmanager
def of_shards(
    reports: Sequence[Path], senders: Mapping[Path, Sender], *, quiet: bool
) -> Iterator[Mapping[Path, Listing]]:
    """Give what lists the articles of these reports: for each folder with them its library.

    `senders` are those of the folders that are mirrors.

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
            there = senders[folder].has if folder in senders else Path.exists
            if merging.is_kept(inside, folder, there) and _is_free(folder, quiet=quiet):
                stack.enter_context(locking.held(folder, "merge"))
                listing = Library(folder, options.made(), there)
                libraries[folder] = stack.enter_context(listing)
        yield libraries
    for folder in libraries.keys() & senders.keys():
        for path in pages(folder):
            senders[folder].send(path)
