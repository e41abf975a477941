"""What the page tells machines of its text (JSON-LD articleBody, a recipe's steps).

It aligns and confirms: a block that says the same belongs to the article, and what follows the
last of them does not. It is never the text itself: it has lost markup, captions and links, and
is often cut short.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from bs4 import BeautifulSoup

from exporter.clean import jsonld
from exporter.clean.outline import Block
from exporter.clean.tree import CELLS
from exporter.dom import squash

KEYS: Final = ("articleBody", "reviewBody", "recipeIngredient", "recipeInstructions")
SHORTEST: Final = 18  # letters of a block that can't stand in another text by chance
TAG: Final = re.compile(r"<[^<>]{1,400}>")  # yes: "<p class=a>"; no: "a < b"
WHOLE: Final = 0.8  # share of the told text that the page shows
MOST: Final = 0.6  # share of the page's prose that the told text is
END: Final = 24  # letters by which the end of the text is known


@dataclass(frozen=True, slots=True)
class Transcript:
    """One thing the page tells, squashed: the text, the ingredients, the steps."""

    key: str  # of JSON-LD
    text: str
    lines: frozenset[str]

    def confirms(self, block: Block) -> bool:
        """Tell whether a block says what the page tells."""
        letters = squash(block.text)
        if len(letters) >= SHORTEST:
            return letters in self.text
        return letters in self.lines or squash(_row(block)) in self.lines

    def last(self, blocks: Sequence[Block]) -> int | None:
        """Give the order of the block with which the told text ends, when it is told to its end.

        A text that was cut short ends in the middle of a block, one of which the page shows
        little is another text, and one that is little of the page a summary: none of them says
        anything of the end.
        """
        end = self.text[-END:]
        prose = sum(len(squash(block.text)) for block in blocks if block.prose)
        shown = sum(len(squash(block.text)) for block in blocks if self.confirms(block))
        if len(end) < END or shown < max(WHOLE * len(self.text), MOST * prose):
            return None
        ends = [block.order for block in blocks if squash(block.text).endswith(end)]
        return ends[-1] if ends else None


def transcripts(soup: BeautifulSoup) -> tuple[Transcript, ...]:
    """Give what the page's JSON-LD tells of the text, each thing apart."""
    nodes = jsonld.read(soup)
    things = []
    for key in KEYS:
        parts = [part for node in nodes for part in _strings(node.get(key))]
        lines = [squash(TAG.sub(" ", unescape(part))) for part in parts]
        if any(lines):
            things.append(Transcript(key, "\n".join(lines), frozenset(lines) - {""}))
    return tuple(things)


def _row(block: Block) -> str:
    """Give the text of the table row a block stands in: quantity and ingredient stand apart."""
    row = block.element.find_parent("tr") if block.element.name in CELLS else None
    return row.get_text() if row is not None else ""


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401  (JSON)
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        yield from _strings(value.get("text") or value.get("itemListElement"))
