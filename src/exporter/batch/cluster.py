"""A Dask cluster as the executor of a run: the only module that knows of `distributed`.

Each thread of a worker has its own warm child (batch.guard), which ends with the worker. A job
that is lost with its worker is done again elsewhere: editions are written whole or not at all, and
have the same bytes each time, so that nothing is lost and doing one twice harms nobody.
"""

import contextlib
import logging
import os
import secrets
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, InvalidStateError
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from exporter import files
from exporter.batch import travel
from exporter.batch.engine import Memory, Nothing, Pool
from exporter.batch.guard import Done
from exporter.batch.jobs import Job
from exporter.batch.travel import Back, Call, Parcel
from exporter.errors import ClusterError, ExportError, InternalError, MissingExtraError

PATIENCE: Final = 15.0  # seconds in which a scheduler answers, and in which a first worker comes
LOOK: Final = 2.0  # seconds from one count of the workers' threads to the next
TRIES: Final = 3  # of a job whose workers die, each after Dask itself gave up
ROUNDS: Final = 4  # of a job that looks for files which did not travel with it
LOGGERS: Final = frozenset({"asyncio", "distributed", "tornado"})
AUTO, SHARED, NONE = "auto", "shared", "none"
GONE: Final = "the scheduler is gone"
AGAIN: Final = "start it, then run the command again: what is done is kept"


@dataclass(frozen=True, slots=True)
class Where:
    """A cluster, and what it sees of this machine's files."""

    address: str
    storage: str = AUTO
    reads: tuple[Path, ...] = ()  # some of the files that a worker must see
    writes: Path | None = None  # the folder to which it must be able to write
    alone: bool = True  # nobody else writes there, no other shard
    patience: float = PATIENCE


@dataclass(frozen=True, slots=True)
class Errand:
    """A job under way, and how often it was sent."""

    outer: "Future[Done]"
    call: Call
    job: Job
    parcel: Parcel
    tries: int = 1
    rounds: int = 1


@contextlib.contextmanager
def opened(where: Where, memory: Memory | None = None) -> Iterator[Pool]:
    """Give the executor of a cluster; when the block is left, what is under way is called off.

    Raises:
        MissingExtraError: distributed is not installed.
        ClusterError: no scheduler answers, it has no worker, or workers have other versions.

    """
    client = _client(where)
    try:
        _check(client, where.address)
        executor = Dask(client, where.address, carries=not _shares(client, where))
        try:
            yield Pool(executor, executor.count(), memory or Nothing(), executor.count)
        finally:
            executor.shutdown()
    finally:
        with contextlib.suppress(Exception):  # its scheduler may be gone
            client.close(timeout=2)
        if where.writes is not None:  # what workers that were lost were writing
            files.remove_stale(where.writes, alone=where.alone)


def _client(where: Where) -> Any:  # noqa: ANN401  (distributed has no types)
    try:
        import distributed  # noqa: PLC0415  (a second, and an extra)
    except ImportError as error:
        remedy = "pip install 'article-exporter[cluster]'"
        raise MissingExtraError("--cluster needs distributed", where.address, remedy) from error
    for name in tuple(logging.root.manager.loggerDict):  # what matters of it are errors of ours
        if name.partition(".")[0] in LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        make: Any = distributed.Client
        return make(where.address, timeout=where.patience, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        remedy = "start one with `dask scheduler`, and name it as in tcp://host:8786"
        raise ClusterError("no Dask scheduler answers", where.address, remedy) from error


def _check(client: Any, address: str) -> None:  # noqa: ANN401  (distributed has no types)
    """See to it that there are workers, and that they would make the same bytes as we."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        remedy = f"start some: dask worker {address}"
        raise ClusterError("the scheduler has no worker", address, remedy) from error
    same = travel.versions()
    for worker, told in client.run(travel.versions, on_error="return").items():
        if isinstance(told, Exception):
            what = f"can't run exporter: {type(told).__name__}: {told}"
            raise ClusterError(what, worker, "install article-exporter there, as it is here")
        if tuple(told) != same:
            theirs, ours = sorted({*told} - {*same}), sorted({*same} - {*told})
            what = f"has {', '.join(theirs)}, not {', '.join(ours)}"
            raise ClusterError(what, worker, "install the same versions on all workers")


def _shares(client: Any, where: Where) -> bool:  # noqa: ANN401  (distributed has no types)
    """Tell whether every worker sees our files, and those that we write now."""
    if where.storage != AUTO:
        return where.storage == SHARED
    sizes = {str(path.absolute()): path.stat().st_size for path in where.reads if path.is_file()}
    with contextlib.ExitStack() as stack:
        if where.writes is not None:
            files.make_folder(where.writes)
            nonce = files.partial_of(where.writes.absolute() / "nonce")
            nonce.write_bytes(bytes(1 + secrets.randbelow(4096)))
            stack.callback(nonce.unlink, missing_ok=True)
            sizes[str(nonce)] = nonce.stat().st_size
        return all(client.run(travel.sees, sizes).values())


class Dask(Executor):
    """Sends jobs to a cluster; what is lost with a worker is sent again."""

    def __init__(self, client: Any, address: str, *, carries: bool) -> None:  # noqa: ANN401
        self.client = client
        self.address = address
        self.carries = carries
        self.threads = 1
        self.counted = 0.0
        self.closed = False

    def count(self) -> int:
        """Give the threads of all workers there are now; at least one, for some may come."""
        if time.monotonic() - self.counted > LOOK:
            with contextlib.suppress(OSError, ValueError):  # whoever waits for a job is told
                self.threads = sum(self.client.nthreads().values())
            self.counted = time.monotonic()
        return max(self.threads, 1)

    def submit(  # type: ignore[override]
        self, call: Callable[[Job], Done], job: Job, /
    ) -> "Future[Done]":
        """Send a job."""
        outer: Future[Done] = Future()
        try:
            parcel = travel.packed(job, carries=self.carries)
        except (ExportError, OSError) as error:
            outer.set_result(travel.refused(job, _told(error)))
            return outer
        self._send(Errand(outer, call, job, parcel))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Take no more results."""
        self.closed = True

    def _send(self, errand: Errand) -> None:
        try:
            with warnings.catch_warnings():  # of what Dask thinks of large jobs
                warnings.simplefilter("ignore")
                inner = self.client.submit(
                    travel.work,
                    errand.call,
                    errand.parcel,
                    key=f"exporter-{os.getpid()}-{secrets.token_hex(8)}",
                    pure=False,
                )
            inner.add_done_callback(partial(self._arrived, errand))
        except Exception as error:
            raise ClusterError(GONE, self.address, AGAIN) from error
        errand.outer.add_done_callback(partial(self._called_off, inner))

    def _called_off(self, inner: Any, outer: "Future[Done]") -> None:  # noqa: ANN401
        """Call a job off that nobody waits for; a client that is closed has called off all."""
        if outer.cancelled() and not self.closed:
            with contextlib.suppress(Exception):  # its scheduler may be gone
                inner.cancel()

    def _arrived(self, errand: Errand, inner: Any) -> None:  # noqa: ANN401
        """Take what came of a job; this runs in a thread of Dask's."""
        with contextlib.suppress(InvalidStateError):  # nobody waits for it any more
            try:
                done = self._settled(errand, inner)
            except Exception as error:  # noqa: BLE001  (no exception may get lost in that thread)
                errand.outer.set_exception(_told(error))
            else:
                if done is not None:
                    errand.outer.set_result(done)

    def _settled(self, errand: Errand, inner: Any) -> Done | None:  # noqa: ANN401
        """Give what became of a job; None when it was sent once more.

        Raises:
            ClusterError: the scheduler is gone.
            OutputError: what came back can't be written.

        """
        if errand.outer.cancelled() or self.closed:
            return None
        if inner.status not in {"finished", "error"}:
            raise ClusterError(GONE, self.address, AGAIN)
        try:
            back: Back = inner.result()
        except ExportError:
            raise
        except Exception as lost:
            if inner.status != "error":  # it was done, and can't be fetched
                raise ClusterError(GONE, self.address, AGAIN) from lost
            return self._once_more(errand, lost)
        more = None
        if errand.parcel.carries and errand.rounds < ROUNDS:
            more = travel.completed(errand.parcel, back.done.asked)
        if more is not None:
            self._send(replace(errand, parcel=more, rounds=errand.rounds + 1))
            return None
        return travel.unpacked(back, errand.job)

    def _once_more(self, errand: Errand, lost: Exception) -> Done | None:
        """Send a job again; when it was lost too often, give its failure."""
        if errand.tries < TRIES:
            self._send(replace(errand, tries=errand.tries + 1))
            return None
        what = f"its worker was lost {TRIES} times: {type(lost).__name__}"
        remedy = "convert it alone, without --cluster"
        return travel.refused(errand.job, InternalError(what, errand.job.source.name, remedy))


def _told(error: Exception) -> ExportError:
    if isinstance(error, ExportError):
        return error
    return InternalError(f"{type(error).__name__}: {error}", remedy="please report it")
