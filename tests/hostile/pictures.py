"""Pictures: the canary, our own, and files made by hand that claim to be larger than they are."""

import io
import struct
import zlib
from typing import Final

from PIL import Image

Colour = tuple[int, int, int]
CANARY: Final[Colour] = (250, 10, 150)  # no theme, cover or picture of ours has this pink
OURS: Final[Colour] = (20, 160, 60)


def flat(colour: Colour, size: tuple[int, int] = (160, 120), kind: str = "PNG") -> bytes:
    """Give a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """Give one chunk of a PNG."""
    check = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def png(
    width: int, height: int, *extra: bytes, depth: int = 1, pixels: bytes | None = None
) -> bytes:
    """Give a grey PNG of any size; all rows are there unless `pixels` says otherwise."""
    if pixels is None:
        row = b"\0" + bytes((width * depth + 7) // 8)
        packer = zlib.compressobj(9)
        parts = [packer.compress(row * 64) for _ in range(height // 64)]
        parts += [packer.compress(row * (height % 64)), packer.flush()]
        pixels = b"".join(parts)
    header = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    middle = b"".join(extra)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + middle + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def gif(width: int, height: int, frames: int = 1) -> bytes:
    """Give a GIF whose screen is as large as told; each frame is one pixel."""
    head = (
        b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\x14\xa0\x3c\xff\xff\xff"
    )
    frame = (
        b"\x21\xf9\x04\x04\x01\x00\x00\x00" + b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0)
    ) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b"\x3b"


def jpeg_claiming(width: int, height: int) -> bytes:
    """Give a small JPEG whose header claims another size."""
    body = bytearray(flat(OURS, (64, 48), "JPEG"))
    at = body.index(b"\xff\xc0") + 5
    body[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(body)


def bmp(width: int, height: int) -> bytes:
    """Give a BMP that claims a size and holds no pixels."""
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 64, 0, 0, 54) + head + bytes(64)


def tiff(width: int, height: int) -> bytes:
    """Give a TIFF whose one strip claims a size."""
    fields = (
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 200),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, 64),
    )
    body = b"II*\0" + struct.pack("<IH", 8, len(fields))
    body += b"".join(struct.pack("<HHII", *one) for one in fields) + bytes(4)
    return body.ljust(200, b"\0") + bytes(64)


def tiff_cycle() -> bytes:
    """Give a TIFF whose directory points at itself."""
    body = bytearray(tiff(64, 64))
    body[10 + 9 * 12 : 14 + 9 * 12] = struct.pack("<I", 8)
    return bytes(body)
