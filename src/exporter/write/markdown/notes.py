"""Footnotes: which of a body's notes can be said as such, and their labels."""

from dataclasses import dataclass, field
from html import escape

from exporter.dom import Element
from exporter.write.markdown.forms import LISTS, is_raw
from exporter.write.xhtml import unwrap


@dataclass(frozen=True, slots=True)
class Notes:
    """Where the links of a body lead."""

    labels: dict[str, str] = field(default_factory=dict)  # id of a note -> its label
    targets: frozenset[str] = frozenset()  # ids that other links lead to

    def anchor(self, element: Element) -> str:
        """Give the place to which links to an element lead, as HTML; empty if none does."""
        identifier = element.get("id", "")
        return f'<a id="{escape(identifier)}"></a>' if identifier in self.targets else ""

    def label(self, link: Element) -> str:
        """Give the label of the note that a link leads to as a reference; empty if it is none."""
        return self.labels.get(_goal(link), "") if _is_reference(link) else ""


def notes_of(root: Element, prefix: str) -> Notes:
    """Give the notes of a body, their labels with a prefix, and take off the links back from them.

    Notes that no Markdown refers to, but only HTML or a listing, have no label: readers of
    Markdown would lose them.
    """
    said, html = _links(root)
    asked = {_goal(link) for link in said if _is_reference(link)}
    items = [note for group in root.iter(*LISTS) if _holds_notes(group) for note in group]
    labels = {
        note.get("id", ""): f"{prefix}{place}"
        for place, note in enumerate(items, 1)
        if note.get("id", "") in asked - {""}
    }
    back = {link for note in items if note.get("id", "") in labels for link in _clear(note)}
    targets = {_goal(link) for link in html if link not in back} | {
        _goal(link)
        for link in said
        if link not in back and not (_is_reference(link) and _goal(link) in labels)
    }
    return Notes(labels, frozenset(targets - {""}))


def _links(root: Element) -> tuple[list[Element], list[Element]]:
    """Give the links that are written as Markdown, and those that are written as HTML."""
    raw = {one for one in root.iter("table", *LISTS) if not _holds_notes(one) and is_raw(one)}
    said, html = [], []
    for link in root.iter("a"):
        around = list(link.iterancestors())
        if any(one in raw for one in around):
            html.append(link)
        elif not any(one.tag in {"pre", "code"} for one in around):
            said.append(link)  # of a listing only the text is written
    return said, html


def _holds_notes(group: Element) -> bool:
    parent = group.getparent()
    return parent is not None and parent.tag == "section" and parent.get("class") == "footnotes"


def _is_reference(link: Element) -> bool:
    return link.get("class") == "noteref"


def _goal(link: Element) -> str:
    href = link.get("href", "")
    return href[1:] if href.startswith("#") else ""


def _clear(note: Element) -> list[Element]:
    """Take the links back off a note, and give them."""
    back = [link for link in note.iter("a") if link.get("class") == "backlink"]
    for link in back:
        link.text = ""
        for inside in list(link):
            link.remove(inside)
        unwrap(link)
    return back
