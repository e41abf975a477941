"""Whether the page shows only the start of its article, behind a paywall.

Words alone prove nothing: a site asks its readers to subscribe under whole articles, too. So the
words must stand where the article breaks off, or the page itself must say that it is not free.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from bs4 import BeautifulSoup, Tag

from exporter import rules
from exporter.clean import jsonld
from exporter.clean.outline import blocks
from exporter.clean.tree import hints, text_of, words_in
from exporter.clean.verdicts import Context
from exporter.model import Note

# the container of a wall; yes: "paywall-offers", "article-locked"; no: "subscribe-button"
WALL: Final = re.compile(
    r"(?:^|[\s_-])(?:pay-?wall|reg-?wall|paid-?wall|(?:subscri\w+|premium|abo|member\w*)-?"
    r"(?:wall|gate|only|lock|barrier)|(?:content|article)-?(?:locked|lock|restricted|gate)"
    r"|poool|piano-(?:inline|offer|wall)|reserved-content|abo-?sperre|muro)"
)
HIDDEN: Final = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
CLASS: Final = re.compile(r"\.([\w-]+)")  # yes: ".paywall", "div.body .locked"; no: "#wall"
# what says that the text goes on elsewhere; yes: "Il vous reste 80 % à lire", "Subscribe to
# continue reading"; no: "Start your free trial", "Get a year's subscription for $5"
BREAK: Final = re.compile(
    r"\b(?:continue reading|keep reading|read on|rest of (?:this|the)"
    r"|full (?:article|story|text|access)|to read|reading this|to access this|unlock|preview"
    r"|already (?:a|have)|(?:for|to) (?:our )?(?:paid |paying )?(?:subscribers|members)"
    r"|subscribers? only|members? only|free articles?"
    r"|la suite|il vous reste|pour lire|lire la totalité|l['’]intégralité|texte intégral"
    r"|vous lisez un extrait|réservée? (?:à|aux)|accessible aux|déjà abonn|débloquer"
    r"|weiterles\w*|weiterzulesen|ganzen artikel|vollständigen artikel|nur für abonnent"
    r"|exklusiv für|bereits abonn|schon abonn|kostenpflichtig|um diesen|um den artikel"
    r"|seguir leyendo|sigue leyendo|para leer|para continuar|contenido exclusivo"
    r"|s[oó]lo para suscriptores|exclusivo para|ya eres suscriptor"
    r"|continua a leggere|per leggere|per continuare|riservat[oa] a|sei già abbonato"
    r"|contenuto riservato|verder ?lezen|lees verder|alleen voor abonnees|om (?:dit|verder)"
    r"|al abonnee|continue lendo|continuar lendo|para ler|já é assinante"
    r"|apenas para assinantes|exclusivo de assinantes)\b"
    r"|\b(?:abonné|abonn|suscript|assinant)\w*\s*\?",
    re.IGNORECASE,
)
FREE: Final = "isAccessibleForFree"
LONGEST: Final = 150  # words of a wall
PHRASE: Final = 45  # words of a line on subscribing
BELOW: Final = 12  # blocks below the article among which a wall stands
SHOWN: Final = 0.6  # share of the words a page says it has, below which it is cut short
MISSING: Final = 150  # words
PART: Final = 60  # words of the part that is not free, where the page has it


def notes(soup: BeautifulSoup, root: Tag, context: Context) -> tuple[Note, ...]:
    """Give the note that the article is cut short, with the words that say so, or nothing."""
    node = _not_free(soup)
    if node is not None and _holds_the_paid_part(soup, node):
        return ()
    told = next(_walls(root), None)
    if told is None and node is not None:
        told = next(_lines_after(soup, root), None) or _lacking(soup, node, context)
    return (Note("truncated", told),) if told else ()


def breaks_off(text: str) -> bool:
    """Tell whether a line on subscribing says that there is more to read."""
    return BREAK.search(text) is not None


def _walls(root: Tag) -> Iterator[str]:
    """Give the words of the walls that stand in the article or behind it, and are shown."""
    for tag in root.next_elements:
        if not (isinstance(tag, Tag) and tag.attrs and WALL.search(hints(tag))) or _hidden(tag):
            continue
        text = text_of(tag)
        if words_in(text) <= LONGEST:
            yield from (block.text for block in blocks(tag) if _speaks(block.text))


def _hidden(tag: Tag) -> bool:
    return any(
        "hidden" in up.attrs or HIDDEN.search(str(up.attrs.get("style", "")))
        for up in (tag, *tag.parents)
    )


def _lines_after(soup: BeautifulSoup, root: Tag) -> Iterator[str]:
    """Give the lines right below the article that offer the rest of it."""
    body = soup.body or soup
    below = 0
    seen = False
    for block in blocks(body):
        within = block.element is root or any(up is root for up in block.element.parents)
        seen = seen or within
        below += seen and not within
        if below > BELOW:
            return
        if any("comment" in hints(up) for up in (block.element, *block.element.parents)):
            continue
        short = seen and not within and block.words <= PHRASE
        if short and not _hidden(block.element) and _speaks(block.text):
            yield block.text


def _speaks(text: str) -> bool:
    matches = rules.phrase_book().matches(text)
    return breaks_off(text) and any(rule.kind == "paywall" for rule, _ in matches)


def _not_free(soup: BeautifulSoup) -> jsonld.Node | None:
    """Give the JSON-LD node that says it is not free to read, if there is one."""
    if not any(FREE in (script.string or "") for script in soup.find_all("script")):
        return None
    return next((node for node in jsonld.read(soup) if _is_false(node.get(FREE))), None)


def _is_false(value: Any) -> bool:  # noqa: ANN401  (JSON)
    return value is False or (isinstance(value, str) and value.lower() == "false")


def _lacking(soup: BeautifulSoup, node: jsonld.Node, context: Context) -> str | None:
    """Give what the page says it has and does not show."""
    shown = sum(block.words for block in context.blocks)
    body = node.get("articleBody")
    stated = str(node.get("wordCount") or (words_in(body) if isinstance(body, str) else ""))
    if stated.isdecimal() and shown < min(SHOWN * int(stated), int(stated) - MISSING):
        return f"{shown} of {stated} words"
    return next((name for name, words in _parts(soup, node) if words == 0), None)


def _holds_the_paid_part(soup: BeautifulSoup, node: jsonld.Node) -> bool:
    """Tell whether the part that is not free stands in the page: a subscriber saved it."""
    return any(words >= PART for _, words in _parts(soup, node))


def _parts(soup: BeautifulSoup, node: jsonld.Node) -> Iterator[tuple[str, int]]:
    """Give the selectors of the parts that are not free, with the words the page has there."""
    parts = node.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        selector = part.get("cssSelector") if isinstance(part, dict) else None
        if isinstance(selector, str) and (found := CLASS.search(selector)):
            tags = soup.find_all(class_=found[1])
            if tags:
                yield selector, sum(words_in(text_of(tag)) for tag in tags)
