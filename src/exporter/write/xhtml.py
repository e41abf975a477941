"""Elements and markup: page-derived text becomes XHTML here, never by gluing strings."""

import re
from typing import Final

from lxml import etree

from exporter.characters import named, sayable
from exporter.dom import Element

VOID: Final = frozenset({"br", "hr", "img", "link", "meta"})
SOFT_HYPHEN: Final = "\xad"  # stays in what readers copy and search
# fine spaces show as boxes on several e-readers and in many fonts of the web
FOLD: Final = str.maketrans({"\u202f": "\u00a0", "\u2009": "\u00a0"})
SPACES: Final = re.compile(r"[ \t\r\n]+")  # yes: " \n"; no: U+00A0, which is meant


def tag(name: str, *children: Element | str, **attributes: str) -> Element:
    """Give an element; `class_` is class, text is made legal XML."""
    element = etree.Element(name, {key.rstrip("_"): legal(v) for key, v in attributes.items()})
    for child in children:
        if isinstance(child, str):
            add_text(element, legal(child))
        else:
            element.append(child)
    return element


def legal(text: str) -> str:
    """Give a text without the characters that no book takes, and without soft hyphens."""
    return text if text.isprintable() else sayable(text).replace(SOFT_HYPHEN, "")


def fold(text: str) -> str:
    """Give a name or title with white space collapsed, legal in XML, without fine spaces."""
    return " ".join(SPACES.split(legal(named(text)).translate(FOLD))).strip()


def markup(*elements: Element) -> str:
    """Give elements as markup that XML and HTML parsers read alike."""
    for root in elements:
        for element in root.iter():
            if element.tag not in VOID and element.text is None and len(element) == 0:
                element.text = ""  # <td></td>, since HTML takes <td/> for an open tag
    return "".join(etree.tostring(element, encoding="unicode") for element in elements)


def add_text(element: Element, text: str) -> None:
    """Append text to what stands in an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def add_after(element: Element, new: Element) -> None:
    """Put an element right behind another one, before the text that follows it."""
    parent = element.getparent()
    assert parent is not None  # noqa: S101  (it stands in a body)
    new.tail, element.tail = element.tail, None
    parent.insert(parent.index(element) + 1, new)


def swap(old: Element, new: Element) -> None:
    """Put one element in the place of another, before the same text."""
    new.tail = old.tail
    parent = old.getparent()
    assert parent is not None  # noqa: S101  (dom.parse gives every image a parent)
    parent.replace(old, new)


def unwrap(element: Element) -> None:
    """Put an element's children and texts in its place."""
    parent = element.getparent()
    assert parent is not None  # noqa: S101  (dom.parse gives every link a parent)
    at = parent.index(element)
    children, tail = list(element), element.tail or ""
    element.tail = None
    before = parent[at - 1] if at else None
    if before is None:
        parent.text = (parent.text or "") + (element.text or "")
    else:
        before.tail = (before.tail or "") + (element.text or "")
    parent.remove(element)
    parent[at:at] = children
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
    elif before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
