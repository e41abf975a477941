"""Run a command and watch what it and all its children take."""

import os
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PAUSE: Final = 0.03  # s between two looks at the processes
PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Ran:
    """How a command ended: `code` is None when it was killed; seconds, and bytes at the peak."""

    code: int | None
    seconds: float
    cpu: float
    peak: int
    out: str
    err: str


def _tree(top: int) -> list[int]:
    """Give the process and all that descend from it."""
    found = [top]
    for pid in found:
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def _resident(pid: int) -> int:
    with suppress(OSError, IndexError, ValueError):
        _, resident, mapped, *_ = Path(f"/proc/{pid}/statm").read_text("ascii").split()
        return (int(resident) - int(mapped)) * PAGE  # files are the system's to drop
    return 0


def _kill(pids: Sequence[int]) -> None:
    for pid in pids:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def _without_rights(command: Sequence[str]) -> list[str]:
    """Take from root what lets it read and write in spite of modes."""
    if os.getuid() != 0:
        return list(command)
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--", *command]


def run(
    command: Sequence[str],
    folder: Path,
    env: Mapping[str, str],
    limit: float,
    *,
    rights: bool,
) -> Ran:
    """Run to the end or to the limit, in seconds; every process of the tree is gone after it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        child = subprocess.Popen(
            list(command) if rights else _without_rights(command),
            cwd=folder,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        peak, everyone = 0, {child.pid}
        while (ended := os.wait4(child.pid, os.WNOHANG))[0] == 0:
            pids = _tree(child.pid)
            everyone |= set(pids)
            peak = max(peak, sum(map(_resident, pids)))
            if time.monotonic() - began > limit:
                _kill(pids)
                ended = os.wait4(child.pid, 0)
                break
            time.sleep(PAUSE)
        seconds = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(ended[1])
        left = [pid for pid in everyone - {child.pid} if _belongs(pid, child.pid)]
        _kill(left)
        out.seek(0)
        err.seek(0)
        return Ran(
            None if seconds > limit else child.returncode,
            seconds,
            _cpu(ended[2]),
            peak,  # ru_maxrss has what this process took before the command began in its place
            out.read().decode("utf-8", "replace"),
            err.read().decode("utf-8", "replace")
            + "".join(f"\nLEFT RUNNING {pid}" for pid in left),
        )


def _cpu(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def _belongs(pid: int, session: int) -> bool:
    """Tell whether a process is alive and of the session that we started."""
    with suppress(OSError, IndexError, ValueError):
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        return int(fields[3]) == session and fields[0] != "Z"
    return False
