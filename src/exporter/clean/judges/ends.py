"""Finds where the article ends: a heading that announces other articles, comments or pleas.

What such a heading announces goes with it, up to the next heading of its rank, when little of
the article's prose would go.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from bs4 import Tag

from exporter import rules
from exporter.clean.outline import Block
from exporter.clean.verdicts import Context, Verdict

ENDING: Final = frozenset({"related", "comments", "newsletter", "author", "share", "donation"})
LABEL: Final = 10  # words of a heading or label at most
SHORT: Final = 4  # words of a label that need not be known as a whole
SHARE: Final = 0.3  # of the article's prose that may follow an ending


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against what follows a heading that ends the article."""
    total = sum(block.words for block in context.blocks if block.prose)
    before = 0
    for index, block in enumerate(context.blocks):
        label = _label(block)
        if label is not None and before > total * 0.5:
            section = _section(context.blocks, index)
            words = sum(follower.words for follower in section if follower.prose)
            if words <= SHARE * total:
                yield from _condemn(section, label, context)
        before += block.words if block.prose else 0


def _label(block: Block) -> str | None:
    if block.words > LABEL or block.prose:
        return None
    for rule, phrase in rules.phrase_book().matches(block.text):
        if rule.kind in ENDING and (rule.place == "whole" or block.heading or block.words <= SHORT):
            return f"{rule.id}: {phrase}"
    return None


def _section(blocks: Sequence[Block], index: int) -> list[Block]:
    """Give the label and what it announces: up to the next heading that announces nothing."""
    rank = _rank(blocks[index])
    section = [blocks[index]]
    for block in blocks[index + 1 :]:
        if block.heading and rank and _rank(block) <= rank and not block.linked:
            break
        section.append(block)
    return section


def _rank(block: Block) -> int:
    tag: Tag | None = block.element
    for _ in range(3):
        if tag is None:
            break
        if len(tag.name) == 2 and tag.name[0] == "h" and tag.name[1].isdigit():  # noqa: PLR2004
            return int(tag.name[1])
        tag = tag.parent
    return 0


def _condemn(section: Sequence[Block], label: str, context: Context) -> Iterator[Verdict]:
    for block in section:
        score = 0.5 if block.words >= 40 and block.prose else 1.0  # noqa: PLR2004
        if id(block.element) in context.alone:
            yield Verdict(block.element, "end", f"announced by {label}", score, guarded=True)
