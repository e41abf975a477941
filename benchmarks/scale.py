"""What a page costs in folders of one size and another, and how much memory a run takes.

    python -m benchmarks.scale [--sizes 50,200,1000,5000] [--formats epub] [--plot FILE.svg]

For each size: CPU a page, start included; seconds until the first book is there, and how long the
survey before it took; the largest resident memory of the parent and of a worker; and what a second
run over the unchanged folder takes, of the first one's time. The pages are articles of 1,000 words
in the frame of a site; one in twenty has two photographs, one in a hundred is of two megabytes.
"""

import argparse
import os
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks import pages, speed

TICK: Final = 0.05  # seconds between looks
PICTURED: Final = 20
LARGE: Final = 100
MEGABYTES: Final = 2 << 20
PARENT_BAR, WORKER_BAR, AGAIN_BAR, FIRST_BAR = 150, 250, 2.0, 3.0  # MB, MB, %, s


@dataclass(slots=True)
class Watched:
    """What was seen of a run."""

    parent: int = 0  # kB
    worker: int = 0
    first: float = 0.0  # seconds until the first book
    seen: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of one size."""

    size: int
    cpu: float  # ms a page
    again: float  # % of the first run's wall time
    watched: Watched


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", default="50,200,1000,5000")
    arguments.add_argument("--formats", default="epub")
    arguments.add_argument("--plot", type=Path)
    options = arguments.parse_args()
    found = [measure(int(size), options.formats) for size in options.sizes.split(",")]
    for one in found:
        share = 100 * (one.cpu / found[0].cpu - 1)
        print(
            f"{one.size:6} pages: {one.cpu:.1f} ms CPU a page ({share:+.1f} %), first book after "
            f"{one.watched.first:.1f} s, parent {one.watched.parent // 1024} MB (wanted: "
            f"{PARENT_BAR}), worker {one.watched.worker // 1024} MB (wanted: {WORKER_BAR}), "
            f"again {one.again:.2f} % (wanted: {AGAIN_BAR})"
        )
    if options.plot is not None:
        options.plot.write_text(plot(found), encoding="utf-8")


def measure(size: int, formats: str) -> Found:
    """Give the figures of a folder of `size` pages."""
    with tempfile.TemporaryDirectory(prefix="exporter-scale-") as place:
        folder = Path(place)
        generate(folder / "pages", size)
        command = [
            *speed.COMMAND,
            *("-f", formats, str(folder / "pages"), "-o", str(folder / "books")),
        ]
        watched = Watched()
        with _watching(folder / "books", watched):
            first = speed.spent(command, cache=folder / "cache")
        again = speed.spent(command, cache=folder / "cache")
    return Found(size, 1000 * first.cpu / size, 100 * again.wall / first.wall, watched)


def generate(folder: Path, count: int) -> None:
    """Write the pages."""
    dice = random.Random(11)  # noqa: S311  (the same pages every time)
    pages.generate(folder, 2)
    pattern = (folder / "page-000.html").read_text(encoding="utf-8")
    before, rest = pattern.split('<p class="byline">', 1)
    after = rest.partition("</article>")[2]
    shots = [path.read_bytes() for path in sorted((folder / "page-000_files").iterdir())]
    for number in range(2, count):
        name = f"page-{number:05}"
        body = pages.paragraphs(dice)
        if number % PICTURED == 0:
            (folder / f"{name}_files").mkdir()
            for place, shot in enumerate(shots):
                (folder / f"{name}_files" / f"{place}.jpg").write_bytes(shot)
                body.insert(3 + place, f'<figure><img src="{name}_files/{place}.jpg"></figure>')
        if number % LARGE == 0:
            body.append(f"<!-- {dice.randbytes(MEGABYTES // 2).hex()} -->")
        head = before.replace("day 0", f"day {number}")
        html = f'{head}<p class="byline">By Ann Keeper</p>{"".join(body)}</article>{after}'
        (folder / f"{name}.html").write_text(html, encoding="utf-8")


class _watching:  # noqa: N801  (used as a function)
    """While inside, look at the memory of our command and its workers, and for the first book."""

    def __init__(self, books: Path, watched: Watched) -> None:
        self.books, self.watched = books, watched
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch)

    def __enter__(self) -> None:
        self.began = time.monotonic()
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.over.wait(TICK):
            if not self.watched.first and any(self.books.glob("*.epub")):
                self.watched.first = time.monotonic() - self.began
            for parent in _children(os.getpid()):
                self.watched.parent = max(self.watched.parent, _peak(parent))
                for worker in _children(parent):
                    self.watched.worker = max(self.watched.worker, _peak(worker))


def _children(process: int) -> Iterator[int]:
    """Give the processes that all threads of a process have started."""
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            yield from map(int, task.read_text(encoding="ascii").split())
        except OSError:  # it is over
            continue


def _peak(process: int) -> int:
    """Give the most memory that a process has had, in kB."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def plot(found: list[Found]) -> str:
    """Give a drawing of the cost of a page against the number of pages."""
    width, height, margin = 640, 320, 60
    most = 1.2 * max(one.cpu for one in found)
    step = (width - 2 * margin) / max(len(found) - 1, 1)
    marks, line = [], []
    for place, one in enumerate(found):
        x, y = margin + place * step, height - margin - (height - 2 * margin) * one.cpu / most
        line.append(f"{x:.0f},{y:.0f}")
        marks.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4"/>'
            f'<text x="{x:.0f}" y="{y - 12:.0f}">{one.cpu:.1f} ms</text>'
            f'<text x="{x:.0f}" y="{height - margin + 22}">{one.size}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="13" text-anchor="middle">'
        f'<rect width="{width}" height="{height}" fill="white"/>'
        f'<text x="{width / 2}" y="24">CPU of a page, by the number of pages in the folder</text>'
        f'<polyline points="{" ".join(line)}" fill="none" stroke="#1f5c6b" stroke-width="2"/>'
        f"{''.join(marks)}</svg>\n"
    )


if __name__ == "__main__":
    main()
