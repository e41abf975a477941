"""The texts of a body as typography sees them: runs of text that cross inline elements.

A rule must see "mot <em>!</em>" as one run, must not see what code or a quotation in another
language says, and may only change white space. So the texts of a body are laid end to end, what
a rule must not read is one opaque character, and each block ends in a paragraph mark.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from exporter import dom
from exporter.mathml import MATH

OPAQUE: Final = "\ufffc"  # stands for what a rule may not read: code, a formula, an image
BREAK: Final = "\u2029"  # stands between blocks
VERBATIM: Final = frozenset({"code", "pre", "kbd", "samp", "var"})
INLINE: Final = frozenset({
    "a", "em", "strong", "cite", "q", "abbr", "sub", "sup", "small", "mark", "ins", "del", "span",
    "time", "ruby", "rt", "rp", MATH, *VERBATIM,
})  # fmt: skip


@dataclass(slots=True)
class Piece:
    """One text node, or a mark between texts; `text` is what rules change."""

    element: dom.Element | None  # None for a mark
    tail: bool
    language: str  # primary subtag; "" for a mark and for what no rule may touch
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a run, given by its offsets, and what to put there."""

    start: int
    end: int
    text: str


def pieces(root: dom.Element, language: str) -> list[Piece]:
    """Give the texts of a body in reading order."""
    return list(_walk(root, primary(language)))


def primary(language: str) -> str:
    """Give the primary subtag of a BCP 47 tag: "fr" of "fr-CA"."""
    return language.lower().partition("-")[0]


def _walk(root: dom.Element, language: str) -> Iterator[Piece]:
    """Walk without recursion, since a page may nest deeper than Python calls."""
    stack: list[tuple[dom.Element, str, bool]] = [(root, language, False)]
    while stack:
        element, spoken, leaving = stack.pop()
        inline = element.tag in INLINE
        if leaving:
            if not inline:
                yield Piece(None, tail=False, language="", text=BREAK)
            if element.tail:
                yield Piece(element, tail=True, language=spoken, text=element.tail)
            continue
        own = element.get("lang")
        inner = primary(own) if own is not None else spoken
        if element.tag in VERBATIM:
            inner = ""
        stack.append((element, spoken, True))
        if element.tag == MATH:
            yield Piece(None, tail=False, language="", text=OPAQUE)
        if element.tag in {"br", MATH}:
            continue
        if not inline:
            yield Piece(
                None, tail=False, language="", text=OPAQUE if element.tag == "img" else BREAK
            )
        if element.text:
            yield Piece(element, tail=False, language=inner, text=element.text)
        stack.extend((child, inner, False) for child in reversed(element))


def run(found: Iterable[Piece], language: str) -> str:
    """Give the texts end to end as a rule of one language may read them, offsets kept."""
    return "".join(
        piece.text
        if piece.language == language or piece.element is None
        else OPAQUE * len(piece.text)
        for piece in found
    )


def change(found: Sequence[Piece], language: str, edits: Sequence[Edit]) -> None:
    """Make edits of one language's run, in order and apart from each other.

    What is put stands where its stretch began; between two pieces, at the head of the later one
    unless a rule may not touch that.
    """
    starts = list(accumulate((len(piece.text) for piece in found), initial=0))
    cuts: dict[int, list[Edit]] = {}
    for edit in edits:
        at = bisect_right(starts, edit.start, hi=len(found)) - 1
        if found[at].language != language:
            at -= 1  # an insertion before something opaque
        if at < 0 or found[at].language != language:
            continue
        text, start = edit.text, edit.start
        while True:
            offset = starts[at]
            end = min(edit.end, starts[at + 1])
            cuts.setdefault(at, []).append(Edit(start - offset, end - offset, text))
            at += 1
            if at >= len(found) or edit.end <= starts[at]:
                break
            text, start = "", starts[at]
    for at, made in cuts.items():
        found[at].text = _cut(found[at].text, made)


def _cut(text: str, edits: Iterable[Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def put_back(found: Iterable[Piece]) -> None:
    """Write the pieces' texts into the tree they came from."""
    for piece in found:
        if piece.element is not None and piece.tail:
            piece.element.tail = piece.text
        elif piece.element is not None:
            piece.element.text = piece.text
