"""The warm child of an executor slot: takes jobs on its standard input, gives results back.

A message is its length in eight bytes, big-endian, then a pickle. The parent sends jobs. Before
each article of the job's capture the child sends ("begin", (name, left, again)): if the article
kills the child, `left` is the job that remains and `again` the one that tries the article once
more, or None. Then ("result", value). At the end ("end", the paths beside the capture that were
looked for), or ("error", ExportError) when the capture as a whole failed. Pickles cross between
our own processes only, never from a file.
"""

import contextlib
import gc
import os
import pickle
import queue
import signal
import sys
import threading
from typing import Any, BinaryIO, Final

ENDLESS: Final = 1 << 31  # seconds
HEADER: Final = 8  # bytes
# objects from which on garbage is searched for, instead of 700: a tenth of a PDF's time
COLLECTED: Final = (50_000, 10, 10)
KILLED_BY_PARENT: Final = 0


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    payload = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(payload).to_bytes(HEADER, "big") + payload)
    stream.flush()


def receive(stream: BinaryIO) -> Any:  # noqa: ANN401  (a message is whatever was sent)
    """Read one message.

    Raises:
        EOFError: the other side is gone.

    """
    size = int.from_bytes(_exactly(stream, HEADER), "big")
    return pickle.loads(_exactly(stream, size))  # noqa: S301  (our own process wrote it)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    payload = stream.read(size)
    if len(payload) < size:
        raise EOFError
    return payload


def take_wires() -> tuple[BinaryIO, BinaryIO]:
    """Give the streams of the protocol, and turn 0 and 1 into streams that can't corrupt it.

    What a library prints, in Python or in C, goes to standard error.
    """
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return incoming, outgoing


def limit_memory(memory: int) -> None:
    """Let allocations fail before they take down the machine, where the system can do that.

    Address space is not memory: mapped libraries and fonts count, hence the margin. The guard
    watches the resident size beside it.
    """
    try:
        import resource  # noqa: PLC0415  (absent on Windows)
    except ImportError:
        return
    _bound(resource.RLIMIT_CORE, 0)  # a page is no reason to fill the disk
    _bound(resource.RLIMIT_AS, 2 * memory + (1 << 30))


def limit_time(seconds: float) -> None:
    """Let the system end this process when it computes longer than twice `seconds` from now.

    The guard's clock comes first; this holds when the guard is gone or can't be heard.
    """
    try:
        import resource  # noqa: PLC0415  (absent on Windows)
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(used.ru_utime + used.ru_stime + 2 * seconds) + 1
    if wanted < ENDLESS:
        _bound(resource.RLIMIT_CPU, wanted)


def _bound(kind: int, most: int) -> None:
    """Set a limit of the system's for this process, below that which it may not exceed."""
    import resource  # noqa: PLC0415  (whoever calls has it)

    _, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY or most < hard:
        with contextlib.suppress(OSError, ValueError):  # macOS takes none below what is mapped
            resource.setrlimit(kind, (most, hard))


def listen(incoming: BinaryIO, jobs: "queue.SimpleQueue[Any]") -> None:
    """Queue the parent's jobs; end the process at once when the parent is gone.

    So a worker never outlives a parent that was killed, even in the middle of an article.
    """
    try:
        while True:
            jobs.put(receive(incoming))
    except (EOFError, OSError):
        os._exit(KILLED_BY_PARENT)


def main() -> None:
    """Do jobs until the parent closes the wire."""
    incoming, outgoing = take_wires()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt ends
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(incoming, jobs), daemon=True).start()

    from exporter.batch import attempt  # noqa: PLC0415  (slow: the parent's wire is up first)

    gc.set_threshold(*COLLECTED)
    gc.freeze()  # modules are there to stay
    limited = False
    while True:
        job = jobs.get()
        if not limited:
            limit_memory(job.limits.memory)
            limited = True
        limit_time(job.limits.seconds)  # it is read before its first article begins
        for message in attempt.messages(job):
            if message[0] != "result":  # an article begins, or a job has ended
                limit_time(job.limits.seconds)
            send(outgoing, message)


if __name__ == "__main__":
    main()
