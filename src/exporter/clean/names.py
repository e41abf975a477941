"""The people in a byline: split, without titles, prepositions, addresses and the site itself."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from exporter import dom
from exporter.clean.dates import BY_NAME
from exporter.clean.roles import (
    AGENCY,
    HONORIFIC,
    NOBODY,
    ORGANISATION,
    OTHERS,
    PARTICLES,
    ROLE,
)

# yes: "By Jane", "Texte : Jean", "Geschrieben von Eva"; no: "Byron", "Dean", "De Gaulle"
PREFIX: Final = re.compile(
    r"\A\W*(?:(?:view all posts|all posts|more posts|voir tous les articles|tous"
    r" les articles|written|posted|published|reviewed|story|words|article|ecrit"
    r"|écrit|publié|propos|entretien|enquête|reportage"
    r"|recueillis|propos recueillis|rédigé|recette|geschrieben|erstellt|rezept|recipe|reporting"
    r"|reported|interview|ein artikel|ein beitrag|protokoll|aufgezeichnet|escrito|publicado"
    r"|entrevista|scritto|articolo|intervista|a cura|geschreven|tekst|texto|testo"
    r"|texte?|text|autor(?:in|a)?|auteur|author|autore|redactor)"
    r"\s*[:|]?\s*(?:(?:by|par|von|vom|por|di|da|door|av|af|de)(?:\s*:\s*|\s+)|:\s*)?"
    r"|(?:by|par|von|vom|por|di|da|door|av|af)(?:\s*:\s*|\s+)|:\s*)",
    re.IGNORECASE,
)
# what stands between two people; yes: ", ", " and ", " & "; no: "Anderson", "d'Estaing"
BETWEEN: Final = re.compile(
    r"(\s*(?:;|\n|•|·|\s/\s|\s[|+]\s)\s*|\s*,\s*(?:and|et|und|y|e|en|og|och|&)\s+"
    r"|\s+(?:and|et|und|&|og|och|with|avec|mit|con|com|met)\s+|\s*,\s+)"
)
# between two whole names, or it belongs to one, or means "in": yes: "Ana Ruiz y Luis Mar"; no:
# "Ortega y Gasset", "Silva e Sousa", "corresponsal en París"
SPANISH: Final = re.compile(r"(\S+\s+\S+)\s+(?:[ye]|en)\s+(?=[A-ZÀ-Þ]\S*\s+(?:d\w*\s+)*[A-ZÀ-Þ])")
# what follows a name and is none: yes: " - Le Monde", " | Reporter", " for CNN", " (AFP)"
TAIL: Final = re.compile(
    r"\s+(?:[-–—|•·]\s+.*|\(.*|in\s+[A-Z].*|for\s+.*|pour\s+.*|für\s+.*|à\s+[A-Z].*"
    r"|@.*|https?:.*|\d.*)\Z|\s*[(<\[].*\Z",
    re.DOTALL,
)
# yes: " le 3 mai 2020", " on March 3, 2020", " à 18:30"; no: "Le Dantec", "On Kawara"
DATE: Final = re.compile(
    r"[,\s|–-]*\b(?:on|le|am|el|il|à|at|um|(?i:published|publié|updated|posted|mis à jour))\b"
    r"[\s:]*.*\d.*\Z",
    re.DOTALL,
)
# what papers' names begin with; yes: "Le Port", "The Post"; no: "Leo Port"
ARTICLE: Final = re.compile(r"\s*(?:the|le|la|les|der|die|das|el|il|het|o|l['’])\s", re.IGNORECASE)
PLACE: Final = re.compile(r"\b(?:https?:|www\.|@|\.(?:com|org|net|fr|de)\b)", re.IGNORECASE)
MAIL: Final = re.compile(r"[(<\[]?\S+@\S+\.\w+[)>\]]?|(?<=\s)@\w+")  # yes: "ann@post.example"
# what stands between the names of co-authors: "Ann Lee (avec Jean Dupont et Eva Roy)"
WITHIN: Final = re.compile(r"\((?:avec|with|mit|con|com|met)\s+([^()]*)\)", re.IGNORECASE)
MIDDLE: Final = re.compile(
    r"(?<=\w)\s*\([^()]*\)\s*(?=[A-ZÀ-Þ])"
)  # yes: "Ann (Bo) Lee"; no: "Ann (Bo)"
MONTH: Final = re.compile(
    rf"(?:\A|,?\s+)(?:{'|'.join(sorted(BY_NAME))})\.?\s*\d.*\Z", re.IGNORECASE | re.DOTALL
)
NICK: Final = re.compile(
    r"[^\W\d_]{3}\w{0,20}\Z|[^\W\d_]{2,3}\d\w{0,20}\Z"
)  # yes: "delta201"; no: "2nd"
INITIALS: Final = re.compile(r"[A-Z]{2}")  # yes: "LP", on a picture's place; no: "AFP"
MACHINE: Final = re.compile(
    r"(?:\d+[^\W\d_]+){2}"
)  # yes: "q6vkp2ma", an account's number; no: "a2"
# a surname has a vowel and no dots; yes: "ROY"; no: "WBF", "B.O."
SPEAKABLE: Final = re.compile(r"\A[^.]*[AEIOUYÀ-ÖØ-Ý][^.]*\Z")
LONGEST: Final = 48
LONGEST_ORGANISATION: Final = 80
MOST_WORDS: Final = 6
WHOLE: Final = 2  # words of a whole name
SHOUTED: Final = 3  # letters of a surname in capitals
SUFFIX: Final = frozenset(
    {"jr", "jr.", "sr", "sr.", "phd", "ph.d.", "md", "m.d.", "ii", "iii", "mba", "esq", "dr", "ma"}
)
NO_NAMES: Final = frozenset(
    {
        "by",
        "par",
        "von",
        "por",
        "di",
        "da",
        "door",
        "de",
        "le",
        "the",
        "none",
        "null",
        "last",
        *BY_NAME,
    }
    - {"may", "april", "june", "august", "mar", "jan", "maja", "abril"}
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
    if any(_is_person(key, name, own) for key, name in found.items()):
        found = {key: name for key, name in found.items() if _is_person(key, name, own)}
    # a name that is part of another is the same person: "Kaminski" beside "Eva Kaminski"; so are
    # the initials on a picture that failed to load
    return tuple(
        name
        for key, name in found.items()
        if not any(key != other and key in other for other in found)
        and not (len(found) > 1 and len(key) < 3)  # noqa: PLR2004
    )


def _is_person(key: str, name: str, site: str) -> bool:
    """Tell whether a name is no agency's, no organisation's and no part of the site's own."""
    if AGENCY.fullmatch(name) or is_organisation(name):
        return False
    return not (len(key) > SHOUTED and site.startswith(key))


def reads(line: str) -> bool:
    """Tell whether a line reads as a sentence rather than as names: "By noon the boat had left"."""
    text = OTHERS.sub("", MONTH.sub("", DATE.sub("", PREFIX.sub("", line, count=1))))
    return any(
        sum(word.islower() and word not in PARTICLES for word in part.split()) > 1
        and not ROLE.search(part)
        for part in BETWEEN.split(TAIL.sub("", text))
    )


def anyone(raw: Iterable[str]) -> tuple[str, ...]:
    """Give who the page says wrote it when no person did: an organisation, a team."""
    names = (" ".join(PREFIX.sub("", text, count=1).split()) for text in raw)
    return tuple(
        dict.fromkeys(
            name.strip(" ,;|/／·-–—")
            for name in names
            if 2 < len(name) <= (LONGEST_ORGANISATION if is_organisation(name) else LONGEST)  # noqa: PLR2004
            and not NOBODY.search(name)
            and not PLACE.match(name)
            and not any(sign.isdigit() for sign in name)
            and any(sign.isupper() for sign in name)
        )
    )[:1]


def is_organisation(name: str) -> bool:
    """Tell whether the words of a name say that it is no person's."""
    return ORGANISATION.search(name) is not None


def _split(text: str) -> list[str]:
    text = re.sub(r"[ \t\xa0\u202f]+", " ", text).strip()
    if PLACE.match(text) or text.startswith(","):  # a template whose first name was empty
        return []
    text = MAIL.sub("", MIDDLE.sub(" ", WITHIN.sub(r", \1", text)))
    text = MONTH.sub("", DATE.sub("", PREFIX.sub("", text, count=1)))
    text = PREFIX.sub("", OTHERS.sub(" ", text).strip(), count=1)
    text = SPANISH.sub(r"\1, ", text)
    parts = list(_without_employers(BETWEEN.split(text)))
    parts = [name for part in parts for name in _tight(part)]
    if len(parts) == WHOLE and "," in text and all(len(part.split()) == 1 for part in parts):
        parts = [f"{parts[1]} {parts[0]}"]  # "Doe, Jane"
    names: list[str] = []
    for part in parts:
        name = TAIL.sub("", PREFIX.sub("", part, count=1)).strip(' \n\t,;:.|/／-–—·•*"“”«»')
        if name.lower() in SUFFIX and names:
            continue
        if part.endswith(".") and re.search(r"\b(?:Jr|Sr|[A-Z])\.$", part):
            name += "."
        names.append(_cased(HONORIFIC.sub("", name)))
    return names


def _without_employers(pieces: list[str]) -> Iterator[str]:
    """Give the names among texts and what stood between them.

    "Ann Lee, Director, Harbour Lines": what a comma adds after a role, to the end, says where a
    person works. So does a single word after a whole name, or one with an
    article: "Ann Lee, Futurism", "Ann Lee, The Harbour Post".
    """
    names, between = pieces[::2], ["", *pieces[1::2]]
    role = False
    whole = False
    last = len(names) - 1
    for place, (name, before) in enumerate(zip(names, between, strict=True)):
        added = before.strip() == ","
        paper = len(name.split()) == 1 or ARTICLE.match(name)
        if added and place == last and (role or (whole and paper)):
            return
        if name.strip():
            yield name.strip()
        role = role or ROLE.search(name) is not None
        whole = whole or len(name.split()) >= WHOLE


def _tight(part: str) -> list[str]:
    """Split "Ann Lee,Jean Dupont": a comma without a space stands between whole names."""
    names = part.split(",")
    return names if all(len(name.split()) > 1 for name in names) else [part]


def _cased(name: str) -> str:
    """Give a name shouted in capitals, or whose surname is, as names are written."""
    if name.isupper() and len(name) > 5 and " " in name:  # noqa: PLR2004  (not "AFP", "J.K.")
        first, *rest = name.split(" ")
        return " ".join(
            [_calm(first), *(w.lower() if w.lower() in PARTICLES else _calm(w) for w in rest)]
        )
    words = name.split(" ")
    if len(words) > 1 and words[-1].isupper() and not AGENCY.fullmatch(words[-1]):
        calm = all(word.istitle() or word.lower() in PARTICLES for word in words[:-1])
        if calm and len(words[-1]) >= SHOUTED and SPEAKABLE.search(words[-1]):
            return " ".join([*words[:-1], _calm(words[-1])])
    return name


def _calm(word: str) -> str:
    """Give "MÜLLER-LEE" as "Müller-Lee" and "MCDONALD" as "McDonald"."""
    calm = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return re.sub(r"\AMc([a-z])", lambda part: f"Mc{part[1].upper()}", calm)


def _is_name(name: str, *, named: bool) -> bool:
    if not name or len(name) > LONGEST or name.lower() in NO_NAMES:
        return False
    if any(pattern.search(name) for pattern in (PLACE, ROLE, MACHINE)):
        return False
    if INITIALS.fullmatch(name) and not named:
        return AGENCY.fullmatch(name) is not None
    if named and NICK.match(name):
        return True
    if len(name.split()) > MOST_WORDS or any(s.isdigit() or s in "?!:{}=<>" for s in name):
        return False
    words = [word for word in name.split() if word[0].isalpha()]
    cased = any(sign.isupper() or not sign.islower() for word in words for sign in word[:1])
    small = [word for word in words if word[0].islower() and word.lower() not in PARTICLES]
    return bool(words) and cased and len(small) <= len(words) // 3 and len(dom.squash(name)) > 1
