"""Local files and requests through CSS and SVG."""

from typing import Final

from hostile.ground import Case, Expected, Traps
from hostile.prose import FIRST, KEPT, LAST, html, page, with_files

ALL: Final = "epub,pdf,html,md"

STYLES: Final[dict[str, str]] = {
    "css-import": '@import url("@FILE@/canary.css"); @import "@HTTP@/canary.css"; @import "../canary.css";',
    "css-import-conditional": "@import url(@FILE@/canary.css) layer(a) supports(display: grid) screen, print;",
    "css-background": "body, p { background: url(@FILE@/canary.png); background-image: url('@HTTP@/canary.png') }",
    "css-list": "p { display: list-item; list-style-image: url(@FILE@/canary.png) }",
    "css-content": "p::before { content: url(@FILE@/canary.png) } p::after { content: url('../canary.svg') }",
    "css-cursor-and-mask": (
        "p { cursor: url(@HTTP@/canary.png), auto; mask: url(@FILE@/canary.svg#t); -webkit-mask-image:"
        " url(@HTTP@/canary.png); clip-path: url(@HTTP@/canary.svg#t); filter: url(@FILE@/canary.svg#t) }"
    ),
    "css-border-and-shape": (
        "p { border-image: url(@FILE@/canary.png) 30; shape-outside: url(@HTTP@/canary.png); float: left }"
    ),
    "css-image-set": (
        'p { background: image-set("@HTTP@/canary.png" 1x, url(@FILE@/canary.png) 2x);'
        " background: -webkit-image-set(url(@HTTP@/canary.png) 1x); background: image(url(@HTTP@/a.png)) }"
    ),
    "css-font-face": (
        "@font-face { font-family: serif; src: url(@FILE@/canary.txt), url('@HTTP@/font.woff2') }"
        " p { font-family: serif }"
    ),
    "css-escapes": (
        "p { background: \\75\\72\\6c(@HTTP@/canary.png); background-image: url(\\66ile://@PATH@/canary.png);"
        " content: u\\rl('@HTTP@/canary.png') } @\\69mport '@HTTP@/canary.css';"
    ),
    "css-variables": (
        ":root { --a: url(@FILE@/canary.png); --sf-img-1: url(@HTTP@/canary.png) } p { background: var(--a) }"
    ),
    "css-page-margin": (
        "@page { background: url(@FILE@/canary.png); @top-left { content: url(@FILE@/canary.png) } }"
        " @page :first { @bottom-center { content: url(@HTTP@/canary.png) } }"
    ),
    "css-target-and-attr": (
        "p::after { content: target-text(url(@FILE@/canary.html)) target-counter(url(@HTTP@/a), page);"
        " content: attr(title url) } a { link: url(@FILE@/canary.txt); anchor: attr(id) }"
    ),
    "css-namespace-and-charset": (
        '@charset "utf-7"; @namespace x url(@HTTP@/ns); @counter-style c { symbols: url(@FILE@/canary.png) }'
    ),
    "css-behaviour": (
        "p { behavior: url(@HTTP@/canary.htc); -moz-binding: url(@HTTP@/canary.xml#x);"
        " width: expression(alert(1)) }"
    ),
}

# SVG in the page. `use`, gradients and the like point where they can.
DRAWINGS: Final[dict[str, str]] = {
    "svg-image": (
        '<svg viewBox="0 0 200 100" width="200" height="100"><image href="@FILE@/canary.png" width="200"'
        ' height="100"/><image xlink:href="../canary.png" width="50" height="50"/></svg>'
    ),
    "svg-image-http": '<svg width="200" height="100"><image href="@HTTP@/canary.png" width="200" height="90"/></svg>',
    "svg-use": (
        '<svg width="200" height="100"><use href="@FILE@/canary.svg#t"/><use xlink:href="@HTTP@/canary.svg#t"/></svg>'
    ),
    "svg-filter": (
        '<svg width="200" height="100"><filter id="f"><feImage href="@FILE@/canary.png"/></filter>'
        '<rect width="90" height="90" filter="url(#f)"/><rect width="9" height="9" filter="url(@HTTP@/a#f)"/></svg>'
    ),
    "svg-paint": (
        '<svg width="200" height="100"><pattern id="p" href="@FILE@/canary.svg#t" width="1" height="1"/>'
        '<rect fill="url(#p)" stroke="url(@HTTP@/canary.svg#t)" mask="url(@FILE@/canary.svg#t)"'
        ' marker-start="url(@HTTP@/m#a)" clip-path="url(@FILE@/canary.svg#t)" width="90" height="90"/></svg>'
    ),
    "svg-foreign-object": (
        '<svg width="200" height="100"><foreignObject width="200" height="100"><body xmlns='
        '"http://www.w3.org/1999/xhtml"><iframe src="@FILE@/canary.html"/><img src="@FILE@/canary.png"/>'
        '<link rel="attachment" href="@FILE@/canary.txt"/></body></foreignObject></svg>'
    ),
    "svg-style": (
        '<svg width="200" height="100"><style>@import "@HTTP@/canary.css"; rect { fill: url(@FILE@/canary.svg#t);'
        ' background: url(@HTTP@/canary.png) }</style><rect style="fill:url(@HTTP@/a.svg#b)" width="90" height="90"/></svg>'
    ),
    "svg-animated-href": (
        '<svg width="200" height="100"><image width="90" height="90"><set attributeName="href" to="@FILE@/canary.png"/>'
        '<animate attributeName="xlink:href" values="@HTTP@/canary.png;@FILE@/canary.png" dur="1s"/></image></svg>'
    ),
    "svg-text-reference": (
        '<svg width="200" height="100"><text><tref xlink:href="@FILE@/canary.svg#t"/><textPath href="@HTTP@/a.svg#p">a'
        '</textPath></text><font-face-src><font-face-uri xlink:href="@HTTP@/font.svg#a"/></font-face-src></svg>'
    ),
    "svg-script": (
        '<svg width="200" height="100"><script href="@FILE@/canary.js"/><handler xlink:href="@HTTP@/h"/>'
        '<cursor xlink:href="@HTTP@/c.png"/><color-profile xlink:href="@HTTP@/p.icc"/><rect width="9" height="9"/></svg>'
    ),
}

SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="200">'
RECT: Final = '<rect width="300" height="200" fill="#14a03c"/>'

# SVG files beside the page, shown with <img>.
FILES: Final[dict[str, str]] = {
    "svg-file-image": f'{SVG}{RECT}<image xlink:href="../canary.png" width="300" height="200"/></svg>',
    "svg-file-image-absolute": f'{SVG}{RECT}<image href="@FILE@/canary.png" width="300" height="200"/></svg>',
    "svg-file-http": f'{SVG}{RECT}<image href="@HTTP@/canary.png" width="300" height="200"/></svg>',
    "svg-file-entity": (
        '<!DOCTYPE svg [<!ENTITY leak SYSTEM "@FILE@/canary.txt">]>'
        f"{SVG}{RECT}<text y='40'>&leak;</text></svg>"
    ),
    "svg-file-entity-http": (
        '<!DOCTYPE svg [<!ENTITY % p SYSTEM "@HTTP@/canary.dtd"> %p;]>'
        f"{SVG}{RECT}<text y='40'>&leak;</text></svg>"
    ),
    "svg-file-xinclude": (
        f'{SVG}{RECT}<text y="40"><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text"'
        ' href="@FILE@/canary.txt"/></text></svg>'
    ),
    "svg-file-stylesheet": (
        '<?xml-stylesheet href="@FILE@/canary.css"?><?xml-stylesheet href="@HTTP@/canary.xsl" type="text/xsl"?>'
        f"{SVG}{RECT}</svg>"
    ),
    "svg-file-style": (
        f"{SVG}<style>@import url(@HTTP@/canary.css); @font-face {{ font-family: a; src: url(@FILE@/canary.txt) }}"
        f" rect {{ fill: url(@HTTP@/x.svg#a) }}</style>{RECT}</svg>"
    ),
    "svg-file-use": f'{SVG}{RECT}<use xlink:href="../canary.svg#t"/><use href="@HTTP@/canary.svg#t"/></svg>',
    "svg-file-base": f'{SVG[:-1]} xml:base="@FILE@/">{RECT}<image xlink:href="canary.png" width="300" height="200"/></svg>',
    "svg-file-nested-data": (
        f'{SVG}{RECT}<image href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cimage'
        ' href=%22@FILE@/canary.png%22 width=%22300%22 height=%22200%22/%3E%3C/svg%3E" width="300" height="200"/></svg>'
    ),
}


def drawn_in_css(traps: Traps) -> dict[str, bytes]:
    """Give a page whose style sheet, a data: URL, imports another."""
    inner = traps.fill("body{background:url(@FILE@/canary.png)}@import '@HTTP@/canary.css';")
    head = f'<link rel="stylesheet" href="data:text/css,{inner}">'
    return {"in/page.html": page(head=head).encode()}


CASES: Final[tuple[Case, ...]] = (
    *(
        Case(
            name,
            "leaks-css",
            html('<p title="x">Still water.</p>', head=f"<style>{css}</style>"),
            KEPT,
            formats=ALL,
        )
        for name, css in STYLES.items()
    ),
    Case(
        "css-style-attribute",
        "leaks-css",
        html(
            '<div style="background:url(@FILE@/canary.png);content:url(@HTTP@/canary.png)">Still water.</div>'
            '<p style="background-image:url(&quot;@HTTP@/canary.png&quot;)" data-bg="@FILE@/canary.png">Reeds.</p>'
        ),
        KEPT,
        formats=ALL,
    ),
    Case("css-data-link", "leaks-css", drawn_in_css, KEPT, formats=ALL),
    Case(
        "css-file-beside",
        "leaks-css",
        with_files(
            "<p>Still water.</p>",
            {
                "page_files/site.css": "@import '../../canary.css'; body { background: url(../../canary.png) }"
            },
            head='<link rel="stylesheet" href="page_files/site.css">',
        ),
        KEPT,
        formats=ALL,
    ),
    *(
        Case(name, "leaks-svg", html(f"<figure>{svg}</figure>"), KEPT, formats=ALL)
        for name, svg in DRAWINGS.items()
    ),
    *(
        Case(
            name,
            "leaks-svg",
            with_files(
                '<figure><img src="drawing.svg" alt="a drawing"><figcaption>A map of the gates</figcaption></figure>',
                {"drawing.svg": svg},
            ),
            Expected(once=(FIRST, LAST), kept=("A map of the gates",)),
            formats=ALL,
        )
        for name, svg in FILES.items()
    ),
    Case(
        "svg-named-png",
        "leaks-svg",
        with_files(
            '<img src="drawing.png" alt="a drawing">',
            {"drawing.png": FILES["svg-file-image-absolute"]},
        ),
        KEPT,
        formats=ALL,
    ),
)
