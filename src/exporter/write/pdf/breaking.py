"""Places to break for what has none: the engine takes quadratic time over what it can't break."""

import re
import unicodedata
from typing import Final

from exporter.dom import Element

# scripts that break between any two letters, or by a dictionary: Thai … Tibetan, Burmese, Khmer,
# Chinese, Japanese, Korean
FREE: Final = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
# an unbroken run of 80: "aaaa…", "a\N{NO-BREAK SPACE}b…"; no: "anti-constitutional", "漢字漢字…"
WORD: Final = re.compile(rf"[^ \t\n\r\f\u200b{FREE}]{{80,}}")
PIECE: Final = 12  # letters between places to break; the engine is quadratic in what it can't break
JOINT: Final = re.compile(r"[\w.%]{1,24}[/?&=_#-]+")  # "path/", "key="; no: "a" * 25 + "/"
# the engine itself leaves those of notes at a page's foot as they are, and stumbles over them
# yes: "a  b", "a" and "b" on two lines; no: "a b", "a\N{NO-BREAK SPACE} b"
BLANKS: Final = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
WIDE: Final = re.compile(r"([ \t])[ \t]{80,}")  # in code: 81 blanks and more; no: an indent
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
