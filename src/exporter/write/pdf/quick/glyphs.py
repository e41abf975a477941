"""A line of text as the operators of a PDF: its glyphs read in one go, not number by number."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from exporter.write.pdf.quick.layouts import BLANKS

Stream = Any  # weasyprint is not typed
Box = Any
Layout = Any
Pointer = Any
Draw = Callable[[Stream, Box, str, str, Any], list[Any]]

GLYPH: Final = struct.Struct("@IiiiI")  # PangoGlyphInfo: glyph, width, offset, rise, marks
FITS: Final = GLYPH.size == ffi.sizeof("PangoGlyphInfo")
STATES_SIZES: Final = pango.pango_version() >= 14802  # noqa: PLR2004  (1.48.2; earlier ones leave a font's size out)
NO_GLYPH: Final = min(pango.PANGO_GLYPH_EMPTY, pango.PANGO_GLYPH_UNKNOWN_FLAG)
NOTHING: Final = 1e-6  # px: text as small as this isn't there
THOUSAND: Final = 1000  # units of a glyph's width in a PDF, of its size


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font, one after the other."""

    item: Pointer
    glyphs: list[tuple[int, int, int, int, int]]
    font: Any  # WeasyPrint's
    size: float  # px
    pango: Pointer  # Pango's font


def draw(own: Draw) -> Draw:
    """Give what draws a line of text; `own` is the engine's way, for all that is not plain."""

    def drawn(stream: Stream, box: Box, overflow: str, ellipsis: str, matrix: Any) -> list[Any]:  # noqa: ANN401
        layout = box.pango_layout
        if "widened" in layout.__dict__:
            if overflow != "ellipsis" and ellipsis == "none" and _is_letters(box):
                runs = list(_runs(stream, _line(layout)))
                if all(map(_is_plain, runs)):
                    stream.set_text_matrix(*matrix.values)
                    _show(stream, runs, layout)
                    return []
            layout.setup(layout.style)  # as the engine gets it ready
            layout.set_text(layout.text, justify=True)
        return own(stream, box, overflow, ellipsis, matrix)

    return drawn


def _line(layout: Layout) -> Pointer:
    """Give the line of a layout, whatever room it was broken for."""
    line, more = layout.get_first_line()
    if more is None:
        return line
    pango.pango_layout_set_width(layout.layout, -1)
    return layout.get_first_line()[0]


def _is_letters(box: Box) -> bool:
    seen = box.style["font_size"] >= NOTHING and bool(box.text.strip())
    return seen and FITS and STATES_SIZES


def _runs(stream: Stream, line: Pointer) -> Iterator[Run]:
    """Give the runs of a line; their fonts become known to the stream."""
    run, shape, known = line.runs[0], None, None
    while run != ffi.NULL:
        item, run = run.data, run.next
        if known is None or item.item.analysis.font != shape:
            shape = item.item.analysis.font
            known = stream.add_font(shape)
        string = item.glyphs
        data = ffi.buffer(string.glyphs, string.num_glyphs * GLYPH.size)
        yield Run(item, list(GLYPH.iter_unpack(data)), known[0], known[1], shape)


def _is_plain(run: Run) -> bool:
    """Tell whether a run has glyphs of letters alone, all of them on their line."""
    font = run.font
    if font.bitmap or font.png or font.svg or font.colr:
        return False
    return not any(glyph >= NO_GLYPH or rise for glyph, _, _, rise, _ in run.glyphs)


def _show(stream: Stream, runs: list[Run], layout: Layout) -> None:
    """Write the operators that show runs of plain glyphs."""
    shown, before = "", None
    for run in runs:
        if before is None or run.pango != before:
            before = run.pango
            if shown:
                stream.show_text(shown)
            shown = ""
            stream.set_font_size(run.font.hash, run.size)
        written = "".join(_written(run, stream, layout))
        shown += written[:-1] if written.endswith("<") else f"{written}>"
    stream.show_text(shown)


def _written(run: Run, stream: Stream, layout: Layout) -> Iterator[str]:
    """Give a run's glyphs in hexadecimal digits, with the room between them where it is odd."""
    widths, meanings, size = run.font.widths, run.font.to_unicode, run.size
    widened = layout.widened
    yield "<"
    for place, (glyph, width, offset, _, _) in enumerate(run.glyphs):
        if glyph not in widths or glyph not in meanings:
            _learn(run, place, stream, layout.text)
        moved = offset / size
        yield f">{-moved}<{glyph:04x}" if moved else f"{glyph:04x}"
        if widened and meanings[glyph] in BLANKS:
            width += widened  # noqa: PLW2901  (the glyph's, on this line)
        kerning = widths[glyph] + moved - width * THOUSAND * FROM_UNITS / size
        if kerning:
            yield f">{int(kerning)}<"


def _learn(run: Run, place: int, stream: Stream, text: str) -> None:
    """Tell the font what a glyph stands for and how wide it is."""
    glyph = run.glyphs[place][0]
    font = run.font
    if glyph not in font.to_unicode:
        clusters, item = run.item.glyphs.log_clusters, run.item.item
        start = clusters[place]
        if item.analysis.level % 2:  # from right to left
            end = clusters[place - 1] if place else item.length
        else:
            last = place == len(run.glyphs) - 1
            end = item.length if last else clusters[place + 1]
        said = text.encode()[item.offset + start : item.offset + end]
        font.to_unicode[glyph] = said.decode()
    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(run.pango, glyph, stream.ink_rect, stream.logical_rect)
        width = stream.logical_rect.width * THOUSAND * FROM_UNITS / run.size
        font.widths[glyph] = round(width)
