"""What the workers of a run share to fetch: limits, a folder for locks and answers."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from exporter.errors import MissingExtraError


@dataclass(frozen=True, slots=True)
class Limits:
    """What fetching may cost. Beyond it an image stays missing, with the reason."""

    connect: float = 8  # seconds; also for the name
    silence: float = 8  # seconds without a byte
    request: float = 20  # seconds for one answer, its last byte included
    image: float = 50  # seconds for one address: waiting for its host's turn, redirections
    article: float = 600  # seconds for all images of one article
    pause: float = 0.5  # seconds between two requests to one host
    image_bytes: int = 20 << 20  # as sent, and as unpacked
    article_bytes: int = 64 << 20
    images: int = 100  # of one article


@dataclass(frozen=True, slots=True)
class Allowance:
    """Addresses that may be asked although they are not public: the loopback server of a test.

    Only code can give one: no option, no config file and no variable of the environment does.
    """

    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """The leave to fetch, and what that is bound to; goes to the workers with each job."""

    folder: Path  # of the run: who has a host's turn, what was answered
    kept: Path | None = None  # of the user: images fetched by earlier runs
    allowance: Allowance = Allowance()
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one address."""

    url: str
    data: bytes | None = field(default=None, repr=False)
    reason: str = ""  # why there is none
    came_from: str = ""  # where it was redirected to


class NotFetchedError(Exception):
    """An address gives no image; says why."""


class BusyError(NotFetchedError):
    """It was never asked: others took too long. That says nothing about the address."""


@contextmanager
def opened(
    kept: Path | None = None,
    allowance: Allowance = Allowance(),
    limits: Limits = Limits(),
) -> Iterator[Network]:
    """Give the leave to fetch for one run.

    Raises:
        MissingExtraError: httpx is not installed.

    """
    if find_spec("httpx") is None:
        raise MissingExtraError(
            "fetching images needs the package httpx",
            "--fetch",
            "pip install 'article-exporter[fetch]'",
        )
    with tempfile.TemporaryDirectory(prefix="exporter-fetch-", ignore_cleanup_errors=True) as run:
        yield Network(Path(run), kept, allowance, limits)
