"""The people in a byline: split, without titles, prepositions, addresses and the site itself."""

import re
from collections.abc import Iterable
from typing import Final

from exporter import dom
from exporter.clean.dates import BY_NAME

# yes: "By Jane", "Texte : Jean", "Geschrieben von Eva"; no: "Byron", "Dean"
PREFIX: Final = re.compile(
    r"\A\W*(?:(?:view all posts|all posts|more posts|voir tous les articles|tous"
    r" les articles|written|posted|published|reviewed|story|words|article|ecrit"
    r"|écrit|publié|propos"
    r" recueillis|rédigé|recette|geschrieben|erstellt|rezept|recipe|reporting|reported"
    r"|ein artikel|ein beitrag|escrito|publicado|scritto|articolo"
    r"|geschreven|texte?|text|interview|autor(?:in)?|auteur|author|autore|redactor)\s*[:|]?\s*)?"
    r"(?:(?:by|par|von|vom|por|di|da|door|av|af|de)(?:\s*:\s*|\s+)|:\s*)?",
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
# yes: " le 3 mai 2020", " on March 3, 2020", " à 18:30"; no: "Le Dantec", "On Kawara"
DATE: Final = re.compile(
    r"[,\s|–-]*\b(?:on|le|am|el|il|à|at|um|(?i:published|publié|updated|posted|mis à jour))\b"
    r"[\s:]*.*\d.*\Z",
    re.DOTALL,
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
# who a person writes for; yes: "Associated Press", "dpa"; no: "Reuter"
AGENCY: Final = re.compile(
    r"(?:the )?(?:associated press|ap|reuters|afp|agence france[- ]presse|dpa|dpa-afx|apa|epd|kna"
    r"|efe|ansa|lusa|belga|anp|ats|bloomberg|pa media|press association|tass|xinhua)",
    re.IGNORECASE,
)
# what stands between the names of co-authors: "Ann Lee (avec Jean Dupont et Eva Roy)"
WITHIN: Final = re.compile(r"\((?:avec|with|mit|con|com|met)\s+([^()]*)\)", re.IGNORECASE)
MIDDLE: Final = re.compile(
    r"(?<=\w)\s*\([^()]*\)\s*(?=[A-ZÀ-Þ])"
)  # yes: "Ann (Bo) Lee"; no: "Ann (Bo)"
ORGANISATION: Final = re.compile(
    r"\b(?:organi[sz]ations?|foundation|stiftung|fondation|association|verband|verein|inc|gmbh|ltd|llc"
    r"|e\. ?v|media|press|verlag|editors|group|company|society)\b", re.IGNORECASE,
)  # fmt: skip
MONTH: Final = re.compile(
    rf",?\s+(?:{'|'.join(sorted(BY_NAME))})\.?\s*\d.*\Z", re.IGNORECASE | re.DOTALL
)
NICK: Final = re.compile(
    r"[^\W\d_]{3}\w{0,20}\Z|[^\W\d_]{2,3}\d\w{0,20}\Z"
)  # yes: "delta201"; no: "2nd"
LONGEST: Final = 48
MOST_WORDS: Final = 6
SUFFIX: Final = frozenset(
    {"jr", "jr.", "sr", "sr.", "phd", "ph.d.", "md", "m.d.", "ii", "iii", "mba", "esq", "dr"}
)


def people(raw: Iterable[str], *, site: str | None = None, named: bool = False) -> tuple[str, ...]:
    """Give the names in some bylines, each once, in order; never the site's own.

    `named` says that the page calls these names in so many words, so that a nickname is one.
    """
    found: dict[str, str] = {}
    own = dom.squash(site or "")
    for text in raw:
        for name in _split(text):
            key = dom.squash(name)
            if key and key != own and key not in found and _is_name(name, named=named):
                found[key] = name
    if any(not AGENCY.fullmatch(name) for name in found.values()):
        found = {key: name for key, name in found.items() if not AGENCY.fullmatch(name)}
    # a name that is part of another is the same person: "Kaminski" beside "Eva Kaminski"; so are
    # the initials on a picture that failed to load
    return tuple(
        name
        for key, name in found.items()
        if not any(key != other and key in other for other in found)
        and not (len(found) > 1 and len(key) < 3)  # noqa: PLR2004
    )


def anyone(raw: Iterable[str]) -> tuple[str, ...]:
    """Give who the page says wrote it when no person did: an organisation, a team."""
    names = (" ".join(PREFIX.sub("", text, count=1).split()) for text in raw)
    return tuple(
        dict.fromkeys(
            name
            for name in names
            if 2 < len(name) <= LONGEST  # noqa: PLR2004
            and not NOBODY.search(name)
            and not PLACE.match(name)
            and not any(sign.isdigit() for sign in name)
            and any(sign.isupper() for sign in name)
        )
    )[:1]


NOBODY: Final = re.compile(
    r"\b(?:admin\w*|webmaster|guest|unknown|anonymous|author|user|default|none|null|editor"
    r"|comments?|share|follow|read|updated?|published"
    r"|zuletzt|geändert|erschienen)\b|[?!:{}=<>@]", re.IGNORECASE,
)  # fmt: skip


def is_organisation(name: str) -> bool:
    """Tell whether the words of a name say that it is no person's."""
    return ORGANISATION.search(name) is not None


def _split(text: str) -> Iterable[str]:
    text = re.sub(r"[ \t\xa0\u202f]+", " ", text).strip()
    if PLACE.match(text) or text.startswith(","):  # a template whose first name was empty
        return []
    text = MIDDLE.sub(" ", WITHIN.sub(r", \1", text))
    text = MONTH.sub("", DATE.sub("", PREFIX.sub("", text, count=1)))
    parts = [part.strip() for part in BETWEEN.split(text) if part and part.strip()]
    parts = [name for part in parts for name in _tight(part)]
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


def _tight(part: str) -> list[str]:
    """Split "Ann Lee,Jean Dupont": a comma without a space stands between whole names."""
    names = part.split(",")
    return names if all(len(name.split()) > 1 for name in names) else [part]


def _cased(name: str) -> str:
    """Give a name shouted in capitals as names are written."""
    if name.isupper() and len(name) > 5 and " " in name:  # noqa: PLR2004  (not "AFP", "J.K.")
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    return name


def _is_name(name: str, *, named: bool) -> bool:
    if not name or len(name) > LONGEST or PLACE.search(name) or ROLE.search(name):
        return False
    if named and NICK.match(name):
        return name.lower() not in NO_NAMES
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
