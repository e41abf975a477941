"""TrueType fonts reduced to some of their glyphs, put together: the numbers of glyphs stay."""

import io
import struct
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Final

from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

# OpenType 1.9: where the tables keep what changes with the number of glyphs
GLYPHS: Final = slice(4, 6)  # of maxp
LIMITS: Final = slice(6, 32)  # of maxp: the most points, contours, ... of any glyph
METRICS: Final = slice(34, 36)  # of hhea
LONG: Final = slice(50, 52)  # of head
PLAIN: Final = 32  # bytes of a maxp that TrueType outlines have
KEPT: Final = ("OS/2", "cvt ", "fpgm", "name", "post", "prep")  # the same for all glyphs
NEEDED: Final = frozenset({"glyf", "head", "hhea", "hmtx", "loca", "maxp"})


def is_plain(data: bytes) -> bool:
    """Tell whether a font has TrueType outlines, and no other."""
    count = int.from_bytes(data[4:6], "big")
    tags = {data[12 + 16 * place : 16 + 16 * place].decode("latin-1") for place in range(count)}
    return data[:4] == b"\x00\x01\x00\x00" and tags >= NEEDED


@dataclass(slots=True)
class Outlines:
    """Glyphs of one font, gathered from fonts that have some of them each."""

    glyphs: dict[int, bytes] = field(default_factory=dict)
    metrics: dict[int, bytes] = field(default_factory=dict)  # advance and left bearing
    tables: dict[str, bytes] = field(default_factory=dict)  # of the first
    limits: tuple[int, ...] = ()

    def add(self, data: bytes, used: Container[int]) -> None:
        """Add the glyphs of a font; `used` are those that are asked for by their number."""
        reader = SFNTReader(io.BytesIO(data))
        maxp, hhea, head = (reader[tag] for tag in ("maxp", "hhea", "head"))
        if not self.tables:
            self.tables = {tag: reader[tag] for tag in KEPT if tag in reader}
            self.tables |= {"maxp": maxp, "hhea": hhea, "head": head}
        limits = struct.unpack(">13H", maxp[LIMITS])
        self.limits = tuple(map(max, limits, self.limits or limits))
        count = int.from_bytes(maxp[GLYPHS], "big")
        metrics = list(_metrics(reader["hmtx"], int.from_bytes(hhea[METRICS], "big"), count))
        places = _places(reader["loca"], long=head[LONG] == b"\x00\x01")
        outlines = reader["glyf"]
        for glyph in range(count):
            start, end = places[glyph], places[glyph + 1]
            if start < end or glyph in used or glyph == 0:
                self.glyphs.setdefault(glyph, outlines[start:end])
                self.metrics.setdefault(glyph, metrics[glyph])

    def font(self) -> bytes:
        """Give the font with all glyphs that were added."""
        count = max(self.glyphs, default=0) + 1
        glyf, places = bytearray(), [0]
        for glyph in range(count):
            glyf += self.glyphs.get(glyph, b"")
            glyf += bytes(-len(glyf) % 4)
            places.append(len(glyf))
        tables = dict(self.tables)
        tables["glyf"], tables["loca"] = bytes(glyf), struct.pack(f">{count + 1}L", *places)
        tables["hmtx"] = b"".join(self.metrics.get(glyph, bytes(4)) for glyph in range(count))
        number = count.to_bytes(2, "big")
        tables["maxp"] = _put(tables["maxp"], GLYPHS, number)
        tables["maxp"] = _put(tables["maxp"], LIMITS, struct.pack(">13H", *self.limits))
        tables["hhea"] = _put(tables["hhea"], METRICS, number)
        tables["head"] = _put(tables["head"], LONG, b"\x00\x01")
        target = io.BytesIO()
        writer = SFNTWriter(target, len(tables))
        for tag in sorted(tables):
            writer[tag] = tables[tag]
        writer.close()
        return target.getvalue()


def _metrics(table: bytes, whole: int, count: int) -> Iterator[bytes]:
    """Give advance and left bearing of each glyph; the last advance is that of all after it."""
    for glyph in range(min(whole, count)):
        yield table[4 * glyph : 4 * glyph + 4]
    advance = table[4 * whole - 4 : 4 * whole - 2]
    for glyph in range(whole, count):
        place = 4 * whole + 2 * (glyph - whole)
        yield advance + table[place : place + 2]


def _places(table: bytes, *, long: bool) -> tuple[int, ...]:
    if long:
        return struct.unpack(f">{len(table) // 4}L", table)
    return tuple(2 * place for place in struct.unpack(f">{len(table) // 2}H", table))


def _put(table: bytes, place: slice, value: bytes) -> bytes:
    return table[: place.start] + value + table[place.stop :]
