"""Who translated an article, as a credit says: "Traduit de l'anglais par Jeanne Roy"."""

import re
from typing import Final

from bs4 import Tag

from exporter.clean import visible
from exporter.clean.index import Index
from exporter.clean.tree import spoken, words_in

# yes: "Traduit de l'anglais par Jeanne Roy.", "Translated by Ann Lee"; no: "traduit en justice"
CREDIT: Final = re.compile(
    r"\b(?i:traduit\w*|traduction|translated|translation|übersetzt|übersetzung|traducido|"
    r"traducción|tradotto|traduzione|vertaald|vertaling|traduzido|tradução)\b[^.:]{0,40}?"
    r"(?i:\b(?:par|by|von|por|da|di|door)\b|:)\s*"
    r"(?P<name>[A-ZÀ-Þ][\w’'.-]*(?:[ \t]+(?:(?:de|du|la|le|von|van|der|di|da)[ \t]+)*"
    r"[A-ZÀ-Þ][\w’'.-]*){0,3})"
)
SHORT: Final = 25  # words of a credit
LOOKED_AT: Final = 30  # elements below the headline


def translator(text: str) -> str | None:
    """Give the translator that a credit names, or None."""
    if len(text.split()) > SHORT:
        return None
    found = CREDIT.search(text)
    return found["name"].rstrip(".,") if found is not None else None


def in_head(index: Index, title: str) -> str | None:
    """Give the translator credited between the headline and the first paragraph, or None."""
    for headline in visible.headlines(index, title):
        for element in headline.find_all_next(visible.LINES, limit=LOOKED_AT):
            if not isinstance(element, Tag):
                continue
            line = spoken(element)
            if element.name == "p" and words_in(line) > SHORT:
                break
            if name := translator(line):
                return name
    return None
