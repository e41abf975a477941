"""Pixels: verified, upright, in sRGB, limited, as JPEG or PNG."""

import io
import re
import struct
import warnings
from typing import Final, NamedTuple

from PIL import Image, ImageCms, ImageFile, ImageOps

from exporter.images import jpeg
from exporter.images.errors import ImageError

PIXELS: Final = 64_000_000  # decoded; a phone's camera makes 12 to 50 million
SIDE: Final = 30_000
FEW_COLOURS: Final = 256
MANY_COLOURS: Final = 1 << 16
DRAWN: Final = 0.6  # share of the pixels that the 16 commonest colours of a drawing hold
# an object and where it lies; yes: "<_io.BytesIO object at 0x7f0a>"; no: "<b>"
PLACE: Final = re.compile(r"\s*<[\w.]+ object at 0x[0-9a-f]+>")
# what Pillow raises for bytes that are no good
BROKEN: Final = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error,
    OverflowError, MemoryError, NotImplementedError, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # fmt: skip


class Made(NamedTuple):
    """An image as it will be carried; sides in px."""

    media_type: str
    data: bytes
    width: int
    height: int


def convert(data: bytes, kind: str, *, max_px: int, quality: int) -> Made:
    """Give an image as JPEG or PNG within the limits.

    Raises:
        ImageError: see `images.ingest`.

    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on odd EXIF are nobody's business
        image, whole = _load(data, kind, max_px)
        try:
            if kind == "JPEG" and whole and _may_pass(image, max_px):
                return Made("image/jpeg", jpeg.stripped(data), *image.size)
            return _encode(_prepared(image, max_px), quality)
        except BROKEN as error:
            raise ImageError(f"can't be converted: {_said(error)}") from error


def _said(error: Exception) -> str:
    """Give what Pillow says, without the place in memory that it says it of."""
    return PLACE.sub("", str(error)).strip()


def _load(data: bytes, kind: str, max_px: int) -> tuple[Image.Image, bool]:
    """Decode the first frame; tell whether the bytes were whole."""
    # WeasyPrint's import lets Pillow pass truncated images in silence, for the whole process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    image = _open(data, kind, max_px)
    try:
        image.load()
    except BROKEN as error:
        if kind != "JPEG":
            raise ImageError(f"is broken: {_said(error)}") from error
    else:
        return image, True
    mended = _open(data + jpeg.END, kind, max_px)
    try:
        mended.load()
    except BROKEN as error:
        raise ImageError(f"is broken: {_said(error)}") from error
    if jpeg.blank_share(mended) > jpeg.BEARABLE:
        raise ImageError("is truncated")
    return mended, False


def _open(data: bytes, kind: str, max_px: int) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=[kind])
    except BROKEN as error:
        raise ImageError(f"can't be read: {_said(error)}") from error
    width, height = image.size
    if width * height > PIXELS or max(width, height) > SIDE:
        raise ImageError(f"has {width} x {height} px; the limit is {PIXELS // 10**6} million")
    if kind == "JPEG" and max(width, height) > max_px:
        image.draft(None, (max_px, max_px))  # decodes at a half, quarter or eighth
    return image


def _may_pass(image: Image.Image, max_px: int) -> bool:
    """Tell whether a JPEG can be carried as it is."""
    upright = image.getexif().get(jpeg.ORIENTATION, 1) in {0, 1}
    return upright and image.mode in {"RGB", "L"} and max(image.size) <= max_px


def _prepared(image: Image.Image, max_px: int) -> Image.Image:
    """Give the image upright, in a plain mode and within the limit."""
    profile = image.info.get("icc_profile")
    image = _plain_mode(ImageOps.exif_transpose(image))
    if profile and image.mode in {"RGB", "CMYK"}:
        image = _to_srgb(image, profile)
    if image.mode == "CMYK":
        image = image.convert("RGB")
    if max(image.size) > max_px:
        if image.mode in {"P", "1"}:
            image = image.convert("RGBA" if "transparency" in image.info else "RGB")
        image.thumbnail((max_px, max_px), Image.Resampling.LANCZOS, reducing_gap=2)
    return image


def _plain_mode(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        # sixteen bits a sample: the upper eight are what a page shows
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode == "LA" or (image.mode == "P" and "transparency" in image.info):
        return image.convert("RGBA")
    if image.mode in {"P", "1", "L", "RGB", "RGBA", "CMYK"}:
        return image
    return image.convert("RGBA" if image.mode in {"PA", "La", "RGBa"} else "RGB")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Give the image's colours in sRGB; unchanged when its profile is no good."""
    try:
        made = ImageCms.profileToProfile(
            image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (*BROKEN, ImageCms.PyCMSError):
        return image
    return made if made is not None else image


def _encode(image: Image.Image, quality: int) -> Made:
    out = io.BytesIO()
    if _is_drawing(image):
        image.info.clear()  # comments, dates and profiles differ where pictures don't
        image.save(out, "PNG", compress_level=9)
        return Made("image/png", out.getvalue(), *image.size)
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    image = image if image.mode in {"RGB", "L"} else image.convert("RGB")
    image.info.clear()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return Made("image/jpeg", out.getvalue(), *image.size)


def _is_drawing(image: Image.Image) -> bool:
    """Tell line art and charts from photographs by how few colours hold most of the pixels."""
    if image.format == "JPEG":
        return False
    colours = image.getcolors(MANY_COLOURS)
    if colours is None:
        return False
    if len(colours) <= FEW_COLOURS and image.mode not in {"L", "P"}:
        return True
    common = sum(sorted((count for count, _ in colours), reverse=True)[:16])
    return common >= DRAWN * image.width * image.height


def is_varied(data: bytes) -> bool:
    """Tell whether an image has more than one colour."""
    with Image.open(io.BytesIO(data)) as image:
        bands = image.convert("RGB").split()
    return any(low != high for low, high in (band.getextrema() for band in bands))
