"""What a text or an attribute of a page has at most, whatever the page says.

An engine of text takes a time that grows with the square of what it can't break: a word without
end, marks heaped on one letter, blanks that may not be collapsed. What is beyond a limit is cut,
and told with the largest of its kind.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, cast

from exporter.characters import BREAKING, sayable
from exporter.dom import Element
from exporter.limits import Limits

# blanks that no reader of HTML collapses; yes: a no-break space, U+3000; no: "\t"
KEPT_BLANKS: Final = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
BLANKS: Final = re.compile(r"[ \t\n\r\f]+")
SAYING: Final = ("alt", "title", "content", "aria-label", "href", "cite")
SPANS: Final = ("colspan", "rowspan")
ADDRESSES: Final = frozenset({"href", "cite"})  # half of one leads nowhere
SPAN: Final = re.compile(r"\s*([0-9]{1,18})")  # as HTML reads it; yes: "3", " 07x"; no: "-3"
CARRIED: Final = ("data:", "blob:")  # a file in the page itself, which has limits of its own
WHAT: Final = {
    "word": "a word of {:,} letters was cut",
    "marks": "{:,} marks on one letter were cut",
    "blanks": "{:,} blanks in a row were cut",
    "attribute-size": "an address or what an attribute says, of {:,} letters, was cut",
    "attributes": "an element has {:,} attributes, of which the first were read",
    "cell-span": "a cell of a table that takes {:,} columns or rows takes fewer",
}


class Bounds:
    """Cuts a tree to its limits, and keeps the largest of what was beyond each."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._found: dict[str, int] = {}

    def cut(self, document: Element) -> None:
        """Cut the texts and attributes below `document`, in place."""
        shortest = min(self._limits.word, self._limits.marks, self._limits.blanks)
        for element in document.iter():
            text, tail = element.text, element.tail
            if text is not None and len(text) > shortest:
                self._set_text(element, text)
            if tail is not None and len(tail) > shortest:
                self._set_tail(element, tail)
        self._attributes(document)
        self._spans(document)

    def told(self) -> Iterator[str]:
        """Give the details of notes that say what was cut."""
        for name, most in self._found.items():
            yield self._limits.told(name, WHAT[name].format(most), most)

    def _beyond(self, name: str, amount: int) -> None:
        self._found[name] = max(amount, self._found.get(name, 0))

    def _set_text(self, element: Element, text: str) -> None:
        if (cut := self._text(text, element)) != text:
            element.text = sayable(cut)  # lxml gives what it does not take back

    def _set_tail(self, element: Element, tail: str) -> None:
        if (cut := self._text(tail, element.getparent())) != tail:
            element.tail = sayable(cut)

    def _text(self, text: str, holder: Element | None) -> str:
        if holder is None or holder.tag in {"script", "style"} or not isinstance(holder.tag, str):
            return text
        limits = self._limits
        if not text.isascii():
            text = _heap(limits.marks).sub(self._marks, text)
        blanks = _blanks(limits.blanks)
        if blanks.search(text):
            keeps = next(holder.iterancestors("pre", "textarea"), None) is not None
            plain = keeps or holder.tag in {"pre", "textarea"}
            text = blanks.sub(functools.partial(self._blank, plain=plain), text)
        return _word(limits.word).sub(self._word, text)

    def _word(self, word: re.Match[str]) -> str:
        self._beyond("word", len(word[0]))
        return f"{word[0][: self._limits.word]}…"

    def _marks(self, heap: re.Match[str]) -> str:
        marks = [sign for sign in heap[0] if unicodedata.category(sign).startswith("M")]
        if len(marks) <= self._limits.marks:
            return heap[0]  # signs of another kind: dashes, stars
        self._beyond("marks", len(marks))
        return "".join(marks[: self._limits.marks])

    def _blank(self, run: re.Match[str], *, plain: bool) -> str:
        blanks = run[0] if plain else BLANKS.sub(" ", run[0])
        if len(blanks) <= self._limits.blanks:
            return blanks
        self._beyond("blanks", len(blanks))
        return blanks[: self._limits.blanks]

    def _attributes(self, document: Element) -> None:
        most = self._limits.attributes
        for element in _where(document, f"count(@*) > {most}"):
            self._beyond("attributes", len(element.attrib))
            for name in list(element.attrib)[most:]:
                del element.attrib[name]
        most = self._limits.attribute_size
        for name in SAYING:
            for element in _where(document, f"string-length(@{name}) > {most}"):
                value = element.get(name, "")
                if value.startswith(CARRIED):
                    continue
                self._beyond("attribute-size", len(value))
                if name in ADDRESSES:
                    del element.attrib[name]
                else:
                    element.set(name, sayable(f"{value[:most].rstrip()}…"))

    def _spans(self, document: Element) -> None:
        most = self._limits.cell_span
        for name in SPANS:
            for element in _where(document, f"@{name}"):
                stated = SPAN.match(element.get(name, ""))
                if stated is not None and int(stated[1]) > most:
                    self._beyond("cell-span", int(stated[1]))
                    element.set(name, str(most))


def _where(document: Element, condition: str) -> list[Element]:
    """Give the elements of a document of which an XPath condition holds."""
    return cast("list[Element]", document.xpath(f"//*[{condition}]"))


@functools.cache
def _word(most: int) -> re.Pattern[str]:
    """Match more letters in a row than are allowed, blanks and places to break apart."""
    return re.compile(rf"[^\s\u200b{BREAKING}]{{{min(most, 1 << 30) + 1},}}")


@functools.cache
def _blanks(most: int) -> re.Pattern[str]:
    return re.compile(rf"[ \t\n\r\f{KEPT_BLANKS}]{{{min(most, 1 << 30) + 1},}}")


@functools.cache
def _heap(most: int) -> re.Pattern[str]:
    """Match what may be more marks in a row than are allowed: signs that are no letters."""
    return re.compile(rf"[^\w\s!-~]{{{min(most, 1 << 30) + 1},}}")
