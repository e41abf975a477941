"""What is to be written to a store: it is made on this machine, in a mirror of its folder.

A mirror lies with what can be made again (places.CACHE), under the URL of its folder. So a later
run knows what an earlier one made, and only that is sent which the store has not.
"""

import dataclasses
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote, unquote

from exporter import places
from exporter.batch.jobs import Targets
from exporter.errors import UsageError
from exporter.model import MADE, Export, Outcome
from exporter.urls import on_disk, store_url

FOLDER: Final = "stores"
LONGEST: Final = 255  # characters of a name on most disks


class Sender(Protocol):
    """What sends the files of a mirror to its store (remote.sending)."""

    def names(self) -> Iterable[str]:
        """Give the names in the store's folder."""

    def bring(self, *paths: Path) -> None:
        """Bring files of the mirror as the store has them; what it has not is removed here."""

    def has(self, path: Path) -> bool:
        """Tell whether the store has a file of the mirror."""

    def send(self, path: Path) -> None:
        """Send a file of the mirror."""

    def sent(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Give outcomes, in their order, once the files that they name are in the store."""


def here(path: Path) -> Path:
    """Give where on this machine a folder is made that a path or URL names.

    Raises:
        UsageError: there is no place for it.

    """
    url = store_url(path)
    return on_disk(path) if url is None else _mirrors() / _name(url)


def file_here(path: Path) -> Path:
    """Give where on this machine a file is made that a path or URL names: its folder's mirror.

    Raises:
        UsageError: there is no place for it, or it has no name.

    """
    url = store_url(path)
    if url is None:
        return on_disk(path)
    folder, _, name = url.rpartition("/")
    if folder.endswith(":/"):
        raise UsageError("a bucket is no file", url, "name the file, as in s3://bucket/a.epub")
    return _mirrors() / _name(folder) / name


def _mirrors() -> Path:
    cache = places.folder(places.CACHE, os.environ, sys.platform)
    if cache is None:
        remedy = "set HOME or XDG_CACHE_HOME"
        raise UsageError("there is no place to make what a store is sent", "-o", remedy)
    return cache / FOLDER


def _name(url: str) -> str:
    name = quote(url.rstrip("/"), safe="")
    if len(name) > LONGEST:
        raise UsageError("too long", url, "name a folder with a shorter path")
    return name


def url_of(path: Path | str) -> str | None:
    """Give the URL for which a path of a mirror stands; None for any other path."""
    cache = places.folder(places.CACHE, os.environ, sys.platform)
    if cache is None or not (place := Path(path)).is_relative_to(cache / FOLDER):
        return None
    name, *rest = place.relative_to(cache / FOLDER).parts or ("",)
    return "/".join((unquote(name), *rest)) if name else None


def named(path: Path | str) -> str:
    """Give a path as the user named it: that of a mirror as its URL."""
    return url_of(path) or str(path)


def shown(outcome: Outcome) -> Outcome:
    """Give an outcome with the paths of a mirror as their URLs."""
    if not isinstance(outcome, Export):
        return outcome
    notes = outcome.notes
    if outcome.status not in MADE:  # those of what is gone name books
        notes = tuple(dataclasses.replace(note, detail=named(note.detail)) for note in notes)
    return dataclasses.replace(
        outcome,
        input=named(outcome.input),
        files=tuple(map(named, outcome.files)),
        review=named(outcome.review),
        cover=named(outcome.cover),
        notes=notes,
    )


def mirror(targets: Targets) -> Path | None:
    """Give the mirror in which editions are made, if they go to a store.

    Raises:
        UsageError: they go to several.

    """
    folders = targets.folders if targets.folder else {path.parent for path in targets.files}
    found = {folder for folder in folders if url_of(folder)}
    if len(found) > 1:
        raise UsageError("files of several folders in stores", "-o", "name one folder")
    return next(iter(found), None)


def brought(path: Path) -> Path:
    """Give where a file lies on this machine; one of a store is brought.

    Raises:
        UsageError: it is not there.
        OutputError: it can't be brought.
        MissingExtraError: the package for its store is not installed.

    """
    place = file_here(path)
    if url_of(place):
        with sending(place.parent, keeps=True) as sender:
            if sender is not None:
                sender.bring(place)
        if not place.is_file():
            raise UsageError("no such file", named(place), "check its name")
    return place


def sending(folder: Path | None, *, keeps: bool) -> AbstractContextManager[Sender | None]:
    """Give what sends the files of a folder, if it is a mirror; it looks whether it can.

    Without `keeps` nothing stays in the mirror that was sent.

    Raises:
        OutputError: the store can't be asked.
        MissingExtraError: the package for it is not installed.

    """
    url = url_of(folder) if folder is not None else None
    if url is None or folder is None:
        return nullcontext()
    from exporter.remote.sending import Sending  # noqa: PLC0415  (half a second)

    return Sending(url, folder, keeps=keeps)


def sent(outcomes: Iterable[Outcome], sender: Sender | None) -> Iterator[tuple[Outcome, Outcome]]:
    """Give outcomes as they are here and as they are told, once their files are where they go.

    Raises:
        OutputError: a store takes nothing any more.

    """
    if sender is None:
        yield from ((outcome, outcome) for outcome in outcomes)
        return
    for made in sender.sent(outcomes):
        yield made, shown(made)


def deliver(path: Path) -> None:
    """Send a file that was made in a mirror, if it was; it goes from there.

    Raises:
        OutputError: it can't be sent.
        MissingExtraError: the package for its store is not installed.

    """
    if path.is_file() and url_of(path):
        with sending(path.parent, keeps=False) as sender:
            if sender is not None:
                sender.send(path)
