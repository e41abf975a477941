"""MHTML, as Chrome, Edge and the old Internet Explorer save it (RFC 2557) -> its page."""

from collections.abc import Iterator
from email.message import Message

from exporter.model import Page
from exporter.read import mail
from exporter.read.html import base_href
from exporter.read.mapped import MappedResources, joined
from exporter.read.provenance import moment
from exporter.read.source import Source


def read(source: Source) -> Iterator[Page]:
    """Give the page of an MHTML file.

    Raises:
        CaptureError: the file can't be read or holds no page.

    """
    data = source.load()
    parts = mail.parts_of(data)
    part = mail.page_part(parts, source.name)
    decoded = mail.decoded(part)
    url = _address(parts, part)
    base = base_href(decoded.text)
    yield Page(
        html=decoded.text,
        url=source.url or url,
        saved_at=moment(mail.header(parts.message, "Date") or ""),
        capture=source.capture("mhtml", data),
        resources=MappedResources.of(
            dict(mail.by_url(parts)), next(iter(joined(url, base or "")), base)
        ),
        notes=(*decoded.notes, *parts.notes),
    )


def _address(parts: mail.Parts, part: Message) -> str | None:
    """Give the page's address; Internet Explorer writes it at the part alone."""
    places = (
        mail.header(parts.message, "Snapshot-Content-Location"),
        mail.header(parts.message, "Content-Location"),
        mail.header(part, "Content-Location"),
    )
    urls = ("".join(place.split()) for place in places if place)
    return next((url for url in urls if url.startswith(("http://", "https://"))), None)
