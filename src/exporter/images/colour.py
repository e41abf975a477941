"""Colours as an edition says them: sRGB or gray, eight bits a sample, no profile beside them.

PDF ignores the profile inside a JPEG and most reading systems do, so none is left to be ignored.
"""

import io
from functools import lru_cache
from typing import Final

from PIL import Image, ImageChops, ImageCms

PLAIN: Final = frozenset({"P", "1", "L", "RGB", "RGBA", "CMYK"})
STEPS: Final = (0, 51, 102, 153, 204, 255)  # of each channel, where a profile is tried
NEAR: Final = 4  # of 255: nobody sees such a difference
PROFILES: Final = 32  # remembered; a page's photographs share one or two


def plain(image: Image.Image) -> Image.Image:
    """Give an image in one of a few modes, eight bits a sample."""
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        # sixteen bits a sample: the upper eight are what a page shows
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in PLAIN:
        return image
    return image.convert("RGBA" if image.mode in {"LA", "PA", "La", "RGBa"} else "RGB")


def is_standard(image: Image.Image) -> bool:
    """Tell whether the image's samples mean what they mean without its colour profile."""
    profile = image.info.get("icc_profile")
    return not profile or image.mode not in {"RGB", "L"} or _changes_nothing(profile, image.mode)


@lru_cache(maxsize=PROFILES)
def _changes_nothing(profile: bytes, mode: str) -> bool:
    if mode == "L":
        patches = Image.frombytes("L", (len(STEPS), 1), bytes(STEPS))
    else:
        cube = bytes(value for red in STEPS for green in STEPS for blue in STEPS
                     for value in (red, green, blue))  # fmt: skip
        patches = Image.frombytes("RGB", (len(cube) // 3, 1), cube)
    shown = _through(patches, profile)
    if shown is None:
        return True  # a profile of something else, or none at all: nobody could follow it
    return all(high <= NEAR for _, high in _extrema(ImageChops.difference(patches, shown)))


def to_srgb(image: Image.Image) -> Image.Image:
    """Give the image's colours in sRGB, grays in gray; as they are where its profile is no good."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "L", "CMYK"} or is_standard(image):
        return image
    if image.mode == "RGBA":
        opaque = _through(image.convert("RGB"), profile)
        if opaque is not None:
            opaque.putalpha(image.getchannel("A"))
            return opaque
        return image
    return _through(image, profile) or image


def _through(image: Image.Image, profile: bytes) -> Image.Image | None:
    """Give an image as its profile means it; None when the profile is no good for it."""
    try:
        shown = ImageCms.profileToProfile(
            image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return None
    return shown.convert("L") if shown is not None and image.mode == "L" else shown


def _extrema(image: Image.Image) -> list[tuple[float, float]]:
    return [band.getextrema() for band in image.split()]  # type: ignore[misc]  # one band: one pair


def is_gray(image: Image.Image) -> bool:
    """Tell whether an RGB image has no colour in it."""
    red, green, blue = image.split()[:3]
    return all(ImageChops.difference(red, other).getextrema() == (0, 0) for other in (green, blue))


def gray(image: Image.Image) -> Image.Image:
    """Give an image in shades of gray, its transparency kept."""
    if image.mode == "RGBA":
        return Image.merge("LA", (image.convert("L"), image.getchannel("A")))
    return image if image.mode in {"1", "L", "LA"} else image.convert("L")
