"""Tells a page of nothing but pleas and labels from a short article."""

from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter import rules
from exporter.clean import containers
from exporter.clean.context import LONG, SURE
from exporter.clean.judges.phrases import KEPT
from exporter.clean.outline import Block
from exporter.clean.verdicts import Context

# what a page may show instead of saying anything
SHOWN: Final = ("img", "figure", "table", "pre", "math", "blockquote", "iframe", "video", "audio")


def pleads(root: Tag, context: Context) -> bool:
    """Tell whether every word below the headline is a sure plea and nothing else is shown.

    One block that no phrase rule knows makes an article, however short.
    """
    spoken = [
        block
        for block in context.blocks
        if not block.heading and not any(map(containers.kind, _chain(block.element, root)))
    ]
    return (
        bool(spoken)
        and root.find(SHOWN) is None
        and all(block.words < LONG and _is_plea(block) for block in spoken)
    )


def _chain(element: Tag, root: Tag) -> Iterator[Tag]:
    tag: Tag | None = element
    while tag is not None and tag is not root:
        yield tag
        tag = tag.parent


def _is_plea(block: Block) -> bool:
    matches = rules.phrase_book().matches(block.text)
    return any(rule.score >= SURE and rule.kind not in KEPT for rule, _ in matches)
