"""A second pass over the verdicts: pleas come in runs at the tail."""

from collections.abc import Iterator, Sequence
from typing import Final

from bs4 import Tag

from exporter import rules
from exporter.clean.verdicts import Act, Context, Verdict, weigh

FEW: Final = 2  # condemned neighbours that make a run


def runs(root: Tag, verdicts: Sequence[Verdict], context: Context) -> Iterator[Verdict]:
    """Give evidence against what stands between condemned neighbours, and after them.

    Only blocks of the tail count: what follows the last long paragraph of the article.
    """
    fates = weigh(verdicts)
    condemned = []
    tail = [block for block in context.blocks if context.tail(block)]
    for place, block in enumerate(tail):
        tag: Tag | None = block.element
        while tag is not None and tag is not root:
            fate = fates.get(id(tag))
            if fate is not None and fate.act is Act.REMOVE:
                condemned.append(place)
                break
            tag = tag.parent
    if len(condemned) < FEW:
        return
    for place, block in enumerate(tail):
        if place <= condemned[0] or block.words > rules.LONGEST:
            continue
        if id(block.element) not in context.alone or place in condemned:
            continue
        between = place < condemned[-1]
        score = 0.6 if between else 0.5
        where = "between" if between else "after"
        yield Verdict(
            block.element, "run", f"{where} {len(condemned)} condemned neighbours", score,
            guarded=True,
        )  # fmt: skip
