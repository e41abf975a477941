"""Condemns what stands above the article and says again what the metadata say.

The headline, the byline and the dates belong to the title block of the edition, once.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from bs4 import Tag

from exporter.clean.outline import Block
from exporter.clean.tree import CELLS, HEADINGS, hints
from exporter.clean.verdicts import Act, Context, Decision, Rank, Verdict
from exporter.dom import squash
from exporter.rules import normalise


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


REMOVE: Final = Decision(Act.REMOVE, Rank.STRUCTURE)
MONTHS: Final = _words("""
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec janvier fevrier mars avril mai juin
    juillet aout septembre octobre novembre decembre januar februar marz juni juli oktober
    dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
    diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    januari februari maart mei augustus janeiro fevereiro marco junho julho setembro outubro
    dezembro monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri
    sat sun lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch
    donnerstag freitag samstag sonntag lunes martes miercoles jueves viernes sabado domingo
    segunda feira terca quarta quinta sexta gen ago okt dez fev abr mag giu lug set ott dic
    janv fevr avr juil maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
""")
AROUND_DATES: Final = _words("""
    published updated posted on at am pm est edt et gmt utc bst cet pst pdt ist first last
    publie mis a jour le par modifie h min uhr veroffentlicht aktualisiert um vom stand date
    the of de del el alle ore pubblicato publicado atualizado em as os y il th st nd rd ago
    hours minutes days read time mn lecture temps p m cst cdt mst mdt akst hst cest aest
    eastern pacific central report o clock edit in
""")
NOISE: Final = _words("""
    by par von por da di door de et and und y e text photo photos story written reporter
    staff writer correspondent author auteur autor the editor contributor for opinion senior
    deputy managing news political politics reporters
""")
DIGITS: Final = re.compile(r"\d+\w{0,2}|\d+h\d*")  # yes: "3rd", "10h30"; no: "covid19"
# a byline whose parts only the page's style sets apart; yes: "ByAnn Lee"; no: "By Ann", "Byron"
GLUED: Final = re.compile(r"\A(?:By|Par|Von|Por|Di|Door)(?=[A-ZÀ-Ý][\w'’.-]* )")
TIME: Final = 4  # words of a time of day
# yes: "10 p m", "10 30", "18h05", "9 15 uhr"; no: "10", "22 november"
TIME_OF_DAY: Final = re.compile(r"\d{1,2}(?: \d\d)?(?: (?:[ap] m|uhr|h))|\d{1,2}(?: |h)\d\d")
# yes: "byline", "article__author", "auteur"; no: "authority"
BYLINE: Final = re.compile(
    r"(?:^|[\s_-])(?:by-?line\w*|author\w?|auteurs?|autor|firma|signature)(?:$|[\s_-])"
)
LABEL: Final = 14  # words of a byline or date line


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give decisions against headline and kicker, and evidence against bylines and dates."""
    title = squash(context.metadata.title)
    kicker = squash(context.metadata.kicker or "")
    said = (*context.metadata.byline, context.metadata.site or "")
    names = {word for name in said for word in normalise(name).split()}
    for block in context.blocks:
        if id(block.element) not in context.alone:
            continue
        if title and _is_headline(block, title, context):
            yield Verdict(block.element, "headline", "the article's title", decision=REMOVE)
        elif kicker and block.order < context.first and squash(block.text) == kicker:
            yield Verdict(block.element, "kicker", "the line above the title", decision=REMOVE)
        elif block.words <= LABEL and block.element.name not in CELLS:
            yield from _line(block, names, context)


def _is_headline(block: Block, title: str, context: Context) -> bool:
    if squash(block.text) != title:
        return False
    return block.order <= context.first or (block.heading and not _heads_a_part(block, context))


def _heads_a_part(block: Block, context: Context) -> bool:
    """Tell whether a heading between paragraphs says again what the headline above them said."""
    if block.element.name == "h1" or context.tail(block):
        return False
    said = squash(block.text)
    above = block.element.find_all_previous(HEADINGS)
    return any(squash(heading.get_text()) == said for heading in above)


def _line(block: Block, names: set[str], context: Context) -> Iterator[Verdict]:
    words = normalise(GLUED.sub(r"\g<0> ", block.text)).split()
    if not words:
        return
    score = 1.0 if context.head(block) or context.tail(block) else 0.4
    dated = any(DIGITS.fullmatch(word) for word in words)
    if dated and all(_datelike(word) for word in words):
        if not _ticks(words, context):
            yield Verdict(block.element, "date", "a date and nothing else", score)
    elif score == 1.0 and (name := _signed(block, names.intersection(words))):
        yield Verdict(block.element, "byline", name, 1.0)
    elif names.intersection(words) and all(
        word in names or word in NOISE or _datelike(word) for word in words
    ):
        yield Verdict(block.element, "byline", "the author's name and nothing else", score)


def _ticks(words: Sequence[str], context: Context) -> bool:
    """Tell whether a time of day is one of several, each over an entry of a live report."""
    if not _time_of_day(words):
        return False
    after = (block for block in context.blocks if block.order > context.first)
    return any(_time_of_day(normalise(block.text).split()) for block in after)


def _time_of_day(words: Sequence[str]) -> bool:
    return len(words) <= TIME and TIME_OF_DAY.fullmatch(" ".join(words)) is not None


def _signed(block: Block, named: Collection[str]) -> str | None:
    """Give the class by which the markup calls a line that names the author a byline."""
    if not named or block.prose:
        return None
    tag: Tag | None = block.element
    for _ in range(2):
        if tag is None:
            break
        if BYLINE.search(hints(tag)):
            return " ".join(hints(tag).split())[:60]
        tag = tag.parent
    return None


def _datelike(word: str) -> bool:
    return word in MONTHS or word in AROUND_DATES or DIGITS.fullmatch(word) is not None
