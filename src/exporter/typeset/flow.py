"""The texts of a body as typography sees them: runs of text that cross inline elements.

A rule must see "mot <em>!</em>" as one run, and must not see what code or a quotation in another
language says. So the texts of a body are laid end to end, what a rule must not read is one opaque
character for each of its own, and marks say where a block or a line ends.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from exporter import dom
from exporter.mathml import MATH

OPAQUE: Final = "\ufffc"  # stands for what a rule may not read: code, a formula, an image
BREAK: Final = "\u2029"  # stands between blocks, and before the first
LINE: Final = "\u2028"  # stands for <br/>
NOTE: Final = "\ufff9"  # stands before the number that calls a footnote
VERBATIM: Final = frozenset({"code", "pre", "kbd", "samp", "var"})
INLINE: Final = frozenset({
    "a", "em", "strong", "cite", "q", "abbr", "sub", "sup", "small", "mark", "ins", "del", "span",
    "time", "ruby", "rt", "rp", MATH, *VERBATIM,
})  # fmt: skip
# what stands in a run where an element begins and where it ends; a block: BREAK, another: nothing
EDGES: Final = {"br": ("", LINE), "img": (OPAQUE, ""), MATH: (OPAQUE, "")}
REGION: Final = 2  # letters of a BCP 47 region
ALIKE: Final = {"nb": "no", "nn": "no"}  # languages that one table serves


@dataclass(slots=True)
class Piece:
    """One text node, or a mark between texts; `text` is what rules change."""

    element: dom.Element | None  # None for a mark, and for a text that stands in no body
    tail: bool
    language: str  # primary subtag; "" for a mark and for what no rule may touch
    text: str

    @classmethod
    def of(cls, text: str, language: str = "") -> "Piece":
        """Give a text that stands in no body; without language, a mark."""
        return cls(None, tail=False, language=language, text=text)


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a run, given by its offsets, and what to put there."""

    start: int
    end: int
    text: str


def pieces(root: dom.Element, language: str) -> list[Piece]:
    """Give the texts of a body in reading order."""
    return list(_walk(root, primary(language)))


def apart(texts: Iterable[Piece]) -> Iterator[Piece]:
    """Give texts as blocks of their own."""
    yield Piece.of(BREAK)
    for text in texts:
        yield from (text, Piece.of(BREAK))


def primary(language: str) -> str:
    """Give the name of a language's table by its BCP 47 tag: "fr" of "fr-CA", "no" of "nb"."""
    name = language.lower().partition("-")[0]
    return ALIKE.get(name, name)


def region(language: str) -> str:
    """Give the region of a BCP 47 tag: "CH" of "de-CH", nothing where it names none."""
    subtags = language.split("-")[1:]
    return next((tag.upper() for tag in subtags if len(tag) == REGION and tag.isalpha()), "")


def _walk(root: dom.Element, language: str) -> Iterator[Piece]:
    """Walk without recursion, since a page may nest deeper than Python calls."""
    stack: list[tuple[dom.Element, str, bool]] = [(root, language, False)]
    while stack:
        element, spoken, leaving = stack.pop()
        before, after = _edges(element)
        if leaving:
            if after:
                yield Piece.of(after)
            if element.tail:
                yield Piece(element, tail=True, language=spoken, text=element.tail)
            continue
        stack.append((element, spoken, True))
        if before:
            yield Piece.of(before)
        if element.tag == MATH:
            continue
        inner = _spoken(element, spoken)
        if element.text:
            yield Piece(element, tail=False, language=inner, text=element.text)
        stack.extend((child, inner, False) for child in reversed(element))


def _edges(element: dom.Element) -> tuple[str, str]:
    """Give the marks before and after an element's text."""
    if element.get("class") == "noteref":
        return NOTE, ""
    if element.tag in INLINE and element.tag != MATH:
        return "", ""
    return EDGES.get(element.tag, (BREAK, BREAK))


def _spoken(element: dom.Element, around: str) -> str:
    """Give the language of an element's text; none for what no rule may read."""
    if not around or element.tag in VERBATIM or element.get("class") == "noteref":
        return ""
    own = element.get("lang")
    return around if own is None else primary(own)


def run(found: Iterable[Piece], language: str) -> str:
    """Give the texts end to end as a rule of one language may read them, offsets kept."""
    return "".join(
        piece.text
        if piece.language == language or (piece.element is None and not piece.language)
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
