"""`--cluster`: the captures are worked on by a Dask cluster, not by this machine's cores."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import click

from exporter.batch import engine
from exporter.cli.elsewhere import walk
from exporter.errors import UsageError

SOME: Final = 3  # captures by which it is told whether workers see our files
OPTIONS: Final = (
    click.option(
        "--cluster", metavar="ADDRESS", help="Work on a Dask cluster, as in tcp://host:8786."
    ),
    click.option(
        "--cluster-storage",
        type=click.Choice(["auto", "shared", "none"]),
        default="auto",
        help="Whether its workers see our files under the same paths.  [default: auto]",
    ),
)


@dataclass(frozen=True, slots=True)
class Farm:
    """Where the work is done; without an address it is here."""

    address: str | None = None
    storage: str = "auto"
    inputs: tuple[Path, ...] = ()
    folder: Path | None = None
    alone: bool = True  # in that folder

    def opened(
        self, slots: int, memory: engine.Memory | None = None
    ) -> AbstractContextManager[engine.Pool]:
        """Give what does the work.

        Raises:
            MissingExtraError: distributed is not installed.
            ClusterError: the cluster can't be used.

        """
        if self.address is None:
            return engine.local(slots, memory)
        from exporter.batch import cluster  # noqa: PLC0415  (for this option alone)

        some = islice(walk([path for path in self.inputs if str(path) != "-"]), SOME)
        reads = tuple(source.path for source in some if source.path is not None)
        where = cluster.Where(self.address, self.storage, reads, self.folder, self.alone)
        return cluster.opened(where, memory)


def asked(given: Mapping[str, Any], inputs: tuple[Path, ...], folder: Path | None = None) -> Farm:
    """Give where the work is to be done.

    Raises:
        UsageError: it can't be done there.

    """
    if given["cluster"] and given.get("fetches"):
        raise UsageError("workers of a cluster fetch nothing", "--fetch", "leave one of them out")
    storage, alone = given["cluster_storage"], not given.get("shard")
    return Farm(given["cluster"], storage, inputs, folder, alone)
