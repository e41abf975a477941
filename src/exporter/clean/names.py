"""The people in a byline: split, without titles, prepositions, addresses and the site itself."""

import re
from collections.abc import Iterable
from typing import Final

from exporter import dom

# yes: "By Jane", "Texte : Jean", "Geschrieben von Eva"; no: "Byron", "Dean"
PREFIX: Final = re.compile(
    r"\A\W*(?:(?:view all posts|all posts|more posts|voir tous les articles|tous"
    r" les articles|written|posted|published|reviewed|story|words|article|ecrit"
    r"|écrit|publié|propos"
    r" recueillis|rédigé|geschrieben|ein artikel|ein beitrag|escrito|publicado|scritto|articolo"
    r"|geschreven|texte?|text|interview|autor(?:in)?|auteur|author|autore|redactor)\s*[:|]?\s*)?"
    r"(?:(?:by|par|von|por|di|da|door|av|af|de)(?:\s*:\s*|\s+)|:\s*)?",
    re.IGNORECASE,
)
# what stands between two people; yes: ", ", " and ", " & "; no: "Anderson", "d'Estaing"
BETWEEN: Final = re.compile(
    r"\s*(?:;|\n|•|\s/\s|\s[|+]\s)\s*|\s*,\s*(?:and|et|und|y|e|en|og|och|&)\s+|\s+(?:and|et|und|y|&|og|och"
    r"|with|avec|mit|con)\s+|\s*,\s+",
)
# what follows a name and is none: yes: " - Le Monde", " | Reporter", " for CNN", " (AFP)"
TAIL: Final = re.compile(
    r"\s+(?:[-–—|•·]\s+.*|\(.*|in\s+[A-Z].*|for\s+.*|pour\s+.*|für\s+.*|@.*|https?:.*|\d.*)\Z|\s*[(<\[].*\Z",
    re.DOTALL,
)
DATE: Final = re.compile(
    r"[,\s|–-]*\b(?:on|le|am|el|il|published|publié|updated|posted|mis à jour)\b[\s:]*.*\d.*\Z",
    re.IGNORECASE | re.DOTALL,
)
ROLE: Final = re.compile(
    r"\b(?:reporters?|editors?|correspondents?|staff|writers?|journalists?|columnist|contributors?"
    r"|producer|analyst|professor|director|fellow|lecturer|chief|senior|deputy|manager|author|team"
    r"|journaliste|rédact\w*|redact\w*|redaz\w*|redak\w*|correspondant\w*|envoyée?|spéciale?|chronique\w*"
    r"|éditorialiste|professeur\w*|directeur|directrice|maître|chercheu\w*|korrespondent\w*|autor(?:in)?"
    r"|desk|news|newsroom|agenc\w*|agentur\w*|service|admin\w*|webmaster|guest|unknown|anonymous|digital"
    r"|comments?|share|follow|read|min|updated?|published|website|online|magazine|university|institute)\b",
    re.IGNORECASE,
)
PLACE: Final = re.compile(r"\b(?:https?:|www\.|@|\.(?:com|org|net|fr|de)\b)", re.IGNORECASE)
LONGEST: Final = 48
MOST_WORDS: Final = 6
SUFFIX: Final = frozenset(
    {"jr", "jr.", "sr", "sr.", "phd", "ph.d.", "md", "m.d.", "ii", "iii", "mba", "esq", "dr"}
)


def people(raw: Iterable[str], *, site: str | None = None) -> tuple[str, ...]:
    """Give the names in some bylines, each once, in order; never the site's own."""
    found: dict[str, str] = {}
    own = dom.squash(site or "")
    for text in raw:
        for name in _split(text):
            key = dom.squash(name)
            if key and key != own and key not in found and _is_name(name):
                found[key] = name
    # a name that is part of another is the same person: "Kaminski" beside "Eva Kaminski"; so are
    # the initials on a picture that failed to load
    return tuple(
        name
        for key, name in found.items()
        if not any(key != other and key in other for other in found)
        and not (len(found) > 1 and len(key) < 3)  # noqa: PLR2004
    )


def _split(text: str) -> Iterable[str]:
    text = re.sub(r"[ \t\xa0\u202f]+", " ", text).strip()
    if PLACE.match(text) or text.startswith(","):  # a template whose first name was empty
        return []
    text = DATE.sub("", PREFIX.sub("", text, count=1))
    parts = [part.strip() for part in BETWEEN.split(text) if part and part.strip()]
    if len(parts) == 2 and "," in text and all(len(part.split()) == 1 for part in parts):  # noqa: PLR2004
        parts = [f"{parts[1]} {parts[0]}"]  # "Doe, Jane"
    names: list[str] = []
    for part in parts:
        name = TAIL.sub("", PREFIX.sub("", part, count=1)).strip(' \n\t,;:.|-–—·•*"“”«»')
        if name.lower() in SUFFIX and names:
            continue
        if part.endswith(".") and re.search(r"\b(?:Jr|Sr|[A-Z])\.$", part):
            name += "."
        names.append(_cased(name))
    return names


def _cased(name: str) -> str:
    """Give a name shouted in capitals as names are written."""
    if name.isupper() and len(name) > 5 and " " in name:  # noqa: PLR2004  (not "AFP", "J.K.")
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    return name


def _is_name(name: str) -> bool:
    if not name or len(name) > LONGEST or PLACE.search(name) or ROLE.search(name):
        return False
    if any(sign.isdigit() for sign in name) or len(name.split()) > MOST_WORDS:
        return False
    if any(sign in name for sign in "?!:{}=<>"):
        return False
    words = [word for word in name.split() if word[0].isalpha()]
    cased = any(sign.isupper() or not sign.islower() for word in words for sign in word[:1])
    return bool(words) and cased and len(dom.squash(name)) > 1 and name.lower() not in NO_NAMES


NO_NAMES: Final = frozenset(
    {"by", "par", "von", "por", "di", "da", "door", "de", "le", "the", "none", "null"}
)
