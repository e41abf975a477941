"""data: URLs -> bytes (RFC 2397), as leniently as browsers, within a limit."""

import base64
import binascii
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from exporter.limits import Limits

# yes: "data:image/png;base64,iVBOR…", "data:,hello"   no: "database:x"
DATA: Final = re.compile(r"\s{0,99}data:([^,]{0,400}),", re.IGNORECASE)
NEWLINES: Final = b"\t\n\r"  # removed from any URL: URL Standard §4.4
PADDING: Final = b"= \x0c"  # what else may stand in base64 without meaning
URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
GROWTH: Final = 3  # a URL has at most three characters for each of its bytes: "%41"


def is_inline(url: str) -> bool:
    """Tell whether a URL carries its bytes in itself."""
    return DATA.match(url) is not None


def inline(url: str, limits: Limits) -> bytes | None:
    """Give the bytes that a data: URL carries, or None when it is malformed.

    Raises:
        LimitError: they are too many.

    """
    found = DATA.match(url)
    if found is None:
        return None
    carried = url[found.end() :]
    if len(carried) > limits.resource_size * GROWTH:
        raise limits.too_large("resource-size", "data:", len(carried))
    payload = unquote_to_bytes(carried.encode("utf-8", "replace").translate(None, NEWLINES))
    if found[1].rstrip().casefold().endswith("base64"):
        payload = _from_base64(payload) or b""
        if not payload:
            return None
    if len(payload) > limits.resource_size:
        raise limits.too_large("resource-size", "data:", len(payload))
    return payload


def _from_base64(payload: bytes) -> bytes | None:
    letters = payload.translate(URL_SAFE, PADDING)
    if len(letters) % 4 == 1:  # a last letter alone carries no byte
        letters = letters[:-1]
    try:
        decoded = base64.b64decode(letters + b"=" * (-len(letters) % 4))  # skips what is no letter
    except binascii.Error:
        return None
    return decoded
