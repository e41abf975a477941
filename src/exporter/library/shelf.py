"""The library of a folder of editions: what a run leaves beside them to be searched and read.

index.html     every article, to be searched and filtered; opens from the disk
opds.xml       the same for reading apps
library/       the catalogue that both are made of, their further pages, and of each article the
               page that says what went and why, and its small cover
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from exporter import files
from exporter.errors import OutputError
from exporter.library import catalogue, index, opds
from exporter.library.catalogue import Catalogue, Entry
from exporter.model import Export, Outcome

BELONGING: Final = (".html", ".jpg")  # to an article, in library/


class Library:
    """The library of a folder under way: written when the run ends, however it ends."""

    def __init__(
        self,
        folder: Path,
        made: str | None = None,
        there: Callable[[Path], bool] = Path.exists,
    ) -> None:
        """Begin one; `made` is the date that it states instead of the latest article's.

        `there` tells whether an edition of an earlier run is still to be had.
        """
        self.folder = folder
        self._there = there
        self._made = made

    def __enter__(self) -> Self:
        self._catalogue = Catalogue()
        return self

    def add(self, outcome: Outcome) -> None:
        """List an article that became files."""
        if isinstance(outcome, Export) and (one := catalogue.entry(outcome)) is not None:
            self._catalogue.add(one)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Write it, also that of a run that was interrupted; not where nothing can be written."""
        try:
            if not isinstance(error, OutputError):
                self._write()
        finally:
            self._catalogue.close()

    def _write(self) -> None:
        place = self.folder / files.LIBRARY / files.CATALOGUE
        self._catalogue.merge(self._earlier(place))
        self._catalogue.identify(catalogue.identity(place))
        self._catalogue.write(place)
        index.write(self._catalogue, self.folder)
        opds.write(self._catalogue, self.folder, self._made)

    def _earlier(self, place: Path) -> Iterator[Entry]:
        """Give the entries of earlier runs, with the editions that are still there."""
        for one in catalogue.read(place):
            left = tuple(f for f in one.formats if self._there(self.folder / f"{one.name}.{f}"))
            if left:
                yield replace(one, formats=left)
            elif one.name not in self._catalogue:
                for suffix in BELONGING:
                    (self.folder / files.LIBRARY / f"{one.name}{suffix}").unlink(missing_ok=True)
