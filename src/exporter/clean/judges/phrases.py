"""Weighs short blocks that stand alone and say what pleas, labels and notices say."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from bs4 import Tag

from exporter import rules
from exporter.clean import labels, telling
from exporter.clean.addresses import attribute
from exporter.clean.judges.controls import OWN
from exporter.clean.outline import Block
from exporter.clean.verdicts import Context, Verdict

BESIDE: Final = frozenset({"pointer", "notice", "tags"})  # kinds too general to confirm another
KEPT: Final = frozenset({"translator", "credit"})  # kinds that are recognised but stay
PRESSED: Final = frozenset({"share"})  # kinds of a button's label, which say too little in a list
POINTERS: Final = frozenset({"related", "source", "pointer"})  # kinds that announce a link
# kinds that stand between paragraphs as often as below them
INTERRUPTING: Final = frozenset({"newsletter", "consent", "ad", "related", "audio", "embed"})
# hosts that only share, pay or chat
HOSTS: Final = re.compile(
    r"(?:^|\.)(?:paypal\.(?:com|me)|tipeee\.com|utip\.io|liberapay\.com|helloasso\.com|"
    r"donorbox\.org|ko-fi\.com|patreon\.com|okpal\.com|leetchi\.com|t\.me|telegram\.me|"
    r"whatsapp\.com|wa\.me|mailchi\.mp|eepurl\.com|substack\.com|buymeacoffee\.com|gofundme\.com)$"
)  # yes: "www.paypal.com"; no: "paypal.example.org"
SHARERS: Final = re.compile(
    r"facebook\.com/(?:sharer|dialog)|twitter\.com/(?:intent|share)|x\.com/intent|/share\?|"
    r"linkedin\.com/share|pinterest\.[a-z]+/pin/create|api\.whatsapp\.com|mailto:\?"
)  # yes: "https://twitter.com/intent/tweet"; no: "https://twitter.com/someone"
QUOTED: Final = re.compile(r"^\s*[\"“”«„‘]")  # yes: "« Donnez »"; no: "Donnez « un peu »"
POINTING: Final = re.compile(r"[:–—>→»-]\s*$")  # yes: "Read also: "; no: "Read also the "
CRUMBS: Final = re.compile(r"\s[>»›/]\s.*\s[>»›/]\s")  # yes: "Home > News > Sea"; no: "and / or"
YEAR: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b")  # yes: "Paris, 1961."; no: "p. 312"
LABEL: Final = 10  # words of a label that announces links
LONG: Final = 16  # words of a sentence that may well be the article's
LINKED: Final = 0.8  # share of linked words in what a label announces


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against blocks by the phrases in them, their place and their links."""
    book = rules.phrase_book()
    for place, block in enumerate(context.blocks):
        if block.words > rules.LONGEST or id(block.element) not in context.alone:
            continue
        if block.element.name in OWN and block.element.find_parent(("table", "dl")) is not None:
            continue  # a cell belongs to its row, whatever it says
        if block.order in context.tabled:
            continue
        spared = KEPT | PRESSED if block.order in context.itemised else KEPT
        matched = [found for found in book.matches(block.text) if found[0].kind not in spared]
        if matched and matched[0][0].kind in telling.CITING and _cites(context.blocks[place:]):
            continue
        if row := labels.row(block, book, context):
            yield Verdict(block.element, "labels", row, 1.0, guarded=True)
        elif labels.trail(block, context):
            yield Verdict(block.element, "breadcrumbs", "linked steps", 1.0, guarded=True)
        elif matched:
            yield from _verdicts(block, matched, context)
            if _announces(block, matched):
                yield from _announced(context.blocks[place:], matched[0][0], context)


def _verdicts(
    block: Block, matched: list[tuple[rules.PhraseRule, str]], context: Context
) -> Iterator[Verdict]:
    best, phrase = max(matched, key=lambda found: found[0].score)
    element = block.element
    yield Verdict(element, f"phrase:{best.id}", phrase, best.score, guarded=True)
    for rule, words in matched:
        if best.kind not in {rule.kind, "pointer"} and rule.kind not in BESIDE:
            yield Verdict(element, f"phrase:{rule.id}", words, 0.2, guarded=True)
            break
    yield from _circumstances(block, best, context)
    if best.place != "whole" and (why := _woven(block, best, context)):
        yield Verdict(element, "woven", why, -0.4, guarded=True)
    if said := telling.told(block, best):
        yield Verdict(element, "telling", said, -1.0, guarded=True)
    elif QUOTED.match(block.text):
        yield Verdict(element, "quotation", "starts with a quotation mark", -0.6, guarded=True)


def _circumstances(block: Block, best: rules.PhraseRule, context: Context) -> Iterator[Verdict]:
    """Give what the place of a block and its links add to its words."""
    element = block.element
    if context.tail(block):
        yield Verdict(element, "position:tail", "after the last long paragraph", 0.3, guarded=True)
    elif context.head(block) and best.kind != "rights":  # up there a © is a photographer's
        yield Verdict(
            element, "position:head", "before the first long paragraph", 0.3, guarded=True
        )
    if best.kind in POINTERS and _points(block):
        yield Verdict(element, "pointer", "a few words, then a link", 0.5, guarded=True)
    elif block.density > 0.5:  # noqa: PLR2004  (most of it)
        yield Verdict(element, "density:links", f"{block.density:.0%} linked", 0.3, guarded=True)
    if block.linked and CRUMBS.search(block.text):
        yield Verdict(element, "breadcrumbs", "steps between marks", 0.3, guarded=True)
    if host := _host(element):
        yield Verdict(element, "host", host, 0.3, guarded=True)


def _points(block: Block) -> bool:
    """Tell whether a block is a label and the link it announces."""
    if not block.linked or block.words - block.linked > LABEL:
        return False
    return block.density > 0.5 or POINTING.search(_before_link(block.element)) is not None  # noqa: PLR2004  (most of it)


def _before_link(element: Tag) -> str:
    anchor = element.find("a")
    if anchor is None:
        return ""
    said = [str(text) for text in anchor.find_all_previous(string=True) if element in text.parents]
    return "".join(reversed(said))


def _woven(block: Block, rule: rules.PhraseRule, context: Context) -> str | None:
    """Give what speaks for a sentence of the article rather than a plea between its paragraphs."""
    if not block.prose or block.linked:
        return None
    item = block.element if block.element.name == "li" else block.element.find_parent("li")
    if item is not None and item.find_parent(("ul", "ol")) is not None:
        others = [*item.find_next_siblings("li"), *item.find_previous_siblings("li")]
        if len(others) > 1:
            return "one of a list's sentences"
    if block.words < LONG or rule.kind in INTERRUPTING:
        return None
    if not (context.head(block) or context.tail(block)):
        return "a sentence between long paragraphs"
    return None


def _announces(block: Block, matched: Sequence[tuple[rules.PhraseRule, str]]) -> bool:
    return (
        block.words <= LABEL
        and not block.prose
        and not block.linked
        and any(rule.kind == "related" for rule, _ in matched)
    )


def _announced(
    blocks: Sequence[Block], rule: rules.PhraseRule, context: Context
) -> Iterator[Verdict]:
    """Give evidence against a label and the links right below it, wherever they stand."""
    links: list[Block] = []
    for block in blocks[1:]:
        if block.density < LINKED or block.heading or id(block.element) not in context.alone:
            break
        links.append(block)
    if links:
        for block in (blocks[0], *links):
            yield Verdict(block.element, "announced", f"{rule.id}: links below", 0.8, guarded=True)


def _cites(blocks: Sequence[Block]) -> bool:
    """Tell whether a label stands over a list of books: titles with years, and no links."""
    label, items = blocks[0], blocks[1:]
    if label.words > LABEL or label.prose or label.linked or not items:
        return False
    box = items[0].element.find_parent(("ul", "ol"))
    listed = [item for item in items if box is not None and box in item.element.parents]
    dated = [item for item in listed if YEAR.search(item.text) and not item.linked]
    return bool(listed) and len(dated) * 2 >= len(listed)


def _host(element: Tag) -> str | None:
    for anchor in element.find_all("a", href=True):
        href = attribute(anchor, "href")
        if SHARERS.search(href):
            return href[:60]
        try:
            host = urlsplit(href).hostname or ""
        except ValueError:
            continue
        if HOSTS.search(host):
            return host
    return None
