"""Bytes from a capture become an asset, once for all editions.

JPEG is what the engines take untouched; drawings with few colours stay PNG; an SVG is rebuilt
from what is safe. The same bytes and form always give the same asset, and no asset tells where
a photographer stood.
"""

import hashlib

from exporter.images.errors import ImageError
from exporter.images.form import Form
from exporter.images.kinds import sniff
from exporter.model import Asset

FULL = Form()


def ingest(data: bytes, form: Form = FULL) -> Asset:
    """Give an image as an asset of that form.

    Raises:
        ImageError: no image, a broken or truncated one, or one of too many pixels.

    """
    kind = sniff(data)
    if kind is None:
        raise ImageError("is no image" if data else "is empty")
    if kind == "SVG":
        from exporter.images import svg  # noqa: PLC0415  (lxml's writer, for few pages)

        return _asset("image/svg+xml", *svg.sanitise(data, form))
    from exporter.images import raster  # noqa: PLC0415  (Pillow starts slowly; text pages spare it)

    return _asset(*raster.convert(data, kind, form))


def _asset(media_type: str, data: bytes, width: int, height: int) -> Asset:
    return Asset(hashlib.sha256(data).hexdigest(), media_type, width, height, data)


def shows_something(asset: Asset) -> bool:
    """Tell a picture from a drawing and from one colour: what pages show while they load."""
    if asset.media_type == "image/svg+xml":
        return False
    from exporter.images import raster  # noqa: PLC0415  (see above)

    return raster.is_varied(asset.data)
