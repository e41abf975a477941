"""What large captures cost: time, the memory of the process that reads, when progress shows.

.venv/bin/python benchmarks/captures.py [FOLDER]

Makes a WARC of 1 GB with 2,000 pages (plain, and gzip'd as crawlers write it), reads all its
pages and one picture of each in a process of its own, and prints the peak of its memory. Then
converts a folder of 5,000 pages until something shows, on a terminal and in a pipe.
"""

import gzip
import os
import pty
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PAGES = 2_000
PICTURES = 5  # of each page
PICTURE = 100_000  # bytes
WORDS = ("port", "quai", "mer", "barque", "filet", "sardine", "aube", "marée", "phare", "vent")
LIMIT = 400  # MB
CROWD = 5_000  # pages of a folder
SOON = 0.5  # seconds until progress shows


def records() -> Iterator[bytes]:
    """Give the crawl: each page, then its pictures."""
    chance = random.Random(4)  # noqa: S311  (the same crawl each time)
    for number in range(PAGES):
        url = f"https://port.example/{number}"
        text = "".join(f"<p>{' '.join(chance.choices(WORDS, k=80))}.</p>\n" for _ in range(20))
        images = "".join(f"<img src='/{number}/{n}.png'>" for n in range(PICTURES))
        yield record(url, "text/html", f"<html><h1>{number}</h1>{images}{text}".encode())
        for n in range(PICTURES):
            body = b"\x89PNG" + chance.randbytes(PICTURE)
            yield record(f"https://port.example/{number}/{n}.png", "image/png", body)


def record(url: str, media: str, body: bytes) -> bytes:
    """Give the record of a response."""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n".encode() + body
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
    head += f"WARC-Date: 2024-03-03T09:20:30Z\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def make(path: Path) -> None:
    """Write the crawl."""
    with path.open("wb") as file:
        for each in records():
            file.write(gzip.compress(each, 1, mtime=0) if path.suffix == ".gz" else each)


def measure(path: Path) -> None:
    """Read a capture and print the figures: what the child process does."""
    from exporter.read import Source, read  # noqa: PLC0415  (its cost belongs to the child)

    started, first, pages, found = time.perf_counter(), 0.0, 0, 0
    for page in read(Source(path, None, path.name)):
        first = first or time.perf_counter() - started
        pages += 1
        found += page.resources.find(f"/{pages - 1}/0.png") is not None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.perf_counter() - started
    size = path.stat().st_size / 1e6
    print(
        f"{path.name}: {size:.0f} MB, {pages} pages, {found} pictures, first page after"
        f" {first:.1f} s, all after {seconds:.1f} s, peak {peak:.0f} MB (limit {LIMIT})"
    )
    sys.exit(pages != PAGES or found != PAGES or peak > LIMIT)


def shelve(folder: Path) -> None:
    """Write a folder of many pages."""
    chance = random.Random(4)  # noqa: S311  (the same folder each time)
    for number in range(CROWD):
        text = "".join(f"<p>{' '.join(chance.choices(WORDS, k=60))}.</p>" for _ in range(12))
        page = f"<html><title>{number}</title><article><h1>Page {number}</h1>{text}</article>"
        (folder / f"{number:04}.html").write_text(page, "utf-8")


def first_sign(command: list[str], *, terminal: bool) -> tuple[float, float]:
    """Give the seconds, and those of CPU, until a command shows something; then end it."""
    before = _spent()
    reading, writing = pty.openpty() if terminal else os.pipe()
    started = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=writing, start_new_session=True
    ) as process:
        os.read(reading, 1)
        seconds = time.perf_counter() - started
        os.killpg(process.pid, signal.SIGKILL)
    os.close(reading)
    os.close(writing)
    return seconds, _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def progress(folder: Path) -> int:
    """Print when progress shows; give the exit code."""
    pages, out = folder / "pages", folder / "out"
    pages.mkdir()
    shelve(pages)
    command = [sys.executable, "-m", "exporter", "convert", str(pages), "-o", str(out)]
    code = 0
    for name, terminal in (("terminal", True), ("pipe", False)):
        seconds, spent = min(
            first_sign([*command, "--no-memory"], terminal=terminal) for _ in range(5)
        )
        print(
            f"{CROWD} pages: progress shows on a {name} after {seconds:.2f} s (limit {SOON} s),"
            f" {spent:.2f} s of CPU"
        )
        code |= seconds > SOON
    return code


def main() -> int:
    """Make and measure; give the exit code, 0 when the limit holds."""
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]))
    with tempfile.TemporaryDirectory(dir=next(iter(sys.argv[1:]), None)) as folder:
        code = 0
        for name in ("crawl.warc", "crawl.warc.gz"):
            path = Path(folder) / name
            make(path)
            code |= subprocess.run(
                [sys.executable, __file__, "--measure", str(path)], check=False
            ).returncode
            path.unlink()
        code |= progress(Path(folder))
    return code


if __name__ == "__main__":
    sys.exit(main())
