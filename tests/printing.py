"""What tests of the PDF share: articles, photographs, printed editions and ways to read them."""

import hashlib
import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from exporter import themes
from exporter.model import Article, Asset, Capture, Edition, Metadata, Rendition
from exporter.settings import Settings
from exporter.write import pdf

SENTENCE = (
    "The river was low that year, and the barges waited at the lock in lines of four or five; "
    "nobody could say whether it would rise again before the extraordinarily early harvest. "
)
needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) reads the pages"
)


def photograph(width: int = 600, height: int = 400) -> Asset:
    """Give a JPEG of that size in pixels."""
    stream = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(stream, "JPEG")
    digest = hashlib.sha256(stream.getvalue()).hexdigest()
    return Asset(digest, "image/jpeg", width, height, stream.getvalue())


def article(body: str, *assets: Asset, title: str = "Low water", language: str = "en") -> Article:
    """Give an article of that body."""
    about = Metadata(title=title, language=language, site="River Times", byline=("Ann Keeper",))
    return Article(about, body, assets, (), (), Capture("page.html", "html", "0" * 64))


def printed(
    body: str, *assets: Asset, style: str = "", settings: Settings | None = None
) -> Rendition:
    """Give the PDF of an article of that body, in the classic theme."""
    edition = Edition.single(article(body, *assets))
    return pdf.write(edition, themes.load("classic", style), settings or Settings())


def text(rendition: Rendition, tmp_path: Path, *options: str) -> str:
    """Give what pdftotext reads."""
    (tmp_path / "book.pdf").write_bytes(rendition.data)
    command = ["pdftotext", *options, str(tmp_path / "book.pdf"), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def opened(rendition: Rendition) -> pikepdf.Pdf:
    """Give the PDF's objects."""
    return pikepdf.open(io.BytesIO(rendition.data))


def roles(book: pikepdf.Pdf) -> list[tuple[str, pikepdf.Dictionary]]:
    """Give the structure elements with their roles."""
    return [
        (str(thing["/S"]), thing)
        for thing in book.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
    ]


def pictures(book: pikepdf.Pdf) -> list[int]:
    """Give how many images each page draws."""
    return [
        sum(str(step.operator) == "Do" for step in pikepdf.parse_content_stream(page))
        for page in book.pages
    ]
