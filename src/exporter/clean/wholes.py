"""What goes as a whole or not at all: tables of data, and lists of which one item says "x"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bs4 import Tag

from exporter import rules
from exporter.clean import tables
from exporter.clean.outline import Block, enclosed

LABEL: Final = 4  # words of an item that may be a button's
PLAIN: Final = 2  # items without links that no button would say: from there it is a list


def tabled(outline: Iterable[Block], root: Tag) -> Mapping[int, Tag]:
    """Give the outermost table of data below `root` for each block in one, by the block's order."""
    return enclosed(outline, root, _holds_data)


def _holds_data(element: Tag) -> bool:
    return element.name == "table" and not tables.is_layout(element)


def itemised(outline: Iterable[Block]) -> frozenset[int]:
    """Give the order of the blocks without links in lists that are no row of buttons.

    Most items of such a list have no link and say nothing that a button says.
    """
    lists: dict[int, list[Block]] = defaultdict(list)
    for block in outline:
        item = block.element if block.element.name == "li" else block.element.find_parent("li")
        if item is not None and item.parent is not None and item.parent.name in {"ul", "ol"}:
            lists[id(item.parent)].append(block)
    return frozenset(
        block.order
        for blocks in lists.values()
        if len(blocks) > PLAIN and _is_list(blocks)
        for block in blocks
        if not block.linked
    )


def _is_list(blocks: Sequence[Block]) -> bool:
    plain = sum(not block.linked and not _is_label(block) for block in blocks)
    return plain >= PLAIN and plain * 2 > len(blocks)


def _is_label(block: Block) -> bool:
    return block.words <= LABEL and any(rules.phrase_book().matches(block.text))


def complete(section: Sequence[Block], tables_of: Mapping[int, Tag]) -> Iterator[Block]:
    """Give the blocks of a section but those of tables that are only partly in it."""
    inside = {block.order for block in section}
    parted = {id(table) for order, table in tables_of.items() if order not in inside}
    for block in section:
        table = tables_of.get(block.order)
        if table is None or id(table) not in parted:
            yield block
