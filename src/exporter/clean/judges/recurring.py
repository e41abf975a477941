"""Condemns blocks that recur across the articles of the same site.

How much it takes depends on where a block stands in this page. After the article's last own
paragraph to recur is enough. Before its first, most of the site must have it, if it reads like
the introduction of a series. Between its paragraphs half of the site must have it: a sentence of
stock ("He declined to comment.") recurs too. Whatever the counts:
- a heading, a question or a bold line goes only with what it introduces: recipes have "Method",
  interviews put one question to everybody;
- a list or table goes as a whole or not at all: many recipes want salt;
- captions, quotations, notes and credits are sheltered, and a credit in plain text stays as well.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from bs4 import Tag

from exporter.clean.credits import credit_start
from exporter.clean.outline import Block
from exporter.clean.verdicts import Context, Verdict
from exporter.dom import fingerprint, squash
from exporter.model import Recurrence

MOST: Final = 150  # words of a block that recurrence condemns after the article
INSIDE: Final = 60  # words of sentences that it never condemns elsewhere
LONG: Final = 25  # words of a paragraph that may introduce a series
DOUBT: Final = 0.5  # evidence that does not suffice alone
WHOLES: Final = frozenset({"ul", "ol", "dl", "table"})
# yes: "Who taught you to sail?", "Our advice:"; no: "Who knows? Sail with us."
INTRODUCES: Final = re.compile(r"[?？:：]['\"’”»)]*\Z")
# yes: "“Give, even a little.”", "« Donnez. »"; no: "“Give”, he said."
QUOTED: Final = re.compile(r"\A[\"“„«‹「][^\"“”„«»]*[\"”“»›」][.!?…]?\Z")
BOLD: Final = ("b", "strong")


def judge(root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against each block that is known to recur across the page's site."""
    learned = context.learned.recurring.get(context.site or "", {})
    if not learned:
        return
    blocks = context.blocks
    known = {block.order: learned.get(fingerprint(block.text)) for block in blocks}
    first, last = _own(blocks, known)
    scores: dict[int, float] = {}
    for block in blocks:
        found = known[block.order]
        if found is not None and id(block.element) in context.alone and _may_go(block, context):
            scores[block.order] = _score(block, found, first, last)
    _withdraw(blocks, scores, root)
    site = context.site or "pages without address"
    for block in blocks:
        found = known[block.order]
        if found is not None and scores.get(block.order):
            told = f"in {found.pages} of {found.of} articles of {site}, learnt from {found.source}"
            yield Verdict(block.element, "recurring", told, scores[block.order], guarded=True)


def _own(blocks: Sequence[Block], known: Mapping[int, Recurrence | None]) -> tuple[int, int]:
    """Give the places of the article's first and last own paragraph; all, if it has none."""
    own = [b.order for b in blocks if b.words >= LONG and b.prose and known[b.order] is None]
    return (own[0], own[-1]) if own else (0, len(blocks))


def _may_go(block: Block, context: Context) -> bool:
    text = block.text
    own = (context.metadata.title, context.metadata.subtitle, context.metadata.dateline)
    return (
        block.words <= MOST
        and not QUOTED.match(text)
        and credit_start(text) != 0
        and squash(text) not in {squash(field) for field in own if field} | {""}
    )


def _score(block: Block, found: Recurrence, first: int, last: int) -> float:
    """Weigh how often a block recurs against the place in which it stands."""
    # inside: elsewhere it mostly stands between paragraphs, as a sentence of stock does
    quarter, half, inside = found.standing
    if block.order > last and not inside:
        return 1.0
    if block.words >= INSIDE and block.prose:
        return 0.0
    if block.order < first and not inside:
        enough = half if block.prose and block.words >= LONG else quarter
    else:
        enough = half
    return 1.0 if enough else DOUBT


def _withdraw(blocks: Sequence[Block], scores: dict[int, float], root: Tag) -> None:
    """Take back what is said against parts of a whole that stays."""
    wholes: dict[int, list[int]] = {}
    layout = {
        id(table)
        for block in blocks
        if block.words >= LONG and block.prose
        for table in block.element.find_parents("table")
    }
    for block in blocks:
        whole = _whole(block.element, root, layout)
        if whole is not None:
            wholes.setdefault(id(whole), []).append(block.order)
    for members in wholes.values():
        if not all(scores.get(order, 0.0) >= 1.0 for order in members):
            for order in members:
                scores.pop(order, None)
    goes = True  # what follows the block: nothing at all, or what goes as well
    for block in reversed(blocks):
        if _introduces(block) and not goes:
            scores.pop(block.order, None)
        goes = scores.get(block.order, 0.0) >= 1.0


def _whole(element: Tag, root: Tag, layout: AbstractSet[int]) -> Tag | None:
    """Give the outermost list or table, but for layout, that an element is a part of."""
    whole: Tag | None = None
    tag: Tag | None = element
    while tag is not None and tag is not root:
        if tag.name in WHOLES and id(tag) not in layout:
            whole = tag
        tag = tag.parent
    return whole


def _introduces(block: Block) -> bool:
    if block.heading or (block.words < LONG and INTRODUCES.search(block.text)):
        return True
    bold = block.element.find(BOLD)
    return bold is not None and block.density == 0 and squash(bold.get_text()) == squash(block.text)
