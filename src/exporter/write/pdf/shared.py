"""Fonts that the pieces of a book share: of each the glyphs that any piece uses, once.

The engine keeps the numbers of glyphs when it reduces a font, so that what pieces have of one
TrueType font can be put together glyph by glyph. Fonts of other kinds stay with their piece.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from exporter.write.pdf import truetype
from exporter.write.pdf.objects import plain
from exporter.write.pdf.truetype import Outlines

# of a CMap as the engine writes it; yes: "<0041> <0041>", "<00a0> <00660069>"; no: "<0000>"
MAPPED: Final = re.compile(rb"<([0-9a-f]{4})> <((?:[0-9a-f]{4})+)>")
BATCH: Final = 100  # lines that a CMap may hold together (Adobe Technical Note 5014)
CMAP: Final = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
    b"<< /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n%s"
    b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
)
SYSTEM: Final = {"/Registry": "Adobe", "/Ordering": "Identity"}
FIXED: Final = 1  # the flag of fonts whose letters are all as wide (ISO 32000 table 121)


@dataclass(slots=True)
class Union:
    """What all pieces use of one font."""

    place: pikepdf.Object  # of the font in the book: what refers to it is written before it is
    name: str
    descriptor: dict[str, object]
    outlines: Outlines = field(default_factory=Outlines)
    widths: dict[int, Decimal | int] = field(default_factory=dict)
    texts: dict[int, bytes] = field(default_factory=dict)  # UTF-16BE, in hexadecimal digits


class Fonts:
    """The fonts of a book."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._unions: dict[str, Union] = {}

    def share(self, fonts: pikepdf.Object) -> dict[str, pikepdf.Object]:
        """Take up the fonts of a piece, and empty their places in it; give shared ones by name.

        They are to be put there once the piece is in the book.
        """
        shared = {}
        for name in sorted(fonts.keys()):  # pikepdf gives a set, in an order of its own
            font = fonts[name]
            if _is_plain(font):
                shared[name] = self._add(font).place
                fonts[name] = Dictionary()
        return shared

    def _add(self, font: pikepdf.Object) -> Union:
        below = font.DescendantFonts[0]
        name = str(font.BaseFont)
        union = self._unions.get(name)
        if union is None:
            place = self._book.make_indirect(Dictionary())
            union = Union(place, name, dict(_described(below.FontDescriptor)))
            self._unions[name] = union
        widths = dict(_widths(below.W))
        if widths.keys() - union.widths.keys():
            union.widths = widths | union.widths
            texts = {int(glyph, 16): text for glyph, text in _mapped(font.ToUnicode)}
            union.texts = texts | union.texts
            union.outlines.add(below.FontDescriptor.FontFile2.read_bytes(), widths)
        return union

    def finish(self) -> None:
        """Write the fonts into their places."""
        for union in self._unions.values():
            self._write(union)

    def _write(self, union: Union) -> None:
        data = union.outlines.font()
        program = self._book.make_stream(data, Length1=len(data))
        described = Dictionary(union.descriptor)
        described.FontFile2 = program
        widest = max(union.widths.values(), default=0)
        described.FontBBox = Array([0, described.Descent, widest, described.Ascent])
        if len(set(union.widths.values())) > 1:
            described.Flags = int(described.Flags) & ~FIXED
        system = Dictionary({key: String(value) for key, value in SYSTEM.items()})
        system.Supplement = 0
        below = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(union.name),
            CIDSystemInfo=system,
            CIDToGIDMap=Name.Identity,
            W=Array(list(_ranges(union.widths))),
            FontDescriptor=self._book.make_indirect(described),
        )
        place = union.place
        place.Type, place.Subtype = Name.Font, Name.Type0
        place.BaseFont, place.Encoding = Name(union.name), Name("/Identity-H")
        place.DescendantFonts = Array([self._book.make_indirect(below)])
        place.ToUnicode = self._book.make_stream(CMAP % b"".join(_lines(union.texts)))


def _is_plain(font: pikepdf.Object) -> bool:
    """Tell whether a font is one that can be shared: TrueType, every glyph under its number."""
    if font.get("/Subtype") != Name.Type0 or font.get("/Encoding") != Name("/Identity-H"):
        return False
    descriptor = font.DescendantFonts[0].FontDescriptor
    return "/FontFile2" in descriptor and truetype.is_plain(descriptor.FontFile2.read_bytes())


def _described(descriptor: pikepdf.Object) -> Iterator[tuple[str, object]]:
    for key, value in descriptor.items():
        if key not in {"/FontFile2", "/FontBBox", "/CIDSet"}:
            yield key, plain(value)


def _widths(listed: pikepdf.Object) -> Iterator[tuple[int, Decimal | int]]:
    """Give the width of each glyph (ISO 32000 §9.7.4.3, the form with lists)."""
    first = 0
    for item in listed:
        if isinstance(item, Array):
            widths: Iterable[Any] = item  # pikepdf gives numbers as Python's
            yield from ((first + place, width) for place, width in enumerate(widths))
        else:
            first = int(item)


def _ranges(widths: Mapping[int, Decimal | int]) -> Iterator[object]:
    run: list[Decimal | int] = []
    last = -2
    for glyph in sorted(widths):
        if glyph != last + 1 and run:
            yield Array(run)
            run = []
        if not run:
            yield glyph
        run.append(widths[glyph])
        last = glyph
    if run:
        yield Array(run)


def _mapped(cmap: pikepdf.Object) -> Iterator[tuple[bytes, bytes]]:
    body = cmap.read_bytes().partition(b"endcodespacerange")[2]
    yield from MAPPED.findall(body)


def _lines(texts: Mapping[int, bytes]) -> Iterator[bytes]:
    pairs = [b"<%04x> <%s>\n" % (glyph, texts[glyph]) for glyph in sorted(texts)]
    for start in range(0, len(pairs), BATCH):
        lot = pairs[start : start + BATCH]
        yield b"%d beginbfchar\n%sendbfchar\n" % (len(lot), b"".join(lot))
