"""An article without pictures, for a user who wants none: captions, credits and texts stay."""

import dataclasses
from typing import Final

from exporter import dom
from exporter.model import Article

LOSSES: Final = frozenset({"image-missing", "image-broken"})  # notes of what nobody wants


def omit(article: Article) -> Article:
    """Give an article whose images are marks with their alternative texts, and no loss."""
    return dataclasses.replace(
        article,
        body=dom.without_pictures(article.body),
        assets=(),
        notes=tuple(note for note in article.notes if note.code not in LOSSES),
        missing=(),
    )
