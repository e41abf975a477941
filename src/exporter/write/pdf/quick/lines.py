"""Where a text breaks into lines: told by a paragraph's glyphs, which are shaped once.

The engine has Pango shape two lines' worth of text for each line, the line again for the word
after it, again for each place where that word may be hyphenated, and again as it stays. Here the
widths of a whole paragraph are known, and of a line only what stays is shaped. Whatever comes
near to the edge, where a glyph's neighbours decide, is left to the engine.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

import pyphen
from weasyprint.layout.percent import percentage
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango

from exporter.write.pdf.quick.glyphs import FITS, GLYPH
from exporter.write.pdf.quick.layouts import ODD

Style = Any  # weasyprint is not typed
Context = Any
Pointer = Any
# layout, its length, where the next line begins (both in bytes), width, height, baseline
Line = tuple[Any, int, int | None, float, float, float]
Split = Callable[..., Line]

RECENT: Final = 4  # paragraphs whose widths are known: one, and those around a page's end
SHORTEST: Final = 1.5  # letters to an em of a line, below which a text is no paragraph
NARROWEST: Final = 8.0  # em: in narrower places words break in more ways
CLOSE: Final = 0.06  # em: as near to the edge as that the engine is asked
WIDEST: Final = 2.0**20  # px
NEVER: Final = ODD | {"\N{SOFT HYPHEN}"}
LEVEL: Final = 0xFF  # Pango has it in a byte, whatever the engine declares
ATTRIBUTE: Final = "PangoLogAttr"
SIZED: Final = FITS and ffi.sizeof(ATTRIBUTE) == 4  # noqa: PLR2004  (bytes: flags, the first for a line's end)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text as it is shaped without any break; places are bytes of it, lengths Pango's units."""

    text: str
    data: bytes
    style: Style
    places: list[int]  # where the glyphs of each byte begin, and the end of the last
    clusters: frozenset[int]  # bytes at which glyphs begin
    breaks: list[int]  # where a line may begin
    ends: list[int]  # for each, where the line before it ends, without spaces
    said: int  # the end without the spaces that stand there
    hyphen: int


class UnsureError(Exception):
    """It depends on more than is known here."""


def split(own: Split) -> Split:
    """Give what takes the first line off a text; `own` is the engine's way."""
    recent: deque[Paragraph] = deque(maxlen=RECENT)

    def first(
        text: str,
        style: Style,
        context: Context,
        max_width: float | None,
        justification_spacing: float,
        **named: bool,
    ) -> Line:
        plain = max_width is not None and _is_plain(text, style, max_width)
        if max_width is not None and plain and not named.get("minimum"):
            try:
                paragraph = _paragraph(text, style, recent)
                return _line(paragraph, text, context, max_width, justification_spacing)
            except UnsureError:
                pass
        return own(text, style, context, max_width, justification_spacing, **named)

    return first


def _is_plain(text: str, style: Style, width: float) -> bool:
    size = style["font_size"]
    return (
        SIZED
        and NARROWEST * size < width < WIDEST
        and len(text) * size > SHORTEST * width
        and style["white_space"] == "normal"
        and style["direction"] == "ltr"
        and style["word_spacing"] == 0
        and style["letter_spacing"] == "normal"
        and NEVER.isdisjoint(text)
        and text[0] != " "
        and "  " not in text
    )


def _paragraph(text: str, style: Style, recent: "deque[Paragraph]") -> Paragraph:
    for known in recent:
        if known.style is style and known.text.endswith(text):
            return known
    paragraph = _measured(text, style)
    recent.appendleft(paragraph)
    return paragraph


def _measured(text: str, style: Style) -> Paragraph:
    """Shape a text as one line."""
    layout = line_break.Layout(style)
    layout.set_text(text)
    line, more = layout.get_first_line()
    if more is not None:
        raise UnsureError
    data = text.encode()
    widths = [0] * len(data)
    clusters = set[int]()
    for place, width in _glyphs(line):
        widths[place] += width
        clusters.add(place)
    places = [0, *accumulate(widths)]
    breaks = list(_breaks(layout, text))
    ends = [places[len(data[:place].rstrip(b" "))] for place in breaks]
    said = places[len(text.rstrip().encode())]
    layout.set_text(style["hyphenate_character"])
    hyphen = round(line_break.line_size(layout.get_first_line()[0], style)[0] * TO_UNITS)
    return Paragraph(text, data, style, places, frozenset(clusters), breaks, ends, said, hyphen)


def _glyphs(line: Pointer) -> Iterator[tuple[int, int]]:
    """Give for each glyph of a line the byte that it stands for, and its width."""
    run = line.runs
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        if item.analysis.level & LEVEL:  # from right to left, or in it
            raise UnsureError
        count = string.num_glyphs
        shaped = GLYPH.iter_unpack(ffi.buffer(string.glyphs, count * GLYPH.size))
        starts = ffi.unpack(string.log_clusters, count)
        for start, glyph in zip(starts, shaped, strict=True):
            yield item.offset + start, glyph[1]
        run = run.next


def _breaks(layout: Any, text: str) -> Iterator[int]:  # noqa: ANN401
    """Give the bytes at which a line may begin, but the first and the end."""
    told = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)
    flags = ffi.unpack(ffi.cast("unsigned int*", told), len(text))
    byte = 0
    for sign, flag in zip(text, flags, strict=True):
        if flag & 1 and byte:
            yield byte
        byte += 1 if sign < "\x80" else len(sign.encode())


def _line(paragraph: Paragraph, text: str, context: Context, width: float, spacing: float) -> Line:
    """Give the first line of the end of a paragraph, and where the next one begins."""
    data, style = paragraph.data, paragraph.style
    start = len(data) - len(text.encode())
    close = CLOSE * style["font_size"] * TO_UNITS
    edge = paragraph.places[start] + width * TO_UNITS
    if paragraph.said <= edge + close:
        raise UnsureError  # it may be the last one, where the engine makes much of a space
    fit = bisect_right(paragraph.ends, edge)
    if any(abs(end - edge) < close for end in paragraph.ends[max(0, fit - 1) : fit + 1]):
        raise UnsureError
    if not fit or paragraph.breaks[fit - 1] <= start:
        raise UnsureError
    end, hyphen = paragraph.breaks[fit - 1], ""
    after = paragraph.breaks[fit] if fit < len(paragraph.breaks) else None
    part = _part(paragraph, context, (end, after), (edge, width))
    if part:
        end, hyphen = end + len(part.encode()), style["hyphenate_character"]
    shown = data[start:end].decode()
    shown = shown + hyphen if hyphen else shown.rstrip(" ")
    layout = line_break.Layout(style, spacing, width)
    layout.set_text(shown)
    line, _ = layout.get_first_line()
    wide, high = line_break.line_size(line, style)
    if wide > width:
        raise UnsureError
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    length = line.length - len(hyphen.encode())
    layout.deactivate()
    return layout, length, end - start, wide, high, baseline


def _part(
    paragraph: Paragraph,
    context: Context,
    word: tuple[int, int | None],
    room: tuple[float, float],
) -> str:
    """Give how much of what follows a line stays on it before a hyphen; "" for nothing.

    `word` is where that begins and the next may, `room` the line's edge in the paragraph, and its
    width in px.
    """
    style = paragraph.style
    lang = style["lang"] and pyphen.language_fallback(style["lang"])
    begin, after = word
    text = paragraph.data[begin:after].decode()
    if after is not None:
        text = text[:-1]  # the engine takes a space for granted
    if style["hyphens"] != "auto" or not lang or not text.rstrip(" "):
        return ""
    edge, width = room
    close = CLOSE * style["font_size"] * TO_UNITS
    left = edge - paragraph.ends[bisect_right(paragraph.breaks, begin) - 1]
    zone = percentage(style["hyphenate_limit_zone"], style, width) * TO_UNITS
    if abs(left - zone) < close:
        raise UnsureError
    found = _hyphenated(text, style, lang) if left > zone else None
    if found is None:
        return ""
    before, hyphenable = found
    for piece, _ in _dictionary(context, style, lang).iterate(hyphenable):
        part = f"{before}{piece}"
        place = begin + len(part.encode())
        over = paragraph.places[place] + paragraph.hyphen - edge
        if abs(over) < close or place not in paragraph.clusters:
            raise UnsureError
        if over < 0:
            return part
    return ""


def _hyphenated(text: str, style: Style, lang: str) -> tuple[str, str] | None:
    """Give the first word that is long enough for a hyphen, after what stands before it."""
    least, rest = style["hyphenate_limit_chars"][0], text
    while rest and (bounds := line_break.get_next_word_boundaries(rest, lang)):
        begin, end = bounds
        if end - begin >= least:
            return text[: len(text) - len(rest) + begin], rest[begin:end]
        rest = rest[end:]
    return None


def _dictionary(context: Context, style: Style, lang: str) -> pyphen.Pyphen:
    least, left, right = style["hyphenate_limit_chars"]
    key = lang, left, right, least
    if key not in context.dictionaries:
        context.dictionaries[key] = pyphen.Pyphen(lang=lang, left=left, right=right)
    return context.dictionaries[key]
