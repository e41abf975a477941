"""Keeps word evidence from eating an article: when unsure, keep."""

from collections.abc import Sequence
from typing import Final

from bs4 import Tag

from exporter.clean.verdicts import Act, Context, Fate, Verdict, weigh

MOST: Final = 0.3  # share of the article's words that word evidence may take


def guard(
    root: Tag, verdicts: Sequence[Verdict], context: Context
) -> tuple[Sequence[Verdict], str | None]:
    """Give the verdicts that may stand, and what was dropped, if anything.

    When phrases, recurrence and density would take more than MOST of the words between the
    headline and the article's last paragraph, those verdicts go; structural ones stand.
    """
    span = [b for b in context.blocks if b.order <= context.last]
    total = sum(block.words for block in span)
    fates = weigh(verdicts)
    firm = weigh(verdict for verdict in verdicts if not verdict.guarded)
    taken = 0
    for block in span:
        if _condemned(block.element, root, fates) and not _condemned(block.element, root, firm):
            taken += block.words
    if taken <= MOST * total:
        return verdicts, None
    kept = [verdict for verdict in verdicts if not verdict.guarded]
    return kept, f"would have taken {taken} of {total} words"


def _condemned(element: Tag, root: Tag, fates: dict[int, Fate]) -> bool:
    tag: Tag | None = element
    while tag is not None:
        fate = fates.get(id(tag))
        if fate is not None:
            return fate.act is Act.REMOVE
        if tag is root:
            break
        tag = tag.parent
    return False
