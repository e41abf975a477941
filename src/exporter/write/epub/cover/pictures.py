"""The photographs of a cover, cut to their place."""

import io
from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageOps

from exporter import dom
from exporter.model import Article, Asset, Edition

SMALLEST: Final = (640, 400)  # px: a smaller photograph would be blurred
NARROWEST: Final = 0.55  # width to height
WIDEST: Final = 2.6
SEVERAL: Final = 3  # photographs on the cover of a book of many articles
UPPER_MIDDLE: Final = (0.5, 0.35)  # where people look from

NATIVE: Final = range(840, 1401)  # px: as wide as that is a cover whose photograph is not resized
ROUNDED: Final = 2  # px, of a width and the height that follows from it
GAP: Final = 0.007  # of the width, between photographs

Box = tuple[int, int, int, int]  # left, top, right, lower end, px


def native(edition: Edition, ratio: float) -> int | None:
    """Give the width at which the photograph of a cover needs no resizing, px; None for none.

    `ratio` is that of its place, width to height.
    """
    fit = list(filter(None, (next(_fit(article), None) for article in edition.articles[:SEVERAL])))
    if not fit or len(fit) == SEVERAL:
        return None
    width = min(fit[0].width, int((fit[0].height - 1) * ratio))  # heights are rounded
    return width if width in NATIVE else None


def paste(canvas: Image.Image, edition: Edition, height: int) -> bool:
    """Lay photographs over the upper part of the canvas; tell whether there was one.

    An article's first fit for it is alone there, of a book the first ones of three articles are
    side by side.
    """
    fit = [found for article in edition.articles if (found := list(_fit(article)))][:SEVERAL]
    width = canvas.width
    gap = round(width * GAP)
    places: list[Box] = [(0, 0, width, height)]
    if len(fit) == SEVERAL:
        left, half = round(width * 0.62), height // 2
        places = [
            (0, 0, left - gap, height),
            (left, 0, width, half - gap),
            (left, half, width, height),
        ]
    laid = [
        any(_lay(canvas, asset, box) for asset in found)
        for found, box in zip(fit, places, strict=False)
    ]
    return any(laid)


def _fit(article: Article) -> Iterator[Asset]:
    """Give the article's photographs that are fit for a cover."""
    return filter(_is_fit, _shown(article))


def _is_fit(asset: Asset) -> bool:
    ratio = asset.width / max(asset.height, 1)
    large = asset.width >= SMALLEST[0] and asset.height >= SMALLEST[1]
    return asset.media_type == "image/jpeg" and large and NARROWEST <= ratio <= WIDEST


def _shown(article: Article) -> Iterator[Asset]:
    assets = {asset.key: asset for asset in article.assets}
    if assets:
        for figure in dom.figures(article.body):
            if figure.asset in assets:
                yield assets[figure.asset]


def _lay(canvas: Image.Image, asset: Asset, box: Box) -> bool:
    size = (box[2] - box[0], box[3] - box[1])
    try:
        with Image.open(io.BytesIO(asset.data)) as image:
            image.draft("RGB", size)
            picture = image if image.mode == "RGB" else image.convert("RGB")
            fitted = _cut(picture, size)
    except OSError:  # a broken one is no picture
        return False
    canvas.paste(fitted, box[:2])
    return True


def _cut(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Give the part of a picture that fills a size; its pixels as they are where these fit."""
    over = picture.width - size[0], picture.height - size[1]
    if not 0 <= min(over) <= ROUNDED:
        return ImageOps.fit(picture, size, Image.Resampling.BILINEAR, centering=UPPER_MIDDLE)
    left, top = round(over[0] * UPPER_MIDDLE[0]), round(over[1] * UPPER_MIDDLE[1])
    return picture.crop((left, top, left + size[0], top + size[1]))
