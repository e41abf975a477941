"""What can be done to a JPEG without decoding it, and how much of a truncated one is there."""

import re
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from PIL import Image

ORIENTATION: Final = 0x0112  # EXIF tag
BEGIN: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"
BEARABLE: Final = 0.10  # share of a picture that may be missing at its lower end
STRIP: Final = 8  # px: lines are judged in strips as high as a JPEG block
SCAN: Final = 0xDA
LAST: Final = 0xD9
# The end of a scan's coded samples. yes: FF C4, FF D9; no: FF 00 (a sample), FF D0 (a restart)
MARKER: Final = re.compile(rb"\xff(?=[^\x00\xff\xd0-\xd7])")
JFIF: Final = 0xE0
ADOBE: Final = 0xEE
# Applications' own segments and comments: EXIF and XMP (where the photographer stood), thumbnails,
# maker notes, Photoshop, further pictures, colour profiles (see `colour`)
PRIVATE: Final = frozenset({*range(0xE0, 0xF0), 0xFE})
NAMES: Final = {JFIF: b"JFIF\0", ADOBE: b"Adobe"}  # how those begin that decoding needs


class Segment(NamedTuple):
    """A part of a JPEG; of a scan, with its coded samples."""

    marker: int
    data: bytes


def stripped(data: bytes) -> bytes | None:
    """Give the picture alone: no EXIF, XMP, thumbnail, comment or profile, nothing after its end.

    The pixels are not touched. None when the file is put together in a way that can't be
    followed, so that something might stay.
    """
    kept = [BEGIN]
    for marker, segment in _segments(data):
        if marker in PRIVATE and not _is_needed(marker, segment):
            continue
        kept.append(segment)
        if marker == LAST:
            return b"".join(kept)
    return None


def _is_needed(marker: int, segment: bytes) -> bool:
    name = NAMES.get(marker)
    return name is not None and segment[4:].startswith(name)


def _segments(data: bytes) -> Iterator[Segment]:
    """Give the parts after the beginning (ITU T.81 annex B); ends early where there is none."""
    place = len(BEGIN)
    while place + 1 < len(data) and data[place] == 0xFF:  # noqa: PLR2004  (every marker's start)
        marker = data[place + 1]
        if marker == 0xFF:  # noqa: PLR2004  (a fill byte)
            place += 1
            continue
        if marker == LAST:
            yield Segment(LAST, END)
            return
        if place + 4 > len(data):
            return
        end = place + 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
        if marker == SCAN:
            found = MARKER.search(data, end)
            if found is None:
                return
            end = found.start()
        yield Segment(marker, data[place:end])
        place = end


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
