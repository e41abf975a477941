"""Dates as pages write them, as ISO 8601, only as precise as they were written."""

import re
import unicodedata
from datetime import datetime
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
_CLOCK: Final = (
    r"(?:[t\s,]|\bat\b|\ba\b|\bum\b|\ba las\b|\bas\b|\balle\b|\bom\b|[-–|·@]|\(){0,6}"
    r"(\d{1,2})[:h.](\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s*([ap]\.?m\b\.?)?"
    r"\s*(z\b|utc\b|gmt\b|[+-]\d\d:?\d\d)?"
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
EASTERN: Final = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
CLOCK: Final = re.compile(_CLOCK)
# yes: a path with /2024/03/07/ or /2024-03-07-title; no: one with the month alone
IN_URL: Final = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|\Z)")
IN_URL_DAY_FIRST: Final = re.compile(r"[/-](\d{1,2})-(\d{1,2})-((?:19|20)\d\d)(?=[/.-]|\Z)")
UNIX: Final = re.compile(r"\A1\d{9}(?:\d{3})?\Z")


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
    return _compact(text)


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
        return f"{datetime(int(year), number, int(day)):%Y-%m-%d}"  # noqa: DTZ001  (a day alone)
    except ValueError:
        return None


def _time(rest: str) -> str:
    found = CLOCK.match(rest)
    if not found:
        return ""
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4].startswith("p") else 0)
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004
        return ""
    return f"T{hour:02}:{minute:02}:{second:02}{_zone(found[5] or '')}"


def _zone(zone: str) -> str:
    if zone in {"z", "utc", "gmt"}:
        return "+00:00"
    return f"{zone[:3]}:{zone[-2:]}" if zone else ""


def _compact(text: str) -> str | None:
    found = COMPACT.match(text.upper())
    date = _date(found[1], found[2], found[3]) if found else None
    if found and date and found[4]:
        return f"{date}T{found[4]}:{found[5]}:{found[6]}"
    return date
