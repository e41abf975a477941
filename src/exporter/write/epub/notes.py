"""Notes that open where one reads: each an <aside>, with its number in words.

Apple Books, Kobo and Kindle open what a noteref leads to when it is an aside of type "footnote"
(EPUB 3 Structural Semantics Vocabulary; Kindle Publishing Guidelines, on footnotes). A list can't
hold asides, so the numbers that it would draw are written, and every reader shows them.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from exporter.dom import BLOCKS, Element, text_of
from exporter.write import models, xhtml

NUMBER: Final = "note-number"  # class of what we write before a note
ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
BRACKETS: Final = " \u00a0[]()."
LABEL: Final = re.compile(r"[\w*†‡§]{1,6}\Z")  # yes: "12", "a", "*"; no: "see note"


def popups(root: Element) -> None:
    """Make the notes of a body asides, in place; whatever else its sections of notes hold stays."""
    labels = dict(_labels(root))
    for section in root.iter("section"):
        if "footnotes" in section.get("class", "").split():
            for child in list(section):
                if child.tag in {"ol", "ul"}:
                    _spread(child, labels)
                elif child.tag in {"p", "div"} and child.get("id") in labels:
                    _enclose(child)
            if section.find("aside") is not None:
                section.set("class", f"{section.get('class')} notes")


def _labels(root: Element) -> Iterator[tuple[str, str]]:
    """Give the ids of notes with what the text calls them; the first reference counts."""
    for link in reversed(list(root.iter("a"))):
        if "noteref" in link.get("class", "").split():
            label = text_of(link).strip(BRACKETS)
            yield link.get("href", "").removeprefix("#"), label if LABEL.match(label) else ""


def _spread(whole: Element, labels: dict[str, str]) -> None:
    """Put the items of a list in its place, as asides with their numbers."""
    asides = []
    for item, number in zip(whole.findall("li"), _numbers(whole), strict=True):
        label = labels.get(item.get("id", "")) or number
        aside = _aside(item)
        aside.extend(item)
        aside.text, item.text = item.text, None
        models.wrap(aside, "p", lambda child: child.tag in BLOCKS or child.tag == "div")
        if label and not text_of(aside).lstrip(BRACKETS).startswith(label):
            _number(aside, label)
        asides.append(aside)
    parent = whole.getparent()
    assert parent is not None  # noqa: S101  (it was found in a section)
    if asides:
        at, asides[-1].tail = parent.index(whole), whole.tail
        parent[at : at + 1] = asides


def _enclose(block: Element) -> None:
    """Put an aside around a note that is a block, and its id on the aside."""
    aside = _aside(block)
    block.attrib.pop("id", "")
    xhtml.swap(block, aside)
    block.tail = None
    aside.append(block)


def _aside(note: Element) -> Element:
    kept = {name: note.get(name, "") for name in ("id", "lang", "dir") if note.get(name)}
    return etree.Element("aside", {"class": "note", **kept})


def _number(aside: Element, label: str) -> None:
    mark = xhtml.tag("span", f"{label}.", class_=NUMBER)
    first = aside[0] if len(aside) else None
    if first is None or first.tag != "p":
        aside.insert(0, first := etree.Element("p"))
    mark.tail = f"\u00a0{first.text or ''}"
    first.text = None
    first.insert(0, mark)


def _numbers(whole: Element) -> Iterator[str]:
    """Give the numbers that a reader would draw before the items; none of a bulleted list."""
    items = whole.findall("li")
    back = whole.get("reversed") is not None
    number = int(whole.get("start") or (len(items) if back else 1))
    for item in items:
        number = int(item.get("value") or number)
        yield _written(number, whole.get("type", "1")) if whole.tag == "ol" else ""
        number += -1 if back else 1


def _written(number: int, kind: str) -> str:
    """Give a number as lists of a type write it: "3", "c", "iii"."""
    if kind in {"a", "A"} and 1 <= number <= 26:  # noqa: PLR2004  (letters)
        return chr(ord(kind) + number - 1)
    if kind in {"i", "I"} and 1 <= number < 40:  # noqa: PLR2004  (then comes L)
        written, rest = "", number
        for value, letters in ROMAN:
            written += letters * (rest // value)
            rest %= value
        return written if kind == "i" else written.upper()
    return str(number)
