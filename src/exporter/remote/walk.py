"""What the user named -> sources, also where it lies in a store: nothing is brought here yet."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from exporter import read
from exporter.errors import CaptureError, UsageError
from exporter.limits import USUAL, Limits
from exporter.read.companions import fold
from exporter.read.source import HEAD, Source
from exporter.read.walk import worth
from exporter.remote.listings import Listings
from exporter.remote.stores import Entry, opened, shown
from exporter.urls import on_disk, store_url


@dataclass(frozen=True, slots=True)
class Distant:
    """The bytes of a file in a store, asked for when they are read."""

    listings: Listings
    entry: Entry

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self.entry.size

    def read_at(self, start: int, size: int) -> bytes:
        """Give at most `size` bytes from a place on."""
        most = min(size, self.size - start)
        return self.listings.store.read(self.entry.path, start, most)


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry of a folder in a store."""

    listings: Listings
    entry: Entry

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.entry.name

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.entry.is_folder

    @property
    def is_file(self) -> bool:
        """Whether it is a file."""
        return not self.entry.is_folder

    def names(self) -> Iterable[str]:
        """Give the names in a folder; none when it can't be listed."""
        try:
            return self.listings.folder(self.entry.path)
        except OSError:
            return ()

    def head(self) -> bytes:
        """Give the first bytes."""
        return Distant(self.listings, self.entry).read_at(0, HEAD)


def walk(inputs: Iterable[Path], limits: Limits = USUAL) -> Iterator[Source]:
    """Give every capture that the user named, as `read.walk` does; some inputs may be URLs.

    Raises:
        UsageError: what was named is not there; told before anything is read.
        CaptureError: a store can't be asked.
        MissingExtraError: the package for a store is not installed.

    """
    named = itertools.groupby(map(on_disk, inputs), key=store_url)
    found = [
        read.walk(list(paths), limits) if url is None else _named(url, str(next(paths)))
        for url, paths in named
    ]
    return itertools.chain.from_iterable(found)


def is_folder(path: Path) -> bool:
    """Tell whether a path or URL is that of a folder.

    Raises:
        CaptureError: a store can't be asked.
        MissingExtraError: the package for a store is not installed.

    """
    url = store_url(path)
    if url is None:
        return on_disk(path).is_dir()
    listings, entry = looked(url)
    return entry is None or entry.is_folder or entry.path == listings.root


def looked(url: str) -> tuple[Listings, Entry | None]:
    """Give where a URL leads: its folder's listings, and what stands there."""
    store, path = opened(url.rstrip("/"))
    try:
        entry = store.entry(path)
    except OSError as error:
        remedy = "check the address, the credentials in the environment and the connection"
        what = f"the store can't be asked: {error.strerror or error}"
        raise CaptureError(what, shown(url), remedy) from error
    whole = entry is None or entry.is_folder
    return Listings(store, path if whole else path.rpartition("/")[0]), entry


def _named(url: str, named: str) -> Iterator[Source]:
    listings, entry = looked(url)
    if entry is None:
        remedy = "check the name of the bucket and of what is in it"
        raise UsageError("no such file or folder", shown(url), remedy)
    if entry.is_folder:
        return _folder(listings, listings.root, Path(named))
    return iter([_source(listings, entry, shown(url), None)])


def _folder(listings: Listings, folder: str, root: Path) -> Iterator[Source]:
    """Give the captures of a folder and those below."""
    try:
        entries = [Standing(listings, entry) for entry in listings.folder(folder).values()]
    except OSError as error:
        name = folder.removeprefix(listings.root).strip("/") or "."
        raise CaptureError(
            f"can't be listed: {error.strerror or error}", name, "run the command again"
        ) from error
    beside = frozenset(fold(entry.name) for entry in entries)
    for standing in worth(entries, beside):
        entry = standing.entry
        if entry.is_folder:
            yield from _folder(listings, entry.path, root)
        else:
            name = PurePosixPath(entry.path).relative_to(listings.root).as_posix()
            yield _source(listings, entry, name, root)


def _source(listings: Listings, entry: Entry, name: str, root: Path | None) -> Source:
    return Source(
        None,
        None,
        name,
        root=root,
        unpacked=Distant(listings, entry),
        away=listings.store.url(entry.path),
        stamp=entry.told,
    )
