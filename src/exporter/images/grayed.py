"""Drawings in shades of gray: each colour of an SVG, and the pictures inside it."""

import re
from typing import Final

from lxml import etree
from PIL import ImageColor

from exporter.dom import Element
from exporter.images import nested
from exporter.images.form import Form

COLOURS: Final = ("fill", "stroke", "color", "stop-color", "flood-color")
# a declaration of a colour in a style attribute; yes: "fill: red", "stop-color:#f00"; no: "filter:"
DECLARED: Final = re.compile(
    r"(?<![\w-])(fill|stroke|color|stop-color|flood-color)\s*:\s*([^;]{1,60})"
)
HREF: Final = "{http://www.w3.org/1999/xlink}href"
GRAY: Final = Form(max_px=10_000, gray=True)


def drain(root: Element) -> None:
    """Take the colour out of a drawing."""
    for element in root.iter():
        for name in COLOURS:
            if value := element.get(name):
                element.set(name, _shade(value))
        if style := element.get("style"):
            element.set("style", DECLARED.sub(lambda said: f"{said[1]}:{_shade(said[2])}", style))
        if etree.QName(element).localname == "image":
            element.set(HREF, nested.picture(element.get(HREF, ""), GRAY))


def _shade(value: str) -> str:
    """Give a colour's shade of gray; what is none (url(#a), currentColor) as it is."""
    try:
        red, green, blue = ImageColor.getrgb(value.strip())[:3]
    except ValueError:
        return value
    level = round(0.299 * red + 0.587 * green + 0.114 * blue)  # as Pillow weighs them
    return f"#{level:02x}{level:02x}{level:02x}"
