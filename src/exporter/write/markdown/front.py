"""Front matter: what is known of an edition, in the part of YAML that every reader takes."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from exporter.model import Edition
from exporter.write import parts
from exporter.write.xhtml import fold

Value = str | tuple[str, ...]
DATED: Final = frozenset({"date", "updated", "saved"})
# what YAML reads as text: numbers begin with a digit. yes: "Boats", "pt-BR"; no: "1984", "0x1F"
PLAIN: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\Z")
# what YAML reads as something else than the text it is
WORDS: Final = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
# what YAML refuses goes, and what it takes for the end of a line (1.2 §5.1, 1.1 §5.4) is a space
REFUSED: Final = {
    **dict.fromkeys((*range(0x7F, 0xA0), 0xFEFF)),
    **dict.fromkeys((0x85, 0x2028, 0x2029), " "),
}


def front_matter(edition: Edition) -> str:
    """Give the front matter, between its lines of three hyphens."""
    lines = ["---"]
    for name, value in _fields(edition):
        if isinstance(value, str):
            lines.append(f"{name}: {_scalar(value, dated=name in DATED)}")
        else:
            lines += [f"{name}:", *(f"  - {_scalar(one, dated=False)}" for one in value)]
    return "\n".join([*lines, "---"])


def _fields(edition: Edition) -> Iterator[tuple[str, Value]]:
    """Give names and values, without what is not known."""
    first = edition.articles[0] if not edition.is_book else None
    rows: list[tuple[str, Value | None]] = [("title", parts.edition_title(edition))]
    if first is not None:
        about = first.metadata
        rows += [
            ("subtitle", about.subtitle),
            ("kicker", about.kicker),
            ("author", about.byline),
            ("translator", about.translator),
            ("dateline", about.dateline),
            ("date", about.published),
            ("updated", about.updated),
            ("language", about.language),
            ("site", about.site),
            ("republisher", about.republisher),
            ("url", about.url),
            ("original_url", about.original_url),
            ("rights", about.rights),
            ("keywords", about.keywords),
            ("saved", first.saved_at),
        ]
    else:
        authors = dict.fromkeys(
            name for article in edition.articles for name in article.metadata.byline
        )
        rows += [("author", tuple(authors)), ("language", edition.language)]
    rows.append(("generator", parts.program()))
    for name, value in rows:
        several = isinstance(value, tuple)
        told = tuple(filter(None, map(fold, value if isinstance(value, tuple) else [value or ""])))
        if told:
            yield name, told if several else told[0]


def _scalar(value: str, *, dated: bool) -> str:
    """Give a text as YAML has it: plain where it can be nothing else, else between quotes.

    A date is plain where one is meant: programs that know dates should see one.
    """
    value = value.translate(REFUSED)
    if (dated and _is_date(value)) or (PLAIN.match(value) and value.lower() not in WORDS):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
