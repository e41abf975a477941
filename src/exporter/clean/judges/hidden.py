"""Condemns what the page itself did not show."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute
from exporter.clean.tree import BLOCKS, words_in
from exporter.clean.verdicts import Act, Context, Decision, Rank, Verdict

# yes: "display: none", "visibility:hidden"; no: "display: inline"
INVISIBLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HIDDEN_CLASSES: Final = frozenset({
    "screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "sf-hidden", "u-hidden",
    "assistive-text", "element-invisible", "a11y-hidden", "offscreen", "print-only", "no-print",
    "noprint", "hidden-print", "d-print-none", "d-none", "hidden",
})  # fmt: skip
# what shows only under the pointer
# yes: "rollover-people-block", "tooltiptext"; no: "tooltip" (the word that has one)
HOVER: Final = re.compile(
    r"(?:^|\s)(?:rollover|tooltip|popover|hover-?card|popup)[-_]?(?:\w+[-_])?"
    r"(?:block|content|text|body|box|panel)(?:$|\s)"
)
HOVERING: Final = 150  # words of it at most
# what the page shows on paper only
# yes: "d-none d-print-block", "visible-print", "print-header"; no: "fine-print", "print-article"
PRINTED: Final = re.compile(
    r"(?:^|\s)(?:d-print-(?:block|inline|flex)|visible-print\S*|show-for-print|"
    r"(?:only-?print|print-?only)|print-(?:header|footer|logo|url))(?:$|\s)"
)
PROSE: Final = 60  # words; longer text was hidden by a script that would have shown it
HIDE: Final = Decision(Act.REMOVE, Rank.STRUCTURE)


def judge(root: Tag, context: Context) -> Iterator[Verdict]:
    """Give a decision against each element that is not to be seen."""
    for element in root.find_all():
        evidence = _hidden(element)
        if evidence and (words_in(element.get_text(" ")) < PROSE or _twin(element, context)):
            yield Verdict(element, "hidden", evidence, decision=HIDE)
        elif _told(element, HOVER) and not _within_sentence(element):
            yield Verdict(element, "hidden", "shows under the pointer", decision=HIDE)
        elif _told(element, PRINTED):
            yield Verdict(element, "hidden", "shows on paper only", decision=HIDE)


def _hidden(element: Tag) -> str | None:  # noqa: PLR0911  (one line a way of hiding)
    attrs = element.attrs
    if element.name == "noscript":
        return "<noscript>"
    if not attrs:
        return None
    if "hidden" in attrs and attribute(element, "hidden") != "until-found":
        return "hidden attribute"
    if "style" in attrs and INVISIBLE.search(attribute(element, "style")):
        return "hidden by its style"
    if "class" in attrs:
        found = HIDDEN_CLASSES.intersection(attribute(element, "class").split())
        if found:
            return f"class {min(found)}"
    if attribute(element, "aria-hidden") == "true" and not element.find("img"):
        return "aria-hidden"
    return None


def _within_sentence(element: Tag) -> bool:
    """Tell whether words stand on both sides: without these the sentence would lack them."""
    around = (element.previous_sibling, element.next_sibling)
    return element.name not in BLOCKS and all(
        type(node) is NavigableString and not node.isspace() for node in around
    )


def _told(element: Tag, names: re.Pattern[str]) -> bool:
    """Tell whether a class says when an element shows, and it is no article by its length."""
    if "class" not in element.attrs or not names.search(attribute(element, "class")):
        return False
    return words_in(element.get_text(" ")) < HOVERING


def _twin(element: Tag, context: Context) -> bool:
    """Tell whether a hidden text is written for machines and repeats what is to be seen."""
    if "itemscope" not in element.attrs or "hidden" not in (_hidden(element) or ""):
        return False
    total = sum(block.words for block in context.blocks)
    return words_in(element.get_text(" ")) * 2 <= total
