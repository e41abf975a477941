"""How the early stages tell the last one what an element is.

`figures` and `notes` rewrite the tree before the judges read it. What they make is marked with
the attribute MARK, whose value is "element.class" of `exporter.dom`, so that no class of the page
can pass for one of ours; `clear` takes away what a page might have written there itself.
"""

from typing import Final

from bs4 import Tag

from exporter.clean.nodes import Node
from exporter.dom import CLASSES

MARK: Final = "data-exporter-mark"
FOUND: Final = frozenset({"footnotes", "noteref", "backlink"})  # on any page, by what they are


def mark(element: Tag, value: str) -> Tag:
    """Say what `element` will be: "section.gallery", "span.credit", "a.noteref"."""
    element[MARK] = value
    return element


def is_marked(element: Tag, value: str) -> bool:
    """Tell whether `element` was marked as `value`."""
    return element.get(MARK) == value


def clear(root: Tag) -> None:
    """Take the attribute from a page that happens to use it."""
    for element in root.find_all(lambda tag: MARK in tag.attrs):
        del element[MARK]


def recall(root: Tag) -> None:
    """Mark what an edition of ours marks by class, when it is read again."""
    for element in root.find_all(class_=True):
        for class_ in element.get("class") or ():
            if class_ in CLASSES - FOUND:
                mark(element, f"{element.name}.{class_}")


def new(name: str, value: str = "") -> Tag:
    """Give a new element, marked when `value` is given."""
    element = Node(name=name)
    return mark(element, value) if value else element
