"""Pictures inside a drawing: decoded and written anew like all others, for they may be hostile."""

import base64
import binascii
from typing import Final

from exporter.images import raster
from exporter.images.errors import ImageError
from exporter.images.form import Form
from exporter.images.kinds import sniff

WHOLE: Final = Form(max_px=10_000)  # its size is the drawing's affair
KINDS: Final = frozenset({"JPEG", "PNG"})


def picture(url: str, form: Form = WHOLE) -> str:
    """Give the data: URL of a picture as one of ours; "" when it is none."""
    try:
        data = base64.b64decode(url.partition(",")[2])
        kind = sniff(data) or ""
        made = raster.convert(data, kind, form) if kind in KINDS else None
    except (binascii.Error, ImageError):
        return ""
    return f"data:{made.media_type};base64,{base64.b64encode(made.data).decode()}" if made else ""
