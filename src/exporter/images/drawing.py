"""Drawings told from photographs, and kept sharp: line art, charts, maps, screens full of text."""

import io
from typing import Final

from PIL import Image, ImageChops

FEW: Final = 256  # colours, as many as a palette has
# share of the pixels that are of their left neighbour's very colour
DRAWN: Final = 0.85  # in a drawing, whose areas and ground are plain
PAINTED: Final = 0.25  # in a photograph or painting, where grain or shade change at each step
LARGER: Final = 1.25  # where both may be: how much larger a PNG may be to be the better choice
NEAR: Final = 12  # of 255: how far a palette may be from the colours that it stands for,
APART: Final = 0.001  # ... in all but this share of the pixels


def flatness(image: Image.Image) -> float:
    """Give the share of an image's pixels that are of their left neighbour's very colour."""
    whole = image.convert("RGBA" if "transparency" in image.info or image.mode == "RGBA" else "RGB")
    width, height = whole.size
    if width < 2:  # noqa: PLR2004  (one column has no neighbours)
        return 1.0
    left, right = whole.crop((0, 0, width - 1, height)), whole.crop((1, 0, width, height))
    return _apart(left, right)[0]


def _apart(one: Image.Image, other: Image.Image) -> list[float]:
    """Give, for each difference from 0 to 255, the share of the pixels that differ by it."""
    bands = ImageChops.difference(one, other).split()
    most = bands[0]
    for band in bands[1:]:
        most = ImageChops.lighter(most, band)
    pixels = one.width * one.height
    return [count / pixels for count in most.histogram()]


def is_drawing(image: Image.Image) -> bool | None:
    """Tell a drawing from a photograph before its size is changed; None where it may be either."""
    flat = flatness(image)
    if flat >= DRAWN:
        return True
    true_colour = image.mode in {"RGB", "RGBA"}
    if true_colour and flat >= PAINTED and image.getcolors(FEW) is not None:
        return True
    return None if flat >= PAINTED or image.mode == "1" else False


def as_png(image: Image.Image, *, had_palette: bool) -> bytes:
    """Give a drawing as PNG, with a palette where that changes nothing that one sees."""
    image = _with_palette(image, exact=not had_palette)
    kept = image.info.get("transparency") if image.mode == "P" else None
    image.info.clear()  # comments, dates and profiles differ where pictures don't
    if kept is not None:
        image.info["transparency"] = kept
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _with_palette(image: Image.Image, *, exact: bool) -> Image.Image:
    if image.mode not in {"RGB", "L"} or (exact and image.getcolors(FEW) is None):
        return image
    if image.mode == "L" and image.getcolors(16) is None:
        return image  # a palette of more shades is no smaller
    true = image.convert("RGB")
    made = true.quantize(FEW, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    near, far = (0, 0.0) if exact else (NEAR, APART)
    shares = _apart(true, made.convert("RGB"))
    return made if sum(shares[near + 1 :]) <= far else image
