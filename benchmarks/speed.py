"""What a batch costs, as ratios taken in one run: absolute seconds are of one machine.

    python -m benchmarks.speed [batch] [epub] [single] [peers] [--pages 50] [--pairs 5]
        [--peers FOLDER] [--sample 5]

batch   CPU of `exporter convert` (EPUB and PDF, start included, -j 1) over a folder of generated
        pages, against bare warm WeasyPrint on the same cleaned bodies with the same style sheet
        (its own start not counted); and the wall time with -j 1 against that with all cores
epub    CPU of `exporter convert -f epub`, against a BeautifulSoup parse of the same pages and
        loading each image with Pillow once, in as many processes
single  CPU of `exporter convert` of one such page, EPUB only, whole process; it must do without
        WeasyPrint, which a module of that name that refuses to be imported checks
peers   seconds of a folder with all cores against what other programs take for each page of a
        sample, those that are installed: percollate (in FOLDER/node_modules), pandoc, Calibre,
        Chromium, and WeasyPrint's own command
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import pages

from exporter import export, read, themes
from exporter.model import Edition
from exporter.settings import Settings

PARTS: Final = ("batch", "epub", "single", "peers")
COMMAND: Final = [
    sys.executable,
    "-c",
    "from exporter.cli import main; main()",
    "convert",
    "-q",
    "--no-memory",
]
ONE: Final = ["-j", "1"]  # as many processes as the bare engine has: two at once cost each other
BARE: Final = """
import os, resource, sys
from pathlib import Path
import weasyprint
from weasyprint.text.fonts import FontConfiguration
folder = Path(sys.argv[1])
fonts = FontConfiguration()
css = weasyprint.CSS(filename=folder / "print.css", font_config=fonts)
def convert(page):
    weasyprint.HTML(filename=page).write_pdf(
        folder / "out.pdf", stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1"
    )
pages = sorted(folder.glob("*.html"))
convert(pages[0])
before = resource.getrusage(resource.RUSAGE_SELF)
for page in pages:
    convert(page)
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
"""


# what an EPUB can't do without: every page parsed and every image decoded once; a second process
# is started as ours has a worker
PARSED: Final = """
import subprocess, sys
from pathlib import Path
import bs4
from PIL import Image
folder = Path(sys.argv[1])
if len(sys.argv) > 2:
    for page in sorted(folder.glob("*.html")):
        bs4.BeautifulSoup(page.read_bytes(), "lxml")
        for path in sorted((folder / f"{page.stem}_files").glob("*.jpg")):
            with Image.open(path) as image:
                image.load()
else:
    subprocess.run([sys.executable, "-c", sys.stdin.read(), str(folder), "worker"], check=True)
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command and all processes that it started took, in seconds."""

    cpu: float
    wall: float


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("parts", nargs="*", default=list(PARTS))
    arguments.add_argument("--pages", type=int, default=50)
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--peers", type=Path, default=Path())
    arguments.add_argument("--sample", type=int, default=5)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="exporter-speed-") as place:
        folder = Path(place)
        pages.generate(folder / "pages", options.pages)
        for part in options.parts:
            {"batch": _batch, "epub": _epub, "single": _single, "peers": _peers}[part](
                folder, options
            )


def _batch(folder: Path, options: argparse.Namespace) -> None:
    clean(folder / "pages", folder / "bare")
    costs, gains = [], []
    for _ in range(options.pairs):
        one, bare, all_cores = convert(folder, *ONE), floor(folder), convert(folder)
        costs.append(one.cpu / bare)
        gains.append(one.wall / all_cores.wall)
        print(f"batch   {options.pages} pages: {one.cpu:.2f} s CPU, bare WeasyPrint {bare:.2f} s;")
        print(f"        {one.wall:.2f} s with -j 1, {all_cores.wall:.2f} s with all cores")
    print(f"batch   CPU: {_said(costs)} (wanted: 1.20 for 50 pages, 1.12 for 200)")
    print(f"batch   faster with all cores: {_said(gains)} (wanted: 1.65 for 50 pages, 1.8 for 200)")


def _epub(folder: Path, options: argparse.Namespace) -> None:
    ratios = []
    for _ in range(options.pairs):
        ours = convert(folder, *ONE, formats="epub").cpu
        code = [sys.executable, "-c", PARSED, str(folder / "pages")]
        parsed = spent(code, cache=folder / "cache", said=PARSED).cpu
        ratios.append(ours / parsed)
        print(f"epub    {options.pages} pages: {ours:.2f} s CPU; parse and load {parsed:.2f} s")
    print(f"epub    CPU: {_said(ratios)} (wanted: 2.0)")


def _single(folder: Path, options: argparse.Namespace) -> None:
    seconds = statistics.median(single(folder) for _ in range(options.pairs))
    print(f"single  EPUB of one page: {seconds:.2f} s CPU, median (wanted: under 1.0)")


def _peers(folder: Path, options: argparse.Namespace) -> None:
    sample = sorted((folder / "pages").glob("*.html"))[: options.sample]
    both = _wall(lambda: convert(folder), options.pairs) / options.pages
    epub = _wall(lambda: convert(folder, formats="epub"), options.pairs) / options.pages
    print(f"peers   ours: {both:.3f} s a page (EPUB and PDF), {epub:.3f} s (EPUB)")
    for name, ours, wanted, commands in _others(options.peers):
        seconds = []
        for page in sample:
            with tempfile.TemporaryDirectory(dir=folder) as out:
                made = [command(page, Path(out)) for command in commands]
                runs = [
                    spent(command, cache=folder / "cache", environment=OTHERS) for command in made
                ]
                seconds.append(sum(run.wall for run in runs))
        ratios = [one / (epub if ours == "epub" else both) for one in seconds]
        print(f"peers   {name}: {_said(ratios)} times our {ours} (wanted: {wanted})")


# as root, and with no Python but their own
OTHERS: Final = {
    **os.environ,
    "PUPPETEER_EXECUTABLE_PATH": shutil.which("chromium") or "",
    "QTWEBENGINE_DISABLE_SANDBOX": "1",
    "QT_QPA_PLATFORM": "offscreen",
}
Command = Callable[[Path, Path], list[str]]


def _others(place: Path) -> Iterator[tuple[str, str, str, list[Command]]]:
    """Give the programs that are installed: their names, with what of ours they are compared."""
    percollate = place / "node_modules" / ".bin" / "percollate"
    browser = shutil.which("chromium")
    if percollate.exists():

        def bundled(kind: str) -> Command:
            return lambda page, out: [
                *(str(percollate), kind, "--no-sandbox", "-o", f"{out}/a.{kind}", str(page))
            ]

        yield "percollate, EPUB and PDF", "both", "4.5", [bundled("epub"), bundled("pdf")]
        yield "percollate, EPUB", "epub", "8", [bundled("epub")]
    if shutil.which("ebook-convert"):

        def calibre(kind: str) -> Command:
            return lambda page, out: ["ebook-convert", str(page), f"{out}/a.{kind}"]

        yield "Calibre, EPUB and PDF", "both", "8", [calibre("epub"), calibre("pdf")]
        yield "Calibre, EPUB", "epub", "40", [calibre("epub")]
    if shutil.which("pandoc"):
        yield "pandoc, EPUB", "epub", "8", [lambda page, out: ["pandoc", "-f", "html", str(page),
            "--resource-path", str(page.parent), "-o", f"{out}/a.epub"]]  # fmt: skip
    bare = shutil.which("weasyprint", path=str(Path(sys.executable).parent))
    if bare:
        yield (
            "WeasyPrint's command, PDF",
            "both",
            "8",
            [lambda page, out: [bare, "-q", str(page), f"{out}/a.pdf"]],
        )
    if browser:
        yield "Chromium, PDF", "both", "4", [
            lambda page, out: [browser, "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-background-networking", f"--user-data-dir={out}/profile",
            f"--print-to-pdf={out}/a.pdf", page.as_uri()]
        ]  # fmt: skip


def _wall(run: Callable[[], Spent], times: int) -> float:
    return statistics.median(run().wall for _ in range(times))


def _said(ratios: list[float]) -> str:
    return f"median {statistics.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f}"


def clean(pages: Path, target: Path) -> None:
    """Write the documents our PDF writer prints, with their images, for the bare engine."""
    from exporter.write.pdf.document import document  # noqa: PLC0415  (not part of what is timed)
    from exporter.write.xhtml import markup  # noqa: PLC0415

    settings, theme = Settings(), themes.load("classic")
    target.mkdir()
    (target / "print.css").write_text(theme.print_css, encoding="utf-8")
    for number, source in enumerate(read.walk([pages])):
        for page in read.read(source):
            article = export.prepare(page, settings)
            html = markup(document(Edition.single(article), settings, theme.measure))
            for asset in article.assets:
                (target / f"{asset.key}.jpg").write_bytes(asset.data)
                html = html.replace(f"asset:{asset.key}", f"{asset.key}.jpg")
            (target / f"{number:03}.html").write_text(html, encoding="utf-8")


def convert(folder: Path, *options: str, formats: str = "epub,pdf") -> Spent:
    """Give what our command takes for the folder, with all the processes it starts."""
    with tempfile.TemporaryDirectory(dir=folder) as out:
        asked = ["-f", formats, str(folder / "pages"), "-o", f"{out}/books"]
        return spent([*COMMAND, *asked, *options], cache=Path(out) / "cache")


def floor(folder: Path) -> float:
    """Give the CPU seconds of bare WeasyPrint, already warm, with the fonts that we use."""
    from exporter.write.pdf import fonts  # noqa: PLC0415  (not part of what is timed)

    with fonts.private(themes.load("classic").font_folders):
        ran = subprocess.run(
            [sys.executable, "-c", BARE, str(folder / "bare")],
            check=True,
            capture_output=True,
            env=_environment(),
            text=True,
        )
    return float(ran.stdout)


def single(folder: Path) -> float:
    """Give the CPU seconds of one EPUB, made where WeasyPrint can't be imported."""
    trap = folder / "trap"
    trap.mkdir(exist_ok=True)
    (trap / "weasyprint.py").write_text("raise SystemExit('WeasyPrint was imported')\n")
    with tempfile.TemporaryDirectory(dir=folder) as out:
        page = folder / "pages" / "page-000.html"
        asked = ["-f", "epub", str(page), "-o", f"{out}/books"]
        return children([*COMMAND, *asked], cache=Path(out) / "cache", first=trap)


def children(command: list[str], *, cache: Path, first: Path | None = None) -> float:
    """Give the CPU seconds of a command with all the processes it starts."""
    return spent(command, cache=cache, environment=_environment(first)).cpu


def spent(
    command: list[str],
    *,
    cache: Path,
    environment: dict[str, str] | None = None,
    said: str | None = None,
) -> Spent:
    """Give what a command takes; `said` is its standard input.

    `cache` is where it keeps what it has done: an empty folder, else nothing is done again.
    """
    environment = (_environment() if environment is None else environment) | {
        "XDG_CACHE_HOME": str(cache)
    }
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    ran = subprocess.run(
        command, check=False, capture_output=True, env=environment, input=said, text=True
    )
    wall = time.monotonic() - began
    if ran.returncode:
        sys.exit(ran.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Spent(cpu, wall)


def _environment(first: Path | None = None) -> dict[str, str]:
    """Give our environment with byte code kept, without which every start compiles anew."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([*([str(first)] if first else []), *sys.path]),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


if __name__ == "__main__":
    main()
