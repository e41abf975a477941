"""Where each capture of a book stands in what was named."""

import dataclasses
from pathlib import Path
from typing import NamedTuple

from exporter.batch import engine
from exporter.batch.jobs import Collect
from exporter.batch.ordering import Origin
from exporter.cli.manifest import Entry
from exporter.cli.running import STDIN, Run
from exporter.files import real
from exporter.read import Source


class Stand(NamedTuple):
    """An entry, and its place among all that were named."""

    place: int
    entry: Entry


class Shelf:
    """The captures of a run, each under the entry that says most of it.

    A file's own entry comes before one that a pattern found, and both before the folders that
    hold the file, of which the nearest counts. Of entries alike the first counts.
    """

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.origins: dict[int, Origin] = {}
        stands = [Stand(place, entry) for place, entry in enumerate(entries)]
        # what is set later wins: those of patterns first, and the first of those alike last
        stands.sort(key=lambda stand: (not stand.entry.by_pattern, -stand.place))
        self._stands = {real(stand.entry.path): stand for stand in stands}

    def job(self, run: Run, source: Source, number: int) -> Collect:
        """Give the job that collects the articles of a capture."""
        self.origins[number] = self._origin(source)
        return Collect(
            source,
            run.settings,
            targets=run.targets,
            identity=engine.identity(source, run.inputs),
            network=run.network,
            number=number,
        )

    def _origin(self, source: Source) -> Origin:
        path = source.path or (Path(source.away) if source.away else STDIN)
        if stand := self._stands.get(real(path)):
            return _of(stand, Origin(stand.place, path=str(stand.entry.path)))
        if source.away and source.root is not None:
            stand = self._stands[real(source.root)]
            return _of(stand, Origin(stand.place, source.root.name, source.name))
        # links are followed in the folders above alone: the file may be a link out of them
        path = real(path.parent) / path.name
        folder = next(folder for folder in path.parents if folder in self._stands)
        inside = path.relative_to(folder).as_posix()
        stand = self._stands[folder]
        return _of(stand, Origin(stand.place, folder.name, inside))


def _of(stand: Stand, origin: Origin) -> Origin:
    return dataclasses.replace(origin, part=stand.entry.part, title=stand.entry.title)
