"""Pictures on paper: shaped by their pixels, out of links, never without an alternative text."""

from collections.abc import Mapping
from typing import Final

from exporter.dom import Element, text_of
from exporter.model import Asset
from exporter.write.xhtml import tag

TALL: Final = 2.2  # height to width, from which a picture may be as high as its page
BRIEF: Final = 300  # letters of a caption that stands under half a line
DESCRIBED: Final = 1_000  # letters of an alternative text that repeats the caption
WIDE: Final = 1.8  # lines of text, from which a caption has more than a line of its own
NARROW: Final = 1.1  # width to height, up to which two pictures of a gallery stand side by side


def arrange(body: Element, assets: Mapping[str, Asset]) -> None:
    """Give figures the room that their shape needs; `assets` are known by the src of their images.

    A figure gets the class "tall", two neighbours in a gallery a div.pair around them. Panoramas
    stay as they are: on a page of their own they were half as large again, and the page before
    them stayed white.
    """
    for figure in list(body.iter("figure")):
        shape = _shape(figure, assets)
        if shape is not None and shape[1] >= TALL * shape[0]:
            figure.set("class", "tall")
    for gallery in [part for part in body.iter("section") if part.get("class") == "gallery"]:
        _pair(gallery, assets)


def _shape(figure: Element, assets: Mapping[str, Asset]) -> tuple[int, int] | None:
    """Give width and height, in px, of a figure of one picture."""
    images = list(figure.iter("img"))
    asset = assets.get(images[0].get("src", "")) if len(images) == 1 else None
    return (asset.width, asset.height) if asset is not None and asset.height else None


def _pair(gallery: Element, assets: Mapping[str, Asset]) -> None:
    waiting: Element | None = None
    for figure in list(gallery):
        shape = _shape(figure, assets) if figure.tag == "figure" else None
        narrow = shape is not None and shape[0] <= NARROW * shape[1] < NARROW * TALL * shape[0]
        narrow = narrow and len(_caption(figure)) <= BRIEF
        if waiting is not None and narrow:
            pair = tag("div", class_="pair")
            _wrap(pair, waiting)
            pair.append(figure)
            figure.tail = None
            waiting = None
        else:
            waiting = figure if narrow else None


def _wrap(outer: Element, element: Element) -> None:
    outer.tail, element.tail = element.tail, None
    element.addprevious(outer)
    outer.append(element)


def widen(body: Element, measure: int) -> None:
    """Let captions of more than a line be as wide as the text without the engine's asking.

    It lays each word of them out to find out how narrow they could be. `measure` is how many
    letters a line of the text holds; a line of a caption has some more.
    """
    for caption in body.iter("figcaption"):
        if len(text_of(caption)) > WIDE * measure:
            caption.set("class", "wide")


def free(root: Element) -> None:
    """Take images out of links, which PDF/UA-1 §7.18.5 does not let stand there undescribed."""
    for link in [link for link in root.iter("a") if link.find(".//img") is not None]:
        link.tag = "span"
        link.attrib.pop("href", "")


def describe(root: Element) -> None:
    """Give every image the alternative text that PDF/UA-1 §7.3 wants: its caption, or a mark."""
    for image in root.iter("img"):
        if image.get("alt", "").strip():
            continue
        figure = next(image.iterancestors("figure"), None)
        image.set("alt", (_brief(_caption(figure)) if figure is not None else "") or "•")


def _caption(figure: Element) -> str:
    caption = figure.find("figcaption")
    return text_of(caption) if caption is not None else ""


def _brief(caption: str) -> str:
    """Give no more of a caption than a description has: it can be read beside the picture."""
    if len(caption) <= DESCRIBED:
        return caption
    return f"{caption[:DESCRIBED].rpartition(' ')[0] or caption[:DESCRIBED]}…"
