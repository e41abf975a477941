"""What safety costs: its share of the CPU of the speed benchmark's batch.

    python -m benchmarks.safety [--pages 50] [--rounds 3]

Safety has no switch, so each part is measured where it works. The same pages are converted, start
included, in turn:

whole      to EPUB and PDF, as users do it: what all is a share of
timed      likewise, but in one process, with a clock around each function that only keeps
           something out, proves something, or keeps files whole: one row of WALLS each
guarded    to EPUB alone, as users do it: a parent that guards, and a worker that does the work
alone      likewise, but the guard calls the work in its own process: the difference is what the
           guard costs, whatever it guards; beside that of printing it would be lost in the noise

The allow-list by which a body is built anew is not among them: it is how a body comes about at
all. The numbers are those of the promises in docs/security.md.
"""

import argparse
import functools
import importlib
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks import pages, speed

FORMATS: Final = {"whole": "epub,pdf", "timed": "epub,pdf", "guarded": "epub", "alone": "epub"}
WITHIN: Final = ("alone", "timed")  # what runs in one process
WANTED: Final = 10  # per cent
ME: Final = "benchmarks.safety"


class Wall(NamedTuple):
    """What keeps something out, and the functions that do nothing else."""

    promises: str
    what: str
    names: tuple[str, ...]  # module:function or module:class.method


WALLS: Final = (
    Wall("1, 2, 14", "files are regular, and inside the capture or the output folder", (
        "exporter.read.trees:Disk._is_inside", "exporter.files:is_inside",
        "exporter.files:open_regular",
    )),
    Wall("3", "the engine's fetcher", ("exporter.write.pdf.fetcher:AssetFetcher.fetch",)),
    Wall("6", "the body is checked against the vocabulary", ("exporter.dom:validate",)),
    Wall("8, 9", "pictures are measured, decoded whole and freed of all but pixels", (
        "exporter.images.raster:_load", "exporter.images.jpeg:stripped",
        "exporter.images.svg:sanitise",
    )),
    Wall("10", "the EPUB is read again, each member parsed", ("exporter.write.epub.lint:check",)),
    Wall("11", "names of files", ("exporter.naming:slug", "exporter.naming:unique_stem")),
    Wall("13", "characters", tuple(
        f"exporter.characters:{name}" for name in ("sayable", "named", "shown", "escaped")
    )),
    Wall("15", "limits of words, attributes and of what is printed", (
        "exporter.clean.bounds:Bounds.cut", "exporter.clean.bounds:Bounds.spans",
        "exporter.clean.bounds:Bounds.said", "exporter.write.pdf.plain:plain",
    )),
    Wall("18", "files come to the disk before they have their names", ("os:fsync", "os:replace")),
    Wall("19", "the lock, and what dead runs left", (
        "exporter.locking:_taken", "exporter.files:remove_stale",
    )),
    Wall("20", "proofs of what was made, for a run that goes on after a kill", (
        "exporter.batch.cache:Cache.__init__", "exporter.batch.cache:Cache.__exit__",
        "exporter.batch.cache:Cache.ask", "exporter.batch.cache:Cache.keep",
    )),
)  # fmt: skip


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=50)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--within", choices=WITHIN, help=argparse.SUPPRESS)
    arguments.add_argument("command", nargs="*", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.within:
        sys.exit(within(options.command, clocked=options.within == "timed"))
    with tempfile.TemporaryDirectory(prefix="exporter-safety-") as place:
        folder = Path(place)
        pages.generate(folder / "pages", options.pages)
        rounds = [measured(folder) for _ in range(options.rounds)]
    _print(rounds, options.pages)


class Measured(NamedTuple):
    """The CPU seconds of one round."""

    ways: dict[str, float]
    walls: dict[str, float]  # by what they do


def measured(folder: Path) -> Measured:
    """Convert the pages in each way."""
    seconds: dict[str, float] = {}
    walls: dict[str, float] = {}
    for mode, formats in FORMATS.items():
        with tempfile.TemporaryDirectory(dir=folder) as out:
            told = Path(out) / "told.json"
            start = _command(mode, told) if mode in WITHIN else speed.COMMAND
            asked = [*start, "-f", formats, str(folder / "pages"), "-o", f"{out}/books"]
            seconds[mode] = speed.children([*asked, *speed.ONE], cache=Path(out) / "cache")
            if mode == "timed":
                walls = json.loads(told.read_text("utf-8"))
    return Measured(seconds, walls)


def _command(mode: str, told: Path) -> list[str]:
    arguments = speed.COMMAND[speed.COMMAND.index("convert") :]
    return [sys.executable, "-m", ME, "--within", mode, "--", str(told), *arguments]


def within(command: list[str], *, clocked: bool) -> int:
    """Run a command in this process alone; write the seconds of each wall to a file."""
    from exporter import cli  # noqa: PLC0415  (its import is part of what is measured)
    from exporter.batch import attempt, guard  # noqa: PLC0415
    from exporter.batch.jobs import Job  # noqa: PLC0415

    def call(job: Job) -> guard.Done:
        results: list[Any] = []
        asked: Any = frozenset()
        for kind, value in attempt.messages(job):
            if kind == "error":
                sys.exit(str(value))
            if kind == "result":
                results.append(value)
            elif kind == "end":
                asked = value
        return guard.Done(tuple(results), asked)

    guard.call = call
    told, *arguments = command
    clock = Clock()
    if clocked:
        for wall in WALLS:
            for name in wall.names:
                clock.watch(name, wall.what)
    code = cli.main(arguments)
    Path(told).write_text(json.dumps(clock.seconds), "utf-8")
    return code


def found(name: str) -> tuple[Any, str, Callable[..., Any]]:
    """Give the module or class that has a function, its name there and the function."""
    module, _, path = name.partition(":")
    owner: Any = importlib.import_module(module)
    *classes, last = path.split(".")
    for part in classes:
        owner = getattr(owner, part)
    return owner, last, getattr(owner, last)


class Clock:
    """Adds up the CPU seconds that functions take; in each other, the outermost counts."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inside = threading.local()

    def watch(self, name: str, what: str) -> None:
        """Put a clock around a function, wherever it was imported to."""
        owner, last, function = found(name)
        timed = self._timed(function, what)
        setattr(owner, last, timed)
        for other in list(sys.modules.values()):
            if getattr(other, "__name__", "").startswith("exporter"):
                for key in [key for key, value in vars(other).items() if value is function]:
                    setattr(other, key, timed)

    def _timed(self, function: Callable[..., Any], what: str) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*given: Any, **named: Any) -> Any:  # noqa: ANN401  (whatever it takes)
            if getattr(self._inside, "wall", False):
                return function(*given, **named)
            self._inside.wall = True
            began = time.thread_time()
            try:
                return function(*given, **named)
            finally:
                took = time.thread_time() - began
                self.seconds[what] = self.seconds.get(what, 0.0) + took
                self._inside.wall = False

        return timed


def _print(rounds: list[Measured], pages: int) -> None:
    whole = statistics.median(one.ways["whole"] for one in rounds)
    guard = statistics.median(one.ways["guarded"] - one.ways["alone"] for one in rounds)
    rows = [("16, 17", "the guard: a worker process, its start, what passes between", guard)]
    rows += [
        (wall.promises, wall.what, statistics.median(one.walls.get(wall.what, 0) for one in rounds))
        for wall in WALLS
    ]
    print(f"{pages} pages, {len(rounds)} rounds, s of CPU:")
    for way, formats in FORMATS.items():
        print(f"- {way} ({formats}): {', '.join(f'{one.ways[way]:.2f}' for one in rounds)}")
    print("\n| promise | wall | s, median | % of the whole |")
    print("|---|---|---|---|")
    for promises, what, seconds in rows:
        print(f"| {promises} | {what} | {seconds:.3f} | {100 * seconds / whole:.2f} |")
    total = sum(seconds for *_, seconds in rows)
    print(f"| | all | {total:.2f} | {100 * total / whole:.1f} (wanted: at most {WANTED}) |")


if __name__ == "__main__":
    main()
