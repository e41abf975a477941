"""MHTML, as Chrome, Edge and the old Internet Explorer save it (RFC 2557) -> its page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from exporter.model import Page
from exporter.read import mail
from exporter.read.html import base_href
from exporter.read.mapped import MappedResources, joined
from exporter.read.mime import Leaf
from exporter.read.provenance import moment
from exporter.read.source import Source

# yes: "<Saved by Blink>", '"Saved by Windows Internet Explorer 8"'   no: "Ana <ana@port.example>"
SAVED_BY: Final = re.compile(r"\bSaved by ([\w .]{1,60}[\w.])")


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
        capture=replace(source.capture("mhtml", data), tool=_tool(parts)),
        resources=MappedResources.of(
            mail.by_url(parts), next(iter(joined(url, base or "")), base), source.limits
        ),
        notes=(*decoded.notes, *parts.notes),
    )


def _address(parts: mail.Parts, part: Leaf) -> str | None:
    """Give the page's address; Internet Explorer writes it at the part alone."""
    places = (
        mail.header(parts.message, "Snapshot-Content-Location"),
        mail.header(parts.message, "Content-Location"),
        mail.header(part.headers, "Content-Location"),
    )
    urls = ("".join(place.split()) for place in places if place)
    return next((url for url in urls if url.startswith(("http://", "https://"))), None)


def _tool(parts: mail.Parts) -> str | None:
    """Give the program that says "Saved by" in place of a sender."""
    found = SAVED_BY.search(mail.header(parts.message, "From") or "")
    return found[1] if found else None
