"""`--images none`: a book without pictures lacks nothing that its reader wants."""

import base64
import dataclasses
import io
import json
from pathlib import Path

from PIL import Image

from exporter import dom, prepare
from exporter.batch.outcome import Published, exported
from exporter.cli import app
from exporter.model import Capture, Page
from exporter.read.resources import OnlyInline
from exporter.settings import Settings
from exporter.write import parts


def painted() -> str:
    """Give a picture as a data: address."""
    out = io.BytesIO()
    Image.radial_gradient("L").save(out, "JPEG")
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


PROSE = (
    "The boats came back at noon, and nobody on the quay had a word for what they had seen. " * 6
)
HTML = f"""<!DOCTYPE html><html lang="en"><title>Boats</title><body><article><h1>Boats</h1>
<p>{PROSE}</p>
<figure><img src="{painted()}" alt="Two boats" width="640" height="640">
<figcaption>The quay at noon. <span class="credit">Photo: Ana Ruiz</span></figcaption></figure>
<p>{PROSE}</p>
<figure><img src="lost.jpg" alt="The quay" width="640"><figcaption>The quay at noon, from the sea.
</figcaption></figure>
<p>{PROSE}</p></article></body></html>"""
NONE = Settings(images="none")


def page() -> Page:
    return Page(
        HTML, "https://example.org/boats", None, Capture("a.html", "html", "0"), OnlyInline()
    )


def test_captions_credits_and_alternative_texts_stay() -> None:
    article = prepare(page(), NONE)
    assert not article.assets
    assert not article.missing
    assert not article.notes
    figures = dom.figures(article.body)
    assert [(one.asset, one.alt) for one in figures] == [("", "Two boats"), ("", "The quay")]
    assert [(one.caption, one.credit) for one in figures] == [
        ("The quay at noon.", "Photo: Ana Ruiz"),
        ("The quay at noon, from the sea.", ""),
    ]
    shown = parts.body(article, lambda asset: asset.key)
    assert "[Image: Two boats]" in shown
    assert "[Image]</span>" in shown  # the caption says the rest
    assert "not in the saved page" not in shown


def test_they_are_no_loss() -> None:
    article = prepare(page(), NONE)
    assert exported(article, "a.html", Published(())).images == {
        "found": 2,
        "kept": 0,
        "missing": 0,
    }
    whole = prepare(page(), dataclasses.replace(NONE, images="full"))
    assert [note.code for note in whole.notes] == ["image-missing"]


def test_strict_is_content_and_no_picture_is_in_the_book(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML, encoding="utf-8")
    said = ["convert", str(tmp_path / "a.html"), "-o", str(tmp_path / "out"), "-q", "--strict"]
    assert app.main([*said, "-f", "epub", "--images", "full"]) == 3
    assert app.main([*said, "-f", "epub,pdf", "--no-cover", "--images", "none"]) == 0
    assert b".jpg" not in (tmp_path / "out" / "boats.epub").read_bytes()
    assert b"/Subtype /Image" not in (tmp_path / "out" / "boats.pdf").read_bytes()
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["outcomes"][0]["images"] == {"found": 2, "kept": 0, "missing": 0}
