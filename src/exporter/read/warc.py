"""A WARC (plain or gzip'd) -> the pages recorded in it, each with all that was recorded."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import urldefrag

from exporter.errors import CaptureError, ExportError
from exporter.model import Capture, Page
from exporter.read.archives import cut, summed
from exporter.read.bodies import can_decode
from exporter.read.crawl import HTML_TYPES, Crawl, Record, crawl
from exporter.read.decode import decode
from exporter.read.html import base_href
from exporter.read.mapped import MappedResources, Parts, joined
from exporter.read.provenance import moment
from exporter.read.signatures import sniff
from exporter.read.source import HEAD, Source

# The frames of a page are recorded as pages of their own.
# yes: '<iframe loading="lazy" src="https://ads.example/a">'   no: "<iframes src=x>"
FRAME: Final = re.compile(
    r"<i?frame\s[^<>]{0,2000}?\bsrc\s*=\s*(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)


def read(source: Source) -> Iterator[Page]:
    """Give the pages of a WARC; one that is cut gives those before the end.

    Raises:
        CaptureError: it is damaged, or holds no page.
        MissingExtraError: warcio is not installed.

    """
    recorded = crawl([source.store()], source)
    yield from Reading(source, recorded, "warc").pages(recorded.index.pages)


@dataclass(slots=True)
class Reading:
    """The way through a crawl's records: what was a frame of an earlier page is no page."""

    source: Source
    recorded: Crawl
    kind: str
    frames: set[str] = field(default_factory=set)
    read: set[tuple[str, str]] = field(default_factory=set)  # URL and digest of what came before
    troubles: list[ExportError] = field(default_factory=list)

    def pages(self, records: Iterable[Record]) -> Iterator[Page]:
        """Give the pages that some records are: HTML that a person went to.

        Raises:
            CaptureError: there is none; or, after all others, some that can't be read.

        """
        parts = Parts(self.recorded)
        count = 0
        for record in records:
            if (body := self._body(record)) is None:
                continue
            page = self._page(record, body, parts)
            self.frames.update(_frames(page))
            count += 1
            yield cut(page) if self.recorded.index.cut else page
        if self.troubles:
            raise summed(self.troubles, count + len(self.troubles))
        if not count:
            cut_ = self.recorded.index.cut
            what = "the capture is damaged" if cut_ else "the capture holds no HTML page"
            raise CaptureError(what, self.source.name, "save the page again")

    def _body(self, record: Record) -> bytes | None:
        """Give the HTML of a record, or None when it is no page of its own."""
        index, place = self.recorded.index, self.recorded.original(record)
        if record.url in index.embedded or record.url in self.frames or place is None:
            return None
        known = (record.url, record.digest or record.date)
        if known in self.read or place.media not in HTML_TYPES:
            return None
        self.read.add(known)
        where = f"{self.source.name}/{record.url}"
        if not can_decode(place.encoding):
            what = f"the page is compressed as {place.encoding}, which can't be read here"
            remedy = f"install {place.encoding}" if place.encoding == "br" else "record it again"
            self.troubles.append(CaptureError(what, where, remedy))
            return None
        limits = self.source.limits
        body = self.recorded.body(record, limits.capture_size + 1)
        if len(body) > limits.capture_size:
            self.troubles.append(limits.too_large("capture-size", where, len(body)))
            return None
        return body if sniff(body[:HEAD]) == "html" else None

    def _page(self, record: Record, body: bytes, parts: Parts) -> Page:
        place = self.recorded.original(record) or record
        decoded = decode(body, place.charset or None)
        base = next(iter(joined(record.url, base_href(decoded.text) or "")), record.url)
        return Page(
            html=decoded.text,
            url=self.source.url or record.url,
            saved_at=moment(record.date),
            capture=Capture(
                path=f"{self.source.name}/{record.url}",
                kind=self.kind,
                digest=hashlib.sha256(body).hexdigest(),
                tool=self.recorded.index.tool,
            ),
            resources=MappedResources(parts, base, limits=self.source.limits),
            notes=decoded.notes,
            chosen=False,
        )


def _frames(page: Page) -> Iterator[str]:
    """Give the addresses of a page's frames."""
    for found in FRAME.finditer(page.html):
        address = unescape(found[1] or found[2] or found[3])
        for absolute in joined(page.url, address):
            yield urldefrag(absolute).url
