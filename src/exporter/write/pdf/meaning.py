"""What elements of the page mean, said in the PDF's tags: languages, phrases, where links lead."""

from collections.abc import Sequence
from typing import Final

import pydyf  # type: ignore[import-untyped]  # comes with weasyprint, without types
from weasyprint import Document

from exporter.write.pdf.pairs import Box, Pair, Tag, pairs

# element -> what the engine has no name for (ISO 32000-1 §14.8.4)
ROLES: Final = {
    "q": "/Quote", "cite": "/Span", "code": "/Code", "kbd": "/Code", "samp": "/Code",
    "pre": "/P", "figure": "/Div", "header": "/Div", "aside": "/Sect", "nav": "/Sect",
    **dict.fromkeys(("em", "strong", "sub", "sup", "small", "mark", "ins", "del", "abbr", "time",
                     "var"), "/Span"),
}  # fmt: skip
UNNAMED: Final = "/NonStruct"


def dress(document: Document, tags: Sequence[Tag], language: str) -> list[Pair]:
    """Say in the tags what is known of their elements; give each with its box.

    `tags` are all structure elements in the engine's order, `language` is that of the document.
    """
    spoken = {id(tags[0]): language} if tags else {}
    found = pairs(document, tags)
    for pair in found:
        above = spoken.get(id(pair.parent), language)
        spoken[id(pair.tag)] = _say_language(pair, above)
        _name(pair)
        if pair.tag["S"] == "/Link" and pair.box.link_annotation:
            _describe(pair.box)
    return found


def _say_language(pair: Pair, above: str) -> str:
    """Give the language of a tag, and say it where it is another than around it."""
    element = pair.box.element
    own = str(element.get("lang") or above) if element is not None else above
    if own != above:
        pair.tag["Lang"] = pydyf.String(own)
    return own


def _name(pair: Pair) -> None:
    """Name a tag by its element; a box that the engine put inside that one's own stays unnamed."""
    role = ROLES.get(pair.box.element_tag) if pair.box.element is not None else None
    if role and pair.tag["S"] == UNNAMED and pair.parent["S"] != role:
        pair.tag["S"] = role


def _describe(box: Box) -> None:
    """Say of a link within the book what is read there: the engine says the name of its goal."""
    annotation = box.link_annotation
    words = " ".join("".join(box.element.itertext()).split())
    if words and "Dest" in annotation:
        annotation["Contents"] = pydyf.String(words)
