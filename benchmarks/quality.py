"""The extraction score: our cleaner as a candidate for an article-extraction benchmark."""

import dataclasses
import re
from typing import Any, Final

from exporter import read
from exporter.clean import clean
from exporter.errors import NoArticleError
from exporter.model import Learned, Page
from exporter.settings import Settings

# The card of a video or frame. Its words are ours, not the page's: a benchmark gets the frame back.
# yes: an aside of the class embed; no: an aside of the class note
CARD: Final = re.compile(r'<aside class="embed"[^>]*>.*?</aside>', re.DOTALL)


class NoResources:
    """A page saved without its images."""

    def find(self, url: str) -> bytes | None:  # noqa: ARG002  (the protocol's shape)
        """Give nothing."""
        return None


def candidate(html: bytes, url: str | None) -> tuple[str, dict[str, Any]]:
    """Give a page's article before typesetting, and its metadata."""
    try:
        article = clean(page_of(html, url), Settings(), Learned())
    except NoArticleError:
        return "", {}
    metadata = article.metadata
    return CARD.sub("<iframe></iframe>", article.body), {
        "title": metadata.title,
        "byline": ", ".join(metadata.byline),
        # the corpora ask for the day a page shows: some show that of their last change alone
        "date": metadata.published or metadata.updated,
        "lang": metadata.language,
    }


def page_of(html: bytes, url: str | None) -> Page:
    """Give a page as its bytes were saved, without any image."""
    source = read.Source(path=None, data=html, name="page.html", url=url)
    page = next(iter(read.read(source)))
    return dataclasses.replace(page, url=page.url or url, resources=NoResources())


def main() -> None:
    """Print what cleaning costs (--time); the score itself is ../shared/bench/run.py's to print."""
    from benchmarks import cost  # noqa: PLC0415  (it measures this module)

    cost.main()


if __name__ == "__main__":
    main()
