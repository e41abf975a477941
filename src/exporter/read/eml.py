"""An e-mail saved as a file -> the page that its HTML is: newsletters are captures too."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from exporter.model import Page
from exporter.read import mail
from exporter.read.mapped import MappedResources
from exporter.read.provenance import moment
from exporter.read.source import Source
from exporter.read.text import markup


def read(source: Source) -> Iterator[Page]:
    """Give the page of an e-mail; one without HTML is read as text.

    Raises:
        CaptureError: the file can't be read or holds neither.

    """
    data = source.load()
    parts = mail.parts_of(data)
    plain = [part for part in parts.leaves if part.headers.get_content_type() == "text/plain"]
    has_html = any(part.headers.get_content_type() in mail.HTML_TYPES for part in parts.leaves)
    part = plain[0] if plain and not has_html else mail.page_part(parts, source.name)
    decoded = mail.decoded(part)
    subject = mail.header(parts.message, "Subject") or ""
    html = decoded.text if has_html else markup(f"{subject}\n\n{decoded.text}")
    yield Page(
        html=_titled(html, subject),
        url=source.url,
        saved_at=moment(mail.header(parts.message, "Date") or ""),
        capture=replace(source, data=data).capture("eml", data),
        resources=MappedResources.of(mail.by_url(parts), None, source.limits),
        notes=(*decoded.notes, *parts.notes),
    )


def _titled(html: str, subject: str) -> str:
    """Give the page with the subject as its title, when it has no other."""
    lowered = html.lower()
    if not subject or ("<title>" in lowered and "<title></title>" not in lowered):
        return html
    return f"<title>{escape(subject)}</title>\n{html}"
