"""Pages of very many elements, or very deep ones, written anew before a tree is made of them.

A tree costs a kilobyte an element, every stage walks over it, and libxml2 itself drops in silence
what stands more than 2,048 elements deep, and takes minutes over an element of 100,000 attributes.
Read as a stream such a page costs nothing of that. It is written anew: of too many elements first
those go that only say how words look; then what is beyond the limits keeps its words and the
borders of its blocks, without markup.
"""

import dataclasses
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import islice
from typing import Final, NamedTuple

from bs4 import BeautifulSoup
from lxml import etree

from exporter.clean import tree
from exporter.clean.bounds import Bounds
from exporter.clean.tree import BLOCKS
from exporter.htmlsource import agreed
from exporter.limits import Limits
from exporter.model import Note, Page

# what says how its words look, or which of them can be chosen, and nothing else
LOOKS: Final = frozenset({
    "b", "big", "blink", "em", "font", "i", "nobr", "optgroup", "option", "s", "small", "span",
    "strike", "strong", "tt", "u", "wbr",
})  # fmt: skip
# An element that may have too many attributes; 100 have 200 names and values.
# yes: "<p " and 'a="1" ' 100 times; no: '<p class="a">', a long address
CROWDED: Final = re.compile(r"""<[A-Za-z](?:[^"'<>]{1,100}+|"[^"]*+"|'[^']*+'){200,}""")
RAW: Final = frozenset({"script", "style", "iframe", "noembed", "noframes"})  # text as it stands
PLAIN: Final = {"xmp": "pre", "plaintext": "pre"}  # these end, or don't, by rules of their own
PASSAGE: Final = 500  # characters after which words without markup begin a new paragraph
CHUNK: Final = 1 << 16  # bytes
VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
CHILDLESS: Final = VOID | RAW
# a paragraph around these goes on after them
SCOPES: Final = frozenset({"table", "td", "th", "caption", "button", "object", "svg", "math"})


def grown(page: Page, limits: Limits) -> tuple[Page, BeautifulSoup]:
    """Give a page as a tree, and the page with notes of what did not come into it."""
    bounds = Bounds(limits)
    if page.html.count("<") <= limits.elements and not CROWDED.search(page.html):
        try:
            soup = tree.parse(page.html, limits.tree_depth, bounds)
        except tree.TooDeepError:
            bounds = Bounds(limits)
        else:
            return _noted(page, bounds.told()), soup
    page = thin(page, limits)
    soup = tree.parse(page.html, bounds=bounds)
    return _noted(page, bounds.told()), soup


def _noted(page: Page, told: Iterable[str]) -> Page:
    """Give a page with notes of what did not come into the tree."""
    notes = tuple(Note("simplified", detail) for detail in told)
    return dataclasses.replace(page, notes=(*page.notes, *notes)) if notes else page


def thin(page: Page, limits: Limits) -> Page:
    """Give a page with no more than can be cleaned, and notes of what that cost."""
    census = _Census()
    _read(page.html, census)
    if (
        census.elements <= limits.elements
        and census.deepest <= limits.tree_depth
        and census.attributes <= limits.attributes
    ):
        return page
    scribe = _Scribe(limits, plainly=census.elements > limits.elements)
    _read(page.html, scribe)
    thinned = dataclasses.replace(page, html=scribe.page.getvalue())
    return _noted(thinned, _told(census, scribe.lost, limits))


def _told(census: "_Census", lost: Counter[str], limits: Limits) -> Iterator[str]:
    images = f"; {lost['img']} images were lost" if lost["img"] else ""
    if census.elements > limits.elements:
        told = f"of {census.elements} elements {lost['looks']} that only set type gave way"
        others = f", and {lost['markup']} others" if lost["markup"] else ""
        told += f" to their words{others}{images}"
        yield limits.told("elements", told, census.elements)
    elif flat := lost["markup"] + lost["looks"]:
        told = f"elements stand {census.deepest} deep, and {flat} gave way to their words"
        yield limits.told("tree-depth", f"{told}{images}", census.deepest)
    if lost["attributes"]:
        told = f"an element has {census.attributes} attributes, of which the first were read"
        yield limits.told("attributes", told, census.attributes)


def _read(html: str, target: "_Census | _Scribe") -> None:
    """Let lxml tell a target what a page holds, without a tree."""
    parser = etree.HTMLParser(encoding="utf-8", target=target, huge_tree=True)  # type: ignore[arg-type]  # lxml takes part of a target
    source = agreed(html).encode("utf-8", "replace")
    for start in range(0, len(source), CHUNK):
        parser.feed(source[start : start + CHUNK])
    parser.close()


class _Census:
    """Counts the elements, how many stand in each other, and the attributes of one."""

    def __init__(self) -> None:
        self.elements = self.deepest = self.attributes = 0
        self._depth = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        self.attributes = max(self.attributes, len(attributes))

    def end(self, _tag: str) -> None:
        self._depth -= 1

    def close(self) -> None:
        """End the page."""


class _Opened(NamedTuple):
    """An element of the page; two are never the same."""

    tag: str


class _Scribe:
    """Writes the page anew with fewer elements; no word of it is left out."""

    def __init__(self, limits: Limits, *, plainly: bool) -> None:
        self.page = io.StringIO()
        self.lost: Counter[str] = Counter()
        self._limits = limits
        self._plainly = plainly  # what only sets type gives way
        self._written = 0
        self._open: list[_Opened] = []  # all elements that are open on the page
        self._shown: list[_Opened] = []  # those of them that are open in what was written
        self._raw: list[bool] = []  # whether each open script was written
        self._parted = False  # what comes next stands in another block than what came before
        self._passage = 0  # characters since a paragraph began

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Write the beginning of an element, or what is left of it."""
        tag = PLAIN.get(tag, tag)
        looks = tag in LOOKS
        if tag in BLOCKS:
            self._end_paragraph()
        deepest = self._deepest(looks=looks)
        write = self._has_room() and (tag in CHILDLESS or len(self._shown) < deepest)
        self._open.append(_Opened(tag))
        if tag in RAW:
            self._raw.append(write)
        if write:
            self._written += 1
            self._shown.append(self._open[-1])
            self._parted = False
            self.page.write(f"<{tag}{self._said(attributes)}>")
            return
        self.lost["looks" if looks else "markup"] += 1
        if tag == "img":
            self.lost[tag] += 1
        self._part(tag)

    def end(self, tag: str) -> None:
        """Write the end of an element that was written."""
        tag = PLAIN.get(tag, tag)
        if tag in RAW:
            self._raw.pop()
        opened = self._open.pop()
        if self._shown and self._shown[-1] is opened:
            self._close()
        else:
            self._part(tag)

    def data(self, text: str) -> None:
        """Write a text; that of a script only where the script was written."""
        if self._raw:
            self.page.write(text if self._raw[-1] else "")
            return
        if self._parted and not text.isspace():
            self._begin()
        self._passage += len(text)
        self.page.write(escape(text, quote=False))

    def close(self) -> None:
        """End the page."""

    def _close(self) -> None:
        tag = self._shown.pop().tag
        self._parted = False
        if tag not in VOID:
            self.page.write(f"</{tag}>")

    def _end_paragraph(self) -> None:
        """End the paragraph that a block would stand in, as HTML does (§13.2.6.4.7), fonts or not.

        libxml2 does that only where nothing else is open, so that blocks nest without end.
        """
        for at, opened in enumerate(reversed(self._shown), start=1):
            if opened.tag in SCOPES:
                return
            if opened.tag == "p":
                for _ in range(at):
                    self._close()
                return

    def _has_room(self) -> bool:
        return self._written < self._limits.elements

    def _deepest(self, *, looks: bool) -> int:
        """Give how deep an element may stand: old pages open fonts without end, and close none."""
        if looks:
            return 0 if self._plainly else self._limits.tree_depth // 2
        return self._limits.tree_depth

    def _said(self, attributes: Mapping[str, str]) -> str:
        most = self._limits.attributes
        self.lost["attributes"] += max(0, len(attributes) - most)
        told = islice(attributes.items(), most)
        return "".join(f' {name}="{escape(value)}"' for name, value in told)

    def _part(self, tag: str) -> None:
        """Keep apart the words at the border of a block that is not written."""
        if tag in BLOCKS or tag == "br":
            self._parted = tag not in LOOKS  # choices are one block, however many they are
            self.page.write("\n")

    def _begin(self) -> None:
        """Begin a paragraph for words that have lost their block, unless there are too many."""
        self._parted = False
        if self._has_room() or self._passage >= PASSAGE:
            self._written += 1
            self._passage = 0
            self.page.write("<p>")
