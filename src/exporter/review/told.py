"""What is known of an article, as its explanation and its page say it."""

import dataclasses
from typing import Any, Final

from exporter.model import Metadata, Spared

OUTSIDE: Final = "outside-article"  # the reason of what stood around the article
SAVED: Final = {"too little": "too little", "guard": "saved by the guard: too much would go"}


def metadata_table(metadata: Metadata) -> dict[str, Any]:
    """Give metadata with absent values null and tuples as lists."""
    values = {field.name: getattr(metadata, field.name) for field in dataclasses.fields(metadata)}
    return values | {
        "title": metadata.title or None,
        "byline": list(metadata.byline),
        "photographers": list(metadata.photographers),
        "keywords": list(metadata.keywords),
        "provenance": dict(metadata.provenance),
    }


def saved(one: Spared) -> str:
    """Give how much spoke against a block, and what saved it."""
    why = SAVED.get(one.why) or f"saved by {one.why}"
    return f"{one.score:+.1f}, {why}"
