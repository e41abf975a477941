"""Pixels as editions carry them: verified, upright, in sRGB or gray, limited, as JPEG or PNG."""

import io
import re
import struct
import warnings
from typing import Final, NamedTuple

from PIL import Image, ImageFile, ImageOps

from exporter.images import colour, drawing, jpeg
from exporter.images.errors import ImageError
from exporter.images.form import Form

SMALL: Final = 8  # to which part of its sides a JPEG is decoded when it is checked
SAVING: Final = 0.8  # of a JPEG's bytes: encoding it again for less loses more than it gains
# an object and where it lies; yes: "<_io.BytesIO object at 0x7f0a>"; no: "<b>"
PLACE: Final = re.compile(r"\s*<[\w.]+ object at 0x[0-9a-f]+>")
# what Pillow raises for bytes that are no good
BROKEN: Final = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error,
    OverflowError, MemoryError, NotImplementedError, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # fmt: skip


class Loaded(NamedTuple):
    """A decoded image."""

    pixels: Image.Image  # of a large JPEG, already reduced
    size: tuple[int, int]  # px, as the file has it
    whole: bool  # the file does not break off


class Made(NamedTuple):
    """An image as it will be carried; sides in px."""

    media_type: str
    data: bytes
    width: int
    height: int


def convert(data: bytes, kind: str, form: Form) -> Made:
    """Give an image as JPEG or PNG of a form.

    Raises:
        ImageError: see `images.ingest`.

    """
    # WeasyPrint's import lets Pillow pass truncated images in silence, for the whole process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on odd EXIF are nobody's business
        if kind == "JPEG" and not form.sparing and (whole := _whole(data, form)) is not None:
            return whole
        loaded = _load(data, kind, form)
        try:
            passed = _passed(data, loaded, form) if kind == "JPEG" and loaded.whole else None
            if passed is not None and not form.sparing:
                return passed
            made = _encoded(loaded.pixels, kind, form)
        except BROKEN as error:
            raise ImageError(f"can't be converted: {_said(error)}") from error
    spares = passed is None or len(made.data) < SAVING * len(passed.data)
    return made if spares or passed is None else passed


def _whole(data: bytes, form: Form) -> Made | None:
    """Give a JPEG as it is, where its pixels are right; None where they have to be looked at.

    Decoding it at an eighth reads all of its bytes, and so tells what is broken, in less than half
    the time.
    """
    image, size = _open(data, "JPEG", form)
    try:
        passed = _passed(data, Loaded(image, size, whole=True), form)
        if passed is None:
            return None
        image.draft(None, (max(1, size[0] // SMALL), max(1, size[1] // SMALL)))
        image.load()
    except BROKEN:
        return None
    return passed


def _said(error: Exception) -> str:
    """Give what Pillow says, without the place in memory that it says it of."""
    return PLACE.sub("", str(error)).strip()


def _load(data: bytes, kind: str, form: Form) -> Loaded:
    """Decode the first frame."""
    image, size = _open(data, kind, form)
    try:
        image.load()
    except BROKEN as error:
        if kind != "JPEG":
            raise ImageError(f"is broken: {_said(error)}") from error
    else:
        return Loaded(image, size, whole=True)
    mended, size = _open(data + jpeg.END, kind, form)
    try:
        mended.load()
    except BROKEN as error:
        raise ImageError(f"is broken: {_said(error)}") from error
    if jpeg.blank_share(mended) > jpeg.BEARABLE:
        raise ImageError("is truncated")
    return Loaded(mended, size, whole=False)


def _open(data: bytes, kind: str, form: Form) -> tuple[Image.Image, tuple[int, int]]:
    """Give an image that is not decoded yet, and its size."""
    try:
        image = Image.open(io.BytesIO(data), formats=[kind])
    except BROKEN as error:
        raise ImageError(f"can't be read: {_said(error)}") from error
    width, height = image.size
    found = {"picture-pixels": width * height, "picture-side": max(width, height)}
    for name, amount in found.items():
        if amount > form.limits.of(name):
            raise ImageError(form.limits.told(name, f"has {width} x {height} px", amount))
    if kind == "JPEG" and max(width, height) > form.max_px:
        image.draft(None, (form.max_px, form.max_px))  # decodes at a half, quarter or eighth
    return image, (width, height)


def _passed(data: bytes, loaded: Loaded, form: Form) -> Made | None:
    """Give a JPEG with its pixels as they are, where they are right and can be had alone."""
    image = loaded.pixels
    upright = image.getexif().get(jpeg.ORIENTATION, 1) in {0, 1}
    modes = {"L"} if form.gray else {"RGB", "L"}
    if not upright or image.mode not in modes or max(loaded.size) > form.max_px:
        return None
    alone = jpeg.stripped(data) if colour.is_standard(image) else None
    return Made("image/jpeg", alone, *loaded.size) if alone is not None else None


def _encoded(image: Image.Image, kind: str, form: Form) -> Made:
    image = colour.plain(ImageOps.exif_transpose(image))
    drawn = False if kind == "JPEG" else drawing.is_drawing(image)
    had_palette = image.mode in {"P", "1"}
    image = _limited(colour.to_srgb(image), form)
    if image.mode in {"RGB", "RGBA", "CMYK"}:
        image = _plain_colours(image)
    if form.gray:
        image = colour.gray(image)
    as_drawing = b"" if drawn is False else drawing.as_png(image, had_palette=had_palette)
    if drawn:
        return Made("image/png", as_drawing, *image.size)
    as_photo = _as_jpeg(image, form.quality)
    if drawn is None and len(as_drawing) <= drawing.LARGER * len(as_photo):
        return Made("image/png", as_drawing, *image.size)
    return Made("image/jpeg", as_photo, *image.size)


def _limited(image: Image.Image, form: Form) -> Image.Image:
    """Give an image within the limit; a palette has no shades between, so it is given up."""
    larger = max(image.size) > form.max_px
    if image.mode == "P" and (larger or form.gray):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if larger:
        image = image.convert("L") if image.mode == "1" else image.copy()
        image.thumbnail((form.max_px, form.max_px), Image.Resampling.LANCZOS, reducing_gap=2)
    return image


def _plain_colours(image: Image.Image) -> Image.Image:
    """Give an image without what it does not use: a fourth ink, transparency, colour."""
    if image.mode == "CMYK":
        image = image.convert("RGB")
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    return colour.gray(image) if colour.is_gray(image) else image


def _as_jpeg(image: Image.Image, quality: int) -> bytes:
    if image.mode == "P" and "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode in {"RGBA", "LA"}:
        shown = Image.new(image.mode[:-1], image.size, "white")
        shown.paste(image.convert(image.mode[:-1]), mask=image.getchannel("A"))
        image = shown
    image = (
        image if image.mode in {"RGB", "L"} else image.convert("L" if image.mode == "1" else "RGB")
    )
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def is_varied(data: bytes) -> bool:
    """Tell whether an image has more than one colour."""
    with Image.open(io.BytesIO(data)) as image:
        bands = image.convert("RGB").split()
    return any(low != high for low, high in (band.getextrema() for band in bands))
