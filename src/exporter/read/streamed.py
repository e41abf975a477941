"""A text that is read from its capture whenever it is asked for, and is never in memory whole.

And what becomes of it: parts of a page, which grow into one string in little more memory than
that itself takes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from exporter.model import Capture, Note
from exporter.read.decode import DAMAGE, Decoded, notes, pieces, whole
from exporter.read.encodings import Encoding, encoding_of
from exporter.read.source import Source

CHUNK: Final = 2**14  # characters that are kept together
LARGE: Final = 2**20  # bytes from which a page's memory counts
FEW: Final = 8  # a text has few of some characters when they are fewer than one in so many
BEYOND_LATIN: Final = bytes(range(0xC4, 0xF5))  # the first bytes of such characters in UTF-8
ASTRAL: Final = re.compile(r"[\U00010000-\U0010ffff]")  # yes: "😀"; no: "漢"
ASTRAL_BYTES: Final = bytes(range(0xF0, 0xF5))


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a capture."""

    source: Source
    encoding: Encoding
    capture: Capture
    notes: tuple[Note, ...]

    def pieces(self) -> Iterator[str]:
        """Give the text piece by piece, decoded anew.

        Raises:
            CaptureError: the file can't be read any more.

        """
        return pieces(self.source.blocks(self.encoding.start), self.encoding)

    def decoded(self) -> Decoded:
        """Give the whole text.

        Raises:
            CaptureError: the file can't be read any more.

        """
        return Decoded(whole(self.pieces()), self.encoding.name, self.notes)

    def lines(self) -> Iterator[str]:
        """Give the lines of the text, without their ends.

        Raises:
            CaptureError: the file can't be read any more.

        """
        return lines(self.pieces())


def opened(source: Source, kind: str, limit: str) -> Text:
    """Give the text of a capture.

    Raises:
        CaptureError: the file can't be read.
        LimitError: it is larger than the limit of that name.

    """
    data = source.load(limit)
    encoding = encoding_of(data)
    read = pieces(source.blocks(encoding.start), encoding)
    damage = sum(piece.count(DAMAGE) for piece in read)
    return Text(source, encoding, source.capture(kind, data), notes(damage, data, encoding))


def lines(pieces: Iterable[str]) -> Iterator[str]:
    """Give the lines of a text that comes in pieces, without their ends."""
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + piece).split("\n")
        yield from whole
    yield rest


def gathered(parts: Iterable[str]) -> Iterator[bytes]:
    """Give many parts as few, in UTF-8: a byte a letter, mostly."""
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= CHUNK:
            yield "".join(held).encode("utf-8", "replace")
            held.clear()
            size = 0
    yield "".join(held).encode("utf-8", "replace")


def joined(chunks: list[bytes]) -> str:
    """Give the chunks of a page's markup as one string; the list is empty then.

    Python's strings have as many bytes a character as the widest one needs: in a long English or
    French page the quotation marks would double all the letters, and one emoji take four times
    the room. They become character references there.
    """
    narrow = _narrow(chunks) if sum(map(len, chunks)) >= LARGE else _as_it_is
    chunks.reverse()
    page = ""
    for _ in range(len(chunks)):  # CPython 3.11 lets a string grow in place only in such loops
        page += narrow(chunks.pop().decode("utf-8"))
    return page


def _narrow(chunks: list[bytes]) -> Callable[[str], str]:
    """Give what keeps the letters of a page narrow."""
    size = sum(map(len, chunks))
    if FEW * _count(chunks, BEYOND_LATIN) < size:
        return _in_latin
    return _in_plane if FEW * _count(chunks, ASTRAL_BYTES) < size else _as_it_is


def _count(chunks: list[bytes], first: bytes) -> int:
    """Count the characters that begin with one of these bytes."""
    return sum(len(chunk) - len(chunk.translate(None, first)) for chunk in chunks)


def _as_it_is(text: str) -> str:
    return text


def _in_latin(text: str) -> str:
    return text.encode("latin-1", "xmlcharrefreplace").decode("latin-1")


def _in_plane(text: str) -> str:
    return ASTRAL.sub(lambda found: f"&#{ord(found[0])};", text)
