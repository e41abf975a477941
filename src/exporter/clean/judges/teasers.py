"""Weighs what announces other articles in the middle of one: link lists and rows of cards.

A list of the site's own headlines between two paragraphs and a row of cards (picture, headline,
link) lead away from the text. A list that the paragraph before it introduces belongs to it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bs4 import Tag

from exporter import rules
from exporter.clean import sitename
from exporter.clean.addresses import attribute
from exporter.clean.outline import Block
from exporter.clean.tree import HEADINGS, hints
from exporter.clean.verdicts import Context, Verdict
from exporter.urls import host_of

LINKED: Final = 0.8  # share of a block's words
TITLE: Final = 4  # words of another article's headline
LABEL: Final = 6  # words of what stands over a list
CARD: Final = 45  # words of a card at most
NAMED: Final = 70  # words of what the markup calls a card
# yes: "card", "post-teaser", "promo_tile"; no: "scorecard", "textile"
CALLED: Final = re.compile(r"(?:^|[\s_-])(?:cards?|teasers?|tiles?|promos?)(?:$|[\s_-])")
SHARE: Final = 0.25  # of the words that teasers may be: otherwise they are what the page is about
ROW: Final = 3  # cards
# what systems call one card, or a row of them
# yes: "w-display-card", "PagePromo"; no: "scorecard", "discard"
NAMES: Final = re.compile(
    r"(?:^|[\s_-])(?:display-?card|teaser-?(?:item|card|box|list)?|page-?promo|promo-?(?:card|item)|"
    r"recirc\w*|rail-?_?_?item|article-?card|story-?card|card-?link|read-?also|read-?next|inline-?"
    r"(?:related|link|promo)|related\w*)(?:$|[\s_-])"
)
ENDS: Final = re.compile(r"[.?!…:]['\"’”»)\]]*$")  # yes: "so."; no: "Read this"
PICTURE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """Elements that lead away for one reason, and stand or fall together."""

    kind: str
    evidence: str
    elements: Sequence[Tag]


def judge(root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against link lists and cards that interrupt or follow the article."""
    words = _words(root, context.blocks)
    total = sum(block.words for block in context.blocks)
    for group in _groups(root, context, words):
        if sum(words[id(element)] for element in group.elements) <= SHARE * total:
            for element in group.elements:
                yield Verdict(element, f"teaser:{group.kind}", group.evidence, 1.0, guarded=True)
    yield from _cards(root, context, words)


def _groups(root: Tag, context: Context, words: dict[int, int]) -> Iterator[Group]:
    for run in _lists(context):
        alone = [block.element for block in run if id(block.element) in context.alone]
        yield Group("list", f"{len(run)} headlines of the site in a row", alone)
    cards = [card for row in _rows(root, context, words) for card in row]
    yield Group("card", f"{len(cards)} cards in rows", cards)
    more = list(_more(root, context, words))
    yield Group("more", "ends with a link to read more", more)
    boxes = [block.element for block in _boxes(context)]
    yield Group("box", "all of the box is one link to another page", boxes)


def _more(root: Tag, context: Context, words: dict[int, int]) -> Iterator[Tag]:
    """Give the boxes of a headline and a few words that end with a link to read on elsewhere."""
    for block in context.blocks:
        if block.density < LINKED or block.words > LABEL or not _says_more(block):
            continue
        anchor = block.element.find("a", href=True)
        if not isinstance(anchor, Tag) or not _leads_away(anchor, context):
            continue
        box = block.element
        while box.parent is not None and box.parent is not root:
            if words.get(id(box.parent), 0) > NAMED:
                break
            box = box.parent
        if words.get(id(box), 0) < TITLE + block.words or box.find("figcaption") is not None:
            continue
        yield box if box.find("img") is not None or _titled(box) else block.element


def _titled(box: Tag) -> bool:
    """Tell whether the headline of a box is a link, or its name says that it is a card."""
    headline = box.find(HEADINGS)
    linked = headline is not None and (
        headline.find("a", href=True) is not None or headline.find_parent("a") is not None
    )
    return linked or any(CALLED.search(hints(tag)) for tag in (box, *list(box.parents)[:1]))


def _says_more(block: Block) -> bool:
    return any(
        rule.kind == "related" and rule.place == "whole"
        for rule, _ in rules.phrase_book().matches(block.text)
    )


def _boxes(context: Context) -> Iterator[Block]:
    """Give the headlines in boxes that are, as a whole, a link to another page of the site."""
    for block in context.blocks:
        if not TITLE <= block.words <= CARD or block.density < 1 or block.prose:
            continue
        around = block.element.find_parent("a", href=True)
        if (
            around is not None
            and around is not block.element.parent
            and id(block.element) in context.alone
            and _leads_away(around, context)
        ):
            yield block


def _lists(context: Context) -> Iterator[list[Block]]:
    """Give the runs of headlines that link to other pages of the site, with their label."""
    run: list[Block] = []
    for block in (*context.blocks, None):
        if block is not None and _headline(block, context):
            run.append(block)
            continue
        if len(run) > 1:
            before = context.blocks[run[0].order - 1] if run[0].order else None
            if before is None or not before.text.endswith(":"):
                if before is not None and _labels(before, run):
                    run.insert(0, before)
                yield run
        run = []


def _headline(block: Block, context: Context) -> bool:
    if block.element.name in {"td", "th"}:
        return False
    if block.words < TITLE or block.density < LINKED or block.text.endswith((".", ":")):
        return False
    anchors = list(block.element.find_all("a", href=True))
    if not anchors and (around := block.element.find_parent("a", href=True)) is not None:
        anchors = [around]
    return len(anchors) == 1 and _leads_away(anchors[0], context)


def _leads_away(anchor: Tag, context: Context) -> bool:
    """Tell whether a link leads to another page of the site."""
    href = attribute(anchor, "href").strip()
    if href.startswith(("#", "mailto:", "javascript:", "tel:")) or PICTURE.search(href):
        return False
    try:
        address = urlsplit(href)
    except ValueError:
        return False
    if address.fragment and context.metadata.url and href.split("#")[0] == context.metadata.url:
        return False
    host = host_of(href)
    if host is None:
        return len(address.path) > 1
    return (
        context.site is not None
        and sitename.same_owner(f"https://{host}", f"https://{context.site}")
        and len(address.path) > 1
    )


def _labels(block: Block, run: Sequence[Block]) -> bool:
    """Tell whether a short line stands over the list, in the same container."""
    if block.words > LABEL or block.prose:
        return False
    box = run[0].element.parent
    while box is not None and not all(box in other.element.parents for other in run):
        box = box.parent
    near = [box, box.parent] if box is not None else []
    return any(tag is not None and tag in block.element.parents for tag in near[:2]) and not (
        box is not None and box.parent is not None and box.parent.find("p", recursive=False)
    )


def _words(root: Tag, blocks: Sequence[Block]) -> dict[int, int]:
    """Give the words below each element."""
    words: dict[int, int] = {}
    for block in blocks:
        tag: Tag | None = block.element
        while tag is not None:
            words[id(tag)] = words.get(id(tag), 0) + block.words
            if tag is root:
                break
            tag = tag.parent
    return words


def _rows(root: Tag, context: Context, words: dict[int, int]) -> Iterator[list[Tag]]:
    """Give the rows of like siblings that each hold a picture, few words and a link away.

    What the markup calls a card needs no picture: a headline that is a link will do.
    """
    seen: set[int] = set()
    for sign in root.find_all(("img", *HEADINGS)):
        for box in sign.parents:
            parent = box.parent
            if box is root or parent is None or words.get(id(box), 0) > NAMED:
                break
            if id(parent) in seen:
                continue
            seen.add(id(parent))
            row = [
                card
                for card in parent.find_all(box.name, recursive=False)
                if attribute(card, "class") == attribute(box, "class")
                and _is_card(card, context, words)
            ]
            if len(row) >= ROW:
                yield row
                break


def _is_card(card: Tag, context: Context, words: dict[int, int]) -> bool:
    named = CALLED.search(attribute(card, "class").lower()) is not None
    if not TITLE <= words.get(id(card), 0) <= (NAMED if named else CARD):
        return False
    if card.name in {"p", "figure", "tr", "td"} or card.find("figcaption") is not None:
        return False
    anchors = card.find_all("a", href=True)
    if card.find("img") is None:
        headline = card.find(HEADINGS)
        if not named or headline is None or not any(_headed(card, anchor) for anchor in anchors):
            return False
    return bool(anchors) and all(_leads_away(anchor, context) for anchor in anchors)


def _cards(root: Tag, context: Context, words: dict[int, int]) -> Iterator[Verdict]:
    """Give evidence against single cards that the markup calls so."""
    for anchor in root.find_all("a", href=True):
        for box in list(anchor.parents)[:6]:
            if box is root or words.get(id(box), 0) > CARD:
                break
            if box.name in {"p", "li", "td", "blockquote", "body", "article", "main"}:
                continue
            if NAMES.search(hints(box)) and words.get(id(box), 0) >= TITLE:
                if _leads_away(anchor, context) and _headed(box, anchor):
                    yield Verdict(
                        box, "teaser:card", " ".join(hints(box).split())[:60], 1.0, guarded=True
                    )
                break


def _headed(box: Tag, anchor: Tag) -> bool:
    """Tell whether the link is a card's headline or its picture."""
    return (
        anchor.find_parent(HEADINGS) is not None
        or anchor.find(HEADINGS) is not None
        or anchor.find("img") is not None
        or box.find("img") is not None
    )
