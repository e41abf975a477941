"""The photographs of a book, which are never all in memory: they are added when it is written.

While a book is joined, a mark stands for each; the file that comes of it gets the photographs at
its end, as an incremental update (ISO 32000-1 §7.5.6), read one by one from the pieces.
"""

import hashlib
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import pikepdf
from pikepdf import Dictionary, Name

LEAST: Final = 4096  # bytes: smaller ones are not worth it
# an object of the file whose stream is a mark; yes: "7 0 obj\n<< … >>\nstream\n%photograph 0…"
MARKED: Final = re.compile(
    rb"(?<=\n)(\d+) 0 obj\n(<<[^\n]{1,2000}>>)\nstream\n%photograph ([0-9a-f]{64})"
)
LENGTH: Final = re.compile(rb"/Length \d+")  # of the dictionary of a stream
START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
TAIL: Final = 64  # bytes: more than the end of a file takes
WIDTHS: Final = (1, 5, 2)  # bytes of an entry's kind, offset and generation


@dataclass(frozen=True, slots=True)
class Place:
    """Where a photograph stands in a piece."""

    piece: Path
    number: tuple[int, int]  # its object and generation


class Photographs:
    """The photographs of all pieces, each once."""

    def __init__(self) -> None:
        self._places: dict[bytes, Place] = {}
        self._shown: dict[bytes, pikepdf.Object] = {}  # the objects of the book

    def take(self, piece: Path, images: pikepdf.Object) -> dict[str, bytes]:
        """Put marks for the photographs among a piece's images; give the marks by name."""
        marks = {}
        for name in sorted(images.keys()):  # pikepdf gives a set, in an order of its own
            image = images[name]
            if image.get("/Subtype") != Name.Image or image.get("/Filter") != Name.DCTDecode:
                continue
            data = image.read_raw_bytes()
            if len(data) >= LEAST:
                mark = hashlib.sha256(data).hexdigest().encode()
                self._places.setdefault(mark, Place(piece, image.objgen))
                image.write(b"%photograph " + mark, filter=Name.DCTDecode)
                marks[name] = mark
        return marks

    def share(self, images: pikepdf.Object, marks: dict[str, bytes]) -> None:
        """Have the same photograph once in the book; `images` are those of a piece, now in it."""
        for name, mark in marks.items():
            images[name] = self._shown.setdefault(mark, images[name])

    def append(self, target: Path) -> None:
        """Write the photographs behind what stands in the file, which has marks for them."""
        if not self._places:
            return
        with pikepdf.open(target) as book:
            trailer = book.trailer
            said = {name: trailer[name].unparse() for name in ("/ID",)}
            said |= {name: b"%d %d R" % trailer[name].objgen for name in ("/Root", "/Info")}
            size = int(trailer.Size)
        with target.open("r+b") as file:
            found = dict(_marked(file))
            file.seek(-TAIL, 2)
            before = START.search(file.read())
            file.seek(0, 2)
            offsets = dict(self._write(file, found))
            offsets[size] = file.tell()
            said["/Prev"] = before[1] if before else b"0"
            file.write(_index(offsets, said))

    def _write(
        self, file: BinaryIO, found: dict[bytes, tuple[int, bytes]]
    ) -> Iterator[tuple[int, int]]:
        """Write each photograph; give the number of its object and where it stands."""
        for mark, place in self._places.items():
            number, described = found[mark]
            with pikepdf.open(place.piece) as source:
                data = source.get_object(place.number).read_raw_bytes()
            offset = file.tell()
            file.write(b"%d 0 obj\n" % number)
            file.write(LENGTH.sub(b"/Length %d" % len(data), described))
            file.write(b"\nstream\n")
            file.write(data)
            file.write(b"\nendstream\nendobj\n")
            yield number, offset


def _marked(file: BinaryIO) -> Iterator[tuple[bytes, tuple[int, bytes]]]:
    """Give, by its mark, the number and the dictionary of the object of each photograph."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        for object_ in MARKED.finditer(text):
            yield object_[3], (int(object_[1]), object_[2])


def _index(offsets: dict[int, int], said: dict[str, bytes]) -> bytes:
    """Give the cross-reference stream of an update (ISO 32000-1 §7.5.8), and the file's end."""
    numbers = sorted(offsets)
    rows = b"".join(
        b"".join(
            value.to_bytes(width, "big")
            for value, width in zip((1, offsets[number], 0), WIDTHS, strict=True)
        )
        for number in numbers
    )
    listed = Dictionary(
        Type=Name.XRef,
        Size=numbers[-1] + 1,
        W=pikepdf.Array(WIDTHS),
        Index=pikepdf.Array([part for number in numbers for part in (number, 1)]),
        Length=len(rows),
    ).unparse()
    entries = b"".join(b" %s %s" % (name.encode(), value) for name, value in said.items())
    head = b"%d 0 obj\n%s%s >>\nstream\n" % (numbers[-1], listed.removesuffix(b">>"), entries)
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % offsets[numbers[-1]]
    return head + rows + end
