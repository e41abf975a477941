"""What the long checks are made of: a batch that is killed at random moments, again and again."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

import pikepdf
from lxml import etree

from exporter.files import PART

TEXT: Final = (
    "the miller opens the sluice before dawn and listens whether the wheel takes up its old song "
    "again while the apprentice carries sacks that smell of rain and counts them under his breath"
)
LIMIT: Final = 600.0  # seconds for a run that nobody kills
XML: Final = (".xhtml", ".opf", ".ncx", ".xml")


class Killed(NamedTuple):
    """What came of it."""

    kills: int
    broken: tuple[str, ...]  # books that were not whole under their names
    redone: int  # books that were whole, of unchanged pages, and were written again
    finished: bool  # the last run made all
    left: tuple[str, ...]  # what it left behind


def pages(folder: Path, count: int) -> None:
    """Write pages of a few hundred words each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        dice = random.Random(number)  # noqa: S311  (the same pages every time)
        blocks = (
            f"{' '.join(dice.choices(TEXT.split(), k=60)).capitalize()}, said number {number}."
            for _ in range(6)
        )
        text = "".join(f"<p>{block}</p>" for block in blocks)
        title = f"The mill, day {number}"
        html = f"<html lang='en'><title>{title}</title><article><h1>{title}</h1>{text}</article>"
        (folder / f"{number:03}.html").write_text(html, "utf-8")


def killed(place: Path, count: int, kills: int, seed: int) -> Killed:
    """Convert `count` pages, with so many SIGKILLs at random moments, then once to the end."""
    dice = random.Random(seed)  # noqa: S311  (the same moments, as far as a machine has them)
    pages(place / "pages", count)
    out = place / "books"
    broken: list[str] = []
    redone = done = 0
    for _ in range(kills):
        before = written(out)
        process = start(place, out)
        enough = time.monotonic() + LIMIT
        wanted = len(before) + dice.randint(0, count // kills)  # in all half of what there is
        while process.poll() is None and len(written(out)) < wanted and time.monotonic() < enough:
            time.sleep(0.01)
        time.sleep(dice.random() * 0.2)
        done += process.poll() is None
        end(process)
        after = written(out)
        broken += [name for name in after if not is_whole(out / name)]
        redone += sum(after[name] != when for name, when in before.items() if name in after)
    process = start(place, out)
    process.communicate(timeout=LIMIT)
    found = written(out)
    broken += [name for name in found if not is_whole(out / name)]
    whole = process.returncode == 0 and len(found) == 2 * count and reported(out) == count
    left = tuple(path.name for path in out.iterdir() if path.name.startswith(PART))
    return Killed(done, tuple(broken), redone, whole, left)


def start(place: Path, out: Path) -> "subprocess.Popen[bytes]":
    """Start a run in a session of its own."""
    command = [sys.executable, "-m", "exporter", "convert", str(place / "pages"), "-o", str(out)]
    return subprocess.Popen(
        [*command, "-q", "--no-memory", "-j", "2"],
        env=os.environ | {"XDG_CACHE_HOME": str(place / "cache")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kill the run; its workers have to end by themselves."""
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise TimeoutError("a worker has outlived its parent")


def written(out: Path) -> dict[str, int]:
    """Give the books under their names, and when they were written."""
    files = out.glob("*") if out.is_dir() else ()
    return {f.name: f.stat().st_mtime_ns for f in files if f.suffix in {".epub", ".pdf"}}


def is_whole(book: Path) -> bool:
    """Tell whether a book can be opened and read to its end."""
    try:
        if book.suffix == ".pdf":
            with pikepdf.open(book) as pdf:
                return len(pdf.pages) > 0 and b"%%EOF" in book.read_bytes()[-64:]
        with zipfile.ZipFile(book) as archive:
            for name in archive.namelist():
                if name.endswith(XML):
                    etree.fromstring(archive.read(name))
            return archive.testzip() is None
    except (OSError, zipfile.BadZipFile, etree.XMLSyntaxError, pikepdf.PdfError):
        return False


def reported(out: Path) -> int:
    """Give how many articles the report tells of as made, now or before."""
    report = json.loads((out / "report.json").read_text("utf-8"))
    return sum(outcome["status"] in {"exported", "unchanged"} for outcome in report["outcomes"])
