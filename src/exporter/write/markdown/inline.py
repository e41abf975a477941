"""What stands in a paragraph, as one line of CommonMark."""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from exporter import mathml, spelling
from exporter.dom import Element, text_of
from exporter.write.markdown.escaping import (
    address,
    escaped,
    flat,
    is_sign,
    is_space,
    opened,
    quoted,
)
from exporter.write.markdown.notes import Notes

BREAK: Final = "\\\n"
# elements that CommonMark has no signs for: they stay HTML, as it allows
KEPT: Final = frozenset({
    "sub", "sup", "small", "mark", "ins", "del", "q", "cite", "abbr", "kbd", "samp", "var",
    "ruby", "rt", "rp",
})  # fmt: skip
SAID: Final = ("lang", "dir", "title")  # attributes that such elements keep
DELIMITERS: Final = {"em": "*", "strong": "**"}
TICKS: Final = re.compile(r"`+")
BLANKS: Final = re.compile(r" {2,}")  # yes: two spaces; no: one
BARE: Final = re.compile(r"https?://[^\s<>\\]+\Z")  # an address that may stand between < and >


class Mark(NamedTuple):
    """The beginning or end of emphasis, whose sign depends on what stands around it."""

    name: str  # of the element
    ends: bool
    place: int  # which emphasis of the line it is


Piece = str | Mark


def line(element: Element, notes: Notes, *, breaks: str = BREAK, italic: bool = False) -> str:
    """Give the text of an element on one line, or on several where it breaks them.

    With `italic` the whole is emphasised, and what is so in the text is not.
    """
    pieces: list[Piece] = []
    _inside(element, pieces, notes)
    if italic:
        pieces = [piece for piece in pieces if not (isinstance(piece, Mark) and piece.name == "em")]
    text = _resolved(_trimmed(pieces))
    if italic:
        text = text.strip()  # of no-break spaces too: a sign beside one is none
    lines = [part.strip(" ") for part in text.split("\n")]
    whole = breaks.join(map(opened, lines))
    return f"*{whole}*" if italic and whole else whole


def _inside(element: Element, pieces: list[Piece], notes: Notes) -> None:
    pieces.append(escaped(element.text or ""))
    for child in element:
        _one(child, pieces, notes)
        pieces.append(escaped(child.tail or ""))


def _one(element: Element, pieces: list[Piece], notes: Notes) -> None:
    name = str(element.tag)
    pieces.append(notes.anchor(element))
    if mathml.name_of(element) == "math":
        _formula(element, pieces, notes)
    elif name in DELIMITERS:
        place = len(pieces)
        pieces.append(Mark(name, ends=False, place=place))
        _inside(element, pieces, notes)
        pieces.append(Mark(name, ends=True, place=place))
    else:
        WRITERS.get(name, _plain)(element, pieces, notes)


def _plain(element: Element, pieces: list[Piece], notes: Notes) -> None:
    """Write what is in an element; as HTML where the element says something of it."""
    name = str(element.tag)
    if _is_only_note(element, notes):
        _inside(element, pieces, notes)
        return
    said = "".join(f' {key}="{escape(element.get(key, ""))}"' for key in SAID if element.get(key))
    kept = name in KEPT or (name == "span" and bool(said))
    if kept:
        pieces.append(f"<{name}{said}>")
    _inside(element, pieces, notes)
    if kept:
        pieces.append(f"</{name}>")


def _is_only_note(element: Element, notes: Notes) -> bool:
    """Tell a <sup> around the link to a footnote, which is raised by itself."""
    return (
        element.tag == "sup"
        and len(element) == 1
        and not (element.text or "").strip()
        and not (element[0].tail or "").strip()
        and notes.label(element[0]) != ""
    )


def _link(element: Element, pieces: list[Piece], notes: Notes) -> None:
    href = element.get("href", "")
    if label := notes.label(element):
        pieces.append(f"[^{label}]")
        return
    text = text_of(element)
    if not href or not (text or element.find(".//img") is not None):
        _inside(element, pieces, notes)
    elif text == href and not len(element) and BARE.match(href):
        pieces.append(f"<{href}>")
    else:
        title = f" {quoted(element.get('title', ''))}" if element.get("title") else ""
        pieces.append("[")
        _inside(element, pieces, notes)
        pieces.append(f"]({address(href)}{title})")


def _picture(element: Element, pieces: list[Piece], notes: Notes) -> None:
    del notes
    title = f" {quoted(element.get('title', ''))}" if element.get("title") else ""
    alt = escaped(element.get("alt", "")).strip()
    pieces.append(f"![{alt}]({address(element.get('src', ''))}{title})")


def _code(element: Element, pieces: list[Piece], notes: Notes) -> None:
    pieces += [notes.anchor(one) for one in element.iterdescendants()]
    pieces.append(span_of_code(flat("".join(map(str, element.itertext())))))


def span_of_code(text: str) -> str:
    """Give a text as code within a line."""
    if not text.strip():
        return text
    fence = "`" * (max((len(run) for run in TICKS.findall(text)), default=0) + 1)
    padded = text[0] in "` " or text[-1] in "` "
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def _break(element: Element, pieces: list[Piece], notes: Notes) -> None:
    del element, notes
    pieces.append("\n")


def _formula(element: Element, pieces: list[Piece], notes: Notes) -> None:
    """Write a formula as its TeX, between dollars; else as a line with raised and lowered signs.

    TeX is not escaped: programs that know the dollars read what is between them as it is.
    """
    tex = flat(spelling.tex_of(element)).strip()
    if tex:
        sign = "$$" if element.get("display") == "block" else "$"
        pieces.append(f"{sign}{tex}{sign}")
    else:
        _inside(spelling.written(element), pieces, notes)


WRITERS: Final[Mapping[str, Callable[[Element, list[Piece], Notes], None]]] = {
    "a": _link, "img": _picture, "code": _code, "br": _break,
}  # fmt: skip


def _trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """Move blanks out of emphasis, where its signs would not count; drop what is empty."""
    begun = _outwards(pieces, str.lstrip, ends=False)
    return _outwards(begun[::-1], str.rstrip, ends=True)[::-1]


def _outwards(
    pieces: Iterable[Piece], strip: Callable[[str, str], str], *, ends: bool
) -> list[Piece]:
    """Move the blanks that follow a mark before it, and drop marks that have nothing between them.

    Marks that wait for a text are of the kind that `ends` names; `strip` takes blanks off a text.
    """
    made: list[Piece] = []
    waiting: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Mark) and piece.ends is ends:
            waiting.append(piece)
        elif isinstance(piece, Mark) and waiting:
            waiting.pop()
        elif isinstance(piece, Mark):
            made.append(piece)
        elif piece:
            text = strip(piece, " ") if waiting else piece
            if text != piece:
                made.append(" ")
            if text:
                made += [*waiting, text]
                waiting.clear()
    return made


def _resolved(pieces: Sequence[Piece]) -> str:
    """Give the line, with emphasis as signs where these are read as such and as HTML elsewhere."""
    safe: dict[int, bool] = {}
    depth = 0
    for at, piece in enumerate(pieces):
        if isinstance(piece, Mark):
            depth -= piece.ends
            works = _works(pieces, at, nested=depth > 0)
            safe[piece.place] = safe.get(piece.place, True) and works
            depth += not piece.ends
    made = [
        piece if isinstance(piece, str)
        else DELIMITERS[piece.name] if safe[piece.place]
        else f"</{piece.name}>" if piece.ends else f"<{piece.name}>"
        for piece in pieces
    ]  # fmt: skip
    for at, (piece, after) in enumerate(itertools.pairwise(made)):
        if piece.endswith("!") and after.startswith("["):
            made[at] = f"{piece[:-1]}\\!"  # it is no picture
        elif piece.endswith("`") and after.startswith("`"):
            made[at] = f"{piece}<!-- -->"  # two pieces of code, which would be read as one
    return BLANKS.sub(" ", "".join(made))


def _works(pieces: Sequence[Piece], at: int, *, nested: bool) -> bool:
    """Tell whether a sign of emphasis is read as one (CommonMark §6.2, flanking).

    Doubtful neighbours, such as another sign of the kind, count as no. So does a letter outside
    emphasis that is `nested` in other emphasis: that sign might as well end what is around it.
    """
    before = pieces[at - 1] if at else ""
    after = pieces[at + 1] if at + 1 < len(pieces) else ""
    mark = pieces[at]
    if not isinstance(before, str) or not isinstance(after, str) or not isinstance(mark, Mark):
        return False
    outer, inner = before[-1:], after[:1]
    if mark.ends:
        outer, inner = inner, outer
    if is_space(inner) or inner in "*_" or (outer and outer in "*_"):
        return False
    apart = is_space(outer) or is_sign(outer)
    return apart or not (nested or is_sign(inner))
