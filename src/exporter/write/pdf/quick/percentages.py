"""Used values of the lengths of a box: px where they are stated so, and shares of its block's."""

from collections.abc import Callable, Iterator
from math import inf
from typing import Any, Final

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure.boxes import Box, PageBox

AUTO: Final = "auto"
# shares of the width of the block around
ACROSS: Final = (
    "margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width",
    "max_width",
)  # fmt: skip
# shares of that width too, but of the height on a page
AROUND: Final = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
DOWN: Final = ("height", "min_height", "max_height")
BORDERS: Final = (
    "border_top_width", "border_right_width", "border_bottom_width", "border_left_width",
)  # fmt: skip
NEVER_AUTO: Final = frozenset({"min_width", "min_height"})  # which is no length there

Resolve = Callable[[Any, Any], None]


def resolve(own: Resolve) -> Resolve:
    """Give what sets the used values of a box; `own` is the engine's way."""

    def work_out(box: Any, containing_block: Any) -> None:  # noqa: ANN401
        around = containing_block  # the engine's name for it
        width, height = (around.width, around.height) if isinstance(around, Box) else around
        style = box.style
        if (
            not isinstance(box, Box)  # but a place held for one
            or style["box_sizing"] != "content-box"
            or style["border_collapse"] == "collapse"
        ):
            own(box, containing_block)
            return
        turned = height if isinstance(box, PageBox) else width
        used: dict[str, Any] = {}
        for names, whole in ((ACROSS, width), (AROUND, turned), *_down(height)):
            for name in names:
                value = style[name]
                if value.__class__ is Dimension and value.unit is not None:
                    amount, unit = value
                    if unit != "%":
                        used[name] = amount
                    else:
                        used[name] = whole * amount / 100 if whole != AUTO else AUTO
                elif value == AUTO:
                    used[name] = 0 if name in NEVER_AUTO else AUTO
                else:  # something to calculate
                    own(box, containing_block)
                    return
        for name in BORDERS:
            used[name] = style[name]
        box.__dict__.update(used)

    return work_out


def _down(height: Any) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401
    """Give what is a share of the height, and of which one."""
    if height != AUTO:
        yield DOWN, height
        return
    # the height depends on what is inside: the least share of it is nothing, the most has no end
    yield from ((DOWN[:1], AUTO), (DOWN[1:2], 0), (DOWN[2:], inf))
