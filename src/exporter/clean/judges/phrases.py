"""Weighs short blocks that stand alone and say what pleas, labels and notices say."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from bs4 import Tag

from exporter import rules
from exporter.clean.addresses import attribute
from exporter.clean.outline import Block
from exporter.clean.verdicts import Context, Verdict

KEPT: Final = frozenset({"translator", "credit"})  # kinds that are recognised but stay
POINTERS: Final = frozenset({"related", "source"})  # kinds that announce a link
# kinds whose words an article may use in telling, not in asking
PLEAS: Final = frozenset({
    "share", "newsletter", "donation", "channel", "app", "comments", "paywall", "consent", "rights",
})  # fmt: skip
# kinds that stand between paragraphs as often as below them
INTERRUPTING: Final = frozenset({"newsletter", "consent", "ad", "related"})
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
# yes: the words in "a box marked « Donate »"; no: "the 9\" pipe"
QUOTATION: Final = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|(?<!\S)\"[^\"]*\"")
# words of reported speech and of telling; yes: "« Give », he said"; no: "share what he says"
TELLING: Final = re.compile(
    r"\b(?:said|told|wrote|asked|warned|explained|insisted|cried|according to|"
    r"dit-il|dit-elle|disait|disent|écrit|écrivait|écrivit|déclare|déclaré|explique|expliqué|"
    r"affirme|raconte|proclame|proclamait|lança|lance-t-|répond|répondu|assure|estime|conseille|"
    r"prévient|supplient?|réclame|prétend|répétait|était|étaient|avait|avaient|fut|furent|"
    r"suffisait|selon (?!vo)|d'après)\b",
    re.IGNORECASE,
)
# yes: "founded in 1998"; no: "© 2021" (which no plea needs)
PAST: Final = re.compile(r"\b(?:en|in|since|depuis|de|of|vers|by) (?:1[5-9]\d\d|200\d)\b")
COUNT: Final = re.compile(r"^\s*\d[\d\s.,]*[kKmM]?\s+(?=\D)")  # yes: "37 comments"; no: "Top 10"
COUNTED: Final = frozenset({"share", "comments", "dates"})  # kinds of labels that have a number
HASHTAGS: Final = re.compile(r"\s*(?:#\w{2,}[\s,;·|]*){2,}")  # yes: "#Loire #Bac"; no: "#1 in line"
# yes: between "Next" and "Print" in "Next | Print"; no: in "half-past"
JOINT: Final = re.compile(r"\s[-–—/>]\s|[|•·:,;!?.…↑↓→←»«]+|\n")
PARTS: Final = 12  # labels in a row at most
POINTING: Final = re.compile(r"[:–—>→»-]\s*$")  # yes: "Read also: "; no: "Read also the "
CRUMBS: Final = re.compile(r"\s[>»›/]\s.*\s[>»›/]\s")  # yes: "Home > News > Sea"; no: "and / or"
LABEL: Final = 10  # words of a label that announces links
LONG: Final = 16  # words of a sentence that may well be the article's
LINKED: Final = 0.8  # share of linked words in what a label announces


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against blocks by the phrases in them, their place and their links."""
    book = rules.phrase_book()
    for place, block in enumerate(context.blocks):
        if block.words > rules.LONGEST or id(block.element) not in context.alone:
            continue
        matched = [found for found in book.matches(block.text) if found[0].kind not in KEPT]
        if row := _row(block, book):
            yield Verdict(block.element, "labels", row, 1.0, guarded=True)
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
        if rule.kind != best.kind:
            yield Verdict(element, f"phrase:{rule.id}", words, 0.2, guarded=True)
            break
    yield from _circumstances(block, best, context)
    if best.place != "whole" and (why := _woven(block, best, context)):
        yield Verdict(element, "woven", why, -0.4, guarded=True)
    if told := _told(block.text, best):
        yield Verdict(element, "telling", told, -1.0, guarded=True)
    elif QUOTED.match(block.text):
        yield Verdict(element, "quotation", "starts with a quotation mark", -0.6, guarded=True)


def _circumstances(block: Block, best: rules.PhraseRule, context: Context) -> Iterator[Verdict]:
    """Give what the place of a block and its links add to its words."""
    element = block.element
    if context.tail(block):
        yield Verdict(element, "position:tail", "after the last long paragraph", 0.3, guarded=True)
    elif context.head(block):
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


def _told(text: str, rule: rules.PhraseRule) -> str | None:
    """Give what shows that the words are somebody's in a story, not the site's own."""
    if rule.place == "whole" or rule.kind not in PLEAS:
        return None
    outside = QUOTATION.sub(" ", text)
    if outside != text:
        still = any(found.kind == rule.kind for found, _ in rules.phrase_book().matches(outside))
        if rules.normalise(outside) and not still:
            return "the words are quoted"
    found = TELLING.search(text.replace("’", "'")) or PAST.search(text)
    return found[0] if found else None


def _row(block: Block, book: rules.PhraseBook) -> str | None:
    """Give the labels a block consists of: share buttons, a counter, hashtags, a menu."""
    text = block.text
    if HASHTAGS.fullmatch(text):
        return "hashtags"
    if block.words > 2 * PARTS:
        return None
    counted = COUNT.sub("", text)
    if counted != text and _label(counted, book, COUNTED):
        return "a counter"
    parts = [part for part in JOINT.split(_separated(block)) if rules.normalise(part)]
    if not 1 < len(parts) <= PARTS:
        return None
    if all(_label(part, book, COUNTED if COUNT.match(part) else None) for part in parts):
        return " | ".join(" ".join(part.split()) for part in parts)
    return None


def _label(text: str, book: rules.PhraseBook, kinds: frozenset[str] | None) -> bool:
    if kinds is not None:
        text = COUNT.sub("", text)
    return any(
        rule.place == "whole" and (kinds is None or rule.kind in kinds)
        for rule, _ in book.matches(text)
    )


def _separated(block: Block) -> str:
    """Give the text with a line for each link."""
    anchors = block.element.find_all("a")
    if len(anchors) < 2:  # noqa: PLR2004  (one link separates nothing)
        return block.text
    return block.element.get_text("\n")


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
