"""Grows the working tree from lxml's, without writing the page out and parsing it again.

BeautifulSoup's own way costs four times as much: a Python call for every tag and text that lxml
meets, and copies of each attribute. What grows here is the same tree, address for address.
"""

import re
from typing import Final, cast
from urllib.parse import quote

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import NavigableString, PageElement
from lxml import etree

from exporter.amounts import ENDLESS
from exporter.clean.bounds import UNBOUND, Bounds
from exporter.clean.nodes import Node, Root
from exporter.dom import Element

# scripts, styles and ruby: their texts are of a kind of their own, which is no prose
KINDS: Final = HTMLTreeBuilder.DEFAULT_STRING_CONTAINERS
CODE: Final = frozenset({KINDS["script"], KINDS["style"]})
SPACED: Final = HTMLTreeBuilder.DEFAULT_PRESERVE_WHITESPACE_TAGS
LISTS: Final = HTMLTreeBuilder.DEFAULT_CDATA_LIST_ATTRIBUTES  # "class" and the like
EVERYWHERE: Final = frozenset(LISTS["*"])
SPACE: Final = re.compile(r"[ \n\t\f\r]+\Z")  # yes: "\n "; no: "a", a no-break space
# addresses are written as libxml2 writes them: only what is no printable ASCII is escaped
ADDRESSES: Final = frozenset({"href", "src", "action"})
BLANK: Final = " \t\n\r"
SAFE: Final = "-_.!~*'()\"#$%&+,/:;<=>?@[\\]^`{|}"
PLAIN: Final = re.compile(r"[!-~]*\Z")  # yes: "/a?b"; no: "/a b", "/é"


class TooDeepError(Exception):
    """More elements stand in each other than were allowed."""


def grow(document: Element, depth: int = ENDLESS, bounds: Bounds = UNBOUND) -> BeautifulSoup:
    """Give the tree that BeautifulSoup makes of an HTML document, cut to its bounds.

    Raises:
        TooDeepError: more than `depth` elements stand in each other.

    """
    soup = Root("", "lxml")
    grower = _Grower(soup, depth, bounds)
    for event, element in etree.iterwalk(document, events=("start", "end")):
        if event == "start":
            grower.open(element)
        else:
            grower.close(element)
    return soup


class _Grower:
    """Takes the beginnings and ends of elements in order."""

    def __init__(self, soup: BeautifulSoup, depth: int, bounds: Bounds) -> None:
        self._depth = depth
        self._bounds = bounds
        self._parents: list[BeautifulSoup | Node] = [soup]
        self._last: PageElement | None = None
        self._kinds: list[type[NavigableString]] = [NavigableString]
        self._spaced = 0

    def open(self, element: Element) -> None:
        """Add an element with the text before its first child."""
        name = element.tag
        node = Node.grown(name, _attributes(element, self._bounds))
        self._add(node)
        self._parents.append(node)
        if len(self._parents) > self._depth + 1:
            raise TooDeepError
        if name in KINDS:
            self._kinds.append(KINDS[name])
            node.interesting_string_types = {KINDS[name]}
        self._spaced += name in SPACED
        if text := element.text:
            self._add(self._kinds[-1](self._settled(text)))

    def close(self, element: Element) -> None:
        """End an element and add the text after it."""
        name = element.tag
        self._parents.pop()
        if name in KINDS:
            self._kinds.pop()
        self._spaced -= name in SPACED
        if text := element.tail:
            self._add(self._kinds[-1](self._settled(text)))

    def _settled(self, text: str) -> str:
        if not self._spaced and text.isspace() and SPACE.match(text):
            return "\n" if "\n" in text else " "
        if len(text) > self._bounds.text and self._kinds[-1] not in CODE:
            return self._bounds.cut(text, plain=bool(self._spaced))
        return text

    def _add(self, node: PageElement) -> None:
        parent = self._parents[-1]
        node.setup(parent, self._last)
        parent.contents.append(node)
        self._last = node


def _attributes(element: Element, bounds: Bounds) -> dict[str, str | list[str]]:
    own = LISTS.get(element.tag, ())
    attributes: dict[str, str | list[str]] = {}
    # HTML's names and values are text, whatever lxml's stubs allow
    told = cast("list[tuple[str, str]]", element.items())
    for name, value in told if len(told) <= bounds.attributes else bounds.first(told):
        if len(value) > bounds.attribute:
            value = bounds.said(name, value)  # noqa: PLW2901  (it is the same value, cut)
        if name in EVERYWHERE or name in own:
            attributes[name] = value.split()
        elif (name in ADDRESSES or (name == "name" and element.tag == "a")) and (
            not PLAIN.match(value)
        ):
            attributes[name] = quote(value.lstrip(BLANK), safe=SAFE)
        else:
            attributes[name] = value
    return attributes
