"""Condemns blocks that were seen again and again across the pages of the same site."""

from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter.clean.verdicts import Context, Verdict
from exporter.dom import fingerprint

MOST: Final = 80  # words of a block that recurrence alone condemns
FEWEST: Final = 3  # pages of a site on which a block must have been seen


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against each block that the survey of the site has learnt."""
    learned = context.learned.recurring.get(context.site or "")
    if not learned:
        return
    for block in context.blocks:
        if block.words > MOST or id(block.element) not in context.alone:
            continue
        seen = learned.get(fingerprint(block.text))
        if seen is not None and seen.pages >= FEWEST:
            evidence = f"on {seen.pages} of {seen.of} pages of the site ({seen.source})"
            score = 0.7 if seen.middle * 2 > seen.pages else 1.0  # a refrain is no boilerplate
            yield Verdict(block.element, "recurring", evidence, score, guarded=True)
