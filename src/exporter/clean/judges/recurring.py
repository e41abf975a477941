"""Condemns blocks that were seen again and again across the pages of the same site."""

from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter.clean.verdicts import Context, Verdict
from exporter.dom import fingerprint

MOST: Final = 150  # words of a block that recurrence alone condemns


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against each block that the survey of the site has learnt."""
    learned = context.learned.recurring.get(context.site or "", frozenset())
    if not learned:
        return
    for block in context.blocks:
        if block.words > MOST or id(block.element) not in context.alone:
            continue
        if fingerprint(block.text) in learned:
            yield Verdict(
                block.element, "recurring", f"seen across {context.site}", 1.0, guarded=True
            )
