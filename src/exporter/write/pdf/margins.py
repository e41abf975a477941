"""A theme's sheet for the pieces of a book, each printed before anybody knows its page numbers.

Articles are printed with empty margins; heads and feet are printed for the whole book at once
(sheets.py) and laid over its pages, so that left is left and right is right and all are counted
through.
"""

import dataclasses
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

import tinycss2  # type: ignore[import-untyped]  # comes with weasyprint, without types

from exporter.themes import Theme

# CSS Paged Media 3 §5
BOXES: Final = frozenset({
    f"{side}-{place}"
    for side, places in {
        "top": ("left-corner", "left", "center", "right", "right-corner"),
        "bottom": ("left-corner", "left", "center", "right", "right-corner"),
        "left": ("top", "middle", "bottom"),
        "right": ("top", "middle", "bottom"),
    }.items()
    for place in places
})  # fmt: skip
CONDITIONAL: Final = frozenset({"media", "supports", "layer", "container"})
PAGE_OF_LINK: Final = "attr(data-page)"  # the page that a link of the contents leads to

Node = Any  # tinycss2 is not typed


@lru_cache(maxsize=4)
def bare(theme: Theme) -> Theme:
    """Give the theme without heads and feet, where links of the contents state their pages."""
    rules = tinycss2.parse_stylesheet(theme.print_css)
    _each_page(rules, _without_boxes)
    return dataclasses.replace(theme, print_css=tinycss2.serialize(_replaced(rules, _page_of_link)))


@lru_cache(maxsize=4)
def counted(theme: Theme, pages: int) -> Theme:
    """Give the theme for the heads and feet of a book of so many pages."""

    def total(node: Node) -> str | None:
        asked = node.type == "function" and node.lower_name == "counter"
        return f'"{pages}"' if asked and _names(node)[:1] == ["pages"] else None

    rules = tinycss2.parse_stylesheet(theme.print_css)
    return dataclasses.replace(theme, print_css=tinycss2.serialize(_replaced(rules, total)))


def _each_page(rules: Iterable[Node], change: Callable[[Node], None]) -> None:
    for rule in rules:
        if rule.type != "at-rule" or rule.content is None:
            continue
        if rule.lower_at_keyword == "page":
            change(rule)
        elif rule.lower_at_keyword in CONDITIONAL:
            inner = tinycss2.parse_rule_list(rule.content)
            _each_page(inner, change)
            rule.content = inner


def _without_boxes(rule: Node) -> None:
    inside = tinycss2.parse_blocks_contents(rule.content)
    rule.content = [node for node in inside if not _is_box(node)]


def _is_box(node: Node) -> bool:
    return bool(node.type == "at-rule" and node.lower_at_keyword in BOXES)


def _page_of_link(node: Node) -> str | None:
    asked = node.type == "function" and node.lower_name == "target-counter"
    return PAGE_OF_LINK if asked and "page" in _names(node) else None


def _names(function: Node) -> list[str]:
    return [token.lower_value for token in function.arguments if token.type == "ident"]


def _replaced(nodes: list[Node], instead: Callable[[Node], str | None]) -> list[Node]:
    """Give nodes with other tokens in the place of those that `instead` knows better."""
    found: list[Node] = []
    for node in nodes:
        text = instead(node)
        if text is not None:
            found += tinycss2.parse_component_value_list(text)
            continue
        for name in ("content", "arguments", "value", "prelude"):
            inside = getattr(node, name, None)
            if isinstance(inside, list):
                setattr(node, name, _replaced(inside, instead))
        found.append(node)
    return found
