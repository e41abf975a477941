"""What is said with a file: its kind, its age, what a browser may do with it, and which part."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final, NamedTuple

UNKNOWN: Final = "application/octet-stream"
OPDS: Final = "application/atom+xml;profile=opds-catalog;kind=acquisition"
FEED: Final = "opds"  # how the names of feeds begin
KINDS: Final = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
# A page of a library brings a policy of its own; this one bounds that, and pages that bring none.
POLICY: Final = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
    " font-src 'self' data:; script-src {scripts}; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
ALWAYS: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),  # the token is part of the address
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cache-Control", "private, no-cache"),  # kept, but asked for anew: a later run changes it
)
# yes: "bytes=0-99", "bytes=100-", "bytes=-5"; no: "bytes=0-1,5-6", "lines=1-2"
RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Part(NamedTuple):
    """Some bytes of a file, from its first to before its end."""

    start: int
    end: int


class Asked(NamedTuple):
    """What a request says of what it has and wants, as its headers write it."""

    since: str  # If-Modified-Since
    range: str  # Range
    unless: str  # If-Range


class Answer(NamedTuple):
    """How a file is answered with: which of its bytes, under which status."""

    status: HTTPStatus
    part: Part
    headers: tuple[tuple[str, str], ...]


def kind(file: Path) -> str:
    """Give a file's media type."""
    if file.suffix == ".xml" and file.name.startswith(FEED):
        return OPDS
    return KINDS.get(file.suffix.lower(), UNKNOWN)


def policy(*, scripts: bool) -> str:
    """Give what a browser may do with a file: a library's page may run its own script."""
    return POLICY.format(scripts="'self' 'unsafe-inline'" if scripts else "'none'")


def answer(asked: Asked, size: int, modified: float) -> Answer:
    """Give what to send of a file of that many bytes, last changed at that time."""
    changed = datetime.fromtimestamp(int(modified), UTC)
    stamp = format_datetime(changed, usegmt=True)
    headers = [("Last-Modified", stamp), ("Accept-Ranges", "bytes")]
    known = _time(asked.since)
    if known is not None and changed <= known and not asked.range:
        return Answer(HTTPStatus.NOT_MODIFIED, Part(0, 0), tuple(headers))
    part = _part(asked.range, size) if asked.unless in {"", stamp} else Part(0, size)
    if part is None:
        headers.append(("Content-Range", f"bytes */{size}"))
        return Answer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, Part(0, 0), tuple(headers))
    if part == Part(0, size):
        return Answer(HTTPStatus.OK, part, tuple(headers))
    headers.append(("Content-Range", f"bytes {part.start}-{part.end - 1}/{size}"))
    return Answer(HTTPStatus.PARTIAL_CONTENT, part, tuple(headers))


def always(file: Path, *, scripts: bool) -> Iterator[tuple[str, str]]:
    """Give the headers of every file."""
    yield "Content-Type", kind(file)
    yield "Content-Security-Policy", policy(scripts=scripts)
    yield from ALWAYS


def refusing() -> Iterator[tuple[str, str]]:
    """Give the headers of a refusal, which is a line of text."""
    yield "Content-Type", KINDS[".txt"]
    yield "Content-Security-Policy", policy(scripts=False)
    yield from ALWAYS


def _part(wanted: str, size: int) -> Part | None:
    """Give the part of a file that a Range means; what we don't read means all, None nothing."""
    found = RANGE.fullmatch(wanted.replace(" ", ""))
    if found is None or not any(found.groups()):
        return Part(0, size)  # several parts, or another unit: all is always right (RFC 9110, 14.2)
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return Part(0, size)  # no range at all
    return Part(start, end) if start < end else None


def _time(stamp: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(stamp)
    except (TypeError, ValueError):  # no date
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
