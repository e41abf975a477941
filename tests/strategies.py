"""What properties are tried on: pages, texts, trees and bodies with odd values everywhere."""

import json
import re
from html import escape
from typing import Final

from bs4 import Tag
from hypothesis import strategies as st
from lxml import etree

import shapes
from exporter import dom
from shapes import ADDRESSES, BLOCKS, CLASSES, HEADS, LINES, NAMES, ODD, PLEAS, SENTENCES, VALUES

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
        name = element.get("id")
        if name is not None and name in seen:
            del element.attrib["id"]
        seen.add(name or "")
    return "".join(etree.tostring(block, encoding="unicode") for block in blocks)
