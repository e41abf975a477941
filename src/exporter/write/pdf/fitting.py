"""Pictures a little smaller where that fills a page that would else stay half white.

A figure is never split, so one that misses the room left on its page by a hand's breadth would go
to the next and leave all of that room white. WeasyPrint knows no figures that float to the head
of a page; but while it lays a picture out it knows where on the page it stands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import block

LEAST: Final = 0.55  # of its size: a smaller picture goes to the next page, and is whole there
LETTER: Final = 0.5  # em, the width of a letter; captions have 0.45, the rest is for ragged lines

Box = Any  # weasyprint is not typed


@contextmanager
def fitted() -> Iterator[None]:
    """While inside, WeasyPrint shrinks a picture that is a little too high for its page."""
    layout = block.block_replaced_box_layout
    block.block_replaced_box_layout = partial(_fit, layout)
    try:
        yield
    finally:
        block.block_replaced_box_layout = layout


def _fit(layout: Any, context: Any, picture: Box, figure: Box) -> Any:  # noqa: ANN401
    """Lay a picture out as WeasyPrint does, then make it as small as the page wants."""
    result = layout(context, picture, figure)
    if figure.element_tag != "figure":
        return result
    box = result[0]
    room = context.page_bottom - box.position_y - _caption(picture, figure)
    share = room / box.height if box.height else 1
    if LEAST <= share < 1:
        freed = box.width * (1 - share)
        box.width -= freed
        box.height = room
        box.margin_left += freed / 2
        box.margin_right += freed / 2
    return result


def _caption(picture: Box, figure: Box) -> float:
    """Estimate how much room, in px, what follows the picture in its figure takes."""
    after = figure.children[figure.children.index(picture) + 1 :]
    return sum(_height(child, figure.width) for child in after)


def _height(box: Box, width: float) -> float:
    """Estimate the height of a block of text that was not laid out yet, with its margin."""
    texts = list(_texts(box))
    if not texts:
        return 0
    style = texts[0].style
    size, leading = float(style["font_size"]), style["line_height"]
    letters = sum(len(part.text) for part in texts)
    lines = int(letters * LETTER * size / width) + 1 if width else 0
    height = float(leading.value) if hasattr(leading, "value") else 1.4 * size
    return lines * height + size


def _texts(box: Box) -> Iterator[Box]:
    if isinstance(box, TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)
