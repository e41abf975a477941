"""What a text or an attribute of a page has at most, whatever the page says.

An engine of text takes a time that grows with the square of what it can't break: a word without
end, marks heaped on one letter, blanks that may not be collapsed. What is beyond a limit is cut,
and told with the largest of its kind.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from exporter.amounts import ENDLESS
from exporter.characters import BREAKING
from exporter.dom import Element
from exporter.limits import ROWS, USUAL, Limits

# blanks that no reader of HTML collapses; yes: a no-break space, U+3000; no: "\t"
KEPT_BLANKS: Final = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
BLANKS: Final = re.compile(r"[ \t\n\r\f]+")
SAYING: Final = ("alt", "title", "content", "aria-label", "href", "cite")
SPANS: Final = ("colspan", "rowspan")
ADDRESSES: Final = frozenset({"href", "cite"})  # half of one leads nowhere: it leads nowhere at all
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
    """Cuts texts and attributes to their limits, and keeps the largest of what was beyond each."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._found: dict[str, int] = {}
        # the longest text and attribute that can't be beyond any: nothing else is looked at
        self.text = min(limits.word, limits.marks, limits.blanks)
        self.attribute = limits.attribute_size
        self.attributes = limits.attributes

    def told(self) -> Iterator[str]:
        """Give the details of notes that say what was cut."""
        for name, most in self._found.items():
            yield self._limits.told(name, WHAT[name].format(most), most)

    def cut(self, text: str, *, plain: bool) -> str:
        """Give a text without what is beyond a limit; if `plain`, all its blanks are kept."""
        limits = self._limits
        if not text.isascii():
            text = _heap(limits.marks).sub(self._marks, text)
        blanks = _blanks(limits.blanks)
        if blanks.search(text):
            text = blanks.sub(functools.partial(self._blank, plain=plain), text)
        return _word(limits.word).sub(self._word, text)

    def said(self, name: str, value: str) -> str:
        """Give what is left of a long attribute."""
        if name not in SAYING or value.startswith(CARRIED):
            return value
        self._beyond("attribute-size", len(value))
        return "" if name in ADDRESSES else f"{value[: self.attribute].rstrip()}…"

    def first(self, attributes: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Give the first of too many attributes."""
        self._beyond("attributes", len(attributes))
        return attributes[: self.attributes]

    def spans(self, document: Element) -> None:
        """Let the cells of tables take no more columns and rows than they may."""
        most = self._limits.cell_span
        for cell in document.iter("td", "th"):
            for name in SPANS:
                stated = SPAN.match(cell.get(name, ""))
                if stated is not None and int(stated[1]) > most:
                    self._beyond("cell-span", int(stated[1]))
                    cell.set(name, str(most))

    def _beyond(self, name: str, amount: int) -> None:
        self._found[name] = max(amount, self._found.get(name, 0))

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


UNBOUND: Final = Bounds(USUAL.having(dict.fromkeys(ROWS, ENDLESS)))


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
