"""Footnotes: which of a body's notes can be said as such, and their labels."""

from dataclasses import dataclass, field

from exporter.dom import Element
from exporter.write.xhtml import unwrap


@dataclass(frozen=True, slots=True)
class Notes:
    """Where the links of a body lead."""

    labels: dict[str, str] = field(default_factory=dict)  # id of a note -> its label
    targets: frozenset[str] = frozenset()  # ids that other links lead to


def notes_of(root: Element, prefix: str) -> Notes:
    """Give the notes of a body, their labels with a prefix, and take off the links back from them.

    There are none when a note is led to by nothing: readers of Markdown would lose it.
    """
    asked = {_goal(link) for link in root.iter("a") if link.get("class") == "noteref"}
    items = [
        note
        for section in root.iter("section")
        if section.get("class") == "footnotes"
        for group in section
        if group.tag in {"ol", "ul"}
        for note in group
    ]
    labels: dict[str, str] = {}
    if all(note.get("id") in asked for note in items):
        labels = {note.get("id", ""): f"{prefix}{place}" for place, note in enumerate(items, 1)}
        for note in items:
            _clear(note)
    others = {_goal(link) for link in root.iter("a") if _goal(link) not in labels}
    return Notes(labels, frozenset(others - {""}))


def _goal(link: Element) -> str:
    href = link.get("href", "")
    return href[1:] if href.startswith("#") else ""


def _clear(note: Element) -> None:
    for link in list(note.iter("a")):
        if link.get("class") == "backlink":
            link.text = ""
            for inside in list(link):
                link.remove(inside)
            unwrap(link)
