"""Where a page came from and when it was saved, as the saving program wrote it into the page."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Final

from exporter.dom import OURS

OPENING: Final = 16384  # characters; every program writes its mark before the page's own head ends

# Chrome, Edge, Internet Explorer, after the doctype; the number is the URL's length.
# yes: <!-- saved from url=(0024)https://example.org/page -->   no: (0014)about:internet
SAVED_FROM: Final = re.compile(
    r"<!--\s*saved from url=\(\d{1,6}\)(https?://[^\s<>]+)\s*-->", re.IGNORECASE
)
# A comment of three lines: the name, "url: https://…", "saved date: Mon Nov 23 2026 13:19:54 …".
# yes: such a comment   no: the same words in the text of a page about SingleFile
SINGLE_FILE: Final = re.compile(
    r"<!--\s*Page saved with SingleFile[^\n]*\n\s*url:\s*(https?://\S+)\s*\n"
    r"\s*saved date:\s*([^\n]{10,120})"
)
# yes: <!-- Saved from https://example.org/ at 2026-11-23T12:00:00Z using monolith v2.8.1 -->
MONOLITH: Final = re.compile(
    r"<!--\s*Saved from (https?://\S+) at (\d{4}-\d\d-\d\dT[\d:.]+Z) using monolith"
)
# yes: <!-- Mirrored from example.org/a.html by HTTrack Website Copier/3.x […], Mon, 01 Jan … -->
HTTRACK: Final = re.compile(
    r"<!--\s*Mirrored from (\S+) by HTTrack [^,<>]{0,80}, ([^<>]{20,40}?)\s*-->"
)
# Save Page WE and our own HTML editions.
# yes: <meta name="savepage-url" content="https://example.org/">   no: name="savepage-title"
NAMED: Final = re.compile(
    r"<meta\s+name=[\"']?(?:savepage|exporter)-(url|date)[\"']?\s+content=[\"']([^\"'<>]{1,2000})[\"']",
    re.IGNORECASE,
)
# JavaScript's Date.toString(), but not a localised date.
# yes: "Mon Nov 23 2026 13:19:54 GMT+0100 (heure normale)"   no: "lundi 23 novembre 2026"
JS_DATE: Final = re.compile(
    r"(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})"
)
# The date of e-mail and HTTP (RFC 5322 §3.3).
# yes: "Mon, 01 Jan 2018 10:00:00 GMT"   no: "01/02/2018 10:00"
MAIL_DATE: Final = re.compile(
    r"(?:[A-Z][a-z]{2}, *)?(\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d)(?: ([+-]\d{4})| GMT)?\b"
)

# yes: <meta name="generator" content="exporter 0.1.0"/>   no: content="an exporter"
OUR_MARK: Final = re.compile(r'<meta name="generator" content="exporter\b')
MIRRORING: Final = "HTTrack"  # a tool that saves whole sites


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a container says of its page."""

    url: str | None = None
    saved_at: str | None = None  # ISO 8601
    tool: str | None = None


def provenance(html: str) -> Provenance:
    """Give what the saving program noted at the start of a page."""
    start = html[:OPENING]
    if found := SINGLE_FILE.search(start):
        return Provenance(found[1], moment(found[2]), "SingleFile")
    if found := MONOLITH.search(start):
        return Provenance(found[1], moment(found[2]), "monolith")
    if found := HTTRACK.search(html):
        url = found[1] if "://" in found[1] else f"http://{found[1]}"
        return Provenance(url, moment(found[2]), MIRRORING)
    if found := SAVED_FROM.search(start):
        return Provenance(unescape(found[1]))
    ours = OUR_MARK.search(start) is not None
    if "savepage-" not in html and not ours:
        return Provenance()
    marks = {mark[1].casefold(): unescape(mark[2]) for mark in NAMED.finditer(html)}
    tool = OURS if ours else "Save Page WE"
    return Provenance(marks.get("url"), moment(marks.get("date", "")), tool)


def moment(text: str) -> str | None:
    """Give a date that a program wrote as ISO 8601, or None when it is none.

    Known are ISO 8601 itself, RFC 5322 (e-mail, HTTP) and JavaScript's Date.toString().
    """
    text = text.strip()
    try:
        if found := JS_DATE.match(text):
            return _iso(datetime.strptime(f"{found[1]} {found[2]}", "%b %d %Y %H:%M:%S %z"))
        if found := MAIL_DATE.match(text):
            zone = found[2] or "+0000"
            return _iso(datetime.strptime(f"{found[1]} {zone}", "%d %b %Y %H:%M:%S %z"))
        return _iso(datetime.fromisoformat(text))
    except ValueError:
        return None


def _iso(when: datetime) -> str:
    """Give a moment to the second; one without a zone is UTC, as the formats that lack it say."""
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).isoformat(timespec="seconds")
