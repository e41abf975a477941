"""Bytes -> text, in the encoding that `encodings` finds, without what no page may hold."""

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from exporter.model import Note
from exporter.read.encodings import BLOCK, SEQUENCE, Encoding, encoding_of, marked

# Characters that XML may not hold.   yes: U+0000, U+FFFE   no: tab, line feed
ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# The same in UTF-8: single bytes (for bytes.translate, ten times a regex's speed) and sequences.
ILLEGAL_BYTES: Final = bytes([*range(9), 11, 12, *range(14, 32), 127])
# yes: U+0092   no: "é" (C3 A9), "«" (C2 AB)
ILLEGAL_SEQUENCE: Final = re.compile(rb"\xc2[\x80-\x9f]|\xef\xbf[\xbe\xbf]")
DAMAGE: Final = "\ufffd"
# windows-1252 with its five holes marked as damage
CP1252: Final = bytes(range(256)).decode("cp1252", "replace")
# What becomes of the characters ILLEGAL finds. The C1 controls are windows-1252's punctuation
# after a conversion that took it for Latin-1: HTML reads "&#146;" as ’ for the same reason.
TIDIER: Final[dict[int, str]] = {
    11: "\n",
    12: "\n",
    **{code: bytes([code]).decode("cp1252", "ignore") for code in range(128, 160)},
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a capture and what decoding it cost."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes, header: str | None = None) -> Decoded:
    """Give the text of a page; `header` is the charset label of its container, if that has one.

    Line ends become line feeds (HTML §13.2.3.5); characters that no page may hold show nothing
    and go.
    """
    encoding = encoding_of(data, header)
    text = whole(pieces(_blocks(data, encoding.start), encoding))
    return Decoded(text, encoding.name, notes(text.count(DAMAGE), data, encoding))


def pieces(blocks: Iterable[bytes], encoding: Encoding) -> Iterator[str]:
    """Give the text of bytes, which begin after the encoding's mark, piece by piece."""
    if encoding.mixed:
        blocks = (b"".join(blocks),)
    decoder = io.IncrementalNewlineDecoder(_decoder(encoding), translate=True)
    before = b""  # the end of the last block: the next one begins within a character
    for block in blocks:
        text = decoder.decode(block)
        seen = before + block
        tidy = encoding.name == "utf-8" and _is_tidy(seen)
        before = seen[-2:]
        yield text if tidy else _tidied(text)
    if rest := decoder.decode(b"", final=True):
        yield _tidied(rest)


def whole(pieces: Iterable[str]) -> str:
    """Give the pieces of a text as one."""
    text = ""
    for piece in pieces:
        text += piece  # it grows in place: joined at the end, it would be there twice
    return text


def notes(damage: int, data: bytes, encoding: Encoding) -> tuple[Note, ...]:
    """Give the note on a text that has so many characters of damage, unless its bytes say them."""
    name = encoding.name
    if damage and name.startswith("utf"):  # what stands in the capture itself was done before us
        damage -= data.count(DAMAGE.encode(name), encoding.start)
    return (Note("bytes-replaced", f"{damage} of the page's bytes are not {name}"),) * (damage > 0)


def opening(data: bytes) -> str:
    """Give the first characters of a capture, well enough to tell what it is."""
    start, encoding = marked(data)
    return data[start:].decode(encoding or "latin-1", "ignore")


def _blocks(data: bytes, start: int) -> Iterator[bytes]:
    for at in range(start, len(data), BLOCK):
        yield data[at : at + BLOCK]


class _Cp1252(codecs.IncrementalDecoder):
    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: ARG002, FBT001, FBT002  (the signature is Python's)
        return codecs.charmap_decode(data, "replace", CP1252)[0]


class _Mixed(codecs.IncrementalDecoder):
    """Decodes a page whose template is UTF-8 and whose text is windows-1252, or the reverse."""

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: ARG002, FBT001, FBT002  (the signature is Python's)
        parts: list[str] = []
        end = 0
        for sequence in SEQUENCE.finditer(data):
            parts.append(codecs.charmap_decode(data[end : sequence.start()], "replace", CP1252)[0])
            parts.append(sequence[0].decode("utf-8"))
            end = sequence.end()
        parts.append(codecs.charmap_decode(data[end:], "replace", CP1252)[0])
        return "".join(parts)


def _decoder(encoding: Encoding) -> codecs.IncrementalDecoder:
    if encoding.mixed:
        return _Mixed()
    if encoding.name == "cp1252":
        return _Cp1252()
    return codecs.getincrementaldecoder(encoding.name)("replace")


def _tidied(text: str) -> str:
    return ILLEGAL.sub(lambda found: TIDIER.get(ord(found[0]), ""), text)


def _is_tidy(data: bytes) -> bool:
    """Tell that UTF-8 bytes hold no illegal character."""
    return len(data.translate(None, ILLEGAL_BYTES)) == len(data) and not ILLEGAL_SEQUENCE.search(
        data
    )
