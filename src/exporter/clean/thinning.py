"""Pages of very many elements, told from others before a tree is made of them.

A tree costs a kilobyte an element, and every stage walks over it. A page of more than MOST
elements is written anew: first without the elements that only say how words look; what then
still is too much keeps its words without markup. lxml reads such a page as a stream.
"""

import dataclasses
import io
from collections import Counter
from collections.abc import Mapping
from html import escape
from itertools import islice
from typing import Final

from lxml import etree

from exporter.clean.tree import BLOCKS, CONTROL
from exporter.model import Note, Page

MOST: Final = 40_000  # elements: the largest of three hundred articles has 4,456
# what says how its words look, and nothing else
LOOKS: Final = frozenset({
    "b", "big", "blink", "em", "font", "i", "nobr", "s", "small", "span", "strike", "strong", "tt",
    "u", "wbr",
})  # fmt: skip
RAW: Final = frozenset({"script", "style"})  # their text stands as it is
ATTRIBUTES: Final = 24  # of an element
DEEPEST: Final = 120  # elements around a word: each of them is asked for its text
CHUNK: Final = 1 << 16  # bytes
VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip


def thin(page: Page) -> Page:
    """Give a page with no more elements than can be cleaned, and a note of what that cost."""
    if page.html.count("<") <= MOST:
        return page
    census = _Census()
    _read(page.html, census)
    if census.elements <= MOST:
        return page
    scribe = _Scribe()
    _read(page.html, scribe)
    lost = scribe.lost
    told = (
        f"of {census.elements} elements {lost['looks']} that only set type gave way to their words"
    )
    if lost["markup"]:
        told += f", and after the first {MOST} or too deep {lost['markup']} others did"
    if lost["img"]:
        told += f"; {lost['img']} images were lost"
    note = Note("simplified", told)
    return dataclasses.replace(page, html=scribe.page.getvalue(), notes=(*page.notes, note))


def _read(html: str, target: "_Census | _Scribe") -> None:
    """Let lxml tell a target what a page holds, without a tree."""
    parser = etree.HTMLParser(encoding="utf-8", target=target, huge_tree=True)  # type: ignore[arg-type]  # lxml takes part of a target
    source = CONTROL.sub(" ", html).encode("utf-8", "replace")
    for start in range(0, len(source), CHUNK):
        parser.feed(source[start : start + CHUNK])
    parser.close()


class _Census:
    """Counts the elements."""

    def __init__(self) -> None:
        self.elements = 0

    def start(self, _tag: str, _attributes: Mapping[str, str]) -> None:
        self.elements += 1

    def close(self) -> None:
        """End the page."""


class _Scribe:
    """Writes the page anew with fewer elements; no word of it is left out."""

    def __init__(self) -> None:
        self.page = io.StringIO()
        self.lost: Counter[str] = Counter()
        self._written = self._depth = 0
        self._open: list[bool] = []  # whether each open element was written
        self._raw: list[bool] = []  # the same of open scripts

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Write the beginning of an element, or what is left of it."""
        kind = "looks" if tag in LOOKS else "markup"
        write = kind == "markup" and self._written < MOST and self._depth < DEEPEST
        self._open.append(write)
        if tag in RAW:
            self._raw.append(write)
        if write:
            self._written += 1
            self._depth += 1
            told = islice(attributes.items(), ATTRIBUTES)
            said = "".join(f' {name}="{escape(value)}"' for name, value in told)
            self.page.write(f"<{tag}{said}>")
            return
        self.lost[kind] += 1
        if tag == "img":
            self.lost[tag] += 1
        self._part(tag)

    def end(self, tag: str) -> None:
        """Write the end of an element that was written."""
        if tag in RAW:
            self._raw.pop()
        if self._open.pop():
            self._depth -= 1
            if tag not in VOID:
                self.page.write(f"</{tag}>")
        else:
            self._part(tag)

    def data(self, text: str) -> None:
        """Write a text; that of a script only where the script was written."""
        if not self._raw:
            self.page.write(escape(text, quote=False))
        elif self._raw[-1]:
            self.page.write(text)

    def close(self) -> None:
        """End the page."""

    def _part(self, tag: str) -> None:
        """Keep apart the words at the border of a block that is not written."""
        if tag in BLOCKS or tag == "br":
            self.page.write("\n")
