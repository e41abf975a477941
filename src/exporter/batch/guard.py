"""One warm, killable child per executor slot: what an article may cost holds under any executor.

`call` is the function an executor runs. It finds the child of its own thread, starts one where
there is none, and watches wall clock and memory. A child that dies or goes beyond a limit is
killed and replaced; that costs the one article it was at, and the rest of the capture goes on.
"""

import collections
import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from exporter import files
from exporter.batch import worker
from exporter.batch.jobs import Job, Row, Sketch
from exporter.errors import CaptureError, ExportError, InternalError
from exporter.limits import Limits
from exporter.model import Article, Failure, Outcome

LOGGER: Final = logging.getLogger(__name__)
Result = Outcome | Article | Row | Sketch


class Done(NamedTuple):
    """What became of a job."""

    results: tuple[Result, ...]
    asked: frozenset[str] = frozenset()  # paths beside its captures that were looked for


TICK: Final = 0.2  # seconds between looks at a working child's memory
PATIENCE: Final = 2.0  # seconds a child has to end once its wire is closed
TIRED: Final = 0.5  # share of the memory limit at which a child is replaced between captures
LAST_WORDS: Final = 40  # lines of standard error kept of a child
COMMAND: Final = (sys.executable, "-P", "-m", "exporter.batch.worker")
# glibc gives every freed picture back to the system and is given it anew, page by page: a fifth of
# an EPUB's time; what a child holds on to instead is a picture or two
ALLOCATOR: Final = {
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),  # bytes
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
}
STAT: Final = "/proc/{}/statm"
PAGE_SIZE: Final = 4096

# One child for each thread, as executors know nothing of slots: the one place of module state.
_SLOT = threading.local()
_CHILDREN: "weakref.WeakSet[Child]" = weakref.WeakSet()


class Dead(Exception):  # noqa: N818  (it says what happened to a child, not what failed)
    """The child ended, or had to be ended, before it was done; says why."""

    def __init__(self, error: ExportError, *, by_itself: bool = False) -> None:
        super().__init__(error)
        self.error = error
        self.by_itself = by_itself


class Child:
    """A worker process and the wires to it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=ALLOCATOR | os.environ,
        )
        self.messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.last_words: collections.deque[str] = collections.deque(maxlen=LAST_WORDS)
        self.served = 0  # captures it has done
        self.stopped = False  # the run is over: nobody waits for this child any more
        readers = (
            threading.Thread(target=_collect, args=(self.process.stdout, self.messages)),
            threading.Thread(target=_keep, args=(self.process.stderr, self.last_words)),
        )
        for reader in readers:
            reader.daemon = True
            reader.start()
        self.close = weakref.finalize(self, _end, self.process, readers)
        _CHILDREN.add(self)

    def send(self, job: Job) -> None:
        """Give the child a job."""
        assert self.process.stdin is not None  # noqa: S101  (a pipe was asked for)
        try:
            worker.send(self.process.stdin, job)  # type: ignore[arg-type]
        except OSError:
            raise Dead(self._death(), by_itself=True) from None

    def next(self, deadline: float, limits: Limits) -> tuple[str, Any]:
        """Wait for the child's next message.

        Raises:
            Dead: the child is gone, late or too large; it is certainly gone after this.

        """
        while True:
            try:
                message = self.messages.get(timeout=TICK)
            except queue.Empty:
                if time.monotonic() > deadline:
                    raise Dead(_too_slow(limits)) from None
                if self.memory() > limits.memory:
                    raise Dead(_too_large(limits)) from None
                continue
            if message is None:
                raise Dead(self._death(), by_itself=True)
            return message  # type: ignore[no-any-return]

    def memory(self) -> int:
        """Give the resident bytes of the child, 0 where the system does not tell."""
        try:
            pages = Path(STAT.format(self.process.pid)).read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * PAGE_SIZE

    def kill(self) -> None:
        """End the child now."""
        with contextlib.suppress(OSError):
            self.process.kill()
        self.close()

    def _death(self) -> ExportError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        code = self.process.returncode
        last = next(reversed(self.last_words), "")
        return InternalError(
            f"the worker ended with code {code}{': ' if last else ''}{last}",
            remedy="the page may be hostile, or the machine out of memory",
        )


def _too_slow(limits: Limits) -> ExportError:
    return CaptureError(
        f"took longer than {limits.seconds:g} s and was stopped",
        remedy="allow more with --timeout, if you trust the page",
    )


def _too_large(limits: Limits) -> ExportError:
    return CaptureError(
        f"took more than {limits.memory >> 20} MB of memory and was stopped",
        remedy="allow more with --max-memory, if you trust the page",
    )


def _collect(stream: BinaryIO, messages: "queue.SimpleQueue[Any]") -> None:
    """Queue a child's messages; None says that there are no more."""
    with contextlib.suppress(EOFError, OSError, ValueError):
        while True:
            messages.put(worker.receive(stream))
    messages.put(None)


def _keep(stream: BinaryIO, lines: "collections.deque[str]") -> None:
    """Read a child's standard error, so that it never blocks, and keep the end of it."""
    with contextlib.suppress(OSError, ValueError):
        for line in stream:
            lines.append(line.decode(errors="replace").rstrip())
            LOGGER.info("worker: %s", lines[-1])


def _end(process: "subprocess.Popen[bytes]", readers: tuple[threading.Thread, ...]) -> None:
    """Close the wire to a child, which ends it, and wait until it is gone."""
    assert process.stdin is not None  # noqa: S101  (a pipe was asked for)
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for reader in readers:
        reader.join()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def call(job: Job) -> Done:
    """Work on a capture in the child of this thread; give the results of all its articles.

    An article that kills the child, or takes too long or too much, is tried once more in
    simplified form, and is a Failure then; the articles after it are done in a new child.
    """
    results: list[Result] = []
    asked: set[str] = set()
    rest: list[Job] = [job]
    while rest:
        rest[:1] = _work(rest[0], results, asked)
    return Done(tuple(results), frozenset(asked))


def _work(job: Job, results: list[Result], asked: set[str]) -> Sequence[Job]:
    """Add a job's results; give what is to be done when the child died: again, and the rest."""
    child = _child()
    name, left, again = job.source.name, None, None
    begun = not child.served  # a worker that dies before it begins may die of an earlier capture
    started = time.monotonic()
    try:
        child.send(job)
        while True:
            kind, value = child.next(started + job.limits.seconds, job.limits)
            if kind == "begin":
                name, left, again = value
                begun = True
            elif kind == "result":
                results.append(value)
                name, again = job.source.name, None
            else:
                if kind == "error":
                    results.append(Failure(name, value, time.monotonic() - started))
                else:
                    asked |= value
                child.served += 1
                _rest(child, job.limits)
                return ()
            started = time.monotonic()
    except Dead as dead:
        _bury(child, job)
        if child.stopped:
            return ()
        if not begun and dead.by_itself:
            return (job,)
        if again is not None:
            return tuple(filter(None, (again, left)))
        error = dead.error
        results.append(
            Failure(name, type(error)(error.what, name, error.remedy), time.monotonic() - started)
        )
        return (left,) if left is not None else ()


def _child() -> Child:
    """Give the warm child of this thread, or start one."""
    child: Child | None = getattr(_SLOT, "child", None)
    if child is None or child.process.poll() is not None:
        try:
            child = _SLOT.child = Child()
        except OSError as error:
            raise InternalError(
                f"no worker process can be started: {error.strerror or error}",
                sys.executable,
                "check the installation and the limits on processes",
            ) from error
    return child


def _rest(child: Child, limits: Limits) -> None:
    """Let a child that has grown large go, now that it is between captures."""
    if child.memory() > TIRED * limits.memory:
        child.close()
        _SLOT.child = None


def _bury(child: Child, job: Job) -> None:
    """End a child for good and remove what it was writing."""
    child.kill()
    _SLOT.child = None
    for folder in job.folders:
        files.remove_partial(folder, child.process.pid)


def stop() -> None:
    """Kill the children of all threads of this process: the run is over."""
    for child in tuple(_CHILDREN):
        child.stopped = True
        child.kill()
