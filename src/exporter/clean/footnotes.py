"""Footnotes: the link to a note, the note, and the link back, whoever wrote the markup."""

import re
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean import numbered
from exporter.clean.addresses import attribute
from exporter.clean.gathering import gather
from exporter.clean.marks import MARK, mark

# what a link to a note says; yes: "1", "[12]", "(a)", "*", "note 3"; no: "1984", "here"
LABEL: Final = re.compile(
    r"[\[(]?\s*(?:(?:notes?|nb|n)\s)?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})\s*[\])]?\.?\Z",
    re.IGNORECASE,
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
    numbered.write(root)
    order = {id(tag): place for place, tag in enumerate(root.find_all())}
    targets = {attribute(element, "id"): element for element in root.find_all(id=True)}
    for anchor in root.find_all("a", attrs={"name": True}):
        targets.setdefault(attribute(anchor, "name"), anchor)
    pairs = [
        (anchor, note)
        for anchor in root.find_all("a", href=True)
        if (note := _note_of(anchor, targets, order)) is not None
    ]
    known = {id(note) for _, note in pairs}
    references: dict[int, list[Tag]] = {}
    notes: dict[int, Tag] = {}
    for anchor, note in pairs:
        if not any(id(up) in known for up in anchor.parents):
            mark(anchor, "a.noteref")
            references.setdefault(id(note), []).append(anchor)
            notes[id(note)] = note
    for key, note in notes.items():
        _link_back(note, references[key], targets)
        _join_number(note)
    gather(list(notes.values()))


def _note_of(anchor: Tag, targets: dict[str, Tag], order: dict[int, int]) -> Tag | None:
    """Give the note a link points to, or None when it is no reference to a note."""
    _, hash_, name = attribute(anchor, "href").rpartition("#")
    target = targets.get(name) if hash_ else None
    text = anchor.get_text(strip=True)
    if target is None or target is anchor or not LABEL.match(text):
        return None
    note = _whole(target)
    if note is None or order.get(id(note), -1) <= order[id(anchor)]:
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
    if not (called or raised) or len(note.get_text(" ").split()) > LONGEST:
        return None
    return note


def _whole(target: Tag) -> Tag | None:
    """Give the block that is the note: the target or what it stands in."""
    block: Tag | None = target
    while block is not None and block.name not in {"li", "p", "div", "dd", "td", "aside"}:
        block = block.parent
    outer = block.parent if block is not None and block.name == "p" else None
    if isinstance(outer, Tag) and (outer.name == "li" or _is_note(outer, block)):
        return outer
    return block


def _is_note(outer: Tag, block: Tag | None) -> bool:
    """Tell whether a <div> is named as a note and holds this paragraph first."""
    return (
        outer.name == "div"
        and NOTE_ID.search(attribute(outer, "id")) is not None
        and next(iter(outer.find_all(limit=1)), None) is block
    )


def _link_back(note: Tag, references: list[Tag], targets: dict[str, Tag]) -> None:
    """Mark the links from a note back to the text; write one when there is none."""
    names = {name for anchor in references for name in _names(anchor)}
    found = False
    for anchor in note.find_all("a", href=True):
        name = attribute(anchor, "href").rpartition("#")[2]
        if "#" in attribute(anchor, "href") and (
            name in names or (name in targets and BACK.match(anchor.get_text()))
        ):
            mark(anchor, "a.backlink")
            if not anchor.get_text(strip=True):
                anchor.append(NavigableString("↩"))  # drawn by a style
            found = True
    if found:
        return
    reference = references[0]
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


def _join_number(note: Tag) -> None:
    """Put the number that stands before a note's first paragraph into it."""
    number = next((part for part in note.children if not _is_blank(part)), None)
    if not isinstance(number, Tag) or number.name != "a" or note.name != "div":
        return
    following = next((part for part in number.next_siblings if not _is_blank(part)), None)
    if isinstance(following, Tag) and following.name in {"div", "p"}:
        first = following if following.name == "p" else following.find("p")
        if isinstance(first, Tag):
            first.insert(0, NavigableString(" "))
            first.insert(0, number.extract())


def _is_blank(part: object) -> bool:
    return isinstance(part, NavigableString) and not part.strip()


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
