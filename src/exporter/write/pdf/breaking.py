"""Places to break for what has none: the engine takes quadratic time over what it can't break."""

import re
import unicodedata
from typing import Final

from exporter.characters import BREAKING
from exporter.dom import Element
from exporter.write.xhtml import tag

# an unbroken run of 80: "aaaa…", "a\N{NO-BREAK SPACE}b…"; no: "anti-constitutional", "漢字漢字…"
WORD: Final = re.compile(rf"[^ \t\n\r\f\u200b{BREAKING}]{{80,}}")
PIECE: Final = 12  # letters between places to break; the engine is quadratic in what it can't break
JOINT: Final = re.compile(r"[\w.%]{1,24}[/?&=_#-]+")  # "path/", "key="; no: "a" * 25 + "/"
# the engine itself leaves those of notes at a page's foot as they are, and stumbles over them
# yes: "a  b", "a" and "b" on two lines; no: "a b", "a\N{NO-BREAK SPACE} b"
BLANKS: Final = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
WIDE: Final = re.compile(r"([ \t])[ \t]{80,}")  # in code: 81 blanks and more; no: an indent
ROW: Final = 24  # phrases: for each the engine asks of all before it whether they can be broken
LINES: Final = frozenset({"p", "li", "td", "th", "dd", "dt", "figcaption", "caption", "span"})
BLANK: Final = re.compile(r"[ \t\n\r\f\u200b]")
TEXT: Final = 4_000  # letters: the engine encodes a text anew for each of its lines
NARROW_TEXT: Final = 500  # ... and for each of its words where it asks how narrow it may be
NARROW: Final = frozenset({"td", "th", "caption", "figcaption"})
BOUND: Final = frozenset({"Mn", "Me", "Mc", "Cf", "Sk"})  # categories that stay with their letter

BLOCKS: Final = ("p", "li", "dt", "dd", "td", "th", "figcaption", "caption", "blockquote")


def trim(root: Element) -> None:
    """Take the blanks from the ends of blocks.

    Where a last line fits its measure but not the blank behind it, the engine breaks the line
    after its first word.
    """
    for block in root.iter(*BLOCKS):
        if len(block):
            block[-1].tail = (block[-1].tail or "").rstrip(" \t\n")
        else:
            block.text = (block.text or "").rstrip(" \t\n")


def calm(root: Element) -> None:
    """Give endless words places to break, and endless blanks an end: both are quadratic work."""
    for element in root.iter("*"):
        blanks, one = (WIDE, r"\1") if _preformatted(element) else (BLANKS, " ")
        if element.text:
            element.text = WORD.sub(_pieces, blanks.sub(one, element.text))
        if element.tail:
            outer = element.getparent()
            if outer is None or not _preformatted(outer):
                element.tail = BLANKS.sub(" ", element.tail)
            element.tail = WORD.sub(_pieces, element.tail)


def loosen(root: Element) -> None:
    """Give long rows of phrases without a blank between them places to break, as words get."""
    for element in list(root.iter("*")):
        if len(element) <= ROW or element.tag not in LINES:
            continue
        row = 0
        for phrase in element:
            tail = phrase.tail or ""
            row = 0 if BLANK.search(tail) or BLANK.search(phrase.text or "") else row + 1
            if row == ROW:
                phrase.tail = f"\N{ZERO WIDTH SPACE}{tail}"
                row = 0


def divide(root: Element) -> None:
    """Divide very long texts: what the engine does for a line takes as long as its text is."""
    for element in list(root.iter("*")):
        if len(element.text or "") > NARROW_TEXT:
            spans = _spans(element.text or "", TEXT if _is_wide(element) else NARROW_TEXT)
            element.text = None
            element[:0] = spans
        if len(element.tail or "") > NARROW_TEXT:
            outer = element.getparent()
            spans = _spans(element.tail or "", TEXT if _is_wide(outer) else NARROW_TEXT)
            element.tail = None
            for span in reversed(spans):
                element.addnext(span)


def _is_wide(element: Element | None) -> bool:
    """Tell whether an element stands nowhere where the engine asks how narrow a text may be."""
    return element is None or (
        element.tag not in NARROW and next(element.iterancestors(*NARROW), None) is None
    )


def _spans(text: str, most: int) -> list[Element]:
    """Give a text in spans that end after a place to break, where there is one."""
    spans = []
    while text:
        end = len(text)
        if end > most:
            end = 1 + max(text.rfind(sign, 0, most) for sign in (" ", "\n", "\u200b")) or most
        spans.append(tag("span"))
        spans[-1].text, text = text[:end], text[end:]
    return spans


def _preformatted(element: Element) -> bool:
    return element.tag == "pre" or next(element.iterancestors("pre"), None) is not None


def _pieces(word: re.Match[str]) -> str:
    text, start, pieces = word[0], 0, []
    while start < len(text):
        found = JOINT.match(text, start)
        end = found.end() if found else start + PIECE
        while end < len(text) and _bound(text[end - 1 : end + 1]):
            end += 1
        pieces.append(text[start:end])
        start = end
    return "\N{ZERO WIDTH SPACE}".join(pieces)


def _bound(pair: str) -> bool:
    """Tell whether a mark, a joiner or a modifier holds two characters together."""
    return unicodedata.category(pair[1]) in BOUND or unicodedata.category(pair[0]) == "Cf"
