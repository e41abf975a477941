"""Who made the book: creators and contributors with their roles, and how shelves sort them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from exporter.model import Edition, Metadata
from exporter.write.xhtml import fold

# MARC relators; they stand in this order
AUTHOR: Final = "aut"
TRANSLATOR: Final = "trl"
PHOTOGRAPHER: Final = "pht"
# between translators in one credit; yes: "Ann Lee, Bo Roe", "Ann et Bo"; no: "Ann Lee"
BETWEEN: Final = re.compile(r"\s*,\s*|\s+(?:and|et|und|y|e|en|&)\s+")
# a name that is sorted by its last word; yes: "Jane", "O’Neill", "J."; no: "AFP", "van", "東京"
CAPITALISED: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я](?:\.|[\w’'-]*[^\W\d_A-ZÀ-ÖØ-Þ][\w’'.-]*)\Z")
PARTICLE: Final = re.compile(r"(?:[a-zà-ÿ]{1,5}|d[’'])\Z")  # yes: "de", "van"; no: "Van"
JOINED: Final = frozenset({"Le", "La", "De", "Du", "Di", "Da", "Van", "Von", "El", "Al", "Mac"})
SPANISH: Final = "es"  # has two surnames, and no sign of where the first begins


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who made something in the book."""

    name: str
    role: str  # MARC relator
    sorted_as: str  # empty when nobody can tell

    @property
    def term(self) -> str:
        """The Dublin Core term under which the package names them."""
        return "creator" if self.role == AUTHOR else "contributor"


def people(edition: Edition) -> Iterator[Person]:
    """Give authors, translators and photographers, each once for each role."""
    abouts = [article.metadata for article in edition.articles]
    for role, named in (
        (AUTHOR, lambda about: about.byline),
        (TRANSLATOR, _translators),
        (PHOTOGRAPHER, lambda about: about.photographers),
    ):
        spoken = {fold(name): about.language for about in abouts for name in named(about)}
        for name, language in spoken.items():
            if name:
                yield Person(name, role, sorted_as(name, language))


def _translators(about: Metadata) -> Iterable[str]:
    return BETWEEN.split(about.translator or "")


def sorted_as(name: str, language: str) -> str:
    """Give a name as catalogues sort it, "Beauvoir, Simone de"; empty when that is a guess.

    A guess it is for one word, for organisations, for scripts where the family comes first, and
    in Spanish for three words or more.
    """
    words = name.split()
    last = len(words) - 1
    if last < 1 or not all(CAPITALISED.match(word) or PARTICLE.match(word) for word in words):
        return ""
    start = last
    while start > 1 and words[start - 1] in JOINED:
        start -= 1
    given, family = words[:start], words[start:]
    if not CAPITALISED.match(given[0]) or not all(map(CAPITALISED.match, family)):
        return ""
    plain = [word for word in given if not word.endswith(".") and not PARTICLE.match(word)]
    if language.split("-", maxsplit=1)[0] == SPANISH and len(plain) > 1:
        return ""
    return f"{' '.join(family)}, {' '.join(given)}"
