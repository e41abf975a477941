"""Weighs short blocks that stand alone and say what pleas, labels and notices say."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from bs4 import Tag

from exporter import rules
from exporter.clean.addresses import attribute
from exporter.clean.outline import Block
from exporter.clean.verdicts import Context, Verdict

KEPT: Final = frozenset({"translator", "credit"})  # kinds that are recognised but stay
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


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against blocks by the phrases in them, their place and their links."""
    book = rules.phrase_book()
    for block in context.blocks:
        if block.words > rules.LONGEST or id(block.element) not in context.alone:
            continue
        matched = [
            (rule, phrase) for rule, phrase in book.matches(block.text) if rule.kind not in KEPT
        ]
        if matched:
            yield from _verdicts(block, matched, context)


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
    if context.tail(block):
        yield Verdict(element, "position:tail", "after the last long paragraph", 0.3, guarded=True)
    elif context.head(block):
        yield Verdict(
            element, "position:head", "before the first long paragraph", 0.3, guarded=True
        )
    if block.density > 0.5:  # noqa: PLR2004  (most of it)
        yield Verdict(element, "density:links", f"{block.density:.0%} linked", 0.3, guarded=True)
    if host := _host(element):
        yield Verdict(element, "host", host, 0.3, guarded=True)
    if QUOTED.match(block.text):
        yield Verdict(element, "quotation", "starts with a quotation mark", -0.6, guarded=True)


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
