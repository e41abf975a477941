"""Headings as headings: those that only a role tells, and without the links to themselves."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter.clean.addresses import attribute
from exporter.clean.index import Index
from exporter.clean.tree import BLOCKS, HEADINGS, path_of, spoken
from exporter.model import Removal

# what a heading's link to itself shows; yes: "#", "¶", "🔗"; no: "C#", "# 1"
ANCHOR: Final = re.compile(r"[\s#¶§∞⚓🔗\ufe0e\ufe0f]*\Z")
EDIT: Final = (".mw-editsection", ".editsection")
LEVEL: Final = re.compile(r"[1-6]\Z")  # yes: "2"; no: "12"


def tidy(root: Tag) -> Iterator[Removal]:
    """Name headings as such; give the links to themselves and to editors that go."""
    index = Index(root)
    for element in index.select('[role="heading"]'):
        level = attribute(element, "aria-level")
        if element.name in {"div", "p", "span"} and element.find(BLOCKS) is None:
            element.name = f"h{level if LEVEL.match(level) else 2}"
    for part in index.select(*EDIT):
        yield from _drop(part, "a link to edit the page")
    for heading in root.find_all(HEADINGS):
        for link in heading.find_all("a", href=True):
            if "#" in attribute(link, "href") and ANCHOR.match(link.get_text()):
                yield from _drop(link, "a heading's link to itself")


def _drop(part: Tag, why: str) -> Iterator[Removal]:
    if part.parent is None or part.find("img") is not None:
        return
    if text := spoken(part):
        yield Removal("control", why, path_of(part), text)
    part.extract()
