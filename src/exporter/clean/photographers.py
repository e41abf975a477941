"""Who took the pictures: the names in credits, when they are a person's beyond doubt.

A credit names people, agencies, museums and licences in any order. A name counts only where the
credit says that it speaks of a photograph, and where nothing about the name is another's.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from exporter import dom
from exporter.clean import names
from exporter.clean.credits import AGENCIES
from exporter.clean.roles import PARTICLES

# says that what follows took the picture; yes: "Photo : X", "© X", "Crédits photo : X", "Foto: X";
# no: "Illustration : X", "Source: X", "Photon X", "Image: X", which firms write too
CUE: Final = re.compile(
    r"[\W_]*(?:©|\(c\)|(?:copyright|photo(?:graph(?:e|ie|ies|y|er|s)?)?s?|fotos?"
    r"|fotograf(?:ia|ía|ie|o|in|en)?|fotokredit|zdjęcie|cr[eé]dit(?:s|os?|i)?)\b)[\s:]*",
    re.IGNORECASE,
)
# yes: "by X", "AP X"; no: "Byron X"
AFTER_CUE: Final = re.compile(
    r"(?:by|par|von|door|de|da|di|credit|crédit)s?\b[\s:]*", re.IGNORECASE
)
# what was drawn, mapped or filmed; yes: "Illustration : X", "Infographie"; no: "Photo"
DRAWN: Final = re.compile(
    r"\b(?:illustrat|illustraz|ilustra|dessin|draw|zeichn|carte\b|map\b|karte\b|mapa\b|info[gk]ra"
    r"|graphi[ck]|grafi[ck]|montage|render|painting|peinture|gemälde|vid[eé]o|screenshot|capture)",
    re.IGNORECASE,
)
# what stands between the makers in a credit; yes: " / ", "/", " via ", " for ", " – ", "(", ";"
APART: Final = re.compile(
    r"\s*[/|·•;()\[\]©]\s*|\s+[-–—]\s+"
    r"|\s+(?:via|for|pour|für|para|per|voor|on|sur|auf|en|su|from|aus|courtesy)\s+",
    re.IGNORECASE,
)
AGENCY: Final = re.compile(rf"(?:the )?{AGENCIES}\Z", re.IGNORECASE)
# words of what is no person; yes: "City Archive", "Getty Images"; no: "Anna Stockmann"
NOBODY: Final = re.compile(
    r"\b(?:archi[vf]\w*|collections?|librar\w+|biblio\w+|images?|pictures?|photos?|fotos?|studios?"
    r"|stocks?|commons|domain|domaine|public|public[ao]|handout|navy|army|city|ville|stadt|town"
    r"|county|state|national\w*|royal|government|police|office|service|news|post|times|journal"
    r"|gazette|tribune|zeitung|photography|corp\w*|systems?|robotics|labs?|technolog\w+"
    r"|films?|productions?|projects?|courtesy|cc|reserved|réservés"
    r"|rights|droits|rechte|editorial|unsplash|pixabay|pexels|flickr|wikimedia|wikipedia)\b",
    re.IGNORECASE,
)
# yes: "Jane", "O’Neill", "J.", "Jean-Luc", "Åsa"; no: "AFP2", "jane", "@jane"
WORD: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]*\Z")
ARTICLE: Final = re.compile(r"(?:the|les?|la|los|las|die|das|der|het)\s", re.IGNORECASE)
FEWEST: Final = 2  # words of a name
MOST: Final = 4


def named_in(body: str, site: str | None) -> tuple[str, ...]:
    """Give the people whom the credits in a body name, each once, in order."""
    if 'class="credit"' not in body:  # most bodies; the others are parsed
        return ()
    return photographers((figure.credit for figure in dom.figures(body)), site)


def photographers(credits_: Iterable[str], site: str | None = None) -> tuple[str, ...]:
    """Give the people who took the pictures of these credits, each once, in order."""
    own = dom.squash(site or "")
    found = {
        dom.squash(name): name
        for credit in credits_
        for name in _named(credit)
        if not (own and dom.squash(name) in own)
    }
    return tuple(found.values())


def _named(credit: str) -> Iterator[str]:
    text = " ".join(credit.split())
    if DRAWN.search(text):
        return
    rest = _after_cue(text)
    parts = APART.split(rest)
    if rest == text and not any(AGENCY.match(part.strip(" .,")) for part in parts):
        return
    for part in parts:
        for name in names.people([part]):
            if _is_person(name):
                yield name


def _after_cue(text: str) -> str:
    """Give what stands after the words that say that a photograph is spoken of."""
    while found := CUE.match(text):
        text = text[found.end() :]
        if after := AFTER_CUE.match(text):
            text = text[after.end() :]
    return text


def _is_person(name: str) -> bool:
    said = name.split()
    if not FEWEST <= len(said) <= MOST or NOBODY.search(name) or AGENCY.match(name):
        return False
    if names.is_organisation(name) or ARTICLE.match(name):
        return False
    return all(WORD.match(word) or word in PARTICLES for word in said)
