"""`--fetch`: the one way in which a command line allows requests to the network.

No config file can say it: one that came with a folder of pages would speak for the user.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import click

from exporter import fetch, places
from exporter.errors import UsageError
from exporter.fetch.store import Store
from exporter.limits import Limits

NOBODY: Final = fetch.Allowance()
SHARE: Final = 0.5  # of what an article may take, for one image: the guard must not come first

OPTIONS: Final = (
    click.option(
        "--fetch",
        "fetches",
        is_flag=True,
        help="Get images that the article shows and the capture lacks from the web.",
    ),
    click.option(
        "--fetch-cache",
        is_flag=True,
        help="With --fetch: keep what was fetched for later runs, for 30 days.",
    ),
)


@dataclass(frozen=True, slots=True)
class Fetching:
    """Whether images may be fetched, and where they are kept for later runs."""

    allowed: bool = False
    kept: Path | None = None
    allowance: fetch.Allowance = NOBODY

    @contextmanager
    def opened(self, limits: Limits) -> Iterator[fetch.Network | None]:
        """Give what the workers need to fetch; None where they must not.

        Raises:
            MissingExtraError: httpx is not installed.

        """
        if not self.allowed:
            yield None
            return
        if self.kept is not None:
            Store(self.kept).tidy()
        usual = fetch.Limits()
        own = replace(usual, image=min(usual.image, SHARE * limits.seconds))
        with fetch.opened(self.kept, self.allowance, own) as network:
            yield network


def asked(given: Mapping[str, Any]) -> Fetching:
    """Give what the options come to.

    Raises:
        UsageError: something is to be kept of what must not be fetched.

    """
    if given["fetch_cache"] and not given["fetches"]:
        raise UsageError("nothing is fetched that could be kept", "--fetch-cache", "add --fetch")
    context = click.get_current_context(silent=True)
    allowance = context.find_object(fetch.Allowance) if context is not None else None
    kept = cache_place(os.environ, sys.platform) if given["fetch_cache"] else None
    return Fetching(given["fetches"], kept, allowance or NOBODY)


def cache_place(environment: Mapping[str, str], platform: str) -> Path | None:
    """Give where this user's fetched images are, or would be; None where a user has no folder."""
    folder = places.folder(places.CACHE, environment, platform)
    return folder / "fetched" if folder is not None else None
