"""Gives every run of text an element of its own, so that a verdict never takes its neighbours.

Old pages set paragraphs apart by two <br>, or write text beside blocks in the same container.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from exporter.clean.marks import MARK
from exporter.clean.nodes import Node
from exporter.clean.tree import BLOCKS

# containers whose text may be wrapped; a list or table may not hold paragraphs directly
OPEN: Final = frozenset({
    "div", "section", "article", "main", "body", "td", "th", "li", "center", "blockquote", "aside",
    "header", "footer", "form", "dd", "details", "fieldset", "figure", "nav", "noscript", "p",
})  # fmt: skip
Run = list[PageElement]


def isolate(root: Tag) -> None:
    """Wrap each run of text in a paragraph where it shares its container with others."""
    inner = [node for node in root.descendants if isinstance(node, Tag) and node.name in OPEN]
    for container in [root, *inner]:
        if MARK in container.attrs:
            continue
        runs = [run for run in _runs(container) if _speaks(run)]
        whole = len(runs) == 1 and not any(
            _is_block(child) for child in container.contents if isinstance(child, Tag)
        )
        if runs and not whole:
            _wrap(container, runs)


def _runs(container: Tag) -> Iterator[Run]:
    run: Run = []
    breaks = 0
    for child in list(container.contents):
        if isinstance(child, Tag) and child.name == "br":
            breaks += 1
            run.append(child)
        elif isinstance(child, Tag) and _is_block(child):
            yield run
            run, breaks = [], 0
        elif isinstance(child, NavigableString) and child.isspace():
            run.append(child)
        else:
            if breaks > 1:
                yield run
                run = []
            breaks = 0
            run.append(child)
    yield run


def _is_block(tag: Tag) -> bool:
    return tag.name in BLOCKS or any(
        isinstance(node, Tag) and node.name in BLOCKS for node in tag.descendants
    )


def _speaks(run: Iterable[PageElement]) -> bool:
    return any(
        type(node) is NavigableString and not node.isspace()
        if not isinstance(node, Tag)
        else node.name == "img" or node.find("img") is not None or bool(node.get_text().strip())
        for node in run
    )


def _wrap(container: Tag, runs: Sequence[Run]) -> None:
    """Wrap the runs of a container: its children leave it and come back, once each.

    To insert in the middle means to look for the place, which takes too long among thousands.
    """
    starts = {id(run[0]) for run in runs}
    wrapped = {id(node) for run in runs for node in run}
    # a paragraph may not hold another
    name = "div" if container.name == "p" else "p"
    paragraph = container
    for child in list(container.contents):
        child.extract()
        if id(child) in starts:
            paragraph = Node(name=name)
            container.append(paragraph)
        (paragraph if id(child) in wrapped else container).append(child)
