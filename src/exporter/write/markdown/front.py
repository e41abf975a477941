"""Front matter: what is known of an edition, in the part of YAML that every reader takes."""

import json
from collections.abc import Iterator
from typing import Final

from exporter.model import Edition
from exporter.write import parts
from exporter.write.xhtml import fold

Value = str | tuple[str, ...]
# what YAML reads as something else than the text it is
SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")


def front_matter(edition: Edition) -> str:
    """Give the front matter, between its lines of three hyphens."""
    lines = ["---"]
    for name, value in _fields(edition):
        if isinstance(value, str):
            lines.append(f"{name}: {_scalar(value)}")
        else:
            lines += [f"{name}:", *(f"  - {_scalar(one)}" for one in value)]
    return "\n".join([*lines, "---"])


def _fields(edition: Edition) -> Iterator[tuple[str, Value]]:
    """Give names and values, without what is not known."""
    first = edition.articles[0] if len(edition.articles) == 1 else None
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


def _scalar(value: str) -> str:
    """Give a text as YAML has it: plain where it can be nothing else, else between quotes.

    A date is plain: programs that know dates should see one.
    """
    plain = SAFE.issuperset(value) and not value.startswith("-") and value[-1:] != "-"
    words = value.lower() in {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
    return value if plain and not words else json.dumps(value, ensure_ascii=False)
