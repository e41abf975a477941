"""Pages of very many elements, told from others before a tree is made of them.

A tree costs a kilobyte an element, and every stage walks over it. A page of more than MOST
elements is written anew: first without the elements that only say how words look; what then
still is too much keeps its words without markup. lxml reads such a page as a stream.
"""

import io
from collections import Counter
from html import escape
from typing import Final

from lxml import etree

from exporter.clean.tree import BLOCKS
from exporter.model import Note

MOST: Final = 100_000  # elements
# what says how its words look, and nothing else
LOOKS: Final = frozenset({
    "b", "big", "blink", "em", "font", "i", "nobr", "s", "small", "span", "strike", "strong", "tt",
    "u", "wbr",
})  # fmt: skip
RAW: Final = frozenset({"script", "style"})  # their text stands as it is
ATTRIBUTES: Final = 24  # of an element
VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip


def thin(html: str) -> tuple[str, tuple[Note, ...]]:
    """Give a page with no more elements than can be cleaned, and a note of what that cost."""
    if html.count("<") <= MOST:
        return html, ()
    counts = _read(html, _Census())
    total = counts.total()
    if total <= MOST:
        return html, ()
    thinned, lost = _read(html, _Scribe())
    told = f"{total} elements are more than can be cleaned: {lost['looks']} of fonts and emphasis"
    if lost["markup"]:
        told += (
            f" and, after the first {MOST}, {lost['markup']} others gave way to their words"
            f" ({lost['img']} images were lost)"
        )
    else:
        told += " gave way to their words"
    return thinned, (Note("simplified", told),)
