"""Finds where the article ends: a heading that announces other articles, comments or pleas.

What such a heading announces goes with it: up to the next heading of its rank when it is one and
little of the article's prose would go, otherwise up to the first paragraph that is no teaser.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from bs4 import Tag

from exporter import rules
from exporter.clean import wholes
from exporter.clean.addresses import attribute
from exporter.clean.outline import Block
from exporter.clean.verdicts import Context, Verdict

ENDING: Final = frozenset({"related", "comments", "newsletter", "author", "share", "donation"})
LABEL: Final = 10  # words of a heading or label at most
LONG: Final = 25  # words of a paragraph that belongs to the article's body
PARAGRAPH: Final = 40  # words of one that no label takes with it for sure
SHORT: Final = 4  # words of a label that need not be known as a whole
LITTLE: Final = 0.15  # of the article's prose that is doubted after a plain label
YEAR: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b")  # yes: "Paris, 1961."; no: "p. 312"
SHARE: Final = 0.3  # of the article's prose that may follow an ending
USUAL: Final = 3  # boxes of one name that make it the article's
MANY: Final = 40  # labels: each is weighed against all that follows it, and a page ends once


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against what follows a heading that ends the article."""
    total = sum(block.words for block in context.blocks if block.prose)
    before = labels = 0
    for index, block in enumerate(context.blocks):
        label = _label(block, context) if labels < MANY else None
        if label is not None and before > total * 0.5:
            labels += 1
            section = _section(context.blocks, index)
            if _cites(section):
                continue
            words = sum(follower.words for follower in section if follower.prose)
            if words > SHARE * total or not _final(context, section):
                listed = _listed(section)
                if words <= LITTLE * total:
                    yield from _doubted(section[len(listed) :], label, context)
                section = listed
            resumed = _resumed(context.blocks[:index], section)
            yield from _condemn([b for b in section if b.order not in resumed], label, context)
        before += block.words if block.prose else 0


def _resumed(before: Sequence[Block], section: Sequence[Block]) -> frozenset[int]:
    """Give the order of the paragraphs with which the article goes on after a box.

    Each few of them stand in a box of their own, and its boxes before the label are called alike.
    """
    boxes: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for block in before:
        if block.prose and (name := _box(block)):
            boxes[name].add(id(block.element.parent))
    names = {name for name, alike in boxes.items() if len(alike) >= USUAL}
    announced = _box(section[0])
    return frozenset(
        block.order
        for block in section[1:]
        if block.prose and (name := _box(block)) in names and name != announced
    )


def _box(block: Block) -> tuple[str, ...]:
    """Give how the container of a block is named; nothing when it has no name."""
    parent = block.element.parent
    called = attribute(parent, "class") if parent is not None else ""
    return (block.element.name, parent.name, called) if parent is not None and called else ()


def _label(block: Block, context: Context) -> str | None:
    if block.words > LABEL or block.prose or block.order in context.tabled:
        return None
    for rule, phrase in rules.phrase_book().matches(block.text):
        if rule.kind == "share" and block.order in context.itemised:
            continue
        if rule.kind in ENDING and (rule.place == "whole" or block.heading or block.words <= SHORT):
            return f"{rule.id}: {phrase}"
    return None


def _cites(section: Sequence[Block]) -> bool:
    """Tell whether a list of books follows: years of print and no links."""
    listed = section[1:]
    return (
        bool(listed)
        and not any(block.linked for block in listed)
        and sum(YEAR.search(block.text) is not None for block in listed) * 2 >= len(listed)
    )


def _section(blocks: Sequence[Block], index: int) -> list[Block]:
    """Give the label and what it announces: up to the next heading that announces nothing."""
    rank = _rank(blocks[index])
    section = [blocks[index]]
    for block in blocks[index + 1 :]:
        if block.heading and rank and _rank(block) <= rank and not block.linked:
            break
        section.append(block)
    return section


def _final(context: Context, section: Sequence[Block]) -> bool:
    """Tell whether a heading opens the section and no paragraph of the article follows it."""
    if not _rank(section[0]):
        return all(not block.prose or block.order > context.last for block in section)
    last = section[-1].order
    return not any(block.prose and block.words >= LONG for block in context.blocks[last + 1 :])


def _listed(section: Sequence[Block]) -> list[Block]:
    """Give the label with the links and short lines that follow it, up to a paragraph."""
    listed = [section[0]]
    for block in section[1:]:
        if block.prose or not (block.linked or block.words < LABEL):
            break
        listed.append(block)
    while len(listed) > 1 and not listed[-1].linked:
        listed.pop()  # a heading of the article that happens to follow
    return listed


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
    """Give evidence against each block: a long paragraph is only doubted, with all its table."""
    long = [block for block in section if block.words >= PARAGRAPH and block.prose]
    tables = {id(context.tabled.get(block.order, block.element)) for block in long}
    for block in wholes.complete(section, context.tabled):
        score = 0.5 if id(context.tabled.get(block.order, block.element)) in tables else 1.0
        if id(block.element) in context.alone:
            yield Verdict(block.element, "end", f"announced by {label}", score, guarded=True)


def _doubted(section: Sequence[Block], label: str, context: Context) -> Iterator[Verdict]:
    for block in wholes.complete(section, context.tabled):
        if id(block.element) in context.alone:
            yield Verdict(block.element, "end", f"after {label}", 0.5, guarded=True)
