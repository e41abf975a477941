"""Headings: on their page, above the pages, and in the outline."""

import unicodedata
from typing import Final

from exporter import dom
from exporter.dom import Element

MARGIN: Final = 8  # letters that a running head is shorter than a line of text
LAST: Final = 12  # letters of a word too short to stand alone on the last line of a title
WIDE: Final = frozenset("WF")


def name(body: Element, measure: int) -> None:
    """Say what each heading of a body is called in the outline and, of a section, above its pages.

    `measure` is how many letters a line of the theme's text holds.
    """
    for heading in body.iter("h2", "h3", "h4", "h5", "h6"):
        title = dom.text_of(heading)
        heading.set("data-title", title)
        if heading.tag == "h2" and heading.getparent() is body:
            heading.set("data-running", running(title, measure))


def running(title: str, measure: int) -> str:
    """Give a title as it stands at the head of a page."""
    return shorten(title, measure - MARGIN)


def keep_last_words(title: str) -> str:
    """Join a title's last two words, so that its last line is no single short one."""
    before, _, last = title.rpartition(" ")
    return f"{before}\N{NO-BREAK SPACE}{last}" if before and len(last) <= LAST else title


def shorten(title: str, room: int) -> str:
    """Give a title short enough for one line at the head of a page, cut between words."""
    title = " ".join(title.split())
    if sum(map(_width, title)) <= room:
        return title
    cut, used = "", 1
    for character in title:
        used += _width(character)
        if used > room:
            break
        cut += character
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-.") + "…"


def _width(character: str) -> int:
    """Give how many letters a character is as wide as: signs of Chinese are square."""
    return 2 if unicodedata.east_asian_width(character) in WIDE else 1
