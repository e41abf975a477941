"""What properties are tried on: pages, their captures, trees and bodies, odd values everywhere."""

import base64
import gzip
import json
import plistlib
import re
from collections.abc import Callable
from html import escape
from typing import Any, Final

from bs4 import Tag
from hypothesis import strategies as st
from lxml import etree

import make_captures as make
import shapes
from exporter import dom
from hostile.families.leaks_captures import mail, mhtml
from hostile.pictures import flat
from shapes import ADDRESSES, BLOCKS, CLASSES, HEADS, LINES, NAMES, ODD, PLEAS, SENTENCES, VALUES

Files = dict[str, bytes]  # of a capture, by name; the page or archive itself comes first

HOLE: Final = re.compile(r"\{([tbuvcaoj])\}")  # yes: "{t}"; no: "{{x}}", "{v"
TYPES: Final = ("NewsArticle", "Person", "ImageObject")
KEYS: Final = (
    "@type", "@graph", "@id", "headline", "author", "name", "image", "url", "datePublished",
    "publisher", "articleBody", "isPartOf", "hasPart", "keywords", "caption",
)  # fmt: skip
JSON: Final = st.recursive(
    st.sampled_from([None, True, -1, 1e300, *VALUES, *ADDRESSES, *PLEAS]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(KEYS), st.one_of(inner, st.sampled_from(TYPES)), max_size=4
        ),
    ),
    max_leaves=8,
)
TEXTS: Final = st.one_of(
    *(st.sampled_from(some) for some in (SENTENCES, SENTENCES, PLEAS, ODD)),
    st.lists(st.sampled_from((*ODD, *PLEAS, *SENTENCES)), max_size=4).map(" ".join),
)
ANY: Final = st.sampled_from((*VALUES, *VALUES, *ADDRESSES, *ODD, *CLASSES))
# hole of a shape -> what it is filled with
FILLINGS: Final[dict[str, st.SearchStrategy[str]]] = {
    "t": TEXTS,
    "u": st.sampled_from(ADDRESSES).map(escape),
    "v": ANY.map(escape),
    "c": st.sampled_from(CLASSES),
    "o": st.sampled_from(shapes.META),
    "j": JSON.map(lambda value: json.dumps(value).replace("</", "<\\/")),
    "a": st.lists(st.tuples(st.sampled_from(NAMES), ANY), max_size=2).map(
        lambda some: "".join(f" {name}='{escape(value)}'" for name, value in some)
    ),
}


@st.composite
def filled(draw: st.DrawFn, some: tuple[str, ...], depth: int = 2) -> str:
    """Give one of the shapes with all its holes filled."""

    def filling(hole: re.Match[str]) -> str:
        if hole[1] == "b":
            return draw(filled(some, depth - 1)) if depth else draw(TEXTS)
        return draw(FILLINGS[hole[1]])

    return HOLE.sub(filling, draw(st.sampled_from(some)))


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Give a page of HTML; most have prose, for a page without an article tells little."""
    language = draw(st.sampled_from(("en", "fr", "", "ar' dir='rtl", "x-é")))
    head = "".join(draw(st.lists(filled(HEADS), max_size=4)))
    blocks = draw(st.lists(filled(BLOCKS), min_size=1, max_size=6))
    if draw(st.integers(0, 4)):
        middle = len(blocks) // 2
        blocks[middle:middle] = [f"<p>{text}</p>" for text in SENTENCES[:2]]
    return f"<!DOCTYPE html><html lang='{language}'><head>{head}<body>{''.join(blocks)}"


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """Give a Markdown file."""
    fence = draw(st.sampled_from(("", "---\n", "+++\n")))
    front = "\n".join(draw(st.lists(filled(shapes.FRONT), max_size=4)))
    blocks = draw(st.lists(filled(LINES), max_size=8))
    told = f"{fence}{front}\n{fence}" if fence else ""
    return told + "\n\n".join((*blocks[:3], SENTENCES[0], *blocks[3:]))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Give a plain text."""
    breaks = draw(st.sampled_from(("\n\n", "\n", "\r\n", "\r", "\n \n")))
    return breaks.join([*draw(st.lists(TEXTS, max_size=8)), SENTENCES[0], SENTENCES[1]])


# --- captures --------------------------------------------------------------------------------

PICTURES: Final = st.sampled_from((
    make.RED, flat((9, 9, 9)), make.RED[:40], b"", b"GIF89a", b"<svg onload='x()'><script>x()</script></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/><text>x</text></svg>",
))  # fmt: skip
MEMBERS: Final = st.sampled_from((
    "a.png", "page_files/a.png", "../a.png", "/a.html", "b/c.html", "C:\\a.html", "é\u202e.html", "n" * 300,
    "index.html", "notes.md", "deep/x.zip", "page.html/", ".html", "%2e%2e/a.html", "a\nb.html",
))  # fmt: skip
ENCODINGS: Final = st.sampled_from(
    ("utf-8", "utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "shift_jis", "cp1251")
)
TRANSFERS: Final = st.sampled_from(("base64", "quoted-printable", "8bit", "7bit", "x-é", ""))
MEDIA: Final = st.sampled_from((
    "text/html; charset=utf-8", "text/html; charset=utf-7", "text/html; charset='", "image/png", "a/b; c*0*=x''%",
    "message/rfc822", "multipart/mixed; boundary=EDGE", "multipart/mixed", "text/plain", "application/xhtml+xml", "",
))  # fmt: skip


def coded(text: str, encoding: str = "utf-8") -> bytes:
    """Give a text's bytes; what the encoding lacks is a reference."""
    return text.encode(encoding, "xmlcharrefreplace")


def inline(body: bytes) -> str:
    """Give a picture as SingleFile and monolith write it."""
    return f"data:image/png;base64,{base64.b64encode(body).decode()}"


def line(draw: st.DrawFn) -> str:
    """Give a value that stands on one line."""
    return " ".join(draw(ANY).split())


def html_file(draw: st.DrawFn) -> Files:
    return {"page.html": coded(draw(pages()), draw(ENCODINGS))}


def saved_folder(draw: st.DrawFn) -> Files:
    extra = f"<iframe src=page_files/frame.html></iframe><img src=page_files/a.png{draw(FILLINGS['a'])}>"
    mark = draw(st.sampled_from(("", f"<!-- saved from url=(0024){line(draw)} -->")))
    return {
        "page.html": coded(f"{mark}{draw(pages())}{extra}"),
        "page_files/a.png": draw(PICTURES),
        "page_files/frame.html": coded(draw(pages())),
        "a.png": draw(PICTURES),
    }


def single_file(draw: st.DrawFn) -> Files:
    mark = f"<!--\n Page saved with SingleFile \n url: {line(draw)} \n saved date: {line(draw)}\n-->"
    rules = f"<style>:root{{--sf-img-1:url({inline(draw(PICTURES))})}}</style>"
    shown = f"<img src='{inline(draw(PICTURES))}'><img style='background-image:var(--sf-img-1)'>"
    return {"page.html": coded(f"{mark}{rules}{shown}{draw(pages())}")}


def parts(draw: st.DrawFn) -> list[str]:
    """Give parts of a message, header and body."""
    return [
        f"Content-Type: {draw(MEDIA)}\r\nContent-Location: {line(draw)}\r\nContent-ID: <{line(draw)}>\r\n"
        f"Content-Transfer-Encoding: {draw(TRANSFERS)}\r\n\r\n{draw(TEXTS)}"
        for _ in range(draw(st.integers(0, 3)))
    ]


def mhtml_file(draw: st.DrawFn) -> Files:
    return {"page.mhtml": mhtml("", parts(draw), location=line(draw), html=draw(pages()))}


def eml_file(draw: st.DrawFn) -> Files:
    return {"page.eml": mail(draw(filled(BLOCKS)), parts(draw))}


def warc_file(draw: st.DrawFn) -> Files:
    address, header = line(draw), f"{draw(st.sampled_from(('Content-Encoding', 'Location', 'Age')))}: {line(draw)}"
    records = [
        make.info(),
        make.response("https://river.example/", make.HTML, coded(draw(pages())), header),
        make.response(address, draw(MEDIA), draw(PICTURES)),
        make.revisit("https://river.example/b", address, draw(PICTURES)),
        make.moved(address, line(draw)),
    ]
    return {"page.warc": b"".join(records[: draw(st.integers(2, 5))])}


def zip_file(draw: st.DrawFn) -> Files:
    members = {"page.html": coded(draw(pages())), draw(MEMBERS): draw(PICTURES)}
    members[draw(MEMBERS)] = coded(draw(st.one_of(pages(), markdown())))
    whole = make.zipped(*members.items()) if draw(st.booleans()) else make.tarred(*members.items())
    return {"page.zip": whole}


def self_extracting(draw: st.DrawFn) -> Files:
    manifest = {"originalUrl": draw(JSON), "resources": {"images/0.png": draw(JSON)}, "title": draw(JSON)}
    archive = make.zipped(
        ("index.html", coded(draw(pages()))),
        ("manifest.json", json.dumps(manifest).encode()),
        ("images/0.png", draw(PICTURES)),
    )
    return {"page.html": b"<html data-sfz><body>wait<script></script><!-- " + archive + b" -->"}


def webarchive(draw: st.DrawFn) -> Files:
    value: st.SearchStrategy[Any] = st.one_of(ANY, st.sampled_from((1, b"x", [], {"a": [1]}, 1.5)))
    resource = {"WebResourceURL": draw(value), "WebResourceData": draw(PICTURES)}
    whole = {
        "WebMainResource": {
            "WebResourceURL": draw(value),
            "WebResourceTextEncodingName": draw(value),
            "WebResourceData": coded(draw(pages())),
        },
        "WebSubresources": draw(st.sampled_from(([resource], [1], {"a": resource}, [resource] * 2))),
        "WebSubframeArchives": [{"WebMainResource": resource}, draw(value)],
    }
    return {"page.webarchive": plistlib.dumps(whole, fmt=plistlib.FMT_BINARY)}


def text_file(draw: st.DrawFn) -> Files:
    return {"page.txt": coded(draw(texts()), draw(ENCODINGS))}


def markdown_file(draw: st.DrawFn) -> Files:
    return {"page.md": coded(draw(markdown())), "a.png": draw(PICTURES)}


WAYS: Final[dict[str, Callable[[st.DrawFn], Files]]] = {
    "HTML": html_file,
    "saved folder": saved_folder,
    "SingleFile": single_file,
    "MHTML": mhtml_file,
    "e-mail": eml_file,
    "WARC": warc_file,
    "zip or tar": zip_file,
    "SingleFileZ": self_extracting,
    "webarchive": webarchive,
    "text": text_file,
    "Markdown": markdown_file,
}


@st.composite
def captures(draw: st.DrawFn, way: str) -> Files:
    """Give a capture of that kind; some are packed, some damaged."""
    files = WAYS[way](draw)
    name, whole = next(iter(files.items()))
    fate = draw(st.integers(0, 11))
    if fate == 0:
        files = {f"{name}.gz": gzip.compress(whole, mtime=0), **files}
    elif fate == 1:
        files[name] = whole[: draw(st.integers(0, len(whole)))]
    elif fate == 2:
        at = draw(st.integers(0, len(whole) - 1))
        files[name] = whole[:at] + draw(st.binary(min_size=1, max_size=4)) + whole[at + 1 :]
    return files


# --- trees and bodies ------------------------------------------------------------------------

Tree = str | tuple[str, dict[str, str], list["Tree"]]
ELEMENTS: Final = (
    *("p", "div", "span", "b", "em", "a", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td"),
    *("th", "thead", "tbody", "caption", "figure", "figcaption", "blockquote", "pre", "code", "h1"),
    *("h3", "h6", "section", "aside", "sup", "br", "hr", "form", "button", "center", "font", "img"),
    *("ruby", "rt", "rp", "time", "q", "abbr", "svg", "select", "iframe", "tfoot", "o:p", "é", "P"),
)
ATTRIBUTES: Final = st.dictionaries(
    st.sampled_from(NAMES), st.sampled_from((*VALUES, *ADDRESSES)), max_size=2
)


def trees(leaves: int = 25) -> st.SearchStrategy[Tree]:
    """Give trees of elements as no page should have them."""
    return st.recursive(
        st.one_of(st.text("ab é\n—1", min_size=1, max_size=6), st.sampled_from(ODD)),
        lambda inner: st.tuples(st.sampled_from(ELEMENTS), ATTRIBUTES, st.lists(inner, max_size=4)),
        max_leaves=leaves,
    )


def grown(tree: Tree) -> Tag | str:
    """Give a tree as the cleaner has it; every link leads somewhere."""
    if isinstance(tree, str):
        return tree
    name, attributes, inner = tree
    element = Tag(name=name, attrs={"href": "https://a.example/"} | attributes)
    for child in inner:
        element.append(grown(child))
    return element


HREFS: Final = ("#i1", "#no", "https://a.example/b c?d=|é#e#f", "mailto:", "http://a..b")
VALID: Final = {
    "href": st.sampled_from(HREFS),
    "id": st.sampled_from(["i1", "i2", "é", "1"]),
    "lang": st.sampled_from(["fr", "en-GB", "fr_FR", ""]),
    "class": st.sampled_from(sorted(dom.CLASSES)),
}
WORDS: Final = st.sampled_from(["", "mot", "a\u202f!", "<&>"])
EMPTY: Final = frozenset({"br", "hr", "img"})


@st.composite
def elements(draw: st.DrawFn, names: list[str], key: str, depth: int) -> dom.Element:
    """Give an element of the vocabulary with what it may hold, and may not by rights."""
    name = draw(st.sampled_from(names))
    element = etree.Element(name)
    allowed = st.sampled_from(sorted(dom.GLOBAL | dom.VOCABULARY[name]))
    for attribute in draw(st.sets(allowed, max_size=2)):
        element.set(attribute, draw(VALID.get(attribute, st.sampled_from(["2", "x", "ltr"]))))
    if name == "img":
        element.set("src", f"asset:{key}")
    if name not in EMPTY:
        element.text = draw(WORDS)
        for _ in range(draw(st.integers(0, 3)) if depth else 0):
            child = draw(elements(sorted(dom.VOCABULARY), key, depth - 1))
            child.tail = draw(WORDS)
            element.append(child)
    return element


@st.composite
def bodies(draw: st.DrawFn, key: str) -> str:
    """Give a body of an article, whose only asset has that key."""
    seen: set[str] = set()
    blocks = draw(st.lists(elements(sorted(dom.BLOCKS), key, 3), min_size=1, max_size=4))
    for element in (element for block in blocks for element in block.iter()):
        if (name := element.get("id", "")) in seen:
            element.attrib.pop("id", None)
        seen.add(name)
    return "".join(etree.tostring(block, encoding="unicode") for block in blocks)
