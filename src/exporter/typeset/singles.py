"""Straight single marks of one block: quotation marks where they pair, else apostrophes.

The apostrophe inside a word and before a known short form ('tis) is a rule of the tables; what is
left here stands at the edge of a word. Marks pair only inside the same double quotation.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from exporter.typeset.flow import Edit
from exporter.typeset.pairing import CLOSE, DOES, OPEN, POSSESSIVE, Habits, put
from exporter.typeset.signs import Sign

APOSTROPHE: Final = "’"


def edits(
    found: Iterable[Sign], steps: Mapping[int, int], pairs: Sequence[str], habits: Habits
) -> Iterator[Edit]:
    """Give what the single marks of a block become; `steps` says where double ones open."""
    for depth, frame in _frames(found, steps):
        yield from _frame(frame, pairs[depth % len(pairs)] if depth else habits.single, habits)


def _frames(signs: Iterable[Sign], steps: Mapping[int, int]) -> Iterator[tuple[int, list[Sign]]]:
    """Give the single marks of each quotation by themselves, with how deep it stands."""
    frames: list[list[Sign]] = [[]]
    for sign in signs:
        step = steps.get(sign.at, 0)
        if sign.mark == "'":
            frames[-1].append(sign)
        elif step > 0:
            frames.append([])
        elif step < 0 or sign.mark == '"':  # one that has no sure place parts, too
            yield len(frames) - 1, frames.pop()
            if step == 0:
                frames.append([])
    yield from enumerate(frames)


def _frame(signs: Iterable[Sign], pair: str, habits: Habits) -> Iterator[Edit]:
    """Give the edits of one frame; none, when one of its marks may be this or that."""
    loose: list[Sign] = []  # marks at the end of a word that close nothing
    quoted: list[tuple[Sign, list[Sign]]] = []  # a mark that opens, and those that may close it
    for sign in signs:
        does = DOES.get(sign.sides)
        if does == OPEN:
            quoted.append((sign, []))
        elif does == CLOSE:
            (quoted[-1][1] if quoted else loose).append(sign)
    leading = [sign for sign, closing in quoted if not closing and habits.leads(sign.ahead)]
    quoted = [(sign, closing) for sign, closing in quoted if sign not in leading]
    if quoted and not (pair and all(_closes(closing, pair) for _, closing in quoted)):
        return
    for opening, closing in quoted:
        yield put(opening.at, pair[0])
        yield put(closing[-1].at, pair[1])
        loose += closing[:-1]
    for sign in (*leading, *(sign for sign in loose if habits.trails(sign.before))):
        yield put(sign.at, APOSTROPHE)


def _closes(closing: Sequence[Sign], pair: str) -> bool:
    """Tell whether the last of the marks that may close a quotation does, for sure."""
    if len(closing) == 1 or pair[1] == APOSTROPHE:  # then all look the same
        return bool(closing)
    return bool(closing) and _is_sure(closing[-1]) and not any(map(_is_sure, closing[:-1]))


def _is_sure(sign: Sign) -> bool:
    """Tell whether a mark after a word can't be that of a possessive: the dogs' bowl."""
    return sign.sides != "ws" or sign.before not in POSSESSIVE
