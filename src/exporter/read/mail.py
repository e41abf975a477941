"""MIME messages, whole or damaged -> their parts: what MHTML and e-mail captures share."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from typing import Final

from exporter.errors import CaptureError
from exporter.model import Note
from exporter.read.decode import Decoded, decode
from exporter.read.mime import Leaf, Splitting, headers_at

WORDLESS: Final = re.compile(r"\s+")  # yes: a folded header's line end; no: "a"
HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
CUT: Final = Note("capture-truncated", "the end of the capture is missing")


@dataclass(frozen=True, slots=True)
class Parts:
    """The headers of a message, its leaves, and whether its end is missing."""

    message: Message
    leaves: tuple[Leaf, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Bodies(Mapping[str, bytes]):
    """The parts of a message by the URLs they stand for, decoded when they are asked for."""

    leaves: Mapping[str, Leaf]

    def __getitem__(self, url: str) -> bytes:
        return self.leaves[url].payload()

    def __iter__(self) -> Iterator[str]:
        return iter(self.leaves)

    def __len__(self) -> int:
        return len(self.leaves)


def parts_of(data: bytes) -> Parts:
    """Give the parts of a message; a wrong boundary is replaced by the one really used."""
    start = len(data) - len(data.lstrip())
    message, _ = headers_at(data, start, len(data))
    splitting = Splitting(data)
    leaves = tuple(splitting.leaves(start, len(data)))
    return Parts(message, leaves, (CUT,) if splitting.cut else ())


def page_part(parts: Parts, where: str) -> Leaf:
    """Give the part that is the page: the one the message names, else the first HTML.

    Raises:
        CaptureError: there is none.

    """
    pages = [part for part in parts.leaves if part.headers.get_content_type() in HTML_TYPES]
    start = str(parts.message.get_param("start") or "")
    named = [part for part in pages if start and part.headers.get("Content-ID") == start]
    for part in (*named, *pages):
        if part.payload().strip():
            return part
    raise CaptureError("the capture holds no HTML page", where, "save the page again")


def decoded(part: Leaf) -> Decoded:
    """Give a part's text."""
    charset = part.headers.get_param("charset")
    return decode(part.payload(), charset if isinstance(charset, str) else None)


def by_url(parts: Parts) -> Bodies:
    """Give the parts by the URLs they stand for: location, cid:, name."""
    found: dict[str, Leaf] = {}
    for part in parts.leaves:
        location = header(part.headers, "Content-Location")
        identifier = header(part.headers, "Content-ID")
        urls = [WORDLESS.sub("", location)] if location else []
        if identifier:
            urls.append(f"cid:{identifier.strip('<> ')}")
        if not urls and (name := part.headers.get_filename()):
            urls.append(name)
        found.update((url, part) for url in urls)
    return Bodies(found)


def header(message: Message, name: str) -> str | None:
    """Give a header with its encoded words (RFC 2047) decoded, or None."""
    raw = message.get(name)
    if raw is None:
        return None
    try:
        return str(make_header(decode_header(str(raw)))).strip()
    except (LookupError, UnicodeError, ValueError):
        return str(raw).strip()
