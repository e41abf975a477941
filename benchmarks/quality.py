"""The extraction score: our cleaner as a candidate for an article-extraction benchmark."""

import hashlib
from typing import Any

from exporter.clean import clean
from exporter.errors import NoArticleError
from exporter.model import Capture, Learned, Page, Settings


class NoResources:
    """A page saved without its images."""

    def find(self, url: str) -> bytes | None:  # noqa: ARG002  (the protocol's shape)
        """Give nothing."""
        return None


def candidate(html: bytes, url: str | None) -> tuple[str, dict[str, Any]]:
    """Give a page's article before typesetting, and its metadata."""
    page = Page(
        html=decode(html), url=url, saved_at=None,
        capture=Capture("page.html", "html", hashlib.sha256(html).hexdigest()),
        resources=NoResources(),
    )  # fmt: skip
    article = clean(page, Settings(), Learned())
    metadata = article.metadata
    return article.body, {
        "title": metadata.title,
        "byline": ", ".join(metadata.byline),
        "date": metadata.published,
        "lang": metadata.language,
    }


def decode(html: bytes) -> str:
    try:
        return html.decode("utf-8-sig")
    except UnicodeDecodeError:
        return html.decode("cp1252", "replace")
