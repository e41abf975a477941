"""The notes of an article together: one section for each list or run of them."""

import re
from collections.abc import Sequence
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute
from exporter.clean.marks import mark, new

# the number in a note's name; yes: "12" in "cite_note-12", "3-1" in "fn3-1"; no: "fn"
NUMBER: Final = re.compile(r"[\d_.:-]*\d[\d_.:-]*")


def gather(notes: Sequence[Tag]) -> None:
    """Put the notes of one list, and those nobody refers to between them, into a section."""
    known = {id(note) for note in notes}
    stems = {stem for note in notes for stem in _stems(note)}
    done: set[int] = set()
    for note in notes:
        parent = note.parent
        if not isinstance(parent, Tag) or id(parent) in done or id(note) in done:
            continue
        if parent.name in {"ol", "ul", "dl"}:
            done.add(id(parent))
            parent.wrap(new("section", "section.footnotes"))
        elif parent.name in {"div", "section", "aside"} and all(
            id(part) in known or not part.get_text(strip=True) or _stems(part) & stems
            for part in parent.find_all(recursive=False)
        ):
            done.add(id(parent))
            parent.name = "section"
            mark(parent, "section.footnotes")
        else:
            done.update(_wrap_run(note, known, stems))


def _stems(note: Tag) -> set[str]:
    """Give the names of a note without their numbers."""
    named = [note, *note.find_all("a", limit=3)]
    told = [attribute(part, key) for part in named for key in ("id", "name")]
    return {stem for name in told if (stem := NUMBER.sub("", name)) and stem != name}


def _wrap_run(first: Tag, known: set[int], stems: set[str]) -> list[int]:
    """Put a run of neighbouring notes into a section; give what went into it."""
    section = new("section", "section.footnotes")
    first.insert_before(section)
    node: object = first
    taken: list[int] = []
    while isinstance(node, Tag | NavigableString):
        following = node.next_sibling
        if isinstance(node, Tag) and id(node) not in known and not _stems(node) & stems:
            break
        if isinstance(node, NavigableString) and node.strip():
            break
        taken.append(id(node))
        section.append(node.extract())
        node = following
    return taken
