"""Builds well-formed blocks from whatever order of openings, texts and breaks a page gives.

A page may put paragraphs into headings, text between list items and figures into sentences. The
builder accepts anything and keeps what it builds valid: text always has a holder, blocks never
stand in sentences, list items stand in lists and cells in rows. Phrase elements are opened only
when text arrives, so none is empty and each is closed and opened again around a block.
"""

import re
from typing import Final

from lxml import etree

from exporter.characters import sayable
from exporter.clean.holders import (
    CHILDREN,
    CONTAINERS,
    ENDS,
    GROUPS,
    HEADINGS,
    IMPLIED_CHILD,
    IMPLIED_PARENT,
    LINES,
    MIXED,
    TABLE_PARTS,
)
from exporter.dom import Element
from exporter.mathml import MATH

DEEPEST: Final = 48  # elements; WeasyPrint's recursion ends near 136 nested blocks
SPACES: Final = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")  # never the no-break spaces


class Builder:
    """Takes openings, texts and closings in document order; `finish` gives a <div> of blocks."""

    def __init__(self) -> None:
        self._root = etree.Element("div")
        self._stack: list[Element] = [self._root]
        self._implied: set[Element] = set()
        self._blocks: list[tuple[str, Element | None]] = []  # as the page opened them
        self._phrases: list[tuple[str, dict[str, str]]] = []  # open in the page
        self._opened: list[Element | None] = []  # open here: a prefix of _phrases
        self._ids: list[str] = []
        self._known: set[str] = set()
        self._breaks = 0
        self._parted = False  # a block boundary was met inside a list item or cell

    # -- what the page says

    def open_block(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a block; where it can't stand it becomes a boundary."""
        self._end_phrases()
        element = self._begin(name)
        if element is None:
            self.boundary()
        else:
            for key, value in attributes.items():
                element.set(key, value)
            self._name(element)
        self._blocks.append((name, element))

    def close_block(self, name: str) -> None:
        """End the block that was begun last."""
        self._end_phrases()
        if not self._blocks:
            return
        opened, element = self._blocks.pop()
        assert opened == name, (opened, name)  # noqa: S101  (the walker closes what it opened)
        if element is None or element not in self._stack:
            self.boundary()
            return
        while self._pop() is not element:
            pass

    def open_inline(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a phrase element: it appears with the first text inside it."""
        self._phrases.append((name, attributes))

    def close_inline(self) -> None:
        """End the phrase element that was begun last."""
        self._phrases.pop()
        del self._opened[len(self._phrases) :]

    def boundary(self) -> None:
        """Say that what follows is not on the same line as what came before."""
        self._end_phrases()
        top = self._stack[-1]
        if top.tag == "p":
            self._pop()
        elif top.tag == "pre":
            if "".join(map(str, top.itertext()))[-1:] not in {"", "\n"}:
                self._append("\n")
        elif top.tag in LINES:
            self._breaks = max(self._breaks, 1)
        elif top.tag in MIXED:
            self._parted = True

    def line_break(self) -> None:
        """Break the line; twice is a new paragraph."""
        if self._inside("pre"):
            self._append("\n")
        else:
            self._breaks += 1

    def rule(self) -> None:
        """Draw a rule between blocks."""
        self.boundary()
        top = self._stack[-1]
        if top.tag in CONTAINERS | MIXED and top.tag != "figure":
            etree.SubElement(top, "hr")

    def target(self, identifier: str) -> None:
        """Say that links point to what comes next."""
        if identifier not in self._known:
            self._known.add(identifier)
            self._ids.append(identifier)

    def image(self, attributes: dict[str, str]) -> None:
        """Place an image: in a figure by itself, else in the running text, never in a link."""
        if self._stack[-1].tag != "figure":
            self._hold()
        self._end_phrases()
        element = etree.SubElement(self._stack[-1], "img")
        for key, value in attributes.items():
            element.set(key, sayable(value))
        self._name(element)

    def formula(self, formula: Element) -> None:
        """Place a formula in the running text."""
        if not self._inside("pre"):
            self._hold()
        self._reopen()
        while self._ids:
            self._opened_span(self._ids.pop(0))
        self._place().append(formula)

    def text(self, text: str) -> None:
        """Place text, white space collapsed unless it is preformatted."""
        text = sayable(text)
        if self._inside("pre"):
            if text:
                self._reopen()
                self._append(text)
            return
        text = SPACES.sub(" ", text)
        if text in {"", " "}:
            if text and self._stack[-1].tag not in CONTAINERS | set(CHILDREN) and self._written():
                self._append(" ")
            return
        self._hold()
        if self._written() in {"", " "}:
            text = text.lstrip(" ")
        self._reopen()
        while self._ids:
            self._opened_span(self._ids.pop(0))
        self._append(text)

    def finish(self) -> Element:
        """Give everything built so far, as the children of one <div>."""
        return self._root

    # -- how it is kept valid

    def _begin(self, name: str) -> Element | None:
        self._end_implied(name)
        if self._stack[-1].tag == "p" or (
            self._stack[-1].tag in HEADINGS and name in {"figure", "table"}
        ):
            self._pop()
        top = self._stack[-1].tag
        if top in LINES or top == "pre" or len(self._stack) > DEEPEST:
            return None
        if (name == "figcaption" and top != "figure") or self._is_stray_part(name):
            return None
        while top in CHILDREN and name not in CHILDREN[top]:
            top = self._imply(IMPLIED_CHILD[top]).tag
        if name in IMPLIED_PARENT and name not in CHILDREN.get(top, ()):
            self._imply(IMPLIED_PARENT[name])
        return self._push(name)

    def _is_stray_part(self, name: str) -> bool:
        """Tell whether a row or cell stands where no table is open."""
        if name not in TABLE_PARTS:
            return False
        top = self._stack[-1].tag
        if name == "caption":
            return top != "table"
        return top not in GROUPS | {"table", "tr"} or (name in GROUPS and top != "table")

    def _end_implied(self, name: str) -> None:
        """Close implied elements that can't go on when `name` ("" is text) begins."""
        while (top := self._stack[-1]) in self._implied:
            only = CHILDREN.get(top.tag) if top.tag in {"ul", "dl"} else None
            if name in ENDS.get(top.tag, ()) or (only is not None and name not in only):
                self._pop()
            else:
                return

    def _hold(self) -> None:
        """Make sure that text can stand where we are."""
        self._end_implied("")
        top = self._stack[-1]
        if top.tag == "p" and self._breaks > 1 and self._has_matter(top):
            self._end_phrases()
            self._pop()
            top = self._stack[-1]
        while top.tag in CHILDREN:
            top = self._imply(IMPLIED_CHILD[top.tag])
        if top.tag in CONTAINERS or (top.tag in MIXED and self._parted and self._has_matter(top)):
            self._imply("p")
        elif self._breaks and self._has_matter(top):
            place = next((found for found in reversed(self._opened) if found is not None), top)
            for _ in range(min(self._breaks, 2)):
                etree.SubElement(place, "br")
        self._breaks = 0
        self._parted = False

    def _imply(self, name: str) -> Element:
        element = self._push(name)
        self._implied.add(element)
        return element

    def _push(self, name: str) -> Element:
        element = etree.SubElement(self._stack[-1], name)
        self._stack.append(element)
        self._breaks = 0
        self._parted = False
        return element

    def _pop(self) -> Element:
        element = self._stack.pop()
        self._opened.clear()
        self._breaks = 0
        self._parted = element.tag not in CHILDREN and self._stack[-1].tag in MIXED
        return element

    def _name(self, element: Element) -> None:
        if self._ids and element.get("id") is None:
            element.set("id", self._ids.pop(0))

    def _opened_span(self, identifier: str) -> None:
        """Put a target where text stands whose element does not pass."""
        holder = self._place()
        etree.SubElement(holder, "span").set("id", identifier)

    def _end_phrases(self) -> None:
        self._opened.clear()

    def _reopen(self) -> None:
        for name, attributes in self._phrases[len(self._opened) :]:
            place = self._place()
            if name != "span" and any(
                open_.tag == name for open_ in self._opened if open_ is not None
            ):
                self._opened.append(None)  # emphasis within emphasis says nothing more
                continue
            element = etree.SubElement(place, name)
            for key, value in attributes.items():
                element.set(key, sayable(value))
            self._name(element)
            self._opened.append(element)

    def _place(self) -> Element:
        return next(
            (found for found in reversed(self._opened) if found is not None), self._stack[-1]
        )

    def _inside(self, name: str) -> bool:
        return self._stack[-1].tag == name

    @staticmethod
    def _has_matter(element: Element) -> bool:
        return _last(element) is not None or bool((element.text or "").strip())

    def _written(self) -> str:
        """Give the last character on the current line, empty at its beginning."""
        element = self._stack[-1]
        while (last := _last(element)) is not None:
            if last.tail:
                return last.tail[-1]
            if last.tag == "br":
                return ""
            if last.tag in {"img", MATH}:
                return "\ufffc"
            element = last
        return (element.text or "")[-1:]

    def _append(self, text: str) -> None:
        place = self._place()
        last = _last(place)
        if last is not None:
            last.tail = (last.tail or "") + text
        else:
            place.text = (place.text or "") + text


def _last(element: Element) -> Element | None:
    """Give the last child; lxml counts them all when it is asked for their number."""
    return next(element.iterchildren(reversed=True), None)
