"""Specimens: pages of every theme, of one French article with all that an article can hold.

    .venv/bin/python tools/specimens.py [--page docs/page.png] [FOLDER]

Writes THEME-N.png for each page and THEME.png, all pages of a theme on one sheet, to
output/specimens or FOLDER; needs pdftoppm (poppler-utils). With --page it writes one page of
classic as well, small enough for the README. What the sheets show is judged in docs/specimens.md.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from exporter import themes

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "tools" / "specimen" / "page.html"
PHOTOGRAPHS = ROOT / "input" / "Une semaine au phare_files"
ACROSS = 4  # pages beside each other on a sheet
GAP = 10  # px around a page
DESK = "#8a8a8a"
DPI = 80
README_DPI = 110
README_COLOURS = 128


def main(arguments: Sequence[str]) -> None:
    """Render what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "output" / "specimens")
    parser.add_argument("--page", type=Path, help="where the README's page goes")
    parser.add_argument("--themes", default=",".join(themes.names()), help='as in "classic,a4"')
    asked = parser.parse_args(arguments)
    if shutil.which("pdftoppm") is None:
        parser.error("pdftoppm is missing (apt-get install poppler-utils)")
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="exporter-specimens-") as place:
        capture = lay_out(Path(place))
        for theme in asked.themes.split(","):
            book = Path(place) / f"{theme}.pdf"
            printed(capture, book, theme)
            pages = drawn(book, asked.folder / theme, DPI)
            sheet(pages, asked.folder / f"{theme}.png")
            print(asked.folder / f"{theme}.png")
            if theme == "classic" and asked.page:
                readme(book, asked.page)


def lay_out(folder: Path) -> Path:
    """Put the article and its photographs together, as a browser would; give the page."""
    shutil.copy(PAGE, folder / "page.html")
    for photograph in PHOTOGRAPHS.glob("*.jpg"):
        shutil.copy(photograph, folder / photograph.name)
    return folder / "page.html"


def printed(capture: Path, book: Path, theme: str) -> None:
    """Print the article in a theme, by the command that users have."""
    command = [sys.executable, "-m", "exporter", "convert", str(capture), "-o", str(book)]
    subprocess.run(
        [*command, "--theme", theme, "-q", "--no-memory"], check=True, stdout=subprocess.DEVNULL
    )


def drawn(book: Path, stem: Path, dpi: int) -> list[Path]:
    """Draw each page of a PDF; give the pictures in their order."""
    for old in stem.parent.glob(f"{stem.name}-*.png"):
        old.unlink()
    subprocess.run(["pdftoppm", "-png", "-r", str(dpi), str(book), str(stem)], check=True)
    return sorted(stem.parent.glob(f"{stem.name}-*.png"))


def sheet(pages: Sequence[Path], target: Path) -> None:
    """Lay pages out on one sheet."""
    pictures = [Image.open(page).convert("RGB") for page in pages]
    wide = max(picture.width for picture in pictures) + GAP
    high = max(picture.height for picture in pictures) + GAP
    rows = -(-len(pictures) // ACROSS)
    desk = Image.new("RGB", (wide * min(ACROSS, len(pictures)) + GAP, high * rows + GAP), DESK)
    for place, picture in enumerate(pictures):
        desk.paste(picture, (GAP + place % ACROSS * wide, GAP + place // ACROSS * high))
    desk.save(target, optimize=True)


def readme(book: Path, target: Path) -> None:
    """Write the opening page as a PNG of few colours, framed by a hairline."""
    with tempfile.TemporaryDirectory() as place:
        page = Image.open(drawn(book, Path(place) / "page", README_DPI)[0]).convert("RGB")
    framed = Image.new("RGB", (page.width + 2, page.height + 2), "#c8c8c8")
    framed.paste(page, (1, 1))
    framed.quantize(README_COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
