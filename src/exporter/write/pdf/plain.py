"""What is too much for the press set plainly: its words, block after block, in few paragraphs.

The engine spends two or three milliseconds and forty kilobytes on every block of a page, and more
on the columns of a table. Other editions have what stood here as it is.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from exporter import dom, mathml
from exporter.dom import BLOCKS, Element
from exporter.limits import Limits
from exporter.model import Article, Note

DIVIDED: Final = frozenset({"section", "blockquote", "aside"})  # of which the beginning may stay
PARTED: Final = BLOCKS | {"li", "dt", "dd", "tr", "td", "th", "caption", "figcaption", "br"}
PHRASES: Final = (
    "a", "em", "strong", "cite", "q", "code", "kbd", "samp", "var", "abbr", "sub", "sup", "small",
    "mark", "ins", "del", "span", "time",
)  # fmt: skip
BARE: Final = "bare"  # for a moment: what is to be no element
PASSAGE: Final = 1_000  # letters after which a border of blocks is that of a paragraph, too
BETWEEN: Final = " · "  # blocks that end without a full stop
ENDS: Final = (".", "!", "?", ":", ";", "…", "»", "”", "。")


def plain(article: Article, limits: Limits) -> tuple[Article, tuple[Note, ...]]:
    """Give an article that the press can take, and what gave way."""
    least = min(limits.print_blocks, limits.print_phrases)
    if "<table" not in article.body and article.body.count("<") <= least:
        return article, ()
    root = dom.parse(article.body)
    notes = tuple(Note("simplified", told) for told in _fit(root, limits))
    if not notes:
        return article, ()
    return dataclasses.replace(article, body=dom.serialize(root)), notes


def _fit(root: Element, limits: Limits) -> Iterator[str]:
    yield from _wide(root, limits)
    yield from _long(root, limits)
    yield from _dressed(root, limits)


def _wide(root: Element, limits: Limits) -> Iterator[str]:
    """Set tables of too many columns plainly, and tell of the widest."""
    widest = 0
    for table in list(root.iter("table")):
        columns = max(map(_columns, table.iter("tr")), default=0)
        if columns > limits.print_columns:
            widest = max(widest, columns)
            _replace(table, _passages((table,)))
    if widest:
        told = f"a table of {widest:,} columns is set as text in print"
        yield limits.told("print-columns", told, widest)


def _columns(row: Element) -> int:
    return sum(int(cell.get("colspan", "1")) for cell in row)


def _long(root: Element, limits: Limits) -> Iterator[str]:
    """Set plainly what stands behind the blocks that the press takes."""
    total = _size(root)
    if total > limits.print_blocks:
        _keep(root, limits.print_blocks)
        told = f"of {total:,} paragraphs, cells and such the last are set as mere text in print"
        yield limits.told("print-blocks", told, total)


def _dressed(root: Element, limits: Limits) -> Iterator[str]:
    """Let the last of too many links, emphases and such be words and nothing else."""
    phrases = list(root.iter(*PHRASES))
    if len(phrases) > limits.print_phrases:
        for phrase in phrases[limits.print_phrases :]:
            if phrase.tag == "q":
                phrase.text = f"“{phrase.text or ''}"
                phrase.tail = f"”{phrase.tail or ''}"
            phrase.tag = BARE
        etree.strip_tags(root, BARE)
        told = f"of {len(phrases):,} links, emphases and such the last are mere words in print"
        yield limits.told("print-phrases", told, len(phrases))


def _keep(root: Element, room: int) -> None:
    """Keep the first blocks below `root`, and of the others pictures and words."""
    rest: list[Element] = []
    for block in list(root):
        size = _size(block)
        if not rest and size <= room:
            room -= size
        elif not rest and block.tag in DIVIDED and room > 1:
            _keep(block, room - 1)
            room = 0
        else:
            rest.append(block)
    if rest:
        rest[0].addprevious(mark := etree.Element("p"))
        for block in rest:
            root.remove(block)
        _replace(mark, _passages(rest))


def _size(element: Element) -> int:
    return sum(1 for _ in element.iter(*PARTED))


def _replace(element: Element, others: Iterable[Element]) -> None:
    """Put blocks in the place of one; where only words may stand, their words."""
    parent = element.getparent()
    assert parent is not None  # noqa: S101  (it stands in a body)
    for other in others:
        element.addprevious(other)
    parent.remove(element)


def _passages(blocks: Iterable[Element]) -> Iterator[Element]:
    """Give the words of blocks in paragraphs, and the figures between them as they are."""
    said: list[str] = []
    length = 0
    for piece in list(_pieces(blocks)):  # figures are moved out of what is walked
        if isinstance(piece, str):
            said.append(piece)
            length += len(piece)
        if said and (length >= PASSAGE or not isinstance(piece, str)):
            yield _paragraph(said)
            said, length = [], 0
        if not isinstance(piece, str):
            yield piece
    if said:
        yield _paragraph(said)


def _paragraph(said: Iterable[str]) -> Element:
    paragraph = etree.Element("p")
    text = ""
    for part in said:
        between = "" if not text else " " if text.endswith(ENDS) else BETWEEN
        text += between + part
    paragraph.text = text
    return paragraph


def _pieces(blocks: Iterable[Element]) -> Iterator[str | Element]:
    """Give the words of each block, apart, and each figure with a picture."""
    words: list[str] = []
    for block in blocks:
        walk = etree.iterwalk(block, events=("start", "end"))
        for event, element in walk:
            if element.tag in PARTED:
                yield from _said(words)
            if event == "end":
                words.append((element.tail or "") if element is not block else "")
            elif element.tag == "figure" and next(element.iter("img"), None) is not None:
                yield element
                walk.skip_subtree()
            elif element.tag == mathml.MATH:
                words.append(element.get("alttext", ""))
                walk.skip_subtree()
            else:
                words.append(element.text or "")
        yield from _said(words)


def _said(words: list[str]) -> Iterator[str]:
    """Give the words so far, if there are any, and forget them."""
    if text := " ".join("".join(words).split()):
        yield text
    words.clear()
