"""Which kind of image some bytes are: the extension and the server's word for it both lie."""

import re
from typing import Final

# each kind with the offset and the bytes found there
MAGIC: Final[tuple[tuple[str, int, bytes], ...]] = (
    ("JPEG", 0, b"\xff\xd8\xff"),
    ("PNG", 0, b"\x89PNG\r\n\x1a\n"),
    ("GIF", 0, b"GIF87a"),
    ("GIF", 0, b"GIF89a"),
    ("WEBP", 8, b"WEBP"),
    ("AVIF", 4, b"ftypavif"),
    ("AVIF", 4, b"ftypavis"),
    ("BMP", 0, b"BM"),
    ("TIFF", 0, b"II*\x00"),
    ("TIFF", 0, b"MM\x00*"),
    ("ICO", 0, b"\x00\x00\x01\x00"),
    ("JPEG2000", 0, b"\x00\x00\x00\x0cjP  "),
)
# A drawing may begin with a declaration and comments; an HTML page with a drawing is none.
SVG: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!DOCTYPE\s+svg[^\[>]{0,300}(?:\[[^\]]{0,4000}\]\s*)?>\s*"
    rb"|<!--(?:(?!-->).){0,2000}-->\s*){0,5}<(?:svg:)?svg[\s>]",
    re.DOTALL | re.IGNORECASE,
)


def sniff(data: bytes) -> str | None:
    """Give the kind of image by its first bytes ("JPEG", "PNG", …, "SVG"), None when it is none."""
    for kind, offset, magic in MAGIC:
        if data.startswith(magic, offset):
            return kind
    head = data[:8192].removeprefix(b"\xef\xbb\xbf")
    return "SVG" if SVG.match(head) else None
