"""Drawings: an SVG rebuilt from a list of what is allowed, with its size.

No script, no style sheet, no foreign matter, no address outside the drawing but pictures inside
it as data: nothing that could act, call the network or read a file.
"""

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from exporter import parsing
from exporter.dom import Element
from exporter.images.errors import ImageError

NS: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "{http://www.w3.org/1999/xlink}href"
ELEMENTS: Final = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "title",
        "desc",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "marker",
        "image",
        "switch",
        "filter",
        "feGaussianBlur",
        "feOffset",
        "feBlend",
        "feMerge",
        "feMergeNode",
        "feFlood",
        "feComposite",
        "feColorMatrix",
    ]
)
ATTRIBUTES: Final = frozenset(
    [
        "id",
        "class",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "dx",
        "dy",
        "d",
        "points",
        "width",
        "height",
        "viewBox",
        "transform",
        "preserveAspectRatio",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "opacity",
        "color",
        "display",
        "visibility",
        "overflow",
        "clip-path",
        "clip-rule",
        "mask",
        "filter",
        "marker-start",
        "marker-mid",
        "marker-end",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "text-anchor",
        "letter-spacing",
        "word-spacing",
        "dominant-baseline",
        "baseline-shift",
        "text-decoration",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "patternUnits",
        "patternContentUnits",
        "patternTransform",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "markerUnits",
        "markerWidth",
        "markerHeight",
        "refX",
        "refY",
        "orient",
        "startOffset",
        "textLength",
        "lengthAdjust",
        "rotate",
        "version",
        "href",
        "style",
        "in",
        "in2",
        "result",
        "stdDeviation",
        "mode",
        "operator",
        "k1",
        "k2",
        "k3",
        "k4",
        "type",
        "values",
        "flood-color",
        "flood-opacity",
        "filterUnits",
        "paint-order",
        "vector-effect",
        "shape-rendering",
        "role",
    ]
)
# yes: "url(#a)"; no: "url(http://x)", "URL( 'file:…' )"
FOREIGN: Final = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@|expression|javascript:|\\", re.IGNORECASE)
PICTURE: Final = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*\Z")
LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(px|pt|pc|mm|cm|in|em|ex|)\s*\Z")
UNITS: Final[Mapping[str, float]] = {
    "": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "em": 16,
    "ex": 8,
}  # fmt: skip
DEFAULT: Final = (300.0, 150.0)  # CSS 2.1 §10.3.2
DRAWINGS: Final = 20_000  # elements drawn, repetitions by <use> counted
BYTES: Final = 8_000_000
DEEP: Final = 100
ROOT_NAMES: Final[dict[str, str]] = {None: NS}  # type: ignore[dict-item]  # lxml's stubs forget None


def sanitise(data: bytes, *, gray: bool = False) -> tuple[bytes, int, int]:
    """Give a drawing's safe form, in shades of gray if asked for, and its size in px.

    Raises:
        ImageError: not well-formed, empty, or more than we care to draw.

    """
    if len(data) > BYTES:
        raise ImageError(f"is a drawing of {len(data) // 10**6} MB")
    try:
        source = parsing.foreign(data)
    except parsing.MalformedError as error:
        raise ImageError(f"is no well-formed drawing: {error}") from error
    if etree.QName(source).localname != "svg":
        raise ImageError("is no drawing")
    made = _copy(source, 0)
    if made is None or not len(made):
        raise ImageError("is an empty drawing")
    _check_repetitions(made)
    if gray:
        from exporter.images import grayed  # noqa: PLC0415  (brings Pillow)

        grayed.drain(made)
    width, height = _size(made)
    made.set("width", f"{width:g}")
    made.set("height", f"{height:g}")
    if not made.get("viewBox"):
        made.set("viewBox", f"0 0 {width:g} {height:g}")
    etree.cleanup_namespaces(made)
    return etree.tostring(made, encoding="utf-8"), max(1, round(width)), max(1, round(height))


def _copy(source: Element, depth: int) -> Element | None:
    name = etree.QName(source)
    if name.namespace not in {NS, None} or name.localname not in ELEMENTS or depth > DEEP:
        return None
    made = etree.Element(f"{{{NS}}}{name.localname}", nsmap=ROOT_NAMES if depth == 0 else None)
    for key, value in source.attrib.items():
        _copy_attribute(made, str(key), str(value))
    if name.localname in {"text", "tspan", "textPath", "title", "desc"}:
        made.text = source.text
    for child in source:
        if not isinstance(child.tag, str):
            continue
        copied = _copy(child, depth + 1)
        if copied is not None:
            if name.localname in {"text", "tspan", "textPath"}:
                copied.tail = child.tail
            made.append(copied)
    return made


def _copy_attribute(made: Element, key: str, value: str) -> None:
    if key == XLINK:
        key = "href"
    if key == "{http://www.w3.org/XML/1998/namespace}space":
        made.set(key, value)
    if key not in ATTRIBUTES:
        return
    if key == "href":
        local = re.fullmatch(r"#[\w.:-]+", value.strip())
        if not local and not (etree.QName(made).localname == "image" and PICTURE.match(value)):
            return
        made.set(XLINK, value.strip())  # both spellings are read; this one by every reader
    elif not FOREIGN.search(value):
        made.set(key, value)


def _check_repetitions(root: Element) -> None:
    """Refuse a drawing whose <use> elements multiply beyond reason, or go round in circles."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[Element, int] = {}
    open_: set[Element] = set()

    def drawn(element: Element) -> int:
        if element in open_:
            raise ImageError("is a drawing that contains itself")
        if element not in known:
            open_.add(element)
            total = 1 + sum(drawn(child) for child in element)
            if etree.QName(element).localname == "use":
                target = named.get(element.get(XLINK, "")[1:])
                total += drawn(target) if target is not None else 0
            open_.discard(element)
            known[element] = min(total, DRAWINGS + 1)
        return known[element]

    if drawn(root) > DRAWINGS:
        raise ImageError("is a drawing of too many parts")


def _size(root: Element) -> tuple[float, float]:
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = [float(part) for part in re.findall(r"-?\d{1,9}(?:\.\d{1,9})?", root.get("viewBox", ""))]
    wide, high = (box[2], box[3]) if len(box) == 4 and min(box[2:]) > 0 else DEFAULT  # noqa: PLR2004
    if width and height:
        return width, height
    if width:
        return width, width * high / wide
    if height:
        return height * wide / high, height
    return wide, high


def _length(value: str | None) -> float | None:
    found = LENGTH.match(value or "")
    return float(found[1]) * UNITS[found[2]] or None if found else None
