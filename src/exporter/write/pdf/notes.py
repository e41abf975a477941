"""An article's own notes: at the foot of the page that refers to them, when they are made for it.

Notes stay together at the article's end when they are many or long, when one of them is more than
paragraphs, or when nothing refers to it: a page cannot hold such notes, or would lose them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from exporter.dom import Element, text_of
from exporter.write.pdf import breaking
from exporter.write.xhtml import add_after, tag, unwrap

MOST: Final = 40  # notes of an article; each costs the engine about 10 ms, a list's line 4
LONGEST: Final = 80  # words: eight lines at the foot of the smallest page
PLAIN: Final = frozenset({
    "p", "a", "em", "strong", "cite", "q", "code", "kbd", "samp", "var", "abbr", "sub", "sup",
    "small", "mark", "ins", "del", "span", "time", "br",
})  # fmt: skip
# what stands around a label; yes: "[", " (", "]."; no: "a"
FRAME: Final = " \t\n[]().:\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Note:
    """A note, with the first link that refers to it."""

    reference: Element
    paragraphs: tuple[Element, ...]

    @property
    def label(self) -> str:
        """What the text calls it: "1", "[2]", "*"."""
        return text_of(self.reference)


def place(body: Element) -> None:
    """Put the notes of a body at the foot of pages, if all of them are fit for it."""
    sections = [part for part in body.iter("section") if part.get("class") == "footnotes"]
    references = _references(body)
    found: list[Note] = []
    for section in sections:
        notes = list(_notes(section, references))
        fit = [note for note in notes if note is not None]
        if not fit or len(fit) < len(notes):
            return
        found += fit
    if len(found) > MOST:
        return
    for note in found:
        _move(note)
    for section in sections:
        _remove(section)


def _references(body: Element) -> dict[str, Element]:
    """Give the first link to each note, by the note's id."""
    links: dict[str, Element] = {}
    for link in body.iter("a"):
        if link.get("class") == "noteref" and not _in_notes(link):
            links.setdefault(link.get("href", "")[1:], link)
    return links


def _in_notes(element: Element) -> bool:
    return any(up.get("class") == "footnotes" for up in element.iterancestors("section"))


def _notes(section: Element, references: dict[str, Element]) -> Iterator[Note | None]:
    """Give the notes of a section; None for what is no note that a page can hold."""
    parts = [part for part in section if part.tag not in HEADINGS or part is not section[0]]
    if len(parts) == 1 and parts[0].tag in {"ol", "ul"}:
        for item in parts[0]:
            yield _note(_paragraphs(item), item, references)
        return
    run: list[Element] = []
    for part in parts:
        if run and _reference(part, references) is not None:
            yield _note(run, run[0], references)
            run = []
        run.append(part)
    yield _note(run, run[0], references) if run else None


def _paragraphs(item: Element) -> list[Element]:
    """Give the paragraphs of a list item, itself when it has none."""
    inside = [child for child in item if child.tag == "p"]
    loose = [item.text, *(child.tail for child in item)]
    whole = len(inside) == len(item) and not any((text or "").strip() for text in loose)
    return inside if inside and whole else [item]


def _note(paragraphs: list[Element], home: Element, references: dict[str, Element]) -> Note | None:
    reference = _reference(home, references)
    within = {str(part.tag) for one in paragraphs for part in one.iterdescendants()}
    words = sum(len(text_of(one).split()) for one in paragraphs)
    fit = within <= PLAIN and all(one.tag in {"li", "p"} for one in paragraphs)
    if reference is None or not fit or words > LONGEST:
        return None
    return Note(reference, tuple(paragraphs))


def _reference(part: Element, references: dict[str, Element]) -> Element | None:
    names = (element.get("id", "") for element in part.iter())
    return next((references[name] for name in names if name in references), None)


def _move(note: Note) -> None:
    """Put a note behind the link that refers to it, from where the press takes it to the foot."""
    target = note.reference.get("href", "")[1:]
    for one in note.paragraphs:
        for element in list(one.iter()):
            if element.get("id") == target:
                del element.attrib["id"]
            if element.get("class") == "backlink":
                _drop(element)
    first, *more = [one for one in note.paragraphs if text_of(one)] or note.paragraphs[:1]
    _drop_label(first, note.label)
    source = note.reference.get("id") or f"{target}.from"
    note.reference.set("id", source)
    back = tag("a", note.label, class_="note-number", href=f"#{source}")
    back.tail = f" {(first.text or '').lstrip()}"
    first.text = None
    first.insert(0, back)
    if more:
        first = tag("span", first, *more)
    breaking.trim(first)
    first.tag = "span"
    first.set("class", "page-note")
    first.set("id", target)
    _put_after(note.reference, first)


def _drop(back: Element) -> None:
    """Take out a link back, with the brackets around it."""
    before, parent = back.getprevious(), back.getparent()
    if parent is None:
        return
    text = (parent.text if before is None else before.tail) or ""
    tail = back.tail or ""
    if text.rstrip().endswith(("[", "(")) and tail.lstrip().startswith(("]", ")")):
        text, tail = text.rstrip()[:-1], tail.lstrip()[1:]
    if before is None:
        parent.text = text
    else:
        before.tail = text
    back.text, back.tail = None, tail
    back[:] = []
    unwrap(back)
    if parent.tag in {"sup", "strong", "span"} and not len(parent) and not parent.text:
        unwrap(parent)


def _drop_label(part: Element, label: str) -> None:
    """Take the number from the head of a note that bears it in its text."""
    first = next((element for element in part.iter() if (element.text or "").strip()), None)
    sign = label.strip(FRAME)
    if first is None or not sign:
        return
    # yes: "1. Note", "[1] Note", "1"; no: "1984", "10 boats" for the label 1
    own = re.compile(rf"\s*[\[(]?{re.escape(sign)}(?:[\])][.:]?|[.:])?(?:\s+|\Z)")
    if found := own.match(first.text or ""):
        first.text = (first.text or "")[found.end() :]


def _put_after(reference: Element, footnote: Element) -> None:
    raised = reference.getparent()
    if raised is not None and raised.tag == "sup" and text_of(raised) == text_of(reference):
        reference = raised
    add_after(reference, footnote)


def _remove(section: Element) -> None:
    """Take out the place where notes stood, with the heading or the line above that was for it."""
    parent, before, after = section.getparent(), section.getprevious(), section.getnext()
    if parent is None:
        return
    ends = after is None or after.tag in HEADINGS
    if before is not None and ends and before.tag in {*HEADINGS, "hr"}:
        parent.remove(before)
    parent.remove(section)
