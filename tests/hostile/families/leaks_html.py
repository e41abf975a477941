"""Local files and requests through HTML: elements, attributes, spellings of addresses."""

from typing import Final

from hostile.ground import Case, Expected, Make
from hostile.prose import FIRST, KEPT, LAST, OUR_PICTURE, html, page, with_files, xhtml

ALL: Final = "epub,pdf,html,md"

# What stands in the middle of the article. No canary may come out, and nothing may be asked for.
FRAGMENTS: Final[dict[str, str]] = {
    # spellings of an address
    "img-file": '<img src="@FILE@/canary.png" alt="x">',
    "img-file-figure": '<figure><img src="@FILE@/canary.png"><figcaption>A jar</figcaption></figure>',
    "img-absolute": '<img src="@PATH@/canary.png">',
    "img-parent": '<img src="../canary.png">',
    "img-parent-encoded": '<img src="..%2fcanary.png"><img src="%2e%2e/canary.png">',
    "img-parent-encoded-twice": '<img src="..%252fcanary.png"><img src="%252e%252e%252fcanary.png">',
    "img-backslash": '<img src="..\\canary.png"><img src="file:\\\\@PATH@\\canary.png">',
    "img-file-localhost": '<img src="file://localhost@PATH@/canary.png">',
    "img-file-127": '<img src="file://127.0.0.1@PATH@/canary.png">',
    "img-file-one-slash": '<img src="file:@PATH@/canary.png"><img src="file:../canary.png">',
    "img-file-four-slashes": '<img src="file:////@PATH@/canary.png">',
    "img-file-capitals": '<img src="FILE://@PATH@/canary.png"><img src="FiLe:@PATH@/canary.png">',
    "img-file-tab-inside": '<img src="fi&#9;le://@PATH@/canary.png"><img src="fi&#10;le:@PATH@/canary.png">',
    "img-file-control-before": '<img src="&#1;file://@PATH@/canary.png"><img src=" &#12;../canary.png ">',
    "img-file-entities": '<img src="&#102;ile&colon;//@PATH@/canary&period;png">',
    "img-file-query": '<img src="@FILE@/canary.png?x=1#y"><img src="../canary.png?w=20">',
    "img-file-nul": '<img src="@FILE@/canary.png%00.jpg"><img src="../canary.png&#0;">',
    "img-http": '<img src="@HTTP@/canary.png" alt="x" width="600" height="400">',
    "img-protocol-relative": '<img src="//@HOST@/canary.png">',
    "img-ftp": '<img src="ftp://@HOST@/canary.png"><img src="gopher://@HOST@/canary.png">',
    "img-url-of-a-wrapper": '<img src="view-source:@HTTP@/canary.png"><img src="jar:@FILE@/canary.png!/">',
    "img-filesystem-blob": '<img src="blob:@HTTP@/canary.png"><img src="filesystem:@FILE@/canary.png">',
    "img-unc": '<img src="\\\\@HOST@\\canary.png"><img src="file://@HOST@/canary.png">',
    "img-proc": '<img src="/proc/self/environ"><img src="file:///proc/self/cwd/canary.png">',
    # other elements that show or fetch
    "srcset": '<img srcset="@FILE@/canary.png 1x, @HTTP@/canary.png 2x" src="../canary.png">',
    "picture-source": '<picture><source srcset="@FILE@/canary.png"><img src="@HTTP@/canary.png"></picture>',
    "lazy-attributes": (
        '<img data-src="@FILE@/canary.png" data-lazy-src="../canary.png" data-original="@HTTP@/canary.png"'
        ' data-srcset="@FILE@/canary.png 2x" lowsrc="@FILE@/canary.png" dynsrc="@FILE@/canary.png">'
    ),
    "noscript-twin": '<noscript><img src="@FILE@/canary.png"></noscript>',
    "link-around-picture": f'<a href="@FILE@/canary.png"><img src="{OUR_PICTURE}"></a>',
    "image-element": '<image src="@FILE@/canary.png"></image><image href="../canary.png"/>',
    "input-image": '<input type="image" src="@FILE@/canary.png">',
    "video": (
        '<video poster="@FILE@/canary.png" src="@HTTP@/canary.mp4"><source src="@FILE@/canary.png">'
        '<track src="@FILE@/canary.txt" default></video>'
    ),
    "audio": '<audio src="@FILE@/canary.txt" controls><source src="@HTTP@/canary.mp3"></audio>',
    "embed": '<embed src="@FILE@/canary.svg" type="image/svg+xml"><embed src="@HTTP@/canary.png">',
    "object": (
        '<object data="@FILE@/canary.png" type="image/png"></object><object data="@FILE@/canary.html">'
        '</object><object codebase="@FILE@/" data="canary.svg"><param name="src" value="canary.png"></object>'
    ),
    "applet": '<applet codebase="@FILE@/" archive="canary.txt" code="canary"></applet>',
    "iframe": '<iframe src="@FILE@/canary.html"></iframe><iframe src="../canary.html"></iframe>',
    "iframe-http": '<iframe src="@HTTP@/canary.html" longdesc="@HTTP@/canary.txt"></iframe>',
    "iframe-srcdoc": "<iframe srcdoc=\"&lt;img src='@FILE@/canary.png'&gt;&lt;iframe src='../canary.html'&gt;\"></iframe>",
    "iframe-data": '<iframe src="data:text/html,<iframe src=@FILE@/canary.html></iframe>"></iframe>',
    "portal-fencedframe": '<portal src="@HTTP@/canary.html"></portal><fencedframe src="@FILE@/canary.html">',
    "table-background": '<table background="@FILE@/canary.png"><tr><td background="../canary.png">jar</table>',
    "cite-and-longdesc": '<blockquote cite="@FILE@/canary.txt">so</blockquote><img longdesc="@FILE@/canary.txt">',
    "attachment-link": '<a rel="attachment" href="@FILE@/canary.txt">the ledger itself</a>',
    "download-link": '<a download="x" href="../canary.txt" ping="@HTTP@/ping">the ledger itself</a>',
    "file-link": '<a href="@FILE@/canary.txt">the ledger itself</a>',
    "link-in-body": (
        '<link rel="stylesheet" href="@FILE@/canary.css"><link rel="attachment" href="@FILE@/canary.txt">'
    ),
    "base-in-body": '<base href="@FILE@/"><img src="canary.png">',
    "xinclude": '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="@FILE@/canary.txt" parse="text"/>',
    "math-href": (
        '<math href="@FILE@/canary.txt"><mglyph src="@FILE@/canary.png"/><mi xlink:href="@FILE@/canary.txt">x</mi>'
        '<annotation-xml encoding="text/html"><img src="@FILE@/canary.png"></annotation-xml></math>'
    ),
    "template": '<template shadowrootmode="open"><img src="@FILE@/canary.png"></template>',
    "server-side-include": '<!--#include virtual="../canary.txt" --><!--#include file="canary.txt" -->',
    "php-and-esi": '<?php readfile("../canary.txt"); ?><esi:include src="@HTTP@/canary.txt"/>',
}

HEADS: Final[dict[str, str]] = {
    "base-file": '<base href="@FILE@/">',
    "base-http": '<base href="@HTTP@/">',
    "base-parent": '<base href="../">',
    "head-stylesheet": (
        '<link rel="stylesheet" href="@FILE@/canary.css"><link rel="stylesheet" href="../canary.css">'
        '<link rel="alternate stylesheet" title="a" href="@HTTP@/canary.css">'
    ),
    "head-attachment": '<link rel="attachment" href="@FILE@/canary.txt" title="ledger">',
    "head-icons": (
        '<link rel="icon" href="@FILE@/canary.png"><link rel="apple-touch-icon" href="@HTTP@/canary.png">'
        '<link rel="mask-icon" href="@FILE@/canary.svg">'
    ),
    "head-preload": (
        '<link rel="preload" as="image" href="@HTTP@/canary.png"><link rel="prefetch" href="@HTTP@/a">'
        '<link rel="preconnect" href="@HTTP@"><link rel="dns-prefetch" href="@HTTP@"><link rel="import"'
        ' href="@FILE@/canary.html"><link rel="modulepreload" href="@HTTP@/canary.js">'
    ),
    "head-next-page": '<link rel="next" href="@FILE@/canary.html"><link rel="next" href="@HTTP@/2">',
    "head-amp-and-canonical": (
        '<link rel="canonical" href="@FILE@/canary.html"><link rel="amphtml" href="@HTTP@/amp">'
        '<meta property="og:url" content="@FILE@/canary.html">'
    ),
    "meta-refresh-file": '<meta http-equiv="refresh" content="0;url=@FILE@/canary.html">',
    "meta-refresh-http": '<meta http-equiv="refresh" content="0; URL=\'@HTTP@/canary.html\'">',
    "meta-pictures": (
        '<meta property="og:image" content="@FILE@/canary.png"><meta name="twitter:image"'
        ' content="@HTTP@/canary.png"><meta itemprop="image" content="../canary.png">'
    ),
    "json-ld-pictures": (
        '<script type="application/ld+json">{"@context": "@HTTP@/context", "@type": "NewsArticle",'
        ' "headline": "Eleven lanterns", "image": ["@FILE@/canary.png", {"url": "@HTTP@/canary.png"}],'
        ' "author": {"@type": "Person", "name": "A. Keeper", "url": "@FILE@/canary.txt"}}</script>'
    ),
    "oembed": '<link rel="alternate" type="application/json+oembed" href="@HTTP@/oembed">',
    "manifest": '<link rel="manifest" href="@HTTP@/m.json"><meta name="msapplication-config" content="@FILE@/canary.txt">',
    "saved-from-file": "<!-- saved from url=(0042)@FILE@/canary.html -->",
    "saved-from-http": "<!-- saved from url=(0030)@HTTP@/page.html -->",
    "single-file-comment": "<!--\n Page saved with SingleFile \n url: @FILE@/canary.html \n saved date: Thu May 04 2023 -->",
}

STARTS: Final[dict[str, str]] = {
    "entity-file": '<!DOCTYPE html [<!ENTITY leak SYSTEM "@FILE@/canary.txt">]>',
    "entity-http": '<!DOCTYPE html [<!ENTITY leak SYSTEM "@HTTP@/canary.txt">]>',
    "entity-parameter": '<!DOCTYPE html [<!ENTITY % more SYSTEM "@FILE@/canary.dtd"> %more;]>',
    "entity-dtd": '<?xml version="1.0"?><!DOCTYPE html SYSTEM "@FILE@/canary.dtd">',
    "entity-dtd-http": '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "@HTTP@/canary.dtd">',
    "entity-php": '<!DOCTYPE html [<!ENTITY leak SYSTEM "php://filter/resource=@PATH@/canary.txt">]>',
    "instruction-stylesheet": (
        '<?xml version="1.0"?><?xml-stylesheet type="text/css" href="@FILE@/canary.css"?>'
        '<?xml-stylesheet type="text/xsl" href="@HTTP@/canary.xsl"?><!DOCTYPE html>'
    ),
}

REFERENCE: Final = "<p>Whoever reads &leak; has read too much.</p>"
HERE: Final = Expected(once=(FIRST, LAST), picture=True)


def _started(start: str) -> Make:
    return lambda traps: {"in/page.xhtml": traps.fill(xhtml(REFERENCE, start)).encode()}


CASES: Final[tuple[Case, ...]] = (
    *(
        Case(name, "leaks-html", html(body), KEPT, formats=ALL)
        for name, body in FRAGMENTS.items()
        if name != "link-around-picture"
    ),
    Case(
        "link-around-picture",
        "leaks-html",
        html(FRAGMENTS["link-around-picture"]),
        HERE,
        formats=ALL,
    ),
    *(
        Case(
            name,
            "leaks-html",
            html('<img src="canary.png"><p>Nothing else moved.</p>', head=head),
            KEPT,
            formats=ALL,
        )
        for name, head in HEADS.items()
    ),
    *(
        Case(
            name,
            "leaks-html",
            _started(start),
            KEPT,
            inputs=("in/page.xhtml",),
            formats=ALL,
        )
        for name, start in STARTS.items()
    ),
    Case(
        "html-manifest-and-body-background",
        "leaks-html",
        lambda traps: {
            "in/page.html": traps.fill(
                page()
                .replace("<html", '<html manifest="@HTTP@/m" profile="@FILE@/canary.txt"')
                .replace("<body", '<body background="@FILE@/canary.png"')
            ).encode()
        },
        KEPT,
        formats=ALL,
    ),
    Case(
        "frameset",
        "leaks-html",
        lambda traps: {
            "in/page.html": traps.fill(
                '<html><frameset cols="50%,50%"><frame src="@FILE@/canary.html"><frame src="../canary.html">'
                "<noframes>Nothing here.</noframes></frameset></html>"
            ).encode()
        },
        Expected(codes=frozenset({4}), books=0),
        formats=ALL,
    ),
    Case(
        "frame-of-a-folder-outside",
        "leaks-html",
        with_files(
            '<iframe src="page_files/frame.html"></iframe>',
            {
                "page_files/frame.html": '<html><body><img src="../../canary.png"><p>Aside.</p></body></html>'
            },
        ),
        KEPT,
        formats=ALL,
    ),
)
