"""What stayed although something spoke against it, and what saved it: for `explain`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bs4 import Tag

from exporter.clean.tree import path_of, text_of
from exporter.clean.verdicts import Act, Fate, Rank, Verdict, weigh
from exporter.model import Spared

LONGEST: Final = 300  # characters of a text: enough to know it again
TOO_LITTLE: Final = "too little"


def spared(root: Tag, verdicts: Sequence[Verdict], *, guarded: bool) -> tuple[Spared, ...]:
    """Give the elements of `root`, after `settle`, against which `verdicts` had something.

    `guarded` says that the guard dropped word evidence, so that it removed nothing.
    """
    accused: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        accused.setdefault(id(verdict.element), []).append(verdict)
    against = [group for group in accused.values() if any(map(_speaks_against, group))]
    left = [group for group in against if _stands(group[0].element, root)]
    if not left:
        return ()
    fates = weigh(verdicts)
    found = (_told(group, _saved_by(group, fates, root, guarded=guarded)) for group in left)
    return tuple(one for one in found if one.text)


def _speaks_against(verdict: Verdict) -> bool:
    if verdict.decision is not None:
        return verdict.decision.act is Act.REMOVE
    return verdict.score > 0


def _stands(element: Tag, root: Tag) -> bool:
    return element is root or any(parent is root for parent in element.parents)


def _saved_by(
    group: Sequence[Verdict], fates: Mapping[int, Fate], root: Tag, *, guarded: bool
) -> str:
    """Give the reason why an element stayed."""
    own = fates.get(id(group[0].element))
    if own is None:
        against = min(group, key=lambda verdict: verdict.score)
        return against.reason if against.score < 0 else TOO_LITTLE
    if own.act is Act.KEEP:
        return own.verdicts[0].reason
    if guarded and any(verdict.guarded for verdict in own.verdicts):
        return "guard"
    return _shelter(group[0].element, fates, root)


def _shelter(element: Tag, fates: Mapping[int, Fate], root: Tag) -> str:
    """Give what keeps an element that was condemned: around it, else inside it."""
    for tag in (*_around(element, root), *element.find_all()):
        fate = fates.get(id(tag))
        if fate is not None and fate.act is Act.KEEP:
            return fate.verdicts[0].reason
    return TOO_LITTLE


def _around(element: Tag, root: Tag) -> Iterator[Tag]:
    for tag in element.parents:
        yield tag
        if tag is root:
            return


def _told(group: Sequence[Verdict], why: str) -> Spared:
    element = group[0].element
    text = text_of(element)
    return Spared(
        why=why,
        evidence="; ".join(map(_said, _heaviest_first(group))),
        score=round(sum(verdict.score for verdict in group), 2),
        path=path_of(element),
        text=text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …",
    )


def _heaviest_first(group: Iterable[Verdict]) -> list[Verdict]:
    return sorted(group, key=lambda verdict: (-_rank(verdict), -verdict.score))


def _rank(verdict: Verdict) -> int:
    return verdict.decision.rank if verdict.decision is not None else Rank.STRUCTURE - 1


def _said(verdict: Verdict) -> str:
    weight = verdict.decision.act.value if verdict.decision else f"{verdict.score:+.1f}"
    return f"{verdict.reason} {weight} ({verdict.evidence})"
