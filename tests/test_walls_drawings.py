"""An SVG of a page draws, and does nothing else: what is not on our list does not pass."""

import base64
import io
import itertools
from typing import Final

import pytest
from lxml import etree
from PIL import Image

from exporter.images import Form, ImageError, ingest, svg
from exporter.images.svg import ELEMENTS, GEOMETRY, PROPERTIES, SPACE, XLINK

SHAPE: Final = '<rect width="5" height="5"/>'
ROOT: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:x="http://www.w3.org/1999/xhtml" width="9" height="9" {root}>{inside}</svg>'
)
AWAY: Final = "http://127.0.0.1:9/canary"
# what stands in a drawing beside its rectangle
INSIDE: Final = [
    "<script>canary()</script>",
    "<SCRIPT>canary()</SCRIPT>",
    f'<script href="{AWAY}"/>',
    f'<script xlink:href="{AWAY}"/>',
    "<x:script>canary()</x:script>",
    '<script xmlns="http://www.w3.org/1999/xhtml">canary()</script>',
    f"<style>@import url({AWAY})</style>",
    f"<style>rect {{ fill: url({AWAY}) }}</style>",
    f'<foreignObject><x:img src="{AWAY}"/></foreignObject>',
    f'<x:iframe src="{AWAY}"/>',
    f'<image href="{AWAY}"/>',
    f'<image xlink:href="{AWAY}"/>',
    '<image href="file:///canary"/>',
    '<image href="/canary.png"/>',
    '<image href="../canary.png"/>',
    '<image href="//canary/x.png"/>',
    '<image href="data:text/html,canary"/>',
    "<image href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3Ecanary\"/>",
    '<image href="data:image/svg+xml;base64,Y2FuYXJ5"/>',
    '<image href="data:image/png;base64,Y2FuYXJ5"/>',
    f'<feImage href="{AWAY}"/>',
    f'<use href="{AWAY}#a"/>',
    '<use href="file:///canary#a"/>',
    '<use xlink:href="data:image/svg+xml,canary#a"/>',
    f'<textPath href="{AWAY}"/>',
    f'<linearGradient href="{AWAY}#a"/>',
    '<animate attributeName="href" to="javascript:canary()"/>',
    f'<set attributeName="href" to="{AWAY}"/>',
    '<animateTransform onbegin="canary()"/>',
    '<handler type="text/javascript">canary()</handler>',
    f'<font-face><font-face-src><font-face-uri href="{AWAY}"/></font-face-src></font-face>',
    f'<audio src="{AWAY}"/>',
    f'<a href="{AWAY}"><g/></a>',
    '<a href="javascript:canary()"><g/></a>',
    f'<?xml-stylesheet href="{AWAY}"?>',
    "<!-- canary -->",
    f'<rect fill="url({AWAY})"/>',
    f"<rect fill=\"url('{AWAY}')\"/>",
    f'<rect fill="URL( &quot;{AWAY}&quot; )"/>',
    f'<rect fill="url(#a) url({AWAY})"/>',
    f'<rect fill="u\\72l({AWAY})"/>',
    f'<rect fill="url(/**/{AWAY})"/>',
    f'<rect fill="image-set(&quot;{AWAY}&quot; 1x)"/>',
    f'<rect fill="image(&quot;{AWAY}&quot;)"/>',
    f'<rect style="fill:url({AWAY})"/>',
    f'<rect style="background:image-set(&quot;{AWAY}&quot; 1x)"/>',
    f'<rect style="fill:red;background:url({AWAY})"/>',
    f'<rect style="list-style:url({AWAY})"/>',
    f'<rect style="cursor:url({AWAY}),auto"/>',
    f'<rect style="@import url({AWAY})"/>',
    '<rect style="behavior:url(#canary)"/>',
    '<rect style="-moz-binding:url(#canary)"/>',
    '<rect style="fill:expression(canary())"/>',
    '<rect style="fill:attr(canary)"/>',
    '<rect style="fill:var(--canary)"/>',
    '<rect style="--canary:1"/>',
    '<rect onclick="canary()"/>',
    '<rect ONCLICK="canary()"/>',
    '<rect x:onclick="canary()"/>',
    '<rect class="canary"/>',
    '<rect data-canary="1"/>',
    f'<rect xml:base="{AWAY}"/>',
    '<rect xml:space="canary"/>',
    f'<rect requiredExtensions="{AWAY}"/>',
]


def made_of(inside: str, root: str = "") -> bytes:
    return svg.sanitise(ROOT.format(root=root, inside=SHAPE + inside).encode(), Form())[0]


def check(data: bytes) -> None:
    assert b"canary" not in data.lower(), data
    for element in etree.fromstring(data).iter():
        assert etree.QName(element).localname in ELEMENTS
        assert {*element.attrib} <= GEOMETRY | PROPERTIES | {"style", XLINK, SPACE}


@pytest.mark.parametrize("inside", INSIDE)
def test_nothing_but_drawing_passes(inside: str) -> None:
    check(made_of(inside))


@pytest.mark.parametrize(
    "root",
    [
        'onload="canary()"',
        f'style="background:url({AWAY})"',
        f'style="background-image:image-set(&quot;{AWAY}&quot; 1x)"',
        f'xml:base="{AWAY}"',
        f'xmlns:canary="{AWAY}"',
        'contentScriptType="canary"',
        'xsi:schemaLocation="canary" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    ],
)
def test_nothing_but_drawing_passes_on_the_root(root: str) -> None:
    check(made_of("", root))


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        f'<!ENTITY x SYSTEM "{AWAY}">',
        '<!ENTITY x "canary">',
        f'<!ENTITY % p SYSTEM "{AWAY}"> %p;',
        '<!ATTLIST svg onload CDATA "canary()">',
    ],
)
def test_what_a_document_type_declares_does_not_pass(subset: str) -> None:
    drawn = f"<!DOCTYPE svg [{subset}]>" + ROOT.format(root="", inside=f"{SHAPE}<text>a&x;</text>")
    try:
        check(svg.sanitise(drawn.encode(), Form())[0])
    except ImageError:
        assert "%p" in subset or "ATTLIST" in subset  # malformed, or &x; is not declared


def test_entities_that_multiply_are_refused() -> None:
    names = "abcdefgh"
    more = "".join(f'<!ENTITY {n} "{f"&{m};" * 30}">' for m, n in itertools.pairwise(names))
    drawn = f'<!DOCTYPE svg [<!ENTITY a "ha">{more}]>' + ROOT.format(
        root="", inside=f'<rect id="&h;"/>{SHAPE}'
    )
    with pytest.raises(ImageError):
        svg.sanitise(drawn.encode(), Form())


def test_the_drawing_itself_stays() -> None:
    inside = (
        '<linearGradient id="g"><stop offset="0" stop-color="rgb(9, 9, 9)"/></linearGradient>'
        '<g transform="translate(1 2) rotate (45)"><path d="M0 0h1" fill="url(#g)"'
        ' stroke="url( \'#g\' )" style="stroke-width: 2; Fill-Opacity:.5"/></g>'
        '<a href="https://port.example/"><text font-family="&quot;EB Garamond&quot;, serif">Pier'
        '</text></a><use xlink:href="#g"/>'
    )
    made = made_of(inside).decode()
    for kept in (
        'stop-color="rgb(9, 9, 9)"', 'transform="translate(1 2) rotate (45)"', 'fill="url(#g)"',
        'stroke="url(#g)"', 'style="stroke-width:2;fill-opacity:.5"', ">Pier</text>",
        'xlink:href="#g"', "EB Garamond",
    ):  # fmt: skip
        assert kept in made, kept


def test_a_picture_in_a_drawing_is_decoded_and_written_anew() -> None:
    taken = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "canary"
    Image.new("RGB", (40, 30), "teal").save(taken, "JPEG", exif=exif, comment=b"canary")
    url = "data:image/jpeg;base64," + base64.b64encode(taken.getvalue()).decode()
    made = made_of(f'<image href="{url}" width="4" height="3"/>')
    (element,) = etree.fromstring(made).iter("{*}image")
    kept = base64.b64decode(str(element.get(XLINK)).partition(",")[2])
    assert b"canary" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (40, 30)


@pytest.mark.parametrize(
    "inside",
    [
        "".join(f'<g id="a{n}"><use xlink:href="#a{n + 1}"/></g>' for n in range(3000)),
        '<g id="a"><use xlink:href="#a"/></g>',
        '<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>',
        "".join(
            f'<g id="a{n}">{f"<use xlink:href={chr(34)}#a{n + 1}{chr(34)}/>" * 10}</g>'
            for n in range(12)
        ),
    ],
    ids=["a chain", "itself", "each other", "tens of tens"],
)
def test_parts_that_repeat_each_other_without_end_are_refused(inside: str) -> None:
    with pytest.raises(ImageError):
        made_of(inside)


def test_a_page_that_calls_itself_an_image_is_none() -> None:
    for data in (b"<html><svg/></html>", b"<!DOCTYPE html><svg>", b"%PDF-1.7", b"MZ", b"", b"\0"):
        with pytest.raises(ImageError):
            ingest(data)
