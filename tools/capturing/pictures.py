"""The pictures of the page that is captured: small, flat, and the same bytes each time."""

import io
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

SKY: Final = (222, 206, 190)
CLAY: Final = (150, 120, 98)
WATER: Final = (120, 158, 170)
INK: Final = (92, 58, 36)
GIF: Final = bytes.fromhex(  # one transparent pixel
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)
Size = tuple[int, int]


def pans(size: Size) -> Image.Image:
    """Paint rows of pans that grow towards the reader."""
    picture = Image.new("RGB", size, SKY)
    draw = ImageDraw.Draw(picture)
    width, height = size
    draw.rectangle((0, height // 3, width, height), fill=CLAY)
    top = height // 3 + 6
    for row in range(1, 6):
        deep = 8 + 6 * row
        for column in range(-3, 4):
            left = width // 2 + column * (30 + 12 * row)
            draw.rectangle((left, top, left + 24 + 10 * row, top + deep), fill=WATER)
        top += deep + 5
    return picture


def book(size: Size) -> Image.Image:
    """Paint a page of figures."""
    picture = Image.new("RGB", size, (240, 230, 208))
    draw = ImageDraw.Draw(picture)
    width, height = size
    for line in range(20, height - 10, 14):
        for column in range(24, width - 40, 44):
            long = 12 + (line * column) % 17
            draw.line((column, line, column + long, line), fill=INK, width=3)
    draw.ellipse((width // 2, height // 2, width // 2 + 30, height // 2 + 22), fill=WATER)
    return picture


def ladder(size: Size) -> Image.Image:
    """Paint a ladder that stands in clay."""
    picture = Image.new("RGB", size, SKY)
    draw = ImageDraw.Draw(picture)
    width, height = size
    draw.rectangle((0, height * 3 // 4, width, height), fill=CLAY)
    for side in (-30, 30):
        draw.line((width // 2 + side, 20, width // 2 + side, height * 4 // 5), fill=INK, width=8)
    for rung in range(40, height * 3 // 4, 24):
        draw.line((width // 2 - 30, rung, width // 2 + 30, rung), fill=INK, width=6)
    return picture


def logo(size: Size) -> Image.Image:
    """Paint the mark of the site."""
    picture = Image.new("RGB", size, WATER)
    ImageDraw.Draw(picture).rectangle((12, 12, size[0] - 13, size[1] - 13), fill=CLAY)
    return picture


PICTURES: Final[dict[str, tuple[Callable[[Size], Image.Image], Size]]] = {
    "img/pans.png": (pans, (360, 240)),
    "img/book-360.png": (book, (360, 240)),
    "img/book-540.png": (book, (540, 360)),
    "img/ladder.png": (ladder, (360, 240)),
    "img/logo.png": (logo, (48, 48)),
}


def painted() -> dict[str, bytes]:
    """Give the pictures of the page by their paths."""
    files = {"img/blank.gif": GIF}
    for path, (paint, size) in PICTURES.items():
        written = io.BytesIO()
        paint(size).quantize(16).save(written, "PNG", optimize=True)
        files[path] = written.getvalue()
    return files
