"""Weighs blocks against the text told to machines: what it says stays, what follows goes."""

from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter import rules
from exporter.clean.verdicts import Context, Verdict

SAME: Final = -0.4  # a plea may have been told with the text
AFTER: Final = 0.7  # alone not enough: the text may have been told to the end of a paragraph only


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence for what the page's articleBody says, and against what stands after its end."""
    for thing in context.told:
        if thing.key != "articleBody":
            continue
        end = thing.last(context.blocks)
        for block in context.blocks:
            if id(block.element) not in context.alone:
                continue
            if thing.confirms(block):
                if not block.prose:
                    continue
                yield Verdict(
                    block.element,
                    "transcript",
                    "the page tells machines the same",
                    SAME,
                    guarded=True,
                )
            elif end is not None and block.order > end and block.words <= rules.LONGEST:
                yield Verdict(
                    block.element, "transcript:after", "after the end of the text told to machines",
                    AFTER + (0.3 if context.tail(block) and block.linked else 0.0), guarded=True,
                )  # fmt: skip
