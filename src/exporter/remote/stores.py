"""Stores elsewhere as lists of entries and bytes: the one module that knows fsspec.

Who one is there and where it stands is told by the environment, as the stores' own programs do.
"""

import contextlib
import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from exporter.errors import MissingExtraError, UsageError

Found = TypeVar("Found")

REMEDY: Final = "pip install 'article-exporter[remote]'"
# what stands for an entry's content, whatever a store calls it
STAMPS: Final = (
    "ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "last_modified", "modified",
    "created",
)  # fmt: skip
# stores in stores, and what stands for other things: they are no place of a user's pages
REFUSED: Final = frozenset({
    "http", "https", "data", "reference", "filecache", "simplecache", "blockcache", "cached", "dir",
    "zip", "tar", "libarchive", "generic", "asyncwrapper", "async_wrapper",
})  # fmt: skip
TIMES: Final = ("LastModified", "last_modified", "mtime", "modified", "updated", "created")
FLAT: Final = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "memory"})
SECRET: Final = re.compile(r"(?<=://)[^/@]*@")  # yes: "ftp://me:word@host"; no: "s3://a/b@c"


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a store under a path."""

    path: str  # as the store calls it, without its scheme
    is_folder: bool
    size: int
    stamp: str  # tells its content from another under its path
    when: int | None = None  # seconds since 1970 when it was written, if the store tells

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def told(self) -> str:
        """Its stamp as a cache keeps it, beside those of files here."""
        return f"store:{self.stamp}"


@dataclass(frozen=True, slots=True)
class Store:
    """A store, as its paths are read. All its errors are OSErrors."""

    scheme: str
    system: Any = field(repr=False)  # fsspec has no types

    def url(self, path: str) -> str:
        """Give the URL of a path."""
        return f"{self.scheme}://{path}"

    def entry(self, path: str) -> Entry | None:
        """Give what stands under a path; None for nothing.

        Raises:
            OSError: the store can't tell.

        """
        try:
            return _entry(_tried(lambda: self.system.info(path)))
        except FileNotFoundError:
            return None

    def listed(self, folder: str) -> list[Entry]:
        """Give what stands in a folder, in the order of its names; nothing where there is none.

        Raises:
            OSError: the store can't tell.

        """
        try:
            found = _tried(lambda: self.system.ls(folder, detail=True))
        except FileNotFoundError:
            return []
        entries = (_entry(told) for told in found)
        inside = (one for one in entries if one.path.rpartition("/")[0] == folder.rstrip("/"))
        # an object of such a name stands for nothing that a folder can hold
        named = (one for one in inside if one.name not in {"", ".", ".."} and "\0" not in one.name)
        return sorted(named, key=lambda one: one.name)

    def read(self, path: str, start: int, size: int) -> bytes:
        """Give at most so many bytes from a place on.

        Raises:
            OSError: they can't be read.

        """
        if size <= 0:
            return b""
        found: bytes = _tried(lambda: self.system.cat_file(path, start=start, end=start + size))
        return found

    @property
    def is_flat(self) -> bool:
        """Whether it has no folders but those that its objects' names tell of, in buckets."""
        return self.scheme in FLAT

    def put(self, place: Path, path: str) -> None:
        """Copy a file of this machine to a place in the store: there it is whole, or not at all.

        Raises:
            OSError: it can't be read, or not be written.

        """
        if not self.is_flat:
            _tried(lambda: self.system.makedirs(path.rpartition("/")[0], exist_ok=True))
        _tried(lambda: self.system.put_file(str(place), path))

    def remove(self, path: str) -> None:
        """Remove a file of the store, if it is there.

        Raises:
            OSError: it can't be removed.

        """
        with contextlib.suppress(FileNotFoundError):
            _tried(lambda: self.system.rm_file(path))

    def fetch(self, path: str, place: Path) -> None:
        """Copy a file of the store to a place on this machine.

        Raises:
            OSError: it can't be read, or not be written.

        """
        _tried(lambda: self.system.get_file(path, str(place)))


def opened(url: str) -> tuple[Store, str]:
    """Give the store that a URL is about, and the path in it.

    Raises:
        UsageError: there is no such kind of store.
        MissingExtraError: the package for it is not installed.

    """
    scheme, _, rest = url.partition("://")
    try:
        registry = importlib.import_module("fsspec.registry")
    except ImportError as error:
        raise MissingExtraError("no package for stores elsewhere", shown(url), REMEDY) from error
    known = registry.known_implementations.keys() | registry.registry.keys()
    if scheme in REFUSED or "::" in url or scheme not in known or not rest.strip("/"):
        remedy = "name one as in s3://bucket/folder, gs://…; or a file or folder"
        raise UsageError("no such kind of store", shown(url), remedy)
    try:
        kind = registry.get_filesystem_class(scheme)
    except ImportError as error:
        told = f"no package for {scheme}:// is installed"
        raise MissingExtraError(told, shown(url), REMEDY) from error
    options: Mapping[str, Any] = kind._get_kwargs_from_urls(url)  # noqa: SLF001  (its public name hides what it gives)
    system = _tried(lambda: kind(use_listings_cache=False, **options))
    return Store(scheme, system), str(kind._strip_protocol(url))  # noqa: SLF001  (likewise)


def shown(url: str) -> str:
    """Give a URL as it may be printed: without the name and word of a user."""
    return SECRET.sub("", url)


def _entry(told: Mapping[str, Any]) -> Entry:
    size = int(told.get("size") or 0)
    stamp = next((str(told[name]) for name in STAMPS if told.get(name)), "")
    return Entry(
        str(told["name"]).rstrip("/"),
        told.get("type") == "directory",
        size,
        f"{size}:{stamp}",
        next(filter(None, (_when(told.get(name)) for name in TIMES)), None),
    )


def _when(told: object) -> int | None:
    """Give a time as seconds since 1970; None for what is none that we can read."""
    if isinstance(told, str):  # gs: RFC 3339
        with contextlib.suppress(ValueError):
            return int(datetime.fromisoformat(told).timestamp())
    if isinstance(told, datetime):
        return int(told.timestamp())
    return int(told) if isinstance(told, int | float) else None


def _tried(ask: Callable[[], Found]) -> Found:
    """Give what a store answers; whatever its libraries raise is an OSError with their words.

    They try again what may go better the next time.
    """
    try:
        return ask()
    except OSError as error:
        if error.errno is None and not error.strerror:  # fsspec's have words alone
            words = f"{error}" or type(error).__name__
            raise type(error)(error.errno, words) from error
        raise
    except Exception as error:
        words = " ".join(str(error).split()) or type(error).__name__
        raise OSError(None, SECRET.sub("", words)) from error
