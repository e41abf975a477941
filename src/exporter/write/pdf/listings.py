"""Listings: lines too long for the page hang, with a bar beside what goes on."""

import re
from typing import Final

from exporter.dom import Element
from exporter.write.xhtml import add_text, tag

SHARE: Final = 0.85  # letters of code that surely fit on a line, for each letter of text
INSIDE: Final = re.compile(r"(?<=\w)(?=-)")  # "no|-break"; no: "--x", "a - b"
BREAK: Final = "\N{ZERO WIDTH SPACE}"  # neither it nor the joiner is copied
JOINER: Final = "\N{WORD JOINER}"


def hang(root: Element, measure: int) -> None:
    """Make each line that may need two a span.line, in the listings of a tree.

    `measure` is how many letters a line of the theme's text holds. Listings with more inside than
    text are left as they are.
    """
    for listing in root.iter("pre"):
        inner = listing[0] if len(listing) == 1 and listing[0].tag == "code" else listing
        around = (listing.text or "").strip() + (inner.tail or "").strip()
        if len(inner) or (inner is not listing and around):
            continue
        lines = (inner.text or "").strip("\n").split("\n")
        if any(len(line) > measure * SHARE for line in lines):
            inner.text = None
            _fill(inner, lines, int(measure * SHARE))


def _fill(listing: Element, lines: list[str], longest: int) -> None:
    after_long = False
    for number, line in enumerate(lines):
        if len(line) > longest:
            listing.append(tag("span", whole(line), class_="line"))
        else:
            add_text(listing, ("\n" if number and not after_long else "") + line)
        after_long = len(line) > longest
        if not line and number + 1 < len(lines) and len(lines[number + 1]) > longest:
            add_text(listing, "\n")  # an empty line before a block of its own


def whole(code: str) -> str:
    """Give code that breaks before its hyphens: at the end of a line a copy would lose them."""
    return INSIDE.sub(BREAK, code).replace("-", f"-{JOINER}")


def keep_hyphens(root: Element) -> None:
    """Keep the hyphens of code inside of the text from the ends of lines."""
    for code in root.iter("code", "kbd", "samp"):
        if next(code.iterancestors("pre"), None) is None:
            code.text = whole(code.text or "")
