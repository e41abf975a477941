"""`--shard K/N`: a share of the captures, for one of several machines."""

import re
from collections.abc import Iterator
from typing import Final

import click

from exporter.batch.shards import Shard
from exporter.errors import UsageError
from exporter.read import Source

SHARD: Final = re.compile(r"(\d{1,6})/(\d{1,6})")  # yes: "3/8"; no: "3", "3 of 8"
OPTION: Final = click.option(
    "--shard", metavar="K/N", help="Only the K-th of N shares of the captures, told by their paths."
)


def asked(text: str | None) -> Shard | None:
    """Give the shard of "K/N".

    Raises:
        UsageError: there is no such shard.

    """
    if text is None:
        return None
    found = SHARD.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise UsageError(f"no such shard: {text}", "--shard", "as in 1/8, 2/8 … 8/8")
    return Shard(int(found[1]), int(found[2]))


def of(shard: Shard | None, sources: Iterator[Source]) -> Iterator[Source]:
    """Give the captures that are in a shard; None is all."""
    return sources if shard is None else (s for s in sources if shard.holds(s.name))
