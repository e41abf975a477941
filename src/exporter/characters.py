"""Which characters of a page a book, a name or a terminal takes.

No control character passes, no half of a pair, none that Unicode keeps for no text at all, and no
override of the direction of reading, which shows letters in another order than they have.
"""

import re
from typing import Final

NONE: Final = "".join(  # the last two of each plane (Unicode 23.7)
    chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)
)
CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # all but tab and line ends
OVERRIDES: Final = "\u202d\u202e"
# yes: "\x1b", "\x85", "\ud800", U+FFFE, U+202E; no: "\t", "é", U+200F (a mark, which is honest)
UNSAYABLE: Final = re.compile(
    f"[{CONTROLS}{OVERRIDES}\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{NONE}]"
)
# what may turn the words around a name; yes: U+202A, U+2068; no: U+200E, U+200F, U+061C
TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
# scripts that break between any two letters, or by a dictionary: Thai to Tibetan, Burmese, Khmer,
# Chinese, Japanese, Korean
BREAKING: Final = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
LINES: Final = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
# what a terminal or an editor obeys or hides instead of showing it; yes: "\x1b", "\n", U+2066
OBEYED: Final = re.compile(
    "[\\x00-\\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def sayable(text: str) -> str:
    """Give a text without the characters that no book takes."""
    return text if text.isprintable() else UNSAYABLE.sub("", text)


def named(text: str) -> str:
    """Give a text as a name or title: on one line, and unable to turn the words around it."""
    if text.isprintable():  # all that is taken out is not
        return text
    return TURNING.sub("", UNSAYABLE.sub("", LINES.sub(" ", text)))


def shown(text: str) -> str:
    """Give a line as any terminal shows it: what it would obey is spelt out, as in Python."""
    return OBEYED.sub(_spelt, text)


def escaped(json: str) -> str:
    """Give JSON that says the same with what a terminal obeys, or no file takes, escaped."""
    return OBEYED.sub(
        lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", json
    )


def _spelt(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
