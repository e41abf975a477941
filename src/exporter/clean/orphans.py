"""A heading whose section has gone announces nothing: the last one of an article goes with it."""

from collections.abc import Iterator, Sequence
from typing import Final

from bs4 import Tag

from exporter.clean.outline import Block
from exporter.clean.tree import path_of, spoken
from exporter.model import Removal

SHOWN: Final = ("img", "table", "pre", "math", "iframe", "video", "audio")
FEWEST: Final = 3  # blocks of an article that may lose one


def orphans(root: Tag, blocks: Sequence[Block]) -> Iterator[Removal]:
    """Take the headings from the end of `root` after which something stood and nothing stands.

    `blocks` are those of the article before the judges' removals.
    """
    left = [block for block in blocks if any(parent is root for parent in block.element.parents)]
    while len(left) > FEWEST and left[-1].heading and left[-1].order < len(blocks) - 1:
        block = left.pop()
        after = block.element.find_all_next(SHOWN)
        if any(parent is root for found in after for parent in found.parents):
            return
        path, text = path_of(block.element), spoken(block.element)
        block.element.extract()
        yield Removal("orphan", "what it announced has gone", path, text)
