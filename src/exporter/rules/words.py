"""The words of a text, for comparing."""

import re
import unicodedata
from typing import Final

WORD: Final = re.compile(r"[\w%]+")  # yes: "l", "article", "50%"; no: "👇"
# yes: "lire l article", "50%"; no: "Lire", "l'article", "été", "a  b"
NORMAL: Final = re.compile(r"[a-z0-9_%]+(?: [a-z0-9_%]+)*")


def normalise(text: str) -> str:
    """Give the words of a text for comparing: folded, without accents, one space between."""
    if NORMAL.fullmatch(text):
        return text
    if text.isascii():
        return " ".join(WORD.findall(text.lower()))
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(WORD.findall(plain))
