"""A small picture of an edition's cover, for shelves on screens."""

import io
import zipfile
from pathlib import Path
from typing import Final

from PIL import Image

from exporter.model import Edition
from exporter.write.epub import cover
from exporter.write.epub.pages import COVER_IMAGE

SIZE: Final = (160, 240)  # px
QUALITY: Final = 80  # JPEG


def small(edition: Edition, epub: Path | None) -> bytes:
    """Give the cover as a small JPEG: that of the edition's EPUB, else drawn anew."""
    drawn = _inside(epub) if epub is not None else None
    if drawn is None:
        drawn = cover.draw(edition, (2 * SIZE[0], 2 * SIZE[1]))
    with Image.open(io.BytesIO(drawn)) as image:
        image.draft("RGB", SIZE)
        shrunk = image.resize(SIZE, Image.Resampling.BOX)
    target = io.BytesIO()
    shrunk.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


def _inside(epub: Path) -> bytes | None:
    """Give the cover that we drew for an EPUB; None where it has none, or is none of ours."""
    try:
        with zipfile.ZipFile(epub) as archive:
            found = [name for name in archive.namelist() if name.endswith(f"/{COVER_IMAGE}")]
            return archive.read(found[0]) if found else None
    except (OSError, zipfile.BadZipFile):
        return None
