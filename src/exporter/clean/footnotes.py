"""Footnotes: the link to a note, the note, and the link back, whoever wrote the markup."""

import re
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute
from exporter.clean.marks import MARK, mark, new

# what a link to a note says; yes: "1", "[12]", "(a)", "*", "note 3"; no: "1984", "here"
LABEL: Final = re.compile(
    r"[\[(]?\s*(?:notes?\s)?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})\s*[\])]?\.?\Z", re.IGNORECASE
)
# what a note is called; yes: "fn1", "cite_note-3", "nb1", "_ftn2", "footnote-1"; no: "section-1"
NOTE_ID: Final = re.compile(
    r"(?:fn|ftn|note|nb|foot|cite|ref|endn|anmerk|sdfoot|easy-foot|n)[\w.:-]*\d|\A_?\w?n\d+\Z|\Afn",
    re.IGNORECASE,
)
NOTES_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:footnotes?|endnotes?|notes?|references|reflist|footnotes-list|fussnoten|notes-de-bas)(?:$|[\s_-])",
    re.IGNORECASE,
)
BACK: Final = re.compile(
    r"[\s\ufe0e\ufe0f]*(?:↩|↑|⤴|\^|⬆|↵|retour|back|zurück|a|b|c|[\[(]?\d{1,3}[\])]?\.?)[\s\ufe0e\ufe0f]*\Z",
    re.IGNORECASE,
)
LONGEST: Final = 250  # words of one note


def link(root: Tag) -> None:
    """Mark references, notes and links back; write the links back that are missing."""
    targets = {attribute(element, "id"): element for element in root.find_all(id=True)}
    for anchor in root.find_all("a", attrs={"name": True}):
        targets.setdefault(attribute(anchor, "name"), anchor)
    pairs = [
        (anchor, note)
        for anchor in root.find_all("a", href=True)
        if (note := _note_of(anchor, targets)) is not None
    ]
    known = {id(note) for _, note in pairs}
    pairs = [
        (anchor, note)
        for anchor, note in pairs
        if not any(id(up) in known for up in anchor.parents)
    ]
    first: dict[int, Tag] = {}
    for anchor, note in pairs:
        mark(anchor, "a.noteref")
        first.setdefault(id(note), anchor)
    notes = {id(note): note for _, note in pairs}
    for key, note in notes.items():
        _link_back(note, first[key], [a for a, n in pairs if n is note], targets)
    _gather(list(notes.values()))


def _note_of(anchor: Tag, targets: dict[str, Tag]) -> Tag | None:
    """Give the note a link points to, or None when it is no reference to a note."""
    _, hash_, name = attribute(anchor, "href").rpartition("#")
    target = targets.get(name) if hash_ else None
    text = anchor.get_text(strip=True)
    if target is None or target is anchor or not LABEL.match(text):
        return None
    note = _whole(target)
    if note is None or note in anchor.parents or len(note.get_text(" ").split()) > LONGEST:
        return None
    called = NOTE_ID.search(name) or any(
        NOTES_CLASS.search(f"{attribute(up, 'class')} {attribute(up, 'id')}")
        for up in (note, *note.parents)
    )
    raised = (
        anchor.find_parent("sup") is not None
        or anchor.find("sup") is not None
        or text[:1] in "[(*†"
    )
    if not (called or raised) or not _comes_after(note, anchor):
        return None
    return note


def _whole(target: Tag) -> Tag | None:
    """Give the block that is the note: the target or what it stands in."""
    block: Tag | None = target
    while block is not None and block.name not in {"li", "p", "div", "dd", "td", "aside"}:
        block = block.parent
    if (
        block is not None
        and block.name == "p"
        and isinstance(block.parent, Tag)
        and block.parent.name == "li"
    ):
        return block.parent
    return block


def _comes_after(note: Tag, anchor: Tag) -> bool:
    return any(element is note for element in anchor.find_all_next(note.name))


def _link_back(note: Tag, reference: Tag, references: list[Tag], targets: dict[str, Tag]) -> None:
    """Mark the links from a note back to the text; write one when there is none."""
    names = {name for anchor in references for name in _names(anchor)}
    found = False
    for anchor in note.find_all("a", href=True):
        name = attribute(anchor, "href").rpartition("#")[2]
        if "#" in attribute(anchor, "href") and (
            name in names or (name in targets and BACK.match(anchor.get_text()))
        ):
            mark(anchor, "a.backlink")
            found = True
    if found:
        return
    if not attribute(reference, "id"):
        reference["id"] = (
            next(iter(_names(reference)), "") or f"ref-of-{attribute(note, 'id') or 'note'}"
        )
        if reference["id"] in targets and targets[str(reference["id"])] is not reference:
            targets[str(reference["id"])].attrs.pop("id", None)
    back = Tag(name="a", attrs={"href": "#" + attribute(reference, "id"), MARK: "a.backlink"})
    back.append(NavigableString("↩"))
    holder = note.find_all("p")[-1] if note.find("p") is not None else note
    holder.append(NavigableString(" "))
    holder.append(back)


def _names(anchor: Tag) -> list[str]:
    """Give what a link back may call a reference: its own name or that of its surroundings."""
    places = [anchor, *list(anchor.parents)[:2], *anchor.find_all()[:2]]
    before = anchor.previous_sibling
    if isinstance(before, Tag) and before.name == "a":
        places.append(before)
    found = [
        attribute(place, key)
        for place in places
        if place.name in {"a", "sup", "span"}
        for key in ("id", "name")
    ]
    return [name for name in found if name]


def _gather(notes: list[Tag]) -> None:
    """Put the notes of one list into a section of footnotes."""
    done: set[int] = set()
    for note in notes:
        parent = note.parent
        if not isinstance(parent, Tag) or id(parent) in done:
            continue
        done.add(id(parent))
        if parent.name in {"ol", "ul", "dl"}:
            parent.wrap(new("section", "section.footnotes"))
        elif parent.name in {"div", "section", "aside"} and all(
            part in notes or not part.get_text(strip=True)
            for part in parent.find_all(recursive=False)
        ):
            parent.name = "section"
            mark(parent, "section.footnotes")
        else:
            _wrap_run(note, notes)


def _wrap_run(first: Tag, notes: list[Tag]) -> None:
    """Put a run of neighbouring notes into a section."""
    section = new("section", "section.footnotes")
    first.insert_before(section)
    node: object = first
    while isinstance(node, Tag | NavigableString):
        following = node.next_sibling
        if isinstance(node, Tag) and node not in notes:
            break
        if isinstance(node, NavigableString) and node.strip():
            break
        section.append(node.extract())
        node = following
