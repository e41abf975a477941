"""Who signs below the article: "Reporting by Ann Lee", "Autor: Ann Lee", "(AFP)", "*Ann Lee*"."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from exporter import rules
from exporter.clean import names
from exporter.clean.addresses import attribute
from exporter.clean.outline import Block
from exporter.clean.roles import AGENCY, OTHERS
from exporter.clean.tree import hints, text_of
from exporter.clean.verdicts import Context
from exporter.dom import squash

# yes: "Reporting by Ann Lee", "Texte : Jean Dupont", "Von Eva Müller"; no: "By the sea they met"
LABEL: Final = re.compile(
    r"\W*(?i:reporting by|(?:written|story|words|text) by|propos recueillis par"
    r"|(?:écrit|rédigé|article|texte) (?:par|de)|auth?or(?:in)?\s*:|auteur\s*:|autore\s*:"
    r"|(?:text|texte|texto|testo|tekst)\s*:|by|par|von|por|door)\s+(?=[A-ZÀ-Þ])"
)
# what stands around an agency's name; yes: "(AFP)", "— Avec AFP", "Source: Reuters", "dsw / DPA"
AROUND: Final = re.compile(
    r"\A\W*(?:(?:avec|with|mit|con|com|source|quelle|fuente|fonte|reporting by)\b\s*:?\s*)?"
    r"(?:[a-zäöü]{2,4}\s*[/,]\s*)*",
    re.IGNORECASE,
)
# headings and labels in the shape of a name
LABELS: Final = re.compile(
    r"\b(?:related|stories|about|contact|further|reading|notes?|references?|sources?|the|end|fin|ende"
    r"|fine|weitere\w*|mehr|lire|voir|suite|plus|newsletter|your|our|this|next|previous|photos?"
    r"|videos?|support|donate|subscribe|comments?|und|and|et|all|new|read|see|join|get|links?|tags?)\b",
    re.IGNORECASE,
)
EMPHASIS: Final = ("em", "i", "strong", "b")
LOOKED_AT: Final = 6  # blocks below the last long paragraph
MOST: Final = 15  # words of a line that signs
PERSON: Final = (2, 4)  # words of a name that stands alone


def find(context: Context) -> tuple[str, ...]:
    """Give who signs in the first lines below the article's last long paragraph."""
    for block in _below(context):
        text = block.text
        agencies = _agencies(text)
        if agencies:
            return agencies
        if LABEL.match(text) and not OTHERS.match(text) and not names.reads(text):
            return names.people([text], site=context.metadata.site)
        if _stands_alone(block) and not any(rules.phrase_book().matches(text)):
            return (" ".join(text.strip(" —–-()").split()),)
    return ()


def _below(context: Context) -> Iterator[Block]:
    below = [block for block in context.blocks if context.tail(block)]
    for block in below[:LOOKED_AT]:
        if block.heading:
            return
        if block.words <= MOST:
            yield block


def _agencies(text: str) -> tuple[str, ...]:
    bare = AROUND.sub("", text, count=1).strip(" .()—–-©")
    parts = [part.strip() for part in re.split(r"\s*[,/]\s*|\s+(?:and|et|und|y|e)\s+", bare)]
    return tuple(parts) if parts and all(AGENCY.fullmatch(part) for part in parts) else ()


def _stands_alone(block: Block) -> bool:
    """Tell whether a block is nothing but a name in other type, as signatures are set."""
    text = block.text.strip(" —–-()")
    if not PERSON[0] <= len(text.split()) <= PERSON[1] or LABELS.search(text):
        return False
    if names.people([text]) != (text,) or names.is_organisation(text):
        return False
    return _right(block.element) or any(
        squash(text_of(tag)) == squash(text) for tag in block.element.find_all(EMPHASIS)
    )


def _right(element: Tag) -> bool:
    """Tell whether a line is set at the right."""
    style = attribute(element, "style").replace(" ", "").lower()
    right = attribute(element, "align").lower() == "right" or "text-align:right" in style
    return right or "align-right" in hints(element)
