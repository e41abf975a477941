"""Finds where on the page the article stands.

Every block of the page weighs for or against: prose for, link lists against; what the markup
calls furniture counts for nothing. Three sources of evidence meet: containers that publishing
systems name (itemprop=articleBody, "entry-content"), <article> elements, and the container
whose blocks weigh most. A choice that holds too little of the page's prose is widened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup, Tag

from exporter.clean import containers
from exporter.clean.addresses import attribute
from exporter.clean.outline import Block, blocks
from exporter.clean.transcript import Transcript
from exporter.clean.tree import body_of

LARGE: Final = 0.4  # share of the page's prose from which a name alone makes no furniture
WHOLE: Final = 0.85  # the same for names that are certain: a <nav> that was never closed
NOTABLE: Final = 0.3  # share of the largest rival from which a first candidate is taken
FEW: Final = 40  # words of a page below which names are not believed
COVERED: Final = 0.6  # share of its parent's prose below which a choice is widened
TWIN: Final = 25  # words of prose that make a container of the same name a part of the article
TOLD: Final = 10  # words told to machines below which they say nothing of the place
CONFIRMED: Final = 0.7  # share of them that a choice must hold
HEAVY: Final = 60  # words by which one block may speak against an article
LOOSE: Final = 3.0  # times the told words that the choice's prose may be


@dataclass(frozen=True, slots=True)
class Location:
    """Where the article stands."""

    root: Tag
    words: int  # of prose in the root


@dataclass(slots=True)
class Weight:
    """What the blocks of one container amount to."""

    tag: Tag
    first: int  # order of its first block
    total: float = 0.0  # prose minus what speaks against
    prose: float = 0.0  # words of prose outside furniture
    words: int = 0

    @property
    def substance(self) -> float:
        """Prose, and a third of the words in lists, labels and captions."""
        return self.prose + 0.3 * (self.words - self.prose)


def locate(soup: BeautifulSoup, told: Sequence[Transcript] = ()) -> Location | None:
    """Give the container of the article, or None when the page has no text."""
    body = body_of(soup)
    outline = blocks(body)
    if not outline:
        return None
    weights = _weigh(outline, body, _large(outline, body))
    if weights[id(body)].words < FEW:
        everything = dict.fromkeys(map(id, body.find_all()), 1.0)
        relaxed = _weigh(outline, body, everything)
        if weights[id(body)].prose * 2 < relaxed[id(body)].prose:
            weights = relaxed
    things = [[block for block in outline if thing.confirms(block)] for thing in told]
    things = [thing for thing in things if sum(block.words for block in thing) >= TOLD]
    chosen = _going_on(_choose(weights, body), weights, body, outline)
    chosen = _confirmed(chosen, weights, body, things)
    return Location(chosen.tag, int(chosen.prose))


def _going_on(
    chosen: Weight, weights: dict[int, Weight], body: Tag, outline: Sequence[Block]
) -> Weight:
    """Climb from an <article> that was closed too early: its paragraphs go on right behind it."""
    tag = chosen.tag
    if tag.name != "article" or tag is body or tag.parent is None or id(tag.parent) not in weights:
        return chosen
    prose = {id(block.element): block.words for block in outline if block.prose}
    behind = 0
    for sibling in tag.find_next_siblings():
        if sibling.name != "p":
            break
        behind += prose.get(id(sibling), 0)
    return weights[id(tag.parent)] if behind >= TWIN else chosen


def _confirmed(
    chosen: Weight,
    weights: dict[int, Weight],
    body: Tag,
    things: Sequence[Sequence[Block]],
) -> Weight:
    """Climb from a choice that lacks much of one of the things the page tells of its text."""
    best = chosen
    while best.tag is not body and not all(_holds(best.tag, thing) for thing in things):
        above = best.tag.parent
        while above is not None and id(above) not in weights:
            above = above.parent
        if above is None:
            break
        best = weights[id(above)]
    confirmed = sum(block.words for thing in things for block in thing)
    return best if best.prose <= LOOSE * max(confirmed, chosen.prose) else chosen


def _holds(tag: Tag, blocks: Sequence[Block]) -> bool:
    """Tell whether an element holds most of the blocks."""
    total = sum(block.words for block in blocks)
    return sum(block.words for block in blocks if _inside(block.element, tag)) >= CONFIRMED * total


def _inside(element: Tag, tag: Tag) -> bool:
    return element is tag or any(parent is tag for parent in element.parents)


def _choose(weights: dict[int, Weight], body: Tag) -> Weight:
    entries = list(weights.values())
    space = _article(entries) or weights[id(body)]
    if not space.prose:
        return space  # a few words: all of them
    inner = [e for e in entries if e is space or space.tag in e.tag.parents]
    heaviest = _widen(max(inner, key=lambda e: (e.total, -e.first)), weights, space.tag)
    heaviest = _with_twins(heaviest, inner, weights)
    hinted = [e for e in inner if e.words > 0 and containers.is_body(e.tag)]
    if not hinted:
        return heaviest
    largest = max(e.substance for e in hinted)
    first = min(
        (e for e in hinted if e.substance >= NOTABLE * largest),
        key=lambda e: (e.first, -e.substance),
    )
    if first.substance >= NOTABLE * heaviest.substance:
        return _with_parts(first, hinted, weights)
    return heaviest


def _article(entries: Sequence[Weight]) -> Weight | None:
    """Give the <article> (or <main>) that the page is about, when there is one."""
    for name in ("article", "main"):
        found = [e for e in entries if e.tag.name == name and e.prose > 0]
        if not found:
            continue
        largest = max(e.prose for e in found)
        page = max(e.prose for e in entries)
        fitting = [e for e in found if e.prose >= NOTABLE * largest and e.prose >= NOTABLE * page]
        if fitting:
            return min(fitting, key=lambda e: (e.first, -e.prose))
    return None


def _widen(chosen: Weight, weights: dict[int, Weight], limit: Tag) -> Weight:
    """Climb while the choice holds too little of the prose around it."""
    tag = chosen.tag
    best = chosen
    while tag is not limit and tag.parent is not None:
        tag = tag.parent
        entry = weights.get(id(tag))
        if entry is None:
            break
        if best.prose < COVERED * entry.prose and entry.total > 0.3 * entry.prose:
            best = entry
    return best


def _with_twins(chosen: Weight, inner: Sequence[Weight], weights: dict[int, Weight]) -> Weight:
    """Widen a choice when prose goes on in a container of the same name near it.

    Systems of building blocks lay each few paragraphs in one, with cards and offers between.
    """
    name = _signature(chosen.tag)
    if not name[1]:
        return chosen
    twins = [e for e in inner if e.prose >= TWIN and _signature(e.tag) == name]
    tag = chosen.tag
    for _ in range(3):
        if tag.parent is None or tag.parent.name in {"body", "html"}:
            break
        tag = tag.parent
        entry = weights.get(id(tag))
        inside = [e for e in twins if tag in e.tag.parents]
        if entry is not None and len(inside) > 1 and not _articles(tag, inside):
            return entry
    return chosen


def _with_parts(first: Weight, hinted: Sequence[Weight], weights: dict[int, Weight]) -> Weight:
    """Widen a named container when the article goes on in others of the same name.

    Parts of one article share a parent or grandparent; articles that a page appends each have
    a headline of their own between.
    """
    name = _signature(first.tag)
    best = first
    tag = first.tag
    for _ in range(4):
        if tag.parent is None or tag.parent.name in {"body", "html"}:
            break
        tag = tag.parent
        entry = weights.get(id(tag))
        inside = [e for e in hinted if tag in e.tag.parents and _signature(e.tag) == name]
        if entry is None or len(inside) < 2 or _articles(tag, inside):  # noqa: PLR2004
            continue
        if (
            entry.prose <= 1.1 * sum(e.prose for e in _outermost(inside))
            and entry.prose > best.prose
        ):
            best = entry
    return best


def _signature(tag: Tag) -> tuple[str, str]:
    return tag.name, attribute(tag, "class") + attribute(tag, "itemprop")


def _articles(tag: Tag, parts: Sequence[Weight]) -> bool:
    """Tell whether a container holds more than one article: each has a headline beside its text."""
    inside = {id(part.tag) for part in parts}
    headlines = [
        heading
        for heading in tag.find_all(("h1", "h2"))
        if not any(id(parent) in inside for parent in heading.parents)
    ]
    return bool(tag.find("h1")) or len(headlines) > 1 or len(tag.find_all("article", limit=2)) > 1


def _outermost(entries: Sequence[Weight]) -> list[Weight]:
    tags = {id(e.tag) for e in entries}
    return [e for e in entries if not any(id(parent) in tags for parent in e.tag.parents)]


def _weigh(outline: Iterable[Block], body: Tag, large: dict[int, float]) -> dict[int, Weight]:
    weights: dict[int, Weight] = {}
    foreign: dict[int, bool] = {}
    for block in outline:
        outside = _foreign(block.element, body, large, foreign)
        prose = float(block.words) if block.prose and not outside else 0.0
        weight = prose - _cost(block, outside=outside)
        tag: Tag | None = block.element
        while tag is not None:
            entry = weights.get(id(tag))
            if entry is None:
                entry = weights[id(tag)] = Weight(tag, block.order)
            entry.total += weight
            entry.prose += prose
            entry.words += 0 if outside else block.words
            if tag is body:
                break
            tag = tag.parent
    return weights


def _large(outline: Sequence[Block], body: Tag) -> dict[int, float]:
    """Give the share of the page's prose that each container holds: too much makes no furniture."""
    total = 0
    held: dict[int, int] = {}
    for block in outline:
        if block.prose:
            total += block.words
            tag: Tag | None = block.element
            while tag is not None and tag is not body:
                held[id(tag)] = held.get(id(tag), 0) + block.words
                tag = tag.parent
    return {identity: words / total for identity, words in held.items()}


def _cost(block: Block, *, outside: bool) -> float:
    if outside:
        return min(5.0, block.words)
    if block.prose or block.heading:
        return 0.0
    return float(min(block.linked - block.within, HEAVY))


def _foreign(tag: Tag, body: Tag, large: dict[int, float], known: dict[int, bool]) -> bool:
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
        if not answer:
            kind = containers.kind(element)
            limit = WHOLE if kind in containers.CERTAIN else LARGE
            answer = kind is not None and large.get(id(element), 0.0) < limit
        known[id(element)] = answer
    return answer
