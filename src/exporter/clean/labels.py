"""Reads blocks that are no sentences: rows of labels, dates and counters, and ways about a site."""

import re
from collections.abc import Sequence
from typing import Final

from exporter import rules
from exporter.clean import dates
from exporter.clean.outline import Block
from exporter.clean.verdicts import Context

COUNT: Final = re.compile(r"^\s*\d[\d\s.,]*[kKmM]?\s+(?=\D)")  # yes: "37 comments"; no: "Top 10"
COUNTED: Final = frozenset({"share", "comments", "dates"})  # kinds of labels that have a number
COMMENTS: Final = frozenset({"comments"})
MEASURED: Final = COUNTED | {"audio"}  # kinds of labels beside which a date or a duration stands
# yes: "07", "(6 min)", "3 minuti", "11h02"; no: "6 miles", "1951 Paris"
MEASURE: Final = re.compile(
    r"[(\[\s]*\d[\d\s.,/hH-]*(?:min|mins|mn|minutes?|minuten|minuti|minutos?|sec|sek|s|h|"
    r"uhr|uur|am|pm|a\.m|p\.m|gmt|bst|est|edt|cet)?[)\]\s]*",
    re.IGNORECASE,
)
# yes: "2", "Page 1 sur 3"; no: "1951"
PAGE: Final = re.compile(r"\s*(?:[Pp]age\s)?\d{1,2}(?:\s?(?:sur|of|von|de|di|van|/)\s?\d{1,2})?\s*")
# who wrote it; yes: "Par Jeanne Vidal"; no: "Par un matin d'hiver"
BYLINE: Final = re.compile(
    r"\s*(?:[Pp]ar|[Bb]y|[Vv]on|[Pp]or|[Dd]i|[Dd]oor|[Tt]ext:?)\s"
    r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’.-]+){1,3}\s*"
)
# both neighbours; yes: "« The wooden bridge | The great flood »"; no: "« Give! »" (unlinked)
TURNING: Final = re.compile(r"\s*[«←‹<].+[»→›>]\s*")
DATED: Final = 6  # words of a date
HASHTAGS: Final = re.compile(r"\s*(?:#\w{2,}[\s,;·|]*){2,}")  # yes: "#Loire #Bac"; no: "#1 in line"
# yes: between "Next" and "Print" in "Next | Print"; no: in "half-past"
JOINT: Final = re.compile(r"\s[-–—/>]\s|[|•·:,;!?.…↑↓→←»«]+|\n")
PARTS: Final = 12  # labels in a row at most
FEWEST: Final = 3  # labels of a row that nothing sets apart but their capitals
# yes: the words before the title in "14 thoughts on “Eels”"; no: "Some thoughts on “Eels”"
ANSWERS: Final = re.compile(
    r"\s*(?:\d+|one|une?|eine?|un[ao]|uma?|een)\s(?P<label>[^“«\"„]{4,30})[“«„\"].+[”»“\"]\s*",
    re.IGNORECASE,
)
# the way down to here; yes: "News > Local news"; no: "He went home."
TRAIL: Final = re.compile(r"[^>›»/.!?]{1,40}(?:[>›»/][^>›»/.!?]{1,60}){1,6}")


def row(block: Block, book: rules.PhraseBook, context: Context) -> str | None:
    """Give the labels a block consists of: share buttons, a counter, hashtags, a menu."""
    text = block.text
    if HASHTAGS.fullmatch(text) and (context.head(block) or context.tail(block)):
        return "hashtags"
    if block.words > 2 * PARTS:
        return None
    if _counter(text, book) or (context.tail(block) and _answers(text, book)):
        return "a counter"
    beside = context.head(block) or context.tail(block)
    if beside and _unparted(text.split(), book):
        return "labels in a row"
    parts = [part for part in JOINT.split(_separated(block)) if rules.normalise(part)]
    if 1 < len(parts) <= PARTS and _labelled(parts, book, beside=beside):
        return " | ".join(" ".join(part.split()) for part in parts)
    return None


def _counter(text: str, book: rules.PhraseBook) -> bool:
    counted = COUNT.sub("", text)
    return counted != text and _label(counted, book, COUNTED)


def _answers(text: str, book: rules.PhraseBook) -> bool:
    """Tell whether a title is said to have so many comments."""
    answers = ANSWERS.fullmatch(text)
    return answers is not None and _label(answers["label"], book, COMMENTS)


def _labelled(parts: Sequence[str], book: rules.PhraseBook, *, beside: bool) -> bool:
    """Tell whether each part is a label, or a date or a duration beside a label of such."""
    rest = [
        part for part in parts if not _label(part, book, COUNTED if COUNT.match(part) else None)
    ]
    if not rest or not beside:
        return not rest
    if len(rest) < len(parts) and all(PAGE.fullmatch(part) for part in rest):
        return True  # the pages of an article in several
    measured = any(_label(part, book, MEASURED) for part in parts if part not in rest)
    named = any(map(BYLINE.fullmatch, rest)) and any(map(_dated, rest))
    return (measured or named) and all(
        MEASURE.fullmatch(part) or _dated(part) or (named and BYLINE.fullmatch(part))
        for part in rest
    )


def _unparted(words: Sequence[str], book: rules.PhraseBook) -> bool:
    """Tell whether words are nothing but known labels, each with a capital at its start."""
    starts = [place for place, word in enumerate(words) if word[0].isupper()]
    if len(starts) < FEWEST or starts[0] or len(words) > PARTS:
        return False
    most = {0: 0}  # labels that fit before a place, at most
    for start in starts:
        if start not in most:
            continue
        for end in (*(place for place in starts if place > start), len(words)):
            if _label(" ".join(words[start:end]), book, None):
                most[end] = max(most.get(end, 0), most[start] + 1)
    return most.get(len(words), 0) >= FEWEST


def _dated(part: str) -> bool:
    return len(part.split()) <= DATED and dates.parse(part) is not None


def trail(block: Block, context: Context) -> bool:
    """Tell whether a block is the way to the article, above it, or to its neighbours, below."""
    if block.words > 2 * PARTS or block.density <= 0.5:  # noqa: PLR2004  (most of it)
        return False
    if context.tail(block) and len(block.element.find_all("a")) > 1:
        return TURNING.fullmatch(block.text) is not None
    return context.head(block) and TRAIL.fullmatch(block.text) is not None


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
