"""A MIME message -> its leaves, by the places where they stand: no part is copied or decoded.

RFC 2046 §5.1 (multipart). The library's parser makes a string of every line of every picture.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final

MAX_DEPTH: Final = 10  # multiparts within multiparts
MAX_PARTS: Final = 20_000
MAX_HEADERS: Final = 2**18  # bytes
HEADERS_END: Final = re.compile(rb"\r?\n\r?\n|\r\r")  # yes: an empty line; no: a line end
# What may follow a boundary on its line.   yes: "--", " "   no: "x", "--x"
REST: Final = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r|\Z)")
BEFORE: Final = re.compile(rb"(?:\r\n|\n|\r)\Z")  # yes: "\r\n"; no: "x"
LINE_END: Final = re.compile(rb"\r?\n|\r")
# A part's start in the body: the boundary that is really used.
# yes: "\n------MultipartBoundary--x\nContent-Type: text/html"   no: "\n-- \nAna Ruiz"
BOUNDARY: Final = re.compile(rb"^--([^\r\n]{1,200})\r?\n(?=Content-[A-Za-z-]{1,60}:)", re.MULTILINE)
UNWRAPPED: Final = bytes(range(33))  # what base64 is wrapped with
URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds no others."""

    headers: Message
    whole: bytes = field(repr=False)
    start: int  # of its body
    end: int

    def payload(self) -> bytes:
        """Give the part's bytes, freed from their transfer encoding."""
        body = self.whole[self.start : self.end]
        match str(self.headers.get("Content-Transfer-Encoding", "")).strip().casefold():
            case "base64":
                return _from_base64(body)
            case "quoted-printable":
                return quopri.decodestring(body)
            case _:
                return body


@dataclass(slots=True)
class Splitting:
    """The way through a message; `cut` tells whether its end is missing."""

    whole: bytes
    cut: bool = False
    count: int = 0

    def leaves(self, start: int, end: int, depth: int = 0) -> Iterator[Leaf]:
        """Give the leaves of the message or part that stands between two places."""
        headers, body = headers_at(self.whole, start, end)
        self.count += 1
        if depth < MAX_DEPTH and self.count < MAX_PARTS:
            if headers.get_content_maintype() == "multipart":
                parts = list(self._parts(headers, body, end))
                for part in parts:
                    if self.count >= MAX_PARTS:
                        return
                    yield from self.leaves(*part, depth + 1)
                if parts:
                    return
            elif headers.get_content_type() == "message/rfc822":
                yield from self.leaves(body, end, depth + 1)
                return
        yield Leaf(headers, self.whole, body, end)

    def _parts(self, headers: Message, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Give where the parts of a multipart stand; a wrong boundary gives way to the real one."""
        stated = (headers.get_boundary() or "").encode("utf-8", "surrogateescape")
        marks = list(self._marks(stated, start, end)) if stated else []
        if not marks and (real := BOUNDARY.search(self.whole, start, end)):
            marks = list(self._marks(real[1].rstrip(), start, end))
        if not marks:
            return
        last = next((at for at, (_, _, is_last) in enumerate(marks) if is_last), None)
        self.cut |= last is None
        for at, (_, opened, _) in enumerate(marks[:last]):
            yield opened, marks[at + 1][0] if at + 1 < len(marks) else end

    def _marks(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Give the lines that part the parts: where each begins and ends, whether it is the last.

        The line end before such a line belongs to it, not to the part above.
        """
        line = b"--" + boundary
        at = start
        while (at := self.whole.find(line, at, end)) >= 0:
            rest = REST.match(self.whole, at + len(line), end)
            if rest and (at == start or self.whole[at - 1] in b"\r\n"):
                before = BEFORE.search(self.whole[max(start, at - 2) : at])
                yield at - (len(before[0]) if before else 0), rest.end(), rest[1] is not None
            at += len(line)


def headers_at(whole: bytes, start: int, end: int) -> tuple[Message, int]:
    """Give the headers that stand at a place, and where the body below them begins."""
    if empty := LINE_END.match(whole, start, end):  # no headers at all
        return Message(), empty.end()
    found = HEADERS_END.search(whole, start, min(end, start + MAX_HEADERS))
    stop = found.start() if found else min(end, start + MAX_HEADERS)
    return BytesHeaderParser().parsebytes(whole[start:stop]), found.end() if found else end


def _from_base64(body: bytes) -> bytes:
    letters = body.translate(URL_SAFE, UNWRAPPED)
    letters = letters[: len(letters) - (len(letters.rstrip(b"=")) % 4 == 1)]
    try:
        return base64.b64decode(letters.rstrip(b"=") + b"===")
    except binascii.Error:
        return b""
