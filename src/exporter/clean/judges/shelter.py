"""Keeps what no word evidence may touch: captions, quotations, footnotes, formulas."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter import rules
from exporter.clean import containers
from exporter.clean.marks import MARK, is_marked
from exporter.clean.tree import HEADINGS, hints
from exporter.clean.verdicts import Act, Context, Decision, Rank, Verdict

SHELTER: Final = Decision(Act.KEEP, Rank.STRUCTURE)
FURNITURE: Final = 200  # characters of "View this post on …, a post shared by …"
MARKED: Final = re.compile(r"(?:section\.footnotes|span\.credit|p\.translator|a\.noteref)\Z")


def judge(root: Tag, _context: Context) -> Iterator[Verdict]:
    """Give a decision for each element that stays whatever its words are."""
    for element in root.find_all(("blockquote", "figure", "figcaption", "pre", "math", "cite")):
        if _furnished(element, root) or _empty_embed(element):
            continue
        if element.name != "figure" or element.find("figcaption") is not None:
            yield Verdict(element, f"keep:{element.name}", element.name, decision=SHELTER)
    for element in root.find_all(lambda tag: MARKED.match(str(tag.get(MARK, ""))) is not None):
        yield Verdict(element, "keep:marked", str(element[MARK]), decision=SHELTER)
        if is_marked(element, "section.footnotes") and (heading := _heading_of(element)):
            yield Verdict(heading, "keep:heading", "heads the footnotes", decision=SHELTER)


def _empty_embed(element: Tag) -> bool:
    """Tell whether a post was quoted here of which the page has nothing but "view this post"."""
    if element.name != "blockquote" or element.find(("img", "picture", "video")) is not None:
        return False
    text = " ".join(element.get_text(" ").split())
    if len(text) > FURNITURE:
        return False
    return any(rule.kind == "embed" for rule, _ in rules.phrase_book().matches(text))


def _heading_of(notes: Tag) -> Tag | None:
    """Give the heading right above the footnotes."""
    before = notes.find_previous_sibling()
    if isinstance(before, Tag) and before.name in HEADINGS:
        return before
    return None


def _furnished(element: Tag, root: Tag) -> bool:
    """Tell whether it stands in a related list, a comment or another piece of furniture."""
    tag = element.parent
    while tag is not None and tag is not root:
        if tag.name in {"nav", "footer", "aside"} or ("class" in tag.attrs and hints(tag)):
            kind = containers.kind(tag)
            if kind is not None:
                return True
        if tag.name == "a":
            return True
        tag = tag.parent
    return False
