"""What the judges may know about an article's root beside its tree."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bs4 import Tag

from exporter import rules
from exporter.clean import containers, wholes
from exporter.clean.marks import MARK
from exporter.clean.outline import Block, blocks, enclosed
from exporter.clean.verdicts import Context
from exporter.model import Learned, Metadata
from exporter.settings import Settings
from exporter.urls import host_of

LONG: Final = 25  # words of a paragraph that belongs to the article's body
APPENDED: Final = 0.15  # share of the prose that may follow a list of links near the end
LINKED: Final = 0.8  # share of the words of a block that is a link
TITLE: Final = 4  # words of a link that is another article's headline
LIST: Final = 3
SURE: Final = 0.75  # score of a phrase rule from which a block is no paragraph of the article


def context_of(root: Tag, metadata: Metadata, settings: Settings, learned: Learned) -> Context:
    """Give the context of the judges for one article's root."""
    outline = blocks(root)
    host = host_of(metadata.url)
    furnished = _furnished(outline, root)
    speaking = [block for block in outline if block.words >= LONG and _speaks(block)]
    long = [block.order for block in speaking if block.order not in furnished] or [
        block.order for block in speaking
    ]
    return Context(
        metadata=metadata,
        settings=settings,
        learned=learned,
        site=host,
        site_rules=rules.rules_for(host, settings.rule_folders, settings.site_configs)
        if host
        else (),
        blocks=tuple(outline),
        first=long[0] if long else 0,
        last=_last(outline, long),
        alone=_alone(outline, root),
        tabled=wholes.tabled(outline, root),
        itemised=wholes.itemised(outline),
    )


def _furnished(outline: Sequence[Block], root: Tag) -> frozenset[int]:
    """Give the order of the blocks that stand in what the markup calls furniture."""
    return frozenset(enclosed(outline, root, _is_furniture))


def _is_furniture(element: Tag) -> bool:
    return MARK not in element.attrs and containers.kind(element) is not None


def _speaks(block: Block) -> bool:
    return block.prose and not any(
        rule.score >= SURE for rule, _ in rules.phrase_book().matches(block.text)
    )


def _last(outline: Sequence[Block], long: Sequence[int]) -> int:
    """Give the order of the article's last long paragraph.

    A paragraph after a list of links near the end of the page announces something else.
    """
    if not long:
        return len(outline)
    total = sum(block.words for block in outline if block.prose)
    last = len(long) - 1
    after = 0
    for place in range(len(long) - 1, 0, -1):
        after += outline[long[place]].words
        if after > APPENDED * total:
            break
        between = outline[long[place - 1] + 1 : long[place]]
        if sum(block.density > LINKED and block.words >= TITLE for block in between) >= LIST:
            last = place - 1
    return long[last]


def _alone(outline: Sequence[Block], root: Tag) -> frozenset[int]:
    """Give the elements that hold one block and nothing beside it."""
    counts: Counter[int] = Counter()
    for block in outline:
        tag: Tag | None = block.element
        while tag is not None and tag is not root:
            counts[id(tag)] += 1
            tag = tag.parent
    return frozenset(identity for identity, count in counts.items() if count == 1)
