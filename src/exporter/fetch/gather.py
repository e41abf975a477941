"""The images that a finished article shows and its capture lacks: fetched, and told of."""

import dataclasses
import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from exporter.fetch.network import Fetched, Network
from exporter.model import Article, Missing, Note, Page, Resources

TRIES: Final = 3  # addresses tried of one image


def gather(missing: Sequence[Missing], network: Network) -> Iterator[Fetched]:
    """Give what came of each address of the missing images, as it comes.

    Of an image's addresses the first that gives one is enough.
    """
    from exporter.fetch.fetcher import Fetcher  # noqa: PLC0415  (brings httpx, an extra)

    fetcher = Fetcher(network)
    limits = network.limits
    end = time.monotonic() + limits.article
    room = limits.article_bytes
    done: dict[str, Fetched] = {}
    for number, image in enumerate(dict.fromkeys(one.addresses for one in missing)):
        for url in image[:TRIES]:
            if url not in done:
                done[url] = (
                    Fetched(url, reason=f"the article shows more than {limits.images} such images")
                    if number >= limits.images
                    else Fetched(url, reason="fetching took too long")
                    if time.monotonic() > end
                    else _fitting(fetcher.get(url), room)
                )
                room -= len(done[url].data or b"")
                yield done[url]
            if done[url].data is not None:
                break


def _fitting(fetched: Fetched, room: int) -> Fetched:
    """Give what was fetched, without the image where there is no room for it."""
    if len(fetched.data or b"") <= room:
        return fetched
    return Fetched(fetched.url, reason="the images of this article are too large together")


@dataclass(frozen=True, slots=True)
class Beside:
    """What a capture holds, and what was fetched beside it."""

    captured: Resources
    fetched: dict[str, bytes] = field(repr=False)

    def find(self, url: str) -> bytes | None:
        """Give the bytes behind a URL of the page, or None."""
        return self.fetched.get(url) or self.captured.find(url)


def beside(page: Page, fetched: Sequence[Fetched]) -> Page:
    """Give a page with what was fetched for it."""
    found = {one.url: one.data for one in fetched if one.data is not None}
    if not found:
        return page
    return dataclasses.replace(page, resources=Beside(page.resources, found))


def told(article: Article, fetched: Sequence[Fetched]) -> Article:
    """Give an article whose notes say what was fetched for it, and why the rest is missing."""
    if not fetched:
        return article
    reasons = {
        one.note: Note(one.note.code, f"{one.note.detail}: {reason}")
        for one in article.missing
        if (reason := _reason(one, fetched))
    }
    notes = [reasons.get(note, note) for note in article.notes]
    notes += [_note(one) for one in fetched if one.data is not None]
    return dataclasses.replace(article, notes=tuple(dict.fromkeys(notes)))


def _reason(image: Missing, fetched: Sequence[Fetched]) -> str:
    """Give why the first of an image's addresses gave none."""
    found = {one.url: one.reason for one in fetched}
    return next((found[url] for url in image.addresses if found.get(url)), "")


def _note(one: Fetched) -> Note:
    moved = f", from {one.came_from}" if one.came_from else ""
    data = one.data or b""
    return Note(
        "fetched",
        f"{one.url}{moved} ({len(data)} bytes, sha-256 {hashlib.sha256(data).hexdigest()})",
    )
