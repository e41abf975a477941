"""Weighs blocks that are links and little else: menus, teasers, lists of related articles."""

from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter.clean.outline import Block
from exporter.clean.verdicts import Context, Verdict

LINKED: Final = 0.8  # share of a block's words


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against blocks that are mostly links; more where the article has ended."""
    for run in _runs(context):
        score = 1.0 if len(run) > 1 else 0.7
        if not (context.tail(run[0]) or context.head(run[-1])):
            score -= 0.4 if len(run) > 2 else 0.6  # noqa: PLR2004
        for block in run:
            evidence = f"{block.density:.0%} of {block.words} words linked, {len(run)} in a row"
            if id(block.element) in context.alone:
                yield Verdict(block.element, "density:links", evidence, score, guarded=True)


def _runs(context: Context) -> Iterator[list[Block]]:
    run: list[Block] = []
    for block in context.blocks:
        if block.density >= LINKED:
            run.append(block)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run
