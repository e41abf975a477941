"""Condemns lists of links: blocks that are mostly links and no sentences."""

from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter.clean.outline import blocks
from exporter.clean.verdicts import Context, Verdict

CONTAINERS: Final = frozenset({"ul", "ol", "div", "section", "p"})


def judge(root: Tag, _context: Context) -> Iterator[Verdict]:
    """Give evidence against containers that hold links and little else."""
    for block in blocks(root):
        if block.density > 0.9 and block.words >= 3 and not block.heading:
            yield Verdict(
                block.element,
                "density:links",
                f"{block.density:.0%} of {block.words} words",
                0.5,
                guarded=True,
            )
