"""Condemns what the markup calls share bar, comments, related articles, and so on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from bs4 import Tag

from exporter.clean import containers
from exporter.clean.marks import MARK
from exporter.clean.outline import Block, blocks
from exporter.clean.tree import BLOCKS
from exporter.clean.verdicts import Context, Verdict

PROSE: Final = 60  # words of sentences: never removed by the class alone


def judge(root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against each container that is furniture by its name."""
    known = _prose(root, context.blocks)
    for element in root.find_all():
        kind = None if MARK in element.attrs else containers.kind(element)
        if kind is None:
            continue
        if element.name in BLOCKS and element.find_parent("a") is None:
            prose = known[id(element)]
        else:  # what is part of a block, or of a link, has another measure
            prose = sum(block.words for block in blocks(element) if block.prose)
        if prose < PROSE:
            yield Verdict(element, f"structure:{kind}", containers.label(element), 1.0)


def _prose(root: Tag, known: Iterable[Block]) -> Counter[int]:
    """Give the words of prose below each element, by id()."""
    words: Counter[int] = Counter()
    for block in known:
        tag: Tag | None = block.element if block.prose else None
        while tag is not None and tag is not root:
            words[id(tag)] += block.words
            tag = tag.parent
    return words
