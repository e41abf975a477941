"""Lay the sample captures into input/, as browsers and scrapers would have left them.

    .venv/bin/python tools/make_samples.py [FOLDER]

Texts, sites and pictures are our own inventions. The pages are in tools/samples/pages, the
pictures are painted by tools/samples/photographs.py and charts.py; the same bytes come out each
time with the versions in constraints.txt.
"""

import io
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "samples"))

from PIL import Image

import charts
from photographs import PHOTOGRAPHS

PAGES = Path(__file__).parent / "samples" / "pages"
INPUT = Path(__file__).parents[1] / "input"
GIF = bytes.fromhex(  # one transparent pixel
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)
HARBOUR = "The Harbour That Learned to Listen – L’Écho du Réseau"
ADVERT = (
    "<!DOCTYPE html>\n<!-- saved from url=(0042)https://ads.example.com/frame?slot=sidebar -->\n"
    "<html><head><title>Publicité</title></head><body><p>Publicité</p></body></html>\n"
)


def photograph(name: str, kind: str = "JPEG", width: int = 1200) -> bytes:
    """Paint a photograph and save it as a camera or a site would."""
    picture = PHOTOGRAPHS[name]()
    if width != picture.width:
        picture = picture.resize((width, picture.height * width // picture.width))
    return saved(picture, kind)


def saved(picture: Image.Image, kind: str) -> bytes:
    """Give a picture's file."""
    buffer = io.BytesIO()
    if kind == "PNG":
        picture.quantize(64, dither=Image.Dither.NONE).save(buffer, kind, optimize=True)
    else:
        picture.save(buffer, kind, quality=80, method=6, optimize=True)
    return buffer.getvalue()


def samples() -> dict[str, bytes]:
    """Give every file of input/ by its path there."""
    harbour = f"{HARBOUR}_files"
    vergers = "Les derniers vergers_fichiers"
    spanish = "El bibliobús que no quiso jubilarse"
    page = (PAGES / "harbour.html").read_text("utf-8").replace("@FOLDER@", harbour)
    lake = photograph("lake")
    return {
        # Chrome, "complete": saved-from comment, folder beside the page, srcset on the network
        f"{HARBOUR}.html": page.encode(),
        f"{harbour}/skerry-port-dusk.jpg": photograph("harbour"),
        f"{harbour}/listening-survey-chart.webp": saved(charts.noise_hours(), "WEBP"),
        f"{harbour}/banks-light(1).jpg": photograph("lighthouse"),
        f"{harbour}/pixel.gif": GIF,
        f"{harbour}/saved_resource.html": ADVERT.encode(),
        f"{harbour}/style.min.css": b".site{max-width:72rem;margin:auto}\n",
        f"{harbour}/analytics.js.t\u00e9l\u00e9chargement": b"/* counts visitors */\n",
        f"{harbour}/jquery.min.js.t\u00e9l\u00e9chargement": b"/* a library */\n",
        # Firefox in French: no saved-from comment
        "Les derniers vergers.html": (PAGES / "vergers.html").read_bytes(),
        f"{vergers}/corbeille-automne_4a2c.jpg": photograph("still-life"),
        f"{vergers}/hetraie-600x400.jpg": photograph("forest", width=900),
        f"{vergers}/lac-600x400.jpg": photograph("lake", width=900),
        f"{vergers}/vergers-vallees.png": saved(charts.orchards(), "PNG"),
        f"{vergers}/1px.gif": GIF,
        f"{vergers}/theme.css": b"body{font:18px/1.5 serif}\n",
        # fetched without its images
        "how-to-read-a-bridge.html": (PAGES / "bridge.html").read_bytes(),
        # scraped text
        "night-trains.txt": (PAGES / "night-trains.txt").read_bytes(),
        # windows-1252 under the label iso-8859-1
        "horlogerie.html": (PAGES / "horlogerie.html").read_text("utf-8").encode("cp1252"),
        # a German browser on a Spanish page
        f"{spanish}.html": (PAGES / "bibliobus.html").read_bytes(),
        f"{spanish}-Dateien/laguna-manana.jpg": lake,
        f"{spanish}-Dateien/lectores-grafico.png": saved(charts.readers(), "PNG"),
        # Blogger
        "Une semaine au phare.html": (PAGES / "phare.html").read_bytes(),
        "Une semaine au phare_files/phare.jpg": photograph("lighthouse", width=1000),
        "Une semaine au phare_files/port-soir.jpg": photograph("harbour", width=1000),
    }


def main(folder: Path) -> None:
    """Replace what the folder holds by the samples."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, contents in samples().items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(contents)
        print(f"{len(contents):>8}  {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else INPUT)
