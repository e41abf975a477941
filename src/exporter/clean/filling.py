"""The metadata of the pages of one article -> those of the article."""

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

from exporter import dom
from exporter.clean import paging
from exporter.clean.metadata import count_words
from exporter.model import Metadata

# what a later page fills in where the first says nothing
FILLED: Final = (
    "kicker", "subtitle", "byline", "dateline", "published", "site", "republisher", "original_url",
    "translator", "rights", "keywords",
)  # fmt: skip


def fill(pages: Sequence[Metadata], body: str) -> Metadata:
    """Give what the first page says of the article, with what only later ones say.

    `body` is that of all pages together; whoever took a picture on any of them is named.
    """
    about, *others = pages
    changes: dict[str, Any] = {}
    provenance = dict(about.provenance)
    for later in others:
        for name in FILLED:
            if not (changes.get(name) or getattr(about, name)) and getattr(later, name):
                changes[name] = getattr(later, name)
                provenance[name] = later.provenance.get(name, "page")
        if later.updated and later.updated > (changes.get("updated") or about.updated or ""):
            changes["updated"] = later.updated
            provenance["updated"] = later.provenance.get("updated", "page")
    pictured = [name for page in pages for name in page.photographers]
    return dataclasses.replace(
        about,
        **changes,
        photographers=tuple(dict.fromkeys(pictured)),
        title=paging.bare(about.title),
        words=count_words(dom.plain_text(body)),
        provenance=provenance,
    )
