"""Notes without links: numbers raised or in brackets, and paragraphs that begin with the same.

Texts that went through a word processor or a scraper have lost the links; notes in the margin
never had any. Both get the links that `footnotes` then marks.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute
from exporter.clean.index import Index
from exporter.clean.marks import new
from exporter.clean.tree import strings

# a number in brackets; yes: "[1]", "[12]"; no: "[sic]", "[1951]", "1"
BRACKETS: Final = re.compile(r"\[(\d{1,3})\]")
RAISED: Final = re.compile(r"[\[(]?(\d{1,3})[\])]?\Z")  # yes: "1", "(12)"; no: "th", "2n"
FEWEST: Final = 2  # notes
MARGIN: Final = (".sidenote", ".marginnote")
LONGEST: Final = 250  # words of one note
PREFIX: Final = "exporter-note-"


def write(root: Tag) -> None:
    """Write the links between numbers in the text and the notes that begin with them."""
    _margins(root)
    for numbers in (_raised, _bracketed):
        found = list(numbers(root))
        notes = _notes(found)
        if len(notes) >= FEWEST:
            _tie(found, notes)


Place = tuple[int, Tag]  # a number and what holds it alone


def _raised(root: Tag) -> Iterator[Place]:
    """Give the numbers in raised type that are no links."""
    for sup in root.find_all("sup"):
        said = RAISED.match(sup.get_text(strip=True))
        if said and sup.find("a") is None and sup.find_parent(("a", "pre")) is None:
            yield int(said[1]), sup


def _bracketed(root: Tag) -> Iterator[Place]:
    """Give the numbers in brackets that are no links, each in an element of its own."""
    texts = [text for text in strings(root) if BRACKETS.search(text)]
    if len(texts) < FEWEST:
        return
    for text in texts:
        if text.find_parent(("a", "pre", "code", "sup")) is not None:
            continue
        end = 0
        for found in BRACKETS.finditer(text):
            if found.start() > end:
                text.insert_before(NavigableString(text[end : found.start()]))
            holder = new("span")
            holder.append(NavigableString(found[0]))
            text.insert_before(holder)
            end = found.end()
            yield int(found[1]), holder
        if end:
            text.insert_before(NavigableString(text[end:]))
            text.extract()


def _notes(found: Sequence[Place]) -> dict[int, Tag]:
    """Give the last run of paragraphs that begin with 1, 2, 3 ... and stand side by side."""
    run: dict[int, Tag] = {}
    best: dict[int, Tag] = {}
    last: Tag | None = None
    for number, holder in found:
        block = holder.find_parent(("p", "li", "div", "dd", "td"))
        if block is None or not _begins(block, holder):
            continue
        neighbours = last is not None and last.find_next_sibling() is block
        if number == 1:
            run = {1: block}
        elif run and number == len(run) + 1 and neighbours:
            run[number] = block
        else:
            run = {}
        last = block
        if len(run) >= FEWEST:
            best = run
    return best


def _begins(block: Tag, holder: Tag) -> bool:
    """Tell whether a block begins with a number, and goes on."""
    said, whole = holder.get_text(strip=True), block.get_text(strip=True)
    first = next(strings(block), None)
    return (
        first is not None
        and any(up is holder for up in first.parents)
        and len(said) < len(whole)
        and len(whole.split()) <= LONGEST
    )


def _tie(found: Sequence[Place], notes: dict[int, Tag]) -> None:
    """Link the numbers in the text to the notes, when each note is referred to, in order."""
    inside = {id(block) for block in notes.values()}
    references: list[Place] = []
    for number, holder in found:
        if any(id(up) in inside for up in holder.parents):
            break  # the notes begin
        references.append((number, holder))
    told = list(dict.fromkeys(number for number, _ in references if number in notes))
    if told != sorted(notes):
        return
    for number, block in notes.items():
        block["id"] = attribute(block, "id") or f"{PREFIX}{number}"
    for place, (number, holder) in enumerate(references, 1):
        if number in notes:
            _link(holder, attribute(notes[number], "id"), f"{PREFIX}ref-{place}")


def _link(holder: Tag, target: str, name: str) -> None:
    link = Tag(name="a", attrs={"href": f"#{target}", "id": name})
    for part in list(holder.contents):
        link.append(part.extract())
    holder.append(link)


def _margins(root: Tag) -> None:
    """Make footnotes of the notes in the margin: a page of a book has one for them at its end."""
    found = [
        note
        for note in Index(root).select(*MARGIN)
        if note.name in {"span", "small"} and note.get_text(strip=True)
    ]
    listed = new("ol")
    for number, note in enumerate(found, 1):
        reference = new("sup")
        link = Tag(
            name="a", attrs={"href": f"#{PREFIX}side-{number}", "id": f"{PREFIX}from-{number}"}
        )
        link.append(NavigableString(str(number)))
        reference.append(link)
        note.insert_before(reference)
        item = Tag(name="li", attrs={"id": f"{PREFIX}side-{number}"})
        item.append(note.extract())
        listed.append(item)
    if found:
        root.append(listed)
