"""Straight quotation marks become those of the language; typographic ones stay what they are.

Each block is read by itself. What a mark is, its neighbours say: after a space and before a word
it opens, after a word and before a space it closes. Where the marks of a block do not come out
even, or one may be this or that, all of them stay straight: a wrong mark is worse than a plain one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from exporter.typeset import singles
from exporter.typeset.flow import BREAK, LINE, Edit
from exporter.typeset.pairing import Habits, Pairing, put
from exporter.typeset.signs import EDGES, signs


@dataclass(frozen=True, slots=True)
class Style:
    """The quotation marks of a language as one country or publisher sets them."""

    pairs: tuple[str, ...]  # an opening and a closing mark each, the outermost first
    regions: frozenset[str]  # BCP 47: "CH"


@dataclass(frozen=True, slots=True)
class Block:
    """What one block says of its marks."""

    edits: Sequence[Edit] = ()
    # what they become instead, when a quotation that is not closed goes on in the next block
    going_on: Sequence[Edit] = ()
    opens: bool = False  # it begins with a mark that opens


@dataclass(frozen=True, slots=True)
class Quotes:
    """How one language quotes."""

    styles: tuple[Style, ...]  # the first is used where nothing speaks for another
    habits: Habits

    @classmethod
    def of(cls, said: Mapping[str, Any], short: Mapping[str, str]) -> "Quotes":
        """Read the table [quotes]."""
        styles = tuple(
            Style(tuple(style["pairs"]), frozenset(style.get("regions", ())))
            for style in said["style"]
        )
        return cls(styles, Habits.of(said, short))

    def edits(self, text: str, region: str = "") -> list[Edit]:
        """Give what straight marks of a run become."""
        if '"' not in text and "'" not in text:
            return []
        pairs = self._style(text, region).pairs
        found = (edit for edits in self._blocks(text, pairs) for edit in edits)
        return sorted(found, key=attrgetter("start"))

    def _style(self, text: str, region: str) -> Style:
        """Give the style that a text already uses, else that of the region."""
        usual = next((one for one in self.styles if region in one.regions), self.styles[0])
        return next((one for one in (usual, *self.styles) if _used(one, text)), usual)

    def _blocks(self, text: str, pairs: Sequence[str]) -> Iterator[Sequence[Edit]]:
        """Give the edits block by block.

        A quotation of several paragraphs opens in each and closes in the last, so what opens in
        one waits for the block that ends it.
        """
        waiting: list[Block] = []
        for start, end in _spans(text, BREAK, 0, len(text)):
            block = self._read(text, start, end, pairs)
            if not (block.opens and block.going_on):
                yield from (one.going_on if block.opens else one.edits for one in waiting)
                waiting = []
            if block.going_on:
                waiting.append(block)
            else:
                yield block.edits
        yield from (one.edits for one in waiting)

    def _read(self, text: str, start: int, end: int, pairs: Sequence[str]) -> Block:
        """Read one block, or one line of it."""
        first = next(place for place in range(start, end) if text[place] not in EDGES)
        opens = text[first] == pairs[0][0]
        if text.find('"', start, end) < 0 and text.find("'", start, end) < 0:
            return Block(opens=opens)
        found = list(signs(text, start, end))
        pairing = Pairing(pairs, self.habits)
        sure = pairing.read(found)
        unclosed = [opened.at for opened in pairing.unclosed()]
        opens = opens or (sure and pairing.steps.get(first) == 1)
        nested = (*pairing.edits, *singles.edits(found, pairing.steps, pairs, self.habits))
        if sure and not unclosed:
            return Block(nested, opens=opens)
        lines = list(_spans(text, LINE, start, end))
        if len(lines) > 1:
            return Block([edit for line in lines for edit in self._read(text, *line, pairs).edits])
        flat = tuple(singles.edits(found, {}, pairs, self.habits))
        if sure and len(unclosed) == 1:
            return Block(flat, (*nested, put(unclosed[0], pairs[0][0])), opens)
        return Block(flat, opens=opens)


def _spans(text: str, mark: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the stretches of a text between marks that hold more than white space."""
    while start < end:
        stop = text.find(mark, start, end)
        stop = end if stop < 0 else stop
        if not text[start:stop].isspace() and stop > start:
            yield start, stop
        start = stop + 1


def _used(style: Style, text: str) -> bool:
    """Tell whether a text quotes in this style."""
    outer = style.pairs[0]
    first = text.find(outer[0])
    return first >= 0 and not 0 <= text.find(outer[1]) < first
