"""An archive's members -> the pages among them, each as if its folder had been unpacked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Final, Protocol

from exporter import read as readers
from exporter.errors import CaptureError, ExportError, LimitError
from exporter.limits import Limits
from exporter.model import Note, Page
from exporter.read.candidates import (
    NO_FOLDERS,
    Likelihood,
    is_leftover,
    is_markup,
    likelihood,
)
from exporter.read.companions import belongs_to_a_page, fold, stem_of_folder
from exporter.read.held import HeldResources
from exporter.read.html import in_folder
from exporter.read.resources import OnlyInline
from exporter.read.signatures import LARGE, sniff
from exporter.read.source import HEAD, Source
from exporter.read.store import Part, Store
from exporter.read.trees import Packed

WITH_FOLDER: Final = frozenset({"html", "markdown"})  # kinds that look for files beside them
TOP: Final = PurePosixPath()


class Members(Protocol):
    """The files of an archive by name, unpacked one at a time."""

    def sizes(self) -> Mapping[str, int]:
        """Give each file's name and its size in bytes, unpacked."""

    def head(self, name: str, size: int) -> bytes:
        """Give a file's first bytes; none when it is damaged."""

    def store(self, name: str, limit: str) -> Store:
        """Give a file unpacked.

        Raises:
            CaptureError: it is damaged.
            LimitError: it is larger than the limit of that name.

        """


@dataclass(frozen=True, slots=True)
class Laid:
    """Files that lie unpacked in a store, side by side."""

    whole: Store = field(repr=False)
    places: Mapping[str, tuple[int, int]] = field(repr=False)  # name -> start, size in bytes
    where: str

    def sizes(self) -> Mapping[str, int]:
        """Give each file's name and its size in bytes."""
        return {name: size for name, (_, size) in self.places.items()}

    def head(self, name: str, size: int) -> bytes:
        """Give a file's first bytes."""
        return self.store(name, "").read_at(0, size)

    def store(self, name: str, limit: str) -> Store:  # noqa: ARG002  (nothing is unpacked)
        """Give a file."""
        return Part(self.whole, *self.places[name])


@dataclass(frozen=True)
class Bodies(Mapping[str, bytes]):
    """Members as resources: what can't be unpacked is as good as absent."""

    members: Members
    names: Mapping[str, int] = field(repr=False)
    limits: Limits = field(repr=False)

    def __getitem__(self, name: str) -> bytes:
        if self.names[name] > self.limits.resource_size:
            raise self.limits.too_large("resource-size", name, self.names[name])
        try:
            store = self.members.store(name, "resource-size")
            return store.read_at(0, store.size)
        except LimitError:
            raise
        except (CaptureError, OSError):
            return b""

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an archive's own index says of one page."""

    name: str  # the page's member
    url: str | None = None
    saved_at: str | None = None
    tool: str | None = None


def pages(source: Source, members: Members, entries: tuple[Entry, ...] = ()) -> Iterator[Page]:
    """Give the pages of an archive: those that its index names, else all captures in it.

    Raises:
        CaptureError: there are none; or, after all others, some that can't be read.

    """
    source.check_depth()
    names = members.sizes()
    if len(names) > source.limits.archive_members:
        what = f"the archive holds {len(names):,} files"
        raise source.limits.error("archive-members", what, source.name, len(names))
    tree = Packed(Bodies(members, names, source.limits), source.limits)
    found = entries or tuple(map(Entry, sorted(_captures(members, tree))))
    if not found:
        raise CaptureError("the archive holds no page", source.name, "save the page again")
    troubles: list[ExportError] = []
    for entry in found:
        try:
            yield from _pages(source, members, entry, tree)
        except ExportError as error:  # the other members are whole
            troubles.append(error)
    if troubles:
        raise summed(troubles, len(found))


def cut(page: Page) -> Page:
    """Give a page of a container whose end is missing."""
    note = Note("capture-truncated", "the end of the capture is missing or damaged")
    return replace(page, notes=tuple(dict.fromkeys((*page.notes, note))))


def _pages(source: Source, members: Members, entry: Entry, tree: Packed) -> Iterator[Page]:
    inner = Source(
        path=None,
        data=None,
        name=f"{source.name}/{entry.name}",
        url=source.url or entry.url,
        depth=source.depth + 1,
        unpacked=members.store(entry.name, _limit_of(members, entry.name)),
        limits=source.limits,
        meter=source.meter,
    )
    path = PurePosixPath(entry.name)
    for page in readers.read(inner, path.name):
        told = replace(
            page,
            saved_at=page.saved_at or entry.saved_at,
            capture=replace(page.capture, tool=page.capture.tool or entry.tool),
        )
        loose = isinstance(page.resources, OnlyInline | HeldResources)
        if loose and page.capture.kind in WITH_FOLDER:
            yield in_folder(told, path, tree, TOP)
        else:
            yield told


def _limit_of(members: Members, name: str) -> str:
    """Give the name of the limit for a capture in an archive: few kinds are read in parts."""
    return "member-size" if sniff(members.head(name, HEAD)) in LARGE else "capture-size"


def summed(troubles: list[ExportError], count: int) -> ExportError:
    """Give the errors of several members as one; the first says what is wrong."""
    first = troubles[0]
    if len(troubles) == 1:
        return first
    all_of = "all" if len(troubles) == count else f"{len(troubles)} of {count}"
    return type(first)(
        f"{all_of} of the archive's captures can't be read; this one: {first.what}",
        first.where,
        first.remedy,
    )


def _captures(members: Members, tree: Packed) -> Iterator[str]:
    closed = {folder for folder in tree.folders if _is_closed(PurePosixPath(folder), tree)}
    for name in members.sizes():
        path = PurePosixPath(name.replace("\\", "/"))
        if not closed.isdisjoint(map(str, path.parents)):
            continue
        guess = likelihood(path.name)
        if guess is Likelihood.CAPTURE or (
            guess is Likelihood.LOOK and is_markup(members.head(name, HEAD))
        ):
            yield name


def _is_closed(folder: PurePosixPath, tree: Packed) -> bool:
    """Tell whether a folder holds no captures of its own: hidden, or saved beside a page."""
    if is_leftover(folder.name) or folder.name.casefold() in NO_FOLDERS:
        return True
    if stem_of_folder(folder.name) is None:
        return False
    beside = frozenset(map(fold, tree.folders.get(str(folder.parent), ())))
    inside = frozenset(map(fold, tree.folders.get(str(folder), ())))
    return belongs_to_a_page(folder.name, beside, inside)
