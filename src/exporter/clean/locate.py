"""Finds where on the page the article stands.

Every block of the page weighs for or against: prose for, link lists and labels against. The
container whose blocks weigh most is the article's; marked-up containers (itemprop=articleBody,
the class names of publishing systems) that hold most of that weight are preferred, because they
end where the article ends.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup, Tag

from exporter.clean import containers
from exporter.clean.outline import Block, blocks
from exporter.clean.tree import body_of

HINTED_SHARE: Final = 0.6  # of the best container's prose that a hinted one must hold


@dataclass(frozen=True, slots=True)
class Location:
    """The article's root and what the page says in blocks."""

    root: Tag
    words: int  # of prose in the root


def locate(soup: BeautifulSoup) -> Location | None:
    """Give the container of the article, or None when the page has no prose."""
    body = body_of(soup)
    outline = blocks(body)
    weights = _weigh(outline, body)
    best = _heaviest(weights, body)
    if best is None:
        return None
    tag, weight = best
    hinted = _hinted(weights, tag)
    if hinted is not None:
        tag = hinted
    return Location(tag, int(weight))


@dataclass(slots=True)
class _Weight:
    tag: Tag
    total: float = 0.0
    prose: float = 0.0


def _weigh(outline: Iterable[Block], body: Tag) -> dict[int, _Weight]:
    weights: dict[int, _Weight] = {}
    foreign: dict[int, bool] = {}
    for block in outline:
        outside = _foreign(block.element, body, foreign)
        prose = float(block.words) if block.prose and not outside else 0.0
        weight = prose - _cost(block, outside=outside)
        tag: Tag | None = block.element
        while tag is not None:
            entry = weights.setdefault(id(tag), _Weight(tag))
            entry.total += weight
            entry.prose += prose
            if tag is body:
                break
            tag = tag.parent
    return weights


def _cost(block: Block, *, outside: bool) -> float:
    if outside:
        return min(10.0, block.words)
    if block.prose or block.heading:
        return 0.0
    return 2.0 + block.linked


def _foreign(tag: Tag, body: Tag, known: dict[int, bool]) -> bool:
    """Tell whether the markup says that this is no part of an article."""
    chain: list[Tag] = []
    step: Tag | None = tag
    answer = False
    while step is not None and step is not body:
        if id(step) in known:
            answer = known[id(step)]
            break
        chain.append(step)
        step = step.parent
    for element in reversed(chain):
        answer = answer or containers.kind(element) is not None
        known[id(element)] = answer
    return answer


def _heaviest(weights: dict[int, _Weight], body: Tag) -> tuple[Tag, float] | None:
    best: _Weight | None = None
    for entry in weights.values():  # inner elements come first, so ties go to them
        if entry.prose > 0 and (best is None or entry.total > best.total):
            best = entry
    if best is None:
        return None
    return best.tag, best.prose


def _hinted(weights: dict[int, _Weight], best: Tag) -> Tag | None:
    inside = {id(tag) for tag in [best, *best.find_all(True)]}
    inside.update(id(tag) for tag in best.parents)
    need = HINTED_SHARE * weights[id(best)].prose
    fitting = [
        entry
        for identity, entry in weights.items()
        if identity in inside and entry.prose >= need and containers.is_body(entry.tag)
    ]
    return max(fitting, key=lambda entry: entry.total).tag if fitting else None
