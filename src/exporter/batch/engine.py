"""Many captures over any executor: submitted as slots fall free, given back as they finish."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple, Protocol, overload

from exporter.batch import guard
from exporter.batch.guard import Done, Result
from exporter.batch.jobs import Bind, Compare, Convert, Explain, Job, Row, Sketch, Survey
from exporter.errors import (
    ClusterError,
    ConfigError,
    DiskFullError,
    ExportError,
    InternalError,
    UsageError,
)
from exporter.limits import Limits
from exporter.model import Article, Failure, Outcome
from exporter.read import Source
from exporter.settings import Settings

DEFAULTS: Final = Settings()
GLANCE: Final = 20.0  # seconds, for a survey: a hostile page costs its time twice
AHEAD: Final = 2  # captures submitted for each slot: one at work, one waiting
HOPELESS: Final = (DiskFullError, UsageError, ConfigError)  # for every article


def cores() -> int:
    """Give the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Asked(NamedTuple):
    """A job, and what is known of its results."""

    job: Job  # with what is left of it to be done
    results: tuple[Result, ...] | None = None  # None: it has to be done
    proof: object = None  # what its cache wants to know again when it is done


class Memory(Protocol):
    """What earlier runs have done (batch.cache)."""

    def ask(self, job: Job) -> Asked:
        """Give a job with its results, where nothing that these come from has changed."""

    def keep(self, asked: Asked, done: Done) -> None:
        """Keep what became of a job."""

    def gone(self, folder: Path, inputs: Sequence[Path], *, prune: bool) -> Iterator[Outcome]:
        """Give what became of the books in a folder whose captures in the inputs are gone."""


class Nothing:
    """No earlier runs."""

    def ask(self, job: Job) -> Asked:
        """Give a job that has to be done."""
        return Asked(job)

    def keep(self, asked: Asked, done: Done) -> None:
        """Forget it."""

    def gone(self, folder: Path, inputs: Sequence[Path], *, prune: bool) -> Iterator[Outcome]:
        """Give nothing: nobody knows of them."""
        del folder, inputs, prune
        return iter(())


@dataclass(frozen=True, slots=True)
class Pool:
    """What a run works with."""

    executor: Executor
    slots: int  # jobs that it does at a time
    memory: Memory = field(default_factory=Nothing)
    count: Callable[[], int] | None = None  # the slots now, where they come and go

    @property
    def room(self) -> int:
        """Give the jobs that may be under way."""
        return AHEAD * (self.slots if self.count is None else self.count())


@contextmanager
def local(slots: int, memory: Memory | None = None) -> Iterator[Pool]:
    """Give an executor on this machine; each slot is a thread that owns one warm process.

    When the block is left by an exception (an interrupt, say) what is under way is killed.
    """
    executor = ThreadPoolExecutor(slots, thread_name_prefix="slot")
    try:
        yield Pool(executor, slots, memory or Nothing())
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        guard.stop()
        raise
    finally:
        executor.shutdown(wait=True)


@overload
def run(jobs: Iterable[Convert], pool: Pool) -> Generator[Outcome, None, None]: ...
@overload
def run(jobs: Iterable[Bind], pool: Pool) -> Generator[Outcome, None, None]: ...
@overload
def run(jobs: Iterable[Explain], pool: Pool) -> Generator[Article | Failure, None, None]: ...
@overload
def run(jobs: Iterable[Survey], pool: Pool) -> Generator[Row | Failure, None, None]: ...
@overload
def run(jobs: Iterable[Compare], pool: Pool) -> Generator[Sketch | Outcome, None, None]: ...
def run(jobs: Iterable[Job], pool: Pool) -> Generator[Result, None, None]:
    """Give the results of all jobs in the order in which they finish.

    Only as many jobs are taken at a time as the slots need, so `jobs` may be endless. An error
    that every later article would meet too (a full disk, a wrong theme) ends the run early.
    """
    todo = iter(jobs)
    pending: dict[Future[Done], Asked] = {}
    try:
        while True:
            while len(pending) < pool.room and (job := next(todo, None)) is not None:
                asked = pool.memory.ask(job)
                if asked.results is not None:
                    yield from asked.results
                else:
                    pending[pool.executor.submit(guard.call, asked.job)] = asked
            if not pending:
                return
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                results = _results(future, pending.pop(future), pool.memory)
                yield from results
                if any(hopeless(result) for result in results):
                    todo = iter(())
                    for waiting in [other for other in pending if other.cancel()]:
                        del pending[waiting]
    finally:
        for future in pending:
            future.cancel()


def _results(future: Future[Done], asked: Asked, memory: Memory) -> tuple[Result, ...]:
    """Give a future's results; a slot that was lost with its machine is the capture's failure."""
    if future.cancelled():
        return ()
    lost = future.exception()
    if lost is None:
        done = future.result()
        memory.keep(asked, done)
        return done.results
    if isinstance(lost, ClusterError):
        raise lost
    name = asked.job.source.name
    error = (
        lost
        if isinstance(lost, ExportError)
        else InternalError(f"{type(lost).__name__}: {lost}", name, "run the command again")
    )
    return (Failure(name, error, 0.0),)


def hopeless(result: Result) -> bool:
    """Tell whether a result says that every later article would fail alike."""
    return isinstance(result, Failure) and isinstance(result.error, HOPELESS)


def survey(
    sources: Iterable[Source], pool: Pool, limits: Limits = DEFAULTS.limits
) -> Iterator[Row]:
    """Give a row of each page as they come; why one can't be surveyed its conversion will tell."""
    limits = replace(limits, seconds=min(limits.seconds, GLANCE))
    settings = replace(DEFAULTS, limits=limits)
    jobs = (Survey(source, settings, identity=place(source)) for source in sources)
    for result in run(jobs, pool):
        if isinstance(result, Row):
            yield result


def place(source: Source) -> str:
    """Give what tells a source from all others of a run, alone or not."""
    return f"{source.root}/{source.name}" if source.root is not None else source.name


def identity(source: Source, inputs: Sequence[Path]) -> str | None:
    """Give what tells a capture from all others of a run; None where it is the only one.

    It is the capture's path in the folder that was named, so that the names of its editions don't
    change with the place from which the command is run; two folders need their own names too.
    """
    if len(inputs) == 1:
        return source.name if source.root is not None else None
    return place(source)
