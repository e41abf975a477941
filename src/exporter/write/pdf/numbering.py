"""The numbers of ordered lists as HTML counts them (HTML §4.4.5), said in the engine's CSS.

WeasyPrint reads `start`, `value`, `reversed` and `type` only as hints of a page's own style, which
we never let it read; left alone, every list would begin at one.
"""

from typing import Final

from exporter.dom import Element

STYLES: Final = {
    "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman",
}  # fmt: skip
ASKED: Final = ("start", "reversed")


def number(root: Element) -> None:
    """Give each item of a list that does not simply count from one its number."""
    for ordered in root.iter("ol"):
        items = [item for item in ordered if item.tag == "li"]
        if style := STYLES.get(ordered.get("type", "")):
            ordered.set("style", f"list-style-type: {style}")
        if any(ordered.get(name) is not None for name in ASKED) or any(
            item.get("value") is not None for item in items
        ):
            _count(ordered, items)


def _count(ordered: Element, items: list[Element]) -> None:
    backwards = ordered.get("reversed") is not None
    step = -1 if backwards else 1
    place = _whole(ordered.get("start"), len(items) if backwards else 1)
    for item in items:
        place = _whole(item.get("value"), place)
        # set without increment: CSS increments before it sets, WeasyPrint after
        item.set("style", f"counter-increment: list-item 0; counter-set: list-item {place}")
        place += step


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise
