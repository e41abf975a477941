"""An executor that has what lies in stores on this machine before a worker is given a job.

It stands before the engine's own: a job that waits for its worker is brought meanwhile.
"""

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeVar

from exporter import files
from exporter.batch.engine import AHEAD, Pool
from exporter.batch.guard import Done
from exporter.batch.jobs import Job
from exporter.errors import CaptureError, ExportError, LimitError
from exporter.limits import Limits
from exporter.model import Capture, Failure
from exporter.read import Source, references, sniff
from exporter.read.decode import decode
from exporter.read.html import page_of
from exporter.read.source import HEAD, Beside, read_regular
from exporter.remote.larder import Key, Larder
from exporter.remote.trees import Looked
from exporter.remote.walk import Distant

Given = TypeVar("Given")

REMEDY: Final = "check the connection, then run the command again"


@dataclass(slots=True)
class Stage:
    """What was brought for one job."""

    larder: Larder
    keys: list[Key] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def job(self, job: Job) -> Job:
        """Give a job whose captures are on this machine.

        Raises:
            CaptureError: one can't be brought.

        """
        limits = job.settings.limits
        parts = tuple(replace(one, source=self.source(one.source, limits)) for one in job.parts)
        source = parts[0].source if parts else self.source(job.source, limits)
        return replace(job, source=source, parts=parts)

    def source(self, source: Source, limits: Limits) -> Source:
        """Give a capture that is on this machine, with the files beside it that it asks for."""
        distant = source.unpacked
        if not isinstance(distant, Distant):
            return source
        try:
            return self._brought(source.within(limits), distant)
        except OSError as error:
            what = f"can't be brought from its store: {error.strerror or error}"
            raise CaptureError(what, source.name, REMEDY) from error

    def _brought(self, source: Source, distant: Distant) -> Source:
        listings, entry = distant.listings, distant.entry
        if entry.size > source.limits.archive_total:
            raise source.limits.too_large("archive-total", source.name, entry.size)
        key, place = self.larder.bring(listings.store, entry)
        self.keys.append(key)
        looked = Looked(source.limits, listings, self.larder, self.keys, self.asked)
        root = PurePosixPath(listings.root) if source.root is not None else None
        beside = Beside(PurePosixPath(entry.path), looked, root)
        here = replace(source, path=place, unpacked=None, beside=beside)
        if sniff(read_regular(place, HEAD)) == "html":
            with contextlib.suppress(LimitError):  # whoever reads the capture tells of it
                page = page_of(here, decode(here.load()), Capture(source.name, "html", ""))
                references.ask(page)
        return replace(here, beside=beside._replace(tree=looked.brought()))


class Staging(Executor):
    """Another executor's jobs, their captures brought before and let go after."""

    def __init__(self, inner: Executor, larder: Larder, slots: int) -> None:
        self._inner = inner
        self._larder = larder
        self._threads = ThreadPoolExecutor(AHEAD * slots, thread_name_prefix="store")

    def submit(self, fn: Callable[..., Given], /, *args: Any, **named: Any) -> Future[Given]:  # noqa: ANN401  (as Executor has it)
        """Submit a job to be done once its captures are here."""
        del named
        (job,) = args
        return self._threads.submit(self._done, fn, job)

    def _done(self, fn: Callable[..., Any], job: Job) -> Any:  # noqa: ANN401  (what a job gives)
        began = time.monotonic()
        stage = Stage(self._larder)
        try:
            staged = stage.job(job)
            done: Done = self._inner.submit(fn, staged).result()
            return done._replace(asked=done.asked | stage.asked)
        except ExportError as error:
            return Done((Failure(job.source.name, error, time.monotonic() - began),))
        finally:
            self._larder.release(stage.keys)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  (as Executor has it)
        """Let the threads end."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)


@contextlib.contextmanager
def staged(pool: Pool) -> Iterator[Pool]:
    """Give a pool whose jobs may have their captures in stores."""
    with tempfile.TemporaryDirectory(prefix=files.PART, ignore_cleanup_errors=True) as folder:
        staging = Staging(pool.executor, Larder(Path(folder)), pool.slots)
        try:
            yield replace(pool, executor=staging)
        except BaseException:
            staging.shutdown(wait=False, cancel_futures=True)
            raise
        staging.shutdown()
