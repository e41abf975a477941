"""Dates as pages write them, as ISO 8601, only as precise as they were written."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

# month -> how seven languages and a few neighbours call it, without accents
MONTHS: Final[dict[int, str]] = {
    1: "january jan janvier janv januar janner enero ene gennaio gen janeiro januari stycznia",
    2: "february feb fevrier fevr fev februar feber febrero febbraio fevereiro februari lutego",
    3: "march mar mars marz maerz marzo marco maart mrt marts marca",
    4: "april apr avril avr abril abr aprile kwietnia",
    5: "may mai mayo maggio mag maio mei maj maja",
    6: "june jun juin juni junio giugno giu junho czerwca",
    7: "july jul juillet juil juli julio luglio lug julho lipca",
    8: "august aug aout augusti agosto ago augustus sierpnia",
    9: "september sep sept septembre septiembre settembre set setembro wrzesnia",
    10: "october oct octobre oktober okt octubre ottobre ott outubro out pazdziernika",
    11: "november nov novembre noviembre novembro listopada",
    12: "december dec decembre dezember dez diciembre dic dicembre dezembro desember des grudnia",
}
BY_NAME: Final = {name: number for number, names in MONTHS.items() for name in names.split()}
_NAME: Final = "(" + "|".join(sorted(BY_NAME, key=len, reverse=True)) + r")\b\.?"
_YEAR: Final = r"((?:19|20)\d\d)(?!\d)"
# names of zones that mean one thing only: "EST" is New York's and Sydney's
ZONES: Final = {
    "z": "+00:00", "utc": "+00:00", "gmt": "+00:00", "cet": "+01:00", "mez": "+01:00",
    "cest": "+02:00", "mesz": "+02:00", "edt": "-04:00", "cdt": "-05:00", "mdt": "-06:00",
    "pdt": "-07:00", "pst": "-08:00",
}  # fmt: skip
_CLOCK: Final = (
    r"(?:[t\s,]|\bat\b|\ba\b|\bum\b|\ba las\b|\bas\b|\balle\b|\bom\b|\bore\b|[-–|·@]|\(){0,6}"
    r"(\d{1,2})(?:\s?[:h.]\s?(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s*([ap]\.?\s?m\b\.?)?"
    r"|\s?([ap]\.?m\b)|\s?(?:h|uhr)\b)(?:\s?uhr)?"
    rf"\s*\(?((?:utc|gmt)?[+-]\d\d:?\d\d|(?:{'|'.join(ZONES)})\b)?"
)
# Yes: "2024-03-07T10:00:00Z", "2024/3/7"; no: "12024-03-07", "2024-13"
ISO: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
COMPACT: Final = re.compile(r"\A((?:19|20)\d\d)(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?")
# yes: "7 mars 2024", "1er mai 2020", "7. Marz 2024", "7 de marzo de 2024"; no: "7 mars"
DAY_FIRST: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s?-?(?:de\s|of\s)?{_NAME},?\s?-?(?:de\s|del\s)?{_YEAR}"
)
# the month first, as Americans write; "March 2024" without its day is no date
MONTH_FIRST: Final = re.compile(rf"\b{_NAME}\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}")
# yes: "07/03/2024" and "7.3.2024"; no: the same without its year
NUMERIC: Final = re.compile(r"(?<![\d./-])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?![\d/-])")
# yes: "07.03.24" and "7/3/24"; no: "1.2.24", a version as likely
SHORT: Final = re.compile(
    r"(?<![\d./-])(?:(\d\d)[.-](\d\d)[.-](\d\d)|(\d{1,2})/(\d{1,2})/(\d\d))(?![\d/-]|\.\d)"
)
# C's asctime; yes: "Fri Feb 18 10:27:24 2022", "Fri Mar 13 21:30:09 EST 2015"
ASCTIME: Final = re.compile(
    rf"\b{_NAME}\s+(\d{{1,2}})\s+(\d\d:\d\d:\d\d)\s+(?:[a-z]{{2,5}}\s+)?{_YEAR}"
)
EASTERN: Final = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
CLOCK: Final = re.compile(_CLOCK)
# yes: a path with /2024/03/07/ or /2024-03-07-title; no: one with the month alone
IN_URL: Final = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|\Z)")
IN_URL_DAY_FIRST: Final = re.compile(r"[/-](\d{1,2})-(\d{1,2})-((?:19|20)\d\d)(?=[/.-]|\Z)")
UNIX: Final = re.compile(r"\A1\d{9}(?:\d{3})?\Z")
# what stands before the day of publication, and before that of a change, in seven languages
_PUBLISHED: Final = (
    r"published|posted|first published|publication date|date published|publiée?|paru|posté|rédigé"
    r"|mis en ligne|créé|date de (?:publication|parution)|veröffentlicht|veröffentlichungsdatum"
    r"|erschienen|erstellt|publicado|publicada|fecha de publicación|data de publicação|pubblicato"
    r"|pubblicata|data di pubblicazione|gepubliceerd|geplaatst|publicatiedatum"
)
_UPDATED: Final = (
    r"(?:last |zuletzt |dernière |última |ultimo )?(?:updated?|modified|edited|mis[e]? à jour"
    r"|actualisée?|modifiée?|modification|aktualisiert|geändert|bearbeitet|actualizad[oa]"
    r"|actualización|modificad[oa]|aggiornat[oa]|aggiornamento|atualizad[oa]|atualização"
    r"|bijgewerkt|gewijzigd)"
)
UPDATE: Final = re.compile(rf"{_UPDATED}|updat|modif", re.IGNORECASE)
WORDED: Final = re.compile(
    rf"\b(?:(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))\b", re.IGNORECASE
)
# a label that stands alone; yes: "Erschienen am:", "Mis à jour le"; no: "Paru chez un éditeur"
LABEL: Final = re.compile(
    rf"\A\s*(?:{_PUBLISHED}|{_UPDATED})(?:\s+(?:on|le|am|el|il|em|op))?\s*:?\s*\Z", re.IGNORECASE
)
# yes: "© 2024", "Copyright 3 May 2024"; no: "Copyrighted"
COPYRIGHT: Final = re.compile(r"©|\bcopyright\b|\(c\)", re.IGNORECASE)
# how long ago, in seven languages; yes: "3 hours ago", "il y a 2 jours"; no: "ago"
_UNITS: Final = {
    "minutes": "minutes?|mins?|minuten?|minutos?|minuti|minuto|minuut",
    "hours": "hours?|hrs?|heures?|stunden?|horas?|ore|ora|uur|uren",
    "days": "days?|jours?|tage?n?|dias?|giorni|giorno|dagen|dag",
    "weeks": "weeks?|semaines?|wochen?|semanas?|settimane|settimana|weken|week",
}
_AGO: Final = "|".join(f"(?P<{unit}>{words})" for unit, words in _UNITS.items())
RELATIVE: Final = re.compile(
    rf"(?P<before>\b(?:il y a|vor|hace|ha)\s+)?\b(?P<count>\d{{1,2}})\s?(?:{_AGO})\b"
    r"(?P<after>\s+(?:ago|fa|atras|geleden))?"
)
YESTERDAY: Final = re.compile(r"\b(?:yesterday|hier|gestern|ayer|ieri|ontem|gisteren)\b")
TODAY: Final = re.compile(r"\b(?:today|aujourd.hui|heute|hoy|oggi|hoje|vandaag)\b")
LABEL_LINE: Final = 60  # characters of a line that tells a day by "yesterday"
EPOCH: Final = frozenset({"1970-01-01", "1900-01-01", "1969-12-31"})  # a clock that was never set


def parse(text: str, *, month_first: bool = False) -> str | None:
    """Give the first date in a text as ISO 8601 ("2024-03-07", "2024-03-07T10:00:00+01:00").

    `month_first` says how to read 03/07/2024, which only the page's country knows.
    """
    text = _plain(text)
    if UNIX.match(text):
        return None  # a counter as likely as a clock
    for pattern, order in ORDERS:
        found = pattern.search(text)
        if found:
            american = pattern is NUMERIC and _is_american(found, month_first=month_first)
            year, month, day = (found[place] for place in (AMERICAN if american else order))
            date = _date(year, month, day)
            if date:
                return date + _time(text[found.end() :])
    if found := ASCTIME.search(text):
        date = _date(found[4], found[1], found[2])
        return f"{date}T{found[3]}" if date else None
    return _compact(text) or _short(text, month_first=month_first)


def _short(text: str, *, month_first: bool) -> str | None:
    """Give a date whose year has two digits: this century's, as pages are."""
    found = SHORT.search(text)
    if found is None:
        return None
    day, month, year = (found[place] or found[place + 3] for place in (1, 2, 3))
    if int(month) > DECEMBER or (month_first and int(day) <= DECEMBER):
        day, month = month, day
    date = _date(f"20{year}", month, day)
    return date + _time(text[found.end() :]) if date else None


def labelled(line: str) -> Iterator[tuple[str, str]]:
    """Give (field, text) for each part of a line: "Publié le 3 mai, mis à jour le 4 mai 2024".

    A line without such words speaks of the publication; one on copyright speaks of none.
    """
    marks = list(WORDED.finditer(line))
    if COPYRIGHT.search(line):
        return
    if not marks:
        yield "published", line
        return
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    for mark, end in zip(marks, ends, strict=True):
        yield ("updated" if mark["updated"] else "published"), line[mark.end() : end]
    if marks[0]["updated"]:
        yield "published", line[: marks[0].start()]  # "3 May 2024 · Updated 4 May 2024"


def label(text: str) -> str | None:
    """Give the field that a text is the label of, if it is one: "Erschienen am:"."""
    if len(text) > LABEL_LINE or not LABEL.match(text):
        return None
    found = WORDED.search(text)
    return "updated" if found is not None and found["updated"] else "published"


def relative(text: str, saved_at: str) -> str | None:
    """Give the day that "3 hours ago" or "gestern" meant when the page was saved."""
    text = _plain(text)
    try:
        saved = datetime.fromisoformat(saved_at)
    except ValueError:
        return None
    found = RELATIVE.search(text)
    if found and (found["before"] or found["after"]):
        unit = next(unit for unit in _UNITS if found[unit])
        return f"{saved - timedelta(**{unit: int(found['count'])}):%Y-%m-%d}"
    if len(text) > LABEL_LINE:
        return None
    if YESTERDAY.search(text):
        return f"{saved - timedelta(days=1):%Y-%m-%d}"
    return f"{saved:%Y-%m-%d}" if TODAY.search(text) else None


def _is_american(found: re.Match[str], *, month_first: bool) -> bool:
    """Tell whether the month stands first: it does where the second number can be no month."""
    return int(found[2]) > DECEMBER or (month_first and int(found[1]) <= DECEMBER)


DECEMBER: Final = 12
AMERICAN: Final = (3, 1, 2)
ORDERS: Final = (
    (ISO, (1, 2, 3)), (EASTERN, (1, 2, 3)), (DAY_FIRST, (3, 2, 1)), (MONTH_FIRST, (3, 1, 2)),
    (NUMERIC, (3, 2, 1)),
)  # fmt: skip


def from_url(url: str | None) -> str | None:
    """Give the date that stands in an address, if any."""
    address = (url or "").lower()
    if found := IN_URL.search(address):
        return _date(found[1], found[2], found[3])
    found = IN_URL_DAY_FIRST.search(address)
    return _date(found[3], found[2], found[1]) if found else None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", " ".join(text.split())).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _date(year: str, month: str, day: str) -> str | None:
    number = BY_NAME.get(month.rstrip("."), 0) if not month.isdecimal() else int(month)
    try:
        date = f"{datetime(int(year), number, int(day)):%Y-%m-%d}"  # noqa: DTZ001  (a day alone)
    except ValueError:
        return None
    return None if date in EPOCH else date


def _time(rest: str) -> str:
    found = CLOCK.match(rest)
    if not found:
        return ""
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if half := found[4] or found[5]:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004
        return ""
    return f"T{hour:02}:{minute:02}:{second:02}{_zone(found[6] or '')}"


def _zone(zone: str) -> str:
    if not zone or zone in ZONES:
        return ZONES.get(zone, "")
    zone = zone.removeprefix("utc").removeprefix("gmt")
    return f"{zone[:3]}:{zone[-2:]}"


def _compact(text: str) -> str | None:
    found = COMPACT.match(text.upper())
    date = _date(found[1], found[2], found[3]) if found else None
    if found and date and found[4]:
        return f"{date}T{found[4]}:{found[5]}:{found[6]}"
    return date
