"""Drawings: an SVG rebuilt from a list of what is allowed, with its size.

No script, no style sheet, no foreign matter, no address outside the drawing but pictures inside
it as data: nothing that could act, call the network or read a file.
"""

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from exporter import amounts, parsing
from exporter.amounts import Unit
from exporter.characters import sayable
from exporter.dom import Element
from exporter.images.errors import ImageError
from exporter.images.form import Form
from exporter.limits import Limits

NS: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "{http://www.w3.org/1999/xlink}href"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
ELEMENTS: Final = frozenset({
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "textPath", "title", "desc", "linearGradient",
    "radialGradient", "stop", "clipPath", "mask", "pattern", "marker", "image", "switch",
    "filter", "feGaussianBlur", "feOffset", "feBlend", "feMerge", "feMergeNode", "feFlood",
    "feComposite", "feColorMatrix",
})  # fmt: skip
GEOMETRY: Final = frozenset({
    "id", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx", "dy",
    "d", "points", "width", "height", "viewBox", "transform", "preserveAspectRatio", "offset",
    "gradientUnits", "gradientTransform", "spreadMethod", "patternUnits", "patternContentUnits",
    "patternTransform", "clipPathUnits", "maskUnits", "maskContentUnits", "markerUnits",
    "markerWidth", "markerHeight", "refX", "refY", "orient", "startOffset", "textLength",
    "lengthAdjust", "rotate", "version", "in", "in2", "result", "stdDeviation", "mode",
    "operator", "k1", "k2", "k3", "k4", "type", "values", "filterUnits", "role",
})  # fmt: skip
KINDS: Final = {"a": "g"}  # a link leads nowhere, what it holds is drawn
# what a style may say, as an attribute or in one
PROPERTIES: Final = frozenset({
    "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray",
    "stroke-dashoffset", "opacity", "color", "display", "visibility", "overflow", "clip-path",
    "clip-rule", "mask", "filter", "marker-start", "marker-mid", "marker-end", "font-family",
    "font-size", "font-style", "font-weight", "text-anchor", "letter-spacing", "word-spacing",
    "dominant-baseline", "baseline-shift", "text-decoration", "stop-color", "stop-opacity",
    "flood-color", "flood-opacity", "paint-order", "vector-effect", "shape-rendering",
})  # fmt: skip
# the only functions in a value; url() refers to a part of the drawing
FUNCTIONS: Final = frozenset({
    "rgb", "rgba", "hsl", "hsla", "matrix", "translate", "translatex", "translatey", "scale",
    "scalex", "scaley", "rotate", "skewx", "skewy",
})  # fmt: skip
# yes: "url(#a)", 'url( "#a" )'; no: "url(a.svg#b)", "url(http://x)"
OWN: Final = re.compile(r"url\(\s{0,9}([\"']?)(#[\w.:-]{1,200})\1\s{0,9}\)")
# what ends, escapes or imports; yes: "\\75rl", "/**/", "@import"; no: "10%", "#fff"
SLY: Final = re.compile(r"[\\@{}<>;]|/\*")
LOCAL: Final = re.compile(r"#[\w.:-]{1,200}\Z")  # yes: "#a"; no: "a.svg#b"
PICTURE: Final = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*\Z")
LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(px|pt|pc|mm|cm|in|em|ex|)\s*\Z")
UNITS: Final[Mapping[str, float]] = {
    "": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "em": 16,
    "ex": 8,
}  # fmt: skip
DEFAULT: Final = (300.0, 150.0)  # CSS 2.1 §10.3.2
DEEP: Final = 100  # elements in each other
CHAIN: Final = 200  # ... those that <use> repeats included
ROOT_NAMES: Final[dict[str, str]] = {  # old readers know XLink by this prefix alone
    None: NS,  # type: ignore[dict-item]  # lxml's stubs forget None
    "xlink": XLINK[1:-5],
}


def sanitise(data: bytes, form: Form) -> tuple[bytes, int, int]:
    """Give a drawing's safe form, in shades of gray if that is asked for, and its size in px.

    Raises:
        ImageError: not well-formed, empty, or more than we care to draw.

    """
    if len(data) > form.limits.drawing_size:
        told = f"is a drawing of {amounts.shown(len(data), Unit.BYTES)}"
        raise ImageError(form.limits.told("drawing-size", told, len(data)))
    try:
        source = parsing.foreign(data)
    except parsing.MalformedError as error:
        raise ImageError(f"is no well-formed drawing: {error}") from error
    if etree.QName(source).localname != "svg":
        raise ImageError("is no drawing")
    made = _copy(source, 0)
    if made is None or not len(made):
        raise ImageError("is an empty drawing")
    _check_repetitions(made, form.limits)
    if form.gray:
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
    known = name.localname in ELEMENTS or name.localname in KINDS
    if name.namespace not in {NS, None} or not known or depth > DEEP:
        return None
    made = etree.Element(
        f"{{{NS}}}{KINDS.get(name.localname, name.localname)}",
        nsmap=ROOT_NAMES if depth == 0 else None,
    )
    for key, value in source.attrib.items():
        _copy_attribute(made, str(key), str(value))
    if name.localname in {"text", "tspan", "textPath", "title", "desc"}:
        made.text = sayable(source.text or "") or None
    for child in source:
        if not isinstance(child.tag, str):
            continue
        copied = _copy(child, depth + 1)
        if copied is not None:
            if name.localname in {"text", "tspan", "textPath"}:
                copied.tail = sayable(child.tail or "") or None
            made.append(copied)
    return made


def _copy_attribute(made: Element, key: str, value: str) -> None:
    if key == XLINK:
        key = "href"
    if key == SPACE and value in {"preserve", "default"}:
        made.set(key, value)
    if key == "href":
        if target := _target(made, value.strip()):
            made.set(XLINK, target)  # both spellings are read; this one by every reader
    elif key not in GEOMETRY | PROPERTIES | {"style"}:
        return
    elif key == "style":
        if kept := _style(value):
            made.set(key, kept)
    elif _is_own(value):
        made.set(key, _settled(value))


def _target(made: Element, value: str) -> str:
    """Give what an element may refer to: a part of the drawing, or a picture in it made anew."""
    if LOCAL.match(value):
        return value
    if etree.QName(made).localname != "image" or not PICTURE.match(value):
        return ""
    from exporter.images import nested  # noqa: PLC0415  (brings Pillow)

    return nested.picture(value)


def _style(text: str) -> str:
    """Give the declarations of a style that say how something is drawn, and nothing else."""
    kept = []
    for declaration in text.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name in PROPERTIES and value.strip() and _is_own(value):
            kept.append(f"{name}:{_settled(value).strip()}")
    return ";".join(kept)


def _is_own(value: str) -> bool:
    """Tell whether a value refers to nothing outside the drawing."""
    bare = OWN.sub("", value)
    if SLY.search(bare):
        return False
    called = (part[-40:].rstrip().rpartition(" ")[2] for part in bare.split("(")[:-1])
    return all(re.split(r"[^\w-]", name)[-1].lower() in FUNCTIONS for name in called)


def _settled(value: str) -> str:
    """Give a value as every reader takes it."""
    return sayable(OWN.sub(r"url(\2)", value))


def _check_repetitions(root: Element, limits: Limits) -> None:
    """Refuse a drawing whose <use> elements multiply beyond reason, or go round in circles."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[Element, int] = {}
    open_: set[Element] = set()

    def drawn(element: Element) -> int:
        if len(open_) > CHAIN:
            raise ImageError("is a drawing whose parts repeat each other too deeply")
        if element in open_:
            raise ImageError("is a drawing that contains itself")
        if element not in known:
            open_.add(element)
            total = 1 + sum(drawn(child) for child in element)
            if etree.QName(element).localname == "use":
                target = named.get(element.get(XLINK, "")[1:])
                total += drawn(target) if target is not None else 0
            open_.discard(element)
            known[element] = total
        return known[element]

    if (parts := drawn(root)) > limits.drawing_elements:
        told = "is a drawing of very many elements, its repetitions counted"
        raise ImageError(limits.told("drawing-elements", told, parts))


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
