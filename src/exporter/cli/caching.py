"""`--no-cache`, `--force`, `--checksum`: what a run makes of what earlier ones have done."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from exporter import places
from exporter.batch import engine
from exporter.cli.output import say
from exporter.errors import UsageError

PRUNE: Final = click.option(
    "--prune",
    is_flag=True,
    help="Remove the books whose pages are no longer in the folder.",
)
OPTIONS: Final = (
    click.option(
        "--cache/--no-cache",
        "caches",
        default=True,
        help="Make only what has changed since an earlier run.  [default: cache]",
    ),
    click.option("--force", is_flag=True, help="Make everything anew, whatever has changed."),
    click.option(
        "--checksum",
        is_flag=True,
        help="Tell what has changed by what is in the files, not by their sizes and times.",
    ),
)


@dataclass(frozen=True, slots=True)
class Caching:
    """Where it is kept what was done, and how it is told that it still holds."""

    path: Path | None = None
    content: bool = False
    ask: bool = True
    prune: bool = False  # books whose captures are gone

    @contextmanager
    def opened(self, stamps: Callable[[str], str] | None = None) -> Iterator[engine.Memory]:
        """Give what earlier runs have done, and keep what this one does.

        `stamps` gives what stands for the content of a file in a store.
        """
        if self.path is None:
            yield engine.Nothing()
            return
        # sqlite3: 10 ms that a single page saves
        from exporter.batch.cache import Cache  # noqa: PLC0415

        cache = Cache(self.path, content=self.content, ask=self.ask, stamps=stamps)
        try:
            with cache:
                yield cache
        finally:
            if cache.trouble:
                say(cache.trouble)


def asked(given: Mapping[str, Any], *, alone: bool) -> Caching:
    """Give what the options come to; a single capture is always made anew.

    Raises:
        UsageError: they make no sense together.

    """
    folder = places.folder(places.CACHE, os.environ, sys.platform)
    prune = given.get("prune", False)
    if prune and (alone or not given["caches"]):
        raise UsageError(
            "what was made earlier is not known", "--prune", "name a folder, and no --no-cache"
        )
    if alone or folder is None or not given["caches"]:
        return Caching()
    ask, path = not given["force"], folder / "cache.sqlite"
    return Caching(path, content=given["checksum"], ask=ask, prune=prune)
