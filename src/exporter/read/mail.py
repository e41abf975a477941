"""MIME messages, whole or damaged -> their parts: what MHTML and e-mail captures share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Final

from exporter.errors import CaptureError
from exporter.model import Note
from exporter.read.decode import Decoded, decode

# A part's start in the body: the boundary that is really used.
# yes: "\n------MultipartBoundary--x\nContent-Type: text/html"   no: "\n-- \nAna Ruiz"
BOUNDARY: Final = re.compile(rb"^--([^\r\n]{1,200})\r?\n(?=Content-[A-Za-z-]+:)", re.MULTILINE)
WORDLESS: Final = re.compile(r"\s+")  # yes: a folded header's line end; no: "a"


@dataclass(frozen=True, slots=True)
class Parts:
    """The leaves of a message, and whether its end is missing."""

    message: Message
    leaves: tuple[Message, ...]
    notes: tuple[Note, ...]


def parts_of(data: bytes) -> Parts:
    """Give the parts of a message; a wrong boundary is replaced by the one really used."""
    message = message_from_bytes(data)
    if message.get_content_maintype() == "multipart" and not message.is_multipart():
        message = _with_real_boundary(data, message)
    boundary = message.get_boundary()
    cut = boundary is not None and f"--{boundary}--".encode() not in data
    note = Note("capture-truncated", "the end of the capture is missing")
    leaves = tuple(part for part in message.walk() if not part.is_multipart())
    return Parts(message, leaves, (note,) if cut else ())


def page_part(parts: Parts, where: str) -> Message:
    """Give the part that is the page: the one the message names, else the first HTML.

    Raises:
        CaptureError: there is none.

    """
    pages = [part for part in parts.leaves if part.get_content_type() in HTML_TYPES]
    start = str(parts.message.get_param("start") or "")
    named = [part for part in pages if start and part.get("Content-ID") == start]
    for part in (*named, *pages):
        if payload(part).strip():
            return part
    raise CaptureError("the capture holds no HTML page", where, "save the page again")


def decoded(part: Message) -> Decoded:
    """Give a part's text."""
    charset = part.get_param("charset")
    return decode(payload(part), charset if isinstance(charset, str) else None)


def payload(part: Message) -> bytes:
    """Give a part's bytes, freed from their transfer encoding."""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def by_url(parts: Parts) -> Iterator[tuple[str, bytes]]:
    """Give the other parts by the URLs they stand for: location, cid:, name."""
    for part in parts.leaves:
        location, identifier = header(part, "Content-Location"), header(part, "Content-ID")
        urls = [WORDLESS.sub("", location)] if location else []
        if identifier:
            urls.append(f"cid:{identifier.strip('<> ')}")
        if not urls and (name := part.get_filename()):
            urls.append(name)
        if urls:
            body = payload(part)
            yield from ((url, body) for url in urls)


def header(message: Message, name: str) -> str | None:
    """Give a header with its encoded words (RFC 2047) decoded, or None."""
    raw = message.get(name)
    if raw is None:
        return None
    try:
        return str(make_header(decode_header(str(raw)))).strip()
    except (LookupError, UnicodeError, ValueError):
        return str(raw).strip()


def _with_real_boundary(data: bytes, message: Message) -> Message:
    found = BOUNDARY.search(data)
    if found is None:
        return message
    boundary = found[1].rstrip().replace(b'"', b"")
    # the first of two headers of one name counts
    return message_from_bytes(b'Content-Type: multipart/related; boundary="%s"\n' % boundary + data)


HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
