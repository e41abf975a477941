"""What is checked: editions of every kind, theme, profile and option, made by the command."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import bodies
from exporter import themes
from exporter.cli.config import CHOICES
from exporter.model import Edition
from exporter.settings import Settings
from exporter.write import writer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
INPUT = ROOT / "input"
PAGES = HERE / "pages"
SUBJECTS = ("bridge", "lamp", "quay", "ledger", "boat", "net", "storm", "bell", "ferry", "wall")
PARAGRAPH = (
    "The {0} stood where the {1} had been, and nobody in the yard remembered who had moved it, "
    "though everybody was certain that it had happened in the year of the long winter. "
)


@dataclass(frozen=True, slots=True)
class Case:
    """One run of the command."""

    name: str
    command: str  # "convert" or "book"
    sources: tuple[Path, ...]
    options: tuple[str, ...] = ()

    def run(self, target: Path) -> Path:
        """Make its editions in a folder of `target`; give the folder."""
        folder = target / self.name
        places = ["-o", str(folder)]
        if self.command == "book":
            folder.mkdir(parents=True)
            suffixes = (".pdf",) if "--archive" in self.options else (".epub", ".pdf")
            places = [part for suffix in suffixes for part in ("-o", str(folder / f"book{suffix}"))]
        command = [sys.executable, "-m", "exporter", self.command, *map(str, self.sources), *places]
        every = ("-q", "--no-memory", "--keep-duplicates")
        subprocess.run([*command, *self.options, *every], check=True, stdout=subprocess.DEVNULL)
        return folder


def cases(scratch: Path, size: int) -> Iterator[Case]:
    """Give every run; a book has `size` articles, written into `scratch`."""
    kinds, pages = scratch / "kinds", scratch / "pages"
    lay_out(kinds)
    write_pages(pages, size)
    one = PAGES / "everything.html"
    yield Case("samples", "convert", (INPUT,))
    yield Case("kinds", "convert", (kinds,))
    yield Case("scripts", "convert", (PAGES,))
    for theme in themes.names():
        yield Case(
            f"theme-{theme}", "convert", (one, INPUT / "horlogerie.html"), ("--theme", theme)
        )
    for name in ("profile", "links", "images"):
        for value in CHOICES.get(name, ()):
            yield Case(f"{name}-{value}", "convert", (INPUT,), (f"--{name}", value))
    yield Case("drop-cap", "convert", (one,), ("--drop-cap",))
    yield Case("plain", "convert", (one,), ("--no-typography", "--no-cover"))
    yield Case("archive", "convert", (INPUT, PAGES), ("--archive", "-f", "pdf"))
    yield Case("book", "book", (pages, INPUT), ("--title", "The Yard"))
    yield Case("book-scripts", "book", (PAGES,), ("--title", "Harbours"))
    yield Case("book-archive", "book", (PAGES, INPUT), ("--title", "The Yard", "--archive"))


def lay_out(folder: Path) -> None:
    """Write one capture of each kind."""
    sys.path.insert(0, str(ROOT / "tests"))
    from imitations import IMITATED, REAL  # noqa: PLC0415  (the tests' own, for this alone)

    shutil.copytree(REAL, folder, ignore=shutil.ignore_patterns("README.md"))
    for number, files in enumerate(IMITATED.values()):
        for name, body in files.items():
            path = folder / f"imitated-{number}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)


def write_pages(folder: Path, count: int) -> None:
    """Write pages of one site that link to each other."""
    folder.mkdir(parents=True)
    for number in range(count):
        one, other = SUBJECTS[number % 10], SUBJECTS[number // 10 % 10]
        address = f"https://yard.example/{number + 1}"
        title = f"The {one} and the {other}, part {number + 1}"
        prose = "".join(
            f"<h2>Day {day}</h2><p>{PARAGRAPH.format(one, other) * (2 + (number + day) % 3)}"
            f'<a href="https://yard.example/{(number + day) % count + 1}">the next</a>.</p>'
            for day in range(1, 4)
        )
        (folder / f"page-{number:03}.html").write_text(
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f'<link rel="canonical" href="{address}"></head><body><article><h1>{title}</h1>'
            f"{prose}</article></body></html>",
            encoding="utf-8",
        )


def write_oddities(folder: Path, seeds: Sequence[int]) -> None:
    """Print the nasty articles of these seeds."""
    folder.mkdir(parents=True)
    theme = themes.load("classic")
    for seed in seeds:
        edition = Edition.single(bodies.article(seed))
        for suffix in (".epub", ".pdf"):
            rendition = writer(suffix)(edition, theme, Settings())
            (folder / f"{seed:04}{suffix}").write_bytes(rendition.data)
