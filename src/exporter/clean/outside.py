"""What `locate` left outside the article: one ledger entry for each block of it."""

from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.outline import block_of
from exporter.clean.tree import Places, path_of
from exporter.model import Removal

REASON = "outside-article"


def outside(body: Tag, root: Tag) -> tuple[Removal, ...]:
    """Give the text of `body` that does not stand in `root`, a block an entry."""
    places = Places()
    return tuple(
        Removal(REASON, "not in the article's container", path_of(tag, places), text)
        for tag, text in _runs(body, root)
    )


def _runs(body: Tag, root: Tag) -> Iterator[tuple[Tag, str]]:
    current: Tag | None = None
    parts: list[str] = []
    for node in _outside(body, root):
        tag = block_of(node)
        if tag is not current:
            if current is not None and (text := " ".join("".join(parts).split())):
                yield current, text
            current, parts = tag, []
        parts.append(str(node))
    if current is not None and (text := " ".join("".join(parts).split())):
        yield current, text


def _outside(body: Tag, root: Tag) -> Iterator[NavigableString]:
    if body is root:
        return
    stack = list(reversed(body.contents))
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node is not root:
                stack.extend(reversed(node.contents))
        elif type(node) is NavigableString:
            yield node
