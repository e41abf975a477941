"""The words of a text, for comparing."""

import re
import unicodedata
from typing import Final

WORD: Final = re.compile(r"[\w%]+")  # yes: "l", "article", "50%"; no: "👇"


def normalise(text: str) -> str:
    """Give the words of a text for comparing: folded, without accents, one space between."""
    if text.isascii():
        return " ".join(WORD.findall(text.lower()))
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(WORD.findall(plain))
