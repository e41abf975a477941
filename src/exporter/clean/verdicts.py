"""Judges propose, `settle` disposes: the only function that takes anything out of an article.

A verdict is a decision or evidence. A decision beats evidence; among decisions the higher rank
stands, and *keep* wins ties. Evidence on one element adds up, and removal starts at THRESHOLD.
A kept element is never inside anything removed and shields its subtree from evidence.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from exporter.clean.outline import Block
from exporter.clean.transcript import Transcript
from exporter.clean.tree import path_of, text_of
from exporter.model import Learned, Metadata, Removal
from exporter.rules import SiteRule
from exporter.settings import Settings

THRESHOLD: Final = 1.0


class Rank(IntEnum):
    """Who decides: the higher rank stands."""

    STRUCTURE = 1  # hidden, caption, quotation, footnote
    RULE = 2  # a site rule
    USER = 3


class Act(Enum):
    """What a decision says."""

    KEEP = "keep"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict that is not weighed: it stands unless a higher rank says otherwise."""

    act: Act
    rank: Rank


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one judge says about one element."""

    element: Tag
    reason: str  # stable id: "phrase:fr.share", "site:example.org#3", "recurring", "density:links"
    evidence: str  # the words or numbers that convinced the judge
    score: float = 0.0  # -1 (keep) ... +1 (remove); scores on one element add up
    decision: Decision | None = None
    guarded: bool = False  # word evidence: dropped when the guard finds that too much would go


@dataclass(frozen=True, slots=True)
class Context:
    """What judges may know beside the tree."""

    metadata: Metadata
    settings: Settings
    learned: Learned
    language: str | None = None  # of the body's text, BCP 47
    site: str | None = None  # host of the page
    site_rules: tuple[SiteRule, ...] = ()
    blocks: tuple[Block, ...] = ()  # of the root, in order
    first: int = 0  # order of the first long paragraph
    last: int = 0  # order of the last long paragraph: what follows is the tail
    told: tuple[Transcript, ...] = ()  # to machines
    alone: frozenset[int] = field(default_factory=frozenset)  # id of elements with one block only
    tabled: Mapping[int, Tag] = field(default_factory=dict)  # order of a block -> table of data
    itemised: frozenset[int] = field(default_factory=frozenset)  # order of blocks in real lists

    def tail(self, block: Block) -> bool:
        """Tell whether a block stands after the last long paragraph."""
        return block.order > self.last

    def head(self, block: Block) -> bool:
        """Tell whether a block stands before the first long paragraph."""
        return block.order < self.first


Judge = Callable[[Tag, Context], Iterator[Verdict]]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one element when its verdicts are weighed."""

    act: Act
    rank: Rank | None  # None: by evidence
    verdicts: tuple[Verdict, ...]


def settle(root: Tag, verdicts: Iterable[Verdict]) -> tuple[Removal, ...]:
    """Remove from `root` what the verdicts condemn, and give the ledger of it."""
    fates = weigh(verdicts)
    if not fates:
        return ()
    kept = _ancestors_of_kept(fates, root)
    ledger: list[Removal] = []
    stack: list[tuple[PageElement, Rank | None, Fate | None]] = [
        (child, _shield(fates.get(id(root))), None) for child in reversed(root.contents)
    ]
    doomed: list[tuple[PageElement, Fate]] = []
    while stack:
        node, shield, condemned = stack.pop()
        if not isinstance(node, Tag):
            if condemned is not None and not str(node).isspace():
                doomed.append((node, condemned))
            continue
        fate = fates.get(id(node))
        if fate is not None:
            if fate.act is Act.KEEP and _outranks(fate, condemned):
                shield = Rank(max(fate.rank or Rank.STRUCTURE, shield or 0))
                condemned = None
            elif fate.act is Act.REMOVE and condemned is None and _pierces(fate, shield):
                condemned = fate
        if condemned is not None and not _holds_kept(node, condemned, kept):
            doomed.append((node, condemned))
            continue
        stack.extend((child, shield, condemned) for child in reversed(node.contents))
    for node, fate in doomed:
        ledger.extend(_take(node, fate))
    return tuple(ledger)


def weigh(verdicts: Iterable[Verdict]) -> dict[int, Fate]:
    """Give the fate of every element that is kept or condemned, by id()."""
    grouped: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        grouped.setdefault(id(verdict.element), []).append(verdict)
    fates: dict[int, Fate] = {}
    for identity, group in grouped.items():
        fate = _fate(group)
        if fate is not None:
            fates[identity] = fate
    return fates


def _fate(group: list[Verdict]) -> Fate | None:
    decisions = [v for v in group if v.decision is not None]
    if decisions:
        rank = max(v.decision.rank for v in decisions if v.decision)
        acts = {v.decision.act for v in decisions if v.decision and v.decision.rank is rank}
        act = Act.KEEP if Act.KEEP in acts else Act.REMOVE
        voices = tuple(v for v in decisions if v.decision == Decision(act, rank))
        return Fate(act, rank, voices)
    if sum(v.score for v in group) >= THRESHOLD - 1e-9:
        return Fate(Act.REMOVE, None, tuple(sorted(group, key=lambda v: -v.score)))
    return None


def _shield(fate: Fate | None) -> Rank | None:
    return fate.rank if fate is not None and fate.act is Act.KEEP else None


def _outranks(fate: Fate, condemned: Fate | None) -> bool:
    """Tell whether a kept element stands against what condemned an ancestor of it."""
    if condemned is None or condemned.rank is None:
        return True
    return (fate.rank or 0) >= condemned.rank


def _pierces(fate: Fate, shield: Rank | None) -> bool:
    """Tell whether a removal acts inside a kept element."""
    if shield is None:
        return True
    if fate.rank is None:
        return False
    return fate.rank > shield or fate.rank is shield is Rank.STRUCTURE


def _ancestors_of_kept(fates: dict[int, Fate], root: Tag) -> dict[int, int]:
    """Give, for each element with a kept one inside, the highest rank that is kept there."""
    holding: dict[int, int] = {}
    for fate in fates.values():
        if fate.act is not Act.KEEP:
            continue
        rank = int(fate.rank or 0)
        tag: Tag | None = fate.verdicts[0].element
        while tag is not None:
            holding[id(tag)] = max(holding.get(id(tag), 0), rank)
            if tag is root:
                break
            tag = tag.parent
    return holding


def _holds_kept(node: Tag, condemned: Fate, kept: dict[int, int]) -> bool:
    return kept.get(id(node), -1) >= int(condemned.rank or 0)


def _take(node: PageElement, fate: Fate) -> Iterator[Removal]:
    text = text_of(node) if isinstance(node, Tag) else " ".join(str(node).split())
    path = path_of(node if isinstance(node, Tag) else node.parent or node)
    if isinstance(node, (NavigableString, Tag)):
        node.extract()
    if text:
        yield Removal(fate.verdicts[0].reason, _evidence(fate), path, text)


def _evidence(fate: Fate) -> str:
    if fate.rank is not None or len(fate.verdicts) == 1:
        return fate.verdicts[0].evidence
    return "; ".join(f"{v.reason} {v.score:+.1f} ({v.evidence})" for v in fate.verdicts)
