"""What Pango needs before it lays a line out: its context and font, made once for each style."""

import copy
import weakref
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

from exporter.write.pdf.quick import kept

Style = Any  # weasyprint is not typed
Layout = Any
Box = Any
Pointer = Any

# what decides on the description of a font
DESCRIPTION: Final = (
    "font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_variant_caps",
    "font_variation_settings",
)  # fmt: skip
FEATURES: Final = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings",
)  # fmt: skip

KEPT: Final = 3000  # layouts of lines: some ten megabytes
BLANKS: Final = frozenset({" ", "\N{NO-BREAK SPACE}"})  # which justification widens
ODD: Final = frozenset("\t\n\r\N{PARAGRAPH SEPARATOR}")  # signs that are no glyphs

Setup = Callable[[Layout, Style], None]
Spread = Callable[[Any, Box, float, float], float]


def setup(own: Setup) -> Setup:
    """Give what gets a layout ready for a style; `own` is the engine's way."""

    def ready(layout: Layout, style: Style) -> None:
        if style["font_language_override"] != "normal" or style["text_decoration_line"] != "none":
            own(layout, style)
            return
        known = kept.known(style)
        layout.style = style
        layout.first_line_direction = 0
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        context, layout.language = _context(style, known)
        layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)  # noqa: FBT003  (C has no names)
        pango.pango_layout_set_font_description(layout.layout, _description(style, known))
        features = _features(style, known)
        if features is not None:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            # the list takes the attribute over, so that each needs one of its own
            attribute = pango.pango_attr_font_features_new(features)
            pango.pango_attr_list_insert(attributes, attribute)
            pango.pango_layout_set_attributes(layout.layout, attributes)

    return ready


def deactivate(own: Callable[[Layout], None]) -> Callable[[Layout], None]:
    """Give what puts a layout away until it is drawn; `own` is the engine's way: it drops it.

    The last ones are kept as they are, to be drawn without being made again.
    """
    waiting: deque[weakref.ref[Layout]] = deque()

    def put_away(layout: Layout) -> None:
        if layout.__dict__.pop("widened", None) is not None:  # it is drawn
            own(layout)
            return
        waiting.append(weakref.ref(layout))
        if len(waiting) > KEPT:
            oldest = waiting.popleft()()
            if oldest is not None and _is_there(oldest):
                own(oldest)

    return put_away


def reactivate(own: Setup) -> Setup:
    """Give what gets a layout ready to be drawn; `own` is the engine's way.

    To justify a line that has Pango widen each blank by an attribute, for which it cuts the line
    into as many pieces as there are words, and shapes each by itself. Here the line stays as it
    was shaped when it was broken, and `glyphs` widens the blanks.
    """

    def ready(layout: Layout, style: Style) -> None:
        if not is_plain(layout, style):
            own(layout, style)
            return
        if not _is_there(layout) or layout.style is not style:
            layout.setup(style)
            layout.set_text(layout.text)
        layout.widened = int(layout.justification_spacing * TO_UNITS)

    return ready


def spread(own: Spread) -> Spread:
    """Give what justifies a line; `own` is the engine's way, which lays its texts out once more."""

    def widen(context: Any, box: Box, spacing: float, advance: float) -> float:  # noqa: ANN401
        layout = box.pango_layout if isinstance(box, TextBox) else None
        if layout is None or layout.text != box.text or not is_plain(layout, box.style):
            return own(context, box, spacing, advance)
        box.justification_spacing = spacing
        box.position_x += advance
        blanks = sum(map(box.text.count, BLANKS))
        if blanks:
            box.pango_layout = copy.copy(layout)  # lines that were tried may have it too
            box.pango_layout.justification_spacing = spacing
            box.width += spacing * blanks
        widened: float = advance + spacing * blanks
        return widened

    return widen


def is_plain(layout: Layout, style: Style) -> bool:
    """Tell whether a layout's text has no room between letters and words but its font's."""
    spaced = style["word_spacing"] != 0 or style["letter_spacing"] != "normal"
    return not spaced and ODD.isdisjoint(layout.text)


def _is_there(layout: Layout) -> bool:
    return "layout" in layout.__dict__


def _context(style: Style, known: dict[Any, Any]) -> tuple[Pointer, Pointer]:
    """Give Pango's context for a direction and a language, and that language."""
    key = ("context", style["direction"], style["lang"])
    if key not in known:
        font_map = style.font_config.font_map
        context = ffi.gc(pango.pango_font_map_create_context(font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003
        pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
        language = pango.pango_language_get_default()
        if style["lang"]:
            name, _ = unicode_to_char_p(style["lang"])
            language = pango.pango_language_from_string(name)
            pango.pango_context_set_language(context, language)
        known[key] = context, language
    found: tuple[Pointer, Pointer] = known[key]
    return found


def _description(style: Style, known: dict[Any, Any]) -> Pointer:
    key = ("font", *[style[name] for name in DESCRIPTION])
    try:
        return known[key]
    except KeyError:
        return known.setdefault(key, get_font_description(style))
    except TypeError:  # a value that is a list
        return get_font_description(style)


def _features(style: Style, known: dict[Any, Any]) -> bytes | None:
    """Give the OpenType features of a style as Pango reads them; None where there are none."""
    key = ("features", *[style[name] for name in FEATURES])
    try:
        found: bytes | None = known[key]
    except KeyError:
        found = known[key] = _named(style)
    except TypeError:
        return _named(style)
    return found


def _named(style: Style) -> bytes | None:
    features = font_features(*[style[name] for name in FEATURES])
    return ",".join(f"{key} {value}" for key, value in features.items()).encode() or None
