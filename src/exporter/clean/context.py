"""What the judges may know about an article's root beside its tree."""

from collections import Counter
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from bs4 import Tag

from exporter import rules
from exporter.clean.outline import Block, blocks
from exporter.clean.verdicts import Context
from exporter.model import Learned, Metadata, Settings

LONG: Final = 25  # words of a paragraph that belongs to the article's body
SURE: Final = 0.75  # score of a phrase rule from which a block is no paragraph of the article


def context_of(root: Tag, metadata: Metadata, settings: Settings, learned: Learned) -> Context:
    """Give the context of the judges for one article's root."""
    outline = blocks(root)
    host = host_of(metadata.url)
    long = [block.order for block in outline if block.words >= LONG and _speaks(block)]
    return Context(
        metadata=metadata,
        settings=settings,
        learned=learned,
        site=host,
        site_rules=tuple(
            rule for rule in rules.site_rules(settings.rule_folders) if host and rule.covers(host)
        ),
        blocks=tuple(outline),
        first=long[0] if long else 0,
        last=long[-1] if long else len(outline),
        alone=_alone(outline, root),
    )


def _speaks(block: Block) -> bool:
    return block.prose and not any(
        rule.score >= SURE for rule, _ in rules.phrase_book().matches(block.text)
    )


def _alone(outline: Sequence[Block], root: Tag) -> frozenset[int]:
    """Give the elements that hold one block and nothing beside it."""
    counts: Counter[int] = Counter()
    for block in outline:
        tag: Tag | None = block.element
        while tag is not None and tag is not root:
            counts[id(tag)] += 1
            tag = tag.parent
    return frozenset(identity for identity, count in counts.items() if count == 1)


def host_of(url: str | None) -> str | None:
    """Give the host of an address without "www.", or None."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
