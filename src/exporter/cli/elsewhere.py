"""Paths and URLs alike: what stands for stores elsewhere is loaded when one is named."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from exporter import read
from exporter.batch.engine import Pool
from exporter.limits import USUAL, Limits
from exporter.read import Source
from exporter.urls import store_url


def walk(inputs: Sequence[Path], limits: Limits = USUAL) -> Iterator[Source]:
    """Give every capture that the user named, here or elsewhere.

    Raises:
        UsageError: what was named is not there; told before anything is read.
        CaptureError: a store can't be asked.
        MissingExtraError: the package for a store is not installed.

    """
    if not any(map(store_url, inputs)):
        return read.walk(inputs, limits)
    from exporter.remote import walk as remote  # noqa: PLC0415  (half a second)

    return remote.walk(inputs, limits)


def is_folder(path: Path) -> bool:
    """Tell whether a path or URL is that of a folder.

    Raises:
        CaptureError: a store can't be asked.
        MissingExtraError: the package for a store is not installed.

    """
    if not store_url(path):
        return path.is_dir()
    from exporter.remote import walk as remote  # noqa: PLC0415

    return remote.is_folder(path)


def stamps(named: Sequence[Path]) -> Callable[[str], str] | None:
    """Give what stands for the content of files in stores by their URLs, where some were named.

    Raises:
        CaptureError: a store can't be asked.
        MissingExtraError: the package for a store is not installed.

    """
    if not any(map(store_url, named)):
        return None
    from exporter.remote.stamps import Stamps  # noqa: PLC0415

    return Stamps(named)


def staged(pool: Pool, named: Iterable[Path]) -> AbstractContextManager[Pool]:
    """Give a pool that brings what lies elsewhere, where that was named."""
    if not any(map(store_url, named)):
        return nullcontext(pool)
    from exporter.remote import staging  # noqa: PLC0415

    return staging.staged(pool)
