"""What a batch costs, as ratios taken in one run: absolute seconds are of one machine.

    python benchmarks/speed.py [--pages 50] [--pairs 3]

batch   CPU of `exporter convert` (EPUB and PDF, start included) over a folder of generated pages,
        against bare warm WeasyPrint on the same cleaned bodies with the same style sheet
single  CPU of `exporter convert` of one such page, EPUB only, whole process; it must do without
        WeasyPrint, which a module of that name that refuses to be imported checks
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from exporter import export, read, themes
from exporter.model import Edition
from exporter.settings import Settings

COMMAND: Final = [
    sys.executable,
    "-c",
    "from exporter.cli import main; main()",
    "convert",
    "-q",
    "--no-memory",
]
ONE: Final = ["-j", "1"]  # as many processes as the bare engine has: two at once cost each other
TEXT: Final = (
    "the river ran low that summer and nobody along its banks could say when it would rise again "
    "while barges waited in line below the lock because water was let through only twice a day "
    "so the keeper wrote every level into a notebook with extraordinarily careful handwriting "
    "farmers measured their wells against old photographs which their grandparents had kept"
)
PAGE: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="River Times"></head><body>
<header><nav><a href="/">Home</a> <a href="/news">News</a></nav></header>
<main><article><h1>{title}</h1><p class="byline">By Ann Keeper</p>{body}</article></main>
<footer><p>Share this article with a friend!</p></footer></body></html>"""
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


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=50)
    arguments.add_argument("--pairs", type=int, default=3)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="exporter-speed-") as place:
        folder = Path(place)
        generate(folder / "pages", options.pages)
        clean(folder / "pages", folder / "bare")
        ratios = []
        for _ in range(options.pairs):
            ours, bare = batch(folder), floor(folder)
            ratios.append(ours / bare)
            print(f"batch   {options.pages} pages: {ours:.2f} s CPU; bare WeasyPrint {bare:.2f} s")
        print(f"batch   median ratio {statistics.median(ratios):.2f} (wanted: at most 1.5)")
        seconds = statistics.median(single(folder) for _ in range(options.pairs))
        print(f"single  EPUB of one page: {seconds:.2f} s CPU, median (wanted: under 1.0)")


def generate(folder: Path, count: int) -> None:
    """Write pages of 1,000 words with two photographs each, as a browser saves them."""
    dice = random.Random(7)  # noqa: S311  (the same pages every time)
    for number in range(count):
        name = f"page-{number:03}"
        files = folder / f"{name}_files"
        files.mkdir(parents=True)
        blocks = list(_paragraphs(dice))
        for place in (0, 1):
            photograph(dice).save(files / f"{place}.jpg", quality=80)
            blocks.insert(
                3 + 6 * place,
                f'<figure><img src="{name}_files/{place}.jpg" alt="The lock">'
                "<figcaption>The lock at noon. Photo: Ann Keeper</figcaption></figure>",
            )
        html = PAGE.format(title=f"The river, day {number}", body="\n".join(blocks))
        (folder / f"{name}.html").write_text(html, encoding="utf-8")


def _paragraphs(dice: random.Random) -> Iterator[str]:
    for _ in range(12):
        sentences = (
            " ".join(dice.choices(TEXT.split(), k=14)).capitalize() + "." for _ in range(6)
        )
        yield f"<p>{' '.join(sentences)}</p>"


def photograph(dice: random.Random) -> Image.Image:
    """Draw a river under a sky with the grain that makes a JPEG as large as a camera's."""
    grain = Image.effect_noise((1500, 1000), 18).convert("RGB")
    picture = Image.new("RGB", grain.size, (150, 180, 210))
    draw = ImageDraw.Draw(picture)
    shore = dice.randint(400, 600)
    draw.rectangle((0, shore, 1500, 1000), fill=(70, 95, 110))
    draw.polygon([(0, shore), (dice.randint(300, 900), 250), (1500, shore)], fill=(80, 90, 70))
    return Image.blend(picture, grain, 0.25)


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


def batch(folder: Path) -> float:
    """Give the CPU seconds of our command over the folder, with all the processes it starts."""
    with tempfile.TemporaryDirectory(dir=folder) as out:
        asked = ["-f", "epub,pdf", str(folder / "pages"), "-o", f"{out}/books"]
        return children([*COMMAND, *asked, *ONE], cache=Path(out) / "cache")


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
    """Give the CPU seconds of a command with all the processes it starts.

    `cache` is where it keeps what it has done: an empty folder, else nothing is done again.
    """
    environment = {**_environment(first), "XDG_CACHE_HOME": str(cache)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(command, check=False, capture_output=True, env=environment)
    if ran.returncode:
        sys.exit(ran.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


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
