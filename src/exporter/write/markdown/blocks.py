"""The blocks of a body as CommonMark, with footnotes, definitions and tables as most readers know.

A figure is a line with its picture and, below it, a paragraph in italics with caption and credit.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Final

from exporter.dom import LISTED, Element
from exporter.write.markdown.escaping import heading
from exporter.write.markdown.forms import LISTS, is_raw
from exporter.write.markdown.inline import line
from exporter.write.markdown.loose import LOOSE, gather
from exporter.write.markdown.notes import Notes, notes_of
from exporter.write.markdown.tables import html, table
from exporter.write.xhtml import FOLD, legal

Writer = Callable[[Element], str]
TICKS: Final = re.compile(r"`{3,}")  # yes: "```"; no: "``"
SPOKEN: Final = ("lang", "dir")  # what CommonMark has no signs for
APART: Final = "<!-- -->"  # between two lists, which would be read as one


def body(root: Element, prefix: str = "", deeper: int = 0) -> str:
    """Give a body, under one root, as CommonMark; the tree is used up.

    Labels of footnotes get the prefix, headings go `deeper` levels down.
    """
    gather(root)
    return _Body(notes_of(root, prefix), deeper).blocks(root)


class _Body:
    """One body on its way to CommonMark."""

    def __init__(self, notes: Notes, deeper: int) -> None:
        self._notes = notes
        self._deeper = deeper
        self._writers: dict[str, Writer] = {
            "p": self._paragraph, "ul": self._list, "ol": self._list, "dl": self._definitions,
            "pre": _listing, "blockquote": self._quotation, "aside": self._framed,
            "figure": self._figure, "section": self._section, "div": self.blocks,
            "hr": lambda _: "---", "table": self._table,
            **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), self._heading),
        }  # fmt: skip

    def blocks(self, parent: Element, *, tight: bool = False) -> str:
        """Give what is in an element, its blocks parted by empty lines, in a tight list by none."""
        made: list[str] = []
        last = ""
        for element in parent:
            text = self._block(element)
            if not text:
                continue
            name = str(element.tag)
            if name == last and name in LISTS:
                made.append(APART)
            made.append(text)
            last = name
        return ("\n" if tight else "\n\n").join(made)

    def _block(self, element: Element) -> str:
        text = self._writers.get(str(element.tag), self._paragraph)(element)
        spoken = "".join(
            f' {name}="{escape(element.get(name, ""))}"' for name in SPOKEN if element.get(name)
        )
        if spoken and text and not text.startswith("<"):
            text = f"<div{spoken}>\n\n{text}\n\n</div>"
        anchor = "" if is_raw(element) else self._notes.anchor(element)
        if element.tag == "pre":
            anchor += "".join(map(self._notes.anchor, element.iterdescendants()))
        return "\n\n".join(filter(None, (anchor, text)))

    def _inside(self, element: Element, *, tight: bool = False) -> str:
        """Give what is in an item, behind the place to which links to it lead."""
        text, anchor = self.blocks(element, tight=tight), self._notes.anchor(element)
        first = next(iter(element), None)
        if first is not None and first.tag == "p" and not set(first.keys()) - {LOOSE}:
            return anchor + text
        return "\n\n".join(filter(None, (anchor, text)))

    def _paragraph(self, element: Element) -> str:
        return line(element, self._notes)

    def _heading(self, element: Element) -> str:
        text = line(element, self._notes, breaks=" ")
        return heading(int(str(element.tag)[1]) + self._deeper, text) if text else ""

    def _table(self, element: Element) -> str:
        return table(element, self._notes)

    def _quotation(self, element: Element) -> str:
        inside = self.blocks(element)
        return "\n".join(f"> {part}".rstrip(" ") for part in inside.split("\n")) if inside else ""

    def _list(self, element: Element) -> str:
        items = [item for item in element if item.tag == "li"]
        first = int(element.get("start") or 1)
        if is_raw(element):
            return html(element)
        tight = all(_is_tight(item) for item in items)
        made = []
        for number, item in enumerate(items, first):
            marker = "- " if element.tag == "ul" else f"{number}. "
            made.append(hung(marker, self._inside(item, tight=tight)))
        return ("\n" if tight else "\n\n").join(made)

    def _definitions(self, element: Element) -> str:
        made: list[str] = []
        for part in element:
            if part.tag == "dt":
                made.append(self._notes.anchor(part) + line(part, self._notes, breaks=" "))
            else:
                made.append(hung(":   ", self._inside(part)))
        return "\n\n".join(filter(None, made))

    def _figure(self, element: Element) -> str:
        captions = [
            one
            for one in element.iter("figcaption", "p")
            if one.tag != "p" or next(one.iterancestors("figcaption"), None) is not None
        ]
        made = ["".join(map(self._notes.anchor, captions))]
        for part in element:
            if part.tag != "figcaption":
                made.append(self._block(part))
                continue
            made += [line(said, self._notes, italic=True) for said in part.findall("p") or [part]]
        return "\n\n".join(filter(None, made))

    def _framed(self, element: Element) -> str:
        """Give what is in an element between its tags, which CommonMark has no signs for."""
        inside, class_ = self.blocks(element), element.get("class", "")
        said = f' class="{escape(class_)}"' if class_ else ""
        return f"<{element.tag}{said}>\n\n{inside}\n\n</{element.tag}>" if inside else ""

    def _section(self, element: Element) -> str:
        if element.get("class") == "gallery":
            return self._framed(element)
        if element.get("class") != "footnotes" or not self._notes.labels:
            return self.blocks(element)
        made = [
            self._footnotes(part) if part.tag in LISTS else self._block(part) for part in element
        ]
        return "\n\n".join(filter(None, made))

    def _footnotes(self, group: Element) -> str:
        """Give a list of notes: below the items that nothing refers to, those that have labels."""
        items, noted = [], []
        last = 0
        for number, note in enumerate(group, 1):
            text = self._inside(note)
            if label := self._notes.labels.get(note.get("id", "")):
                noted.append(hung(f"[^{label}]: ", text, indent=4))
                continue
            if last and last + 1 < number:
                items.append(APART)  # else Markdown would count on
            items.append(hung("- " if group.tag == "ul" else f"{number}. ", text))
            last = number
        return "\n\n".join([*items, *noted])


def _is_tight(item: Element) -> bool:
    """Tell whether an item is one line, perhaps with lists below it."""
    first, *others = list(item) or [item]
    return (first is item or first.get(LOOSE) is not None or first.tag in LISTS) and all(
        other.tag in LISTS for other in others
    )


def hung(marker: str, text: str, indent: int = 0) -> str:
    """Give a text behind a marker, its further lines below its first."""
    first, *others = text.split("\n")
    room = " " * (indent or len(marker))
    below = [f"{room}{one}" if one else "" for one in others]
    return "\n".join([f"{marker}{first}".rstrip(" "), *below])


def _listing(element: Element) -> str:
    """Give code between fences longer than any in it, with the name of its language."""
    text = legal("".join(map(str, element.itertext()))).translate(FOLD)
    ticks = max((len(run) for run in TICKS.findall(text)), default=2) + 1
    named = [name for name in element.get("class", "").split() if LISTED.match(name)]
    language = named[0].removeprefix("language-") if named else ""
    text = text.removesuffix("\n")
    return f"{'`' * ticks}{language}\n{text}\n{'`' * ticks}"
