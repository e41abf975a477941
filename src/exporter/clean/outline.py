"""The page as a flat list of blocks: the runs of text a reader sees, with what the markup says.

One walk over the tree serves `locate` and the judges: asking BeautifulSoup for the text of every
container again and again would cost more than parsing the page.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from exporter.clean.addresses import attribute
from exporter.clean.tree import BLOCKS, HEADINGS, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SENTENCE_END: Final = re.compile(r"[.!?…。！？:;]['\"’”»)\]]*\s*$")  # yes: "Yes.”"; no: "Read more"
SENTENCE_MARK: Final = re.compile(
    r"[.!?…。！？,،]['\"’”»)\]]?(?:\s|$)|[。、]"
)  # yes: "so, he"; no: "3.5"
HALF: Final = 0.5
WITHIN: Final = "within"
AWAY: Final = "away"
PROSE_WORDS: Final = 8  # a block of fewer words is a label as likely as a sentence


@dataclass(slots=True)
class Block:
    """A run of text directly in one block element."""

    element: Tag
    order: int
    words: int = 0
    linked: int = 0  # words inside links
    within: int = 0  # those of them that lead to another place of the page
    marks: int = 0  # sentence marks
    texts: list[str] = field(default_factory=list)
    _heading: bool | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The block's text, white space collapsed."""
        return " ".join("".join(self.texts).split())

    @property
    def density(self) -> float:
        """Which share of the words is linked."""
        return self.linked / self.words if self.words else 0.0

    @property
    def heading(self) -> bool:
        """Whether the block stands in a heading; told once, for judges ask again and again."""
        if self._heading is None:
            self._heading = _in_heading(self.element)
        return self._heading

    @property
    def prose(self) -> bool:
        """Whether the block reads as sentences rather than as labels and links."""
        return (
            self.words >= PROSE_WORDS
            and self.marks > 0
            and self.density < HALF
            and not self.heading
        )


def _in_heading(element: Tag) -> bool:
    tag: Tag | None = element
    for _ in range(3):
        if tag is None:
            return False
        if tag.name in HEADINGS:
            return True
        tag = tag.parent
    return False


def blocks(root: Tag, until: Tag | None = None) -> list[Block]:
    """Give the blocks below `root`, up to an element, in document order; no block is empty."""
    kept = [block for block in _walk(root, until) if block.words]
    for order, block in enumerate(kept):
        block.order = order
    return kept


def _walk(root: Tag, until: Tag | None) -> list[Block]:  # noqa: C901  (one walk, no recursion: pages nest deep)
    found: list[Block] = []
    stack: list[tuple[Tag, Block | None, str, Iterator[object]]] = []
    block: Block | None = None
    stack.append((root, None, "", iter(root.contents)))
    while stack:
        tag, block, linked, children = stack[-1]
        for child in children:
            if type(child) is NavigableString:
                if block is None and not child.isspace():
                    block = Block(block_of(tag), len(found))
                    found.append(block)
                    stack[-1] = (tag, block, linked, children)
                if block is not None:
                    _add(block, child, linked=linked)
            elif isinstance(child, Tag):
                if child is until:
                    return found
                if child.name in BLOCKS:
                    stack[-1] = (tag, None, linked, children)
                    stack.append((child, None, linked, iter(child.contents)))
                else:
                    if child.name == "br" and block is not None:
                        block.texts.append(" ")
                        continue
                    if block is None and child.contents:
                        block = Block(block_of(tag), len(found))
                        found.append(block)
                        stack[-1] = (tag, block, linked, children)
                    leads = linked or _leads(child)
                    stack.append((child, block, leads, iter(child.contents)))
                break
        else:
            stack.pop()
    return found


def block_of(node: PageElement) -> Tag:
    """Give the block element a node stands in, itself included."""
    tag = node if isinstance(node, Tag) else node.parent
    if tag is None:
        raise ValueError("a node without a tree")
    while tag.name not in BLOCKS and tag.parent is not None:
        tag = tag.parent
    return tag


def _leads(tag: Tag) -> str:
    """Tell where an element leads: nowhere (""), on the page, or away from it."""
    if tag.name != "a" or not tag.has_attr("href"):
        return ""
    return WITHIN if attribute(tag, "href").startswith("#") else AWAY


def _add(block: Block, text: str, *, linked: str) -> None:
    if text.isspace():
        block.texts.append(" ")
        return
    count = words_in(text)
    block.words += count
    if linked:
        block.linked += count
        block.within += count if linked == WITHIN else 0
    block.marks += len(SENTENCE_MARK.findall(text))
    block.texts.append(text)


def enclosed(
    outline: "Iterable[Block]", root: Tag, encloses: "Callable[[Tag], bool]"
) -> dict[int, Tag]:
    """Give the outermost element below `root` that encloses a block, by the block's order.

    Each element is asked once, however many blocks it holds.
    """
    known: dict[int, Tag | None] = {id(root): None}
    found = {}
    for block in outline:
        chain: list[Tag] = []
        tag: Tag | None = block.element
        while tag is not None and id(tag) not in known:
            chain.append(tag)
            tag = tag.parent
        outer = known[id(tag)] if tag is not None else None
        for element in reversed(chain):
            if outer is None and encloses(element):
                outer = element
            known[id(element)] = outer
        if outer is not None:
            found[block.order] = outer
    return found
