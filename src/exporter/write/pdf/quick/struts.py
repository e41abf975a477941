"""The height and baseline of an empty line of a style, known by the style's values."""

from collections.abc import Callable
from typing import Any, Final

from exporter.write.pdf.quick import kept

Style = Any  # weasyprint is not typed
Strut = Callable[[Style], tuple[float, float]]

DECISIVE: Final = (
    "font_size", "line_height", "font_family", "font_style", "font_stretch", "font_weight",
    "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings", "font_variation_settings", "font_language_override", "lang",
)  # fmt: skip


def strut(own: Strut) -> Strut:
    """Give what measures an empty line; `own` is the engine's way, which writes its key as text."""

    def measured(style: Style) -> tuple[float, float]:
        known = kept.known(style)
        key = ("strut", *[style[name] for name in DECISIVE])
        try:
            found: tuple[float, float] | None = known.get(key)
        except TypeError:  # a value that is a list
            return own(style)
        if found is None:
            found = known[key] = own(style)
        return found

    return measured
