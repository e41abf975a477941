"""Condemns what the markup calls share bar, comments, related articles, and so on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bs4 import Tag

from exporter.clean import containers
from exporter.clean.marks import MARK
from exporter.clean.outline import Block, blocks
from exporter.clean.tree import BLOCKS
from exporter.clean.verdicts import Context, Verdict

PROSE: Final = 60  # words of sentences: never removed by the class alone
# kinds that may be long: with a place after the article, the class is enough
FOLLOWING: Final = frozenset({"author", "comments", "related", "newsletter", "advert", "tags"})


def judge(root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against each container that is furniture by its name."""
    known = _prose(root, context.blocks)
    following = _prose(root, [block for block in context.blocks if context.tail(block)])
    for element in root.find_all():
        kind = None if MARK in element.attrs else containers.kind(element)
        if kind is None:
            continue
        prose = known[id(element)]
        after = kind in FOLLOWING and following[id(element)] == prose
        if element.name not in BLOCKS or element.find_parent("a") is not None:
            # what is part of a block, or of a link, has another measure
            prose = sum(block.words for block in blocks(element) if block.prose)
            after = False
        if prose < PROSE or after:
            yield Verdict(element, f"structure:{kind}", containers.label(element), 1.0)


def _prose(root: Tag, known: Sequence[Block]) -> Counter[int]:
    """Give the words of prose below each element, by id()."""
    words: Counter[int] = Counter()
    for block in known:
        tag: Tag | None = block.element if block.prose else None
        while tag is not None and tag is not root:
            words[id(tag)] += block.words
            tag = tag.parent
    return words
