"""What can be done to a JPEG without decoding it, and how much of a truncated one is there."""

import struct
from typing import Final

from PIL import Image

ORIENTATION: Final = 0x0112  # EXIF tag
END: Final = b"\xff\xd9"
BEARABLE: Final = 0.10  # share of a picture that may be missing at its lower end
STRIP: Final = 8  # px: lines are judged in strips as high as a JPEG block
SCAN: Final = 0xDA
LONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
# EXIF and XMP (where the photographer stood), maker notes, Photoshop, comments; JFIF, colour
# profile and Adobe's colour transform stay
PRIVATE: Final = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})


def stripped(data: bytes) -> bytes:
    """Give the same picture without EXIF, XMP and comments; the pixels are not touched."""
    kept = [data[:2]]
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:  # noqa: PLR2004  (every marker's start)
        marker = data[place + 1]
        if marker == 0xFF:  # noqa: PLR2004  (a fill byte)
            place += 1
            continue
        if marker in LONE:
            kept.append(data[place : place + 2])
            place += 2
            continue
        end = place + 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
        if marker == SCAN:
            return b"".join((*kept, data[place:]))
        if marker not in PRIVATE:
            kept.append(data[place:end])
        place = end
    return data  # odd, but it decoded: better whole than guessed at


def blank_share(image: Image.Image) -> float:
    """Give the share of the picture, from its lower end, that is of one colour a strip.

    Where a JPEG breaks off, the decoder repeats the last block's shade to the end.
    """
    width, height = image.size
    blank = 0
    for bottom in range(height, 0, -STRIP):
        strip = image.crop((0, max(0, bottom - STRIP), width, bottom))
        extrema = strip.getextrema()
        bands = extrema if isinstance(extrema[0], tuple) else (extrema,)
        if any(high - low > 2 for low, high in bands):  # noqa: PLR2004
            break
        blank += strip.height
    return blank / height
