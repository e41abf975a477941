"""WeasyPrint's most frequent steps, done in less time and with the same pages as its own.

An article takes some ten thousand styles, boxes, layouts and glyphs. What the engine works out
for each of them anew, though it can't have changed, is known here from the time before; whatever
is not plain is left to the engine's own function, which each step here stands in for.
tests/test_quick.py prints with and without: every glyph stands where it stood.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pydyf  # type: ignore[import-untyped]  # comes with weasyprint, without types
from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.draw import text as drawing
from weasyprint.layout import inline, percent
from weasyprint.text import ffi, line_break

from exporter.write.pdf.quick import (
    glyphs,
    layouts,
    lines,
    pages,
    percentages,
    strings,
    struts,
    styles,
)

Owner = Any  # a class or module of WeasyPrint's, which is not typed
Step = Callable[..., Any]
# whose, its name, what stands in for it: a function that is given the engine's own first
STEPS: Final[tuple[tuple[Owner, str, Callable[[Any], Any]], ...]] = (
    (ComputedStyle, "__missing__", styles.missing),
    (StyleFor, "set_computed_styles", pages.share),
    (percent, "resolve_percentages", percentages.resolve),
    (line_break, "strut", struts.strut),
    (line_break, "split_first_line", lines.split),
    (line_break.Layout, "setup", layouts.setup),
    (line_break.Layout, "deactivate", layouts.deactivate),
    (line_break.Layout, "reactivate", layouts.reactivate),
    (inline, "add_word_spacing", layouts.spread),
    (drawing, "draw_first_line", glyphs.draw),
    (ffi, "unicode_to_char_p", strings.pointed),
    (pydyf.Stream, "data", strings.packed),
)
ENGINE: Final = "weasyprint."


@contextmanager
def quickened() -> Iterator[None]:
    """While inside, WeasyPrint takes these steps."""
    modules = [module for name, module in sys.modules.items() if name.startswith(ENGINE)]
    before: list[tuple[Owner, str, Any]] = []
    try:
        for owner, name, step in STEPS:
            own = getattr(owner, name)
            made = step(own)
            # a function stands in each module that imports it, too
            holders = [owner] if isinstance(owner, type) else modules
            for place in (one for one in holders if getattr(one, name, None) is own):
                before.append((place, name, own))
                setattr(place, name, made)
        yield
    finally:
        for place, name, own in before:
            setattr(place, name, own)
