"""Elements of the working tree by CSS or XPath."""

import re
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from lxml import etree

from exporter.clean.addresses import attribute
from exporter.clean.tree import text_of
from exporter.rules import Selector

NAME: Final = re.compile(r"[A-Za-z_][\w.-]*\Z")  # yes: "data-src"; no: "@click", "o:p"
UNPRINTABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STATED: Final = ("content", "datetime")  # attributes that say more than an element's text


def select(root: Tag, selector: Selector) -> list[Tag]:
    """Give the elements at or below `root` that a selector selects, in document order."""
    if not selector.xpath:
        return list(root.select(selector.text))
    # by identity: BeautifulSoup takes two tags for equal that say the same
    tags = {id(tag): tag for tag, _ in _evaluate(root, selector) if tag is not None}
    return [
        tag for tag in tags.values() if tag is root or any(parent is root for parent in tag.parents)
    ]


def values(soup: Tag, selector: Selector) -> list[str]:
    """Give what the selected elements or attributes say, white space collapsed, none empty."""
    if selector.xpath:
        said = [text or _said(tag) for tag, text in _evaluate(soup, selector)]
    else:
        said = [_said(tag) for tag in soup.select(selector.text)]
    return [text for text in said if text]


def _said(tag: Tag | None) -> str:
    if tag is None:
        return ""
    return next((attribute(tag, name) for name in STATED if attribute(tag, name)), text_of(tag))


def _evaluate(root: Tag, selector: Selector) -> list[tuple[Tag | None, str]]:
    """Give what an XPath finds in the whole tree: elements, or texts with their elements."""
    top = root
    while isinstance(top.parent, Tag):
        top = top.parent
    document, twins = mirror(top)
    found = document.xpath(selector.text)
    answers: list[tuple[Tag | None, str]] = []
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, str):
            parent = getattr(one, "getparent", lambda: None)()
            answers.append((twins.get(parent), " ".join(one.split())))
        elif isinstance(one, etree._Element):  # noqa: SLF001  (lxml has no public name for it)
            answers.append((twins.get(one), ""))
    return answers


def mirror(top: Tag) -> tuple[Any, dict[Any, Tag]]:
    """Give the tree as lxml has it, and which element is whose twin.

    Parsing the page once more with lxml would nest some elements otherwise than BeautifulSoup.
    """
    start = top.find("html") if isinstance(top, BeautifulSoup) else top
    first = start if isinstance(start, Tag) else top
    document = _twin(first)
    twins = {document: first}
    stack = [(first, document)]
    while stack:
        tag, twin = stack.pop()
        last = None
        for child in tag.contents:
            if isinstance(child, Tag):
                last = _twin(child)
                twin.append(last)
                twins[last] = child
                stack.append((child, last))
            elif type(child) is NavigableString:
                text = UNPRINTABLE.sub(" ", str(child))
                if last is None:
                    twin.text = (twin.text or "") + text
                else:
                    last.tail = (last.tail or "") + text
    return document, twins


def _twin(tag: Tag) -> Any:  # noqa: ANN401  (lxml's elements have no public type)
    twin = etree.Element(tag.name if NAME.match(tag.name) else "unknown")
    for name in tag.attrs:
        if NAME.match(name):
            twin.set(name, UNPRINTABLE.sub(" ", attribute(tag, name)))
    return twin
