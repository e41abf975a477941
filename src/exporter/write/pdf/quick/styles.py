"""Computed values of properties that no rule sets: the parent's, or the initial ones."""

from collections.abc import Callable
from typing import Any, Final

from tinycss2 import color4, color5  # type: ignore[import-untyped]  # come with weasyprint
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension

Style = Any  # weasyprint is not typed

# properties that depend on others, or on the ancestors in a way of their own
ODD: Final = frozenset({"position", "float", "display", "page"})
PROPAGATED: Final = "text_decoration_"
USUAL: Final = frozenset(
    key for key in INITIAL_VALUES if key not in ODD and not key.startswith(PROPAGATED)
)
FROM_PARENT: Final = USUAL & frozenset(INHERITED)
INITIAL: Final = USUAL - INHERITED - INITIAL_NOT_COMPUTED
# what a rule may set instead of a physical property: "margin_inline_start" for "margin_left"
LOGICAL: Final = frozenset(
    function(block="ttb", inline=inline)
    for function in PHYSICAL_FUNCTIONS.values()
    for inline in ("ltr", "rtl")
)
PLAIN: Final = frozenset({str, int, float, bool, type(None), Dimension, color4.Color, color5.Color})


def missing(own: Callable[[Style, str], Any]) -> Callable[[Style, str], Any]:
    """Give what works a property out that is not known yet; `own` is the engine's way."""

    def work_out(style: Style, key: str) -> Any:  # noqa: ANN401
        if key not in style.cascaded and (key not in PHYSICAL_FUNCTIONS or _is_physical(style)):
            if key in INITIAL:
                value = style[key] = INITIAL_VALUES[key]
                return value
            parent = style.parent_style
            if key in FROM_PARENT and parent is not None:
                value = parent[key]
                if _is_settled(value):
                    style[key] = value
                    return value
        return own(style, key)

    return work_out


def _is_settled(value: Any) -> bool:  # noqa: ANN401
    """Tell whether a value holds no calculation that is still to be made."""
    if value.__class__ is tuple:
        return all(part.__class__ in PLAIN for part in value)
    return value.__class__ in PLAIN


def _is_physical(style: Style) -> bool:
    """Tell whether no rule sets a logical property."""
    known: bool | None = style.__dict__.get("_physical")
    if known is None:
        known = style.__dict__["_physical"] = LOGICAL.isdisjoint(style.cascaded)
    return known
