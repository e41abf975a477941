"""The colophon: where each article came from, and what became of it on the way."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import metadata as packages
from typing import Final

from exporter import dom
from exporter.model import Article, Edition
from exporter.write.parts.titles import PROGRAM, headline, is_web, link
from exporter.write.words import Words, words
from exporter.write.xhtml import markup, tag

SORTED: Final = frozenset({"join", "phrase", "structure"})  # families whose reasons name a kind
# what judges call it -> the kind we print
KINDS: Final = {
    "ad": "advert", "app": "channel", "consent": "cookies", "dates": "date", "density": "links",
    "neighbours": "related", "pager": "ui",
    "duplicate": "repeated", "alt": "repeated", "caption": "repeated",
    **dict.fromkeys(("headline", "byline", "kicker", "standfirst", "dateline", "rights"), "stated"),
}  # fmt: skip


def colophon(edition: Edition) -> str:
    """Give the colophon: where each article came from, and what became of it on the way."""
    say = words(edition.language)
    section = tag("section", tag("h1", say["colophon"]), class_="colophon", lang=say.language)
    if any(article.metadata.dir == "rtl" for article in edition.articles):
        section.set("dir", "ltr")  # as the languages we speak are
    for article in edition.articles:
        entry = tag("div", class_="entry")
        if len(edition.articles) > 1:
            entry.append(tag("h2", headline(article)))
        facts = tag("dl", class_="facts")
        for term, values in _facts(article, say):
            facts.append(tag("dt", term))
            facts.extend(tag("dd", value) for value in values)
        entry.append(facts)
        section.append(entry)
    section.append(tag("p", say["made_with"].format(program=program()), class_="made-with"))
    return markup(section)


def _facts(article: Article, say: Words) -> Iterator[tuple[str, list[dom.Element | str]]]:
    about = article.metadata
    rows: tuple[tuple[str, list[dom.Element | str]], ...] = (
        ("author", list(about.byline)),
        ("translator", [about.translator or ""]),
        ("site", [about.site or ""]),
        ("republisher", [about.republisher or ""]),
        ("source", [_address(about.url)]),
        ("original", [_address(about.original_url), _unknown(article, say)]),
        ("published", [say.date(about.published or "")]),
        ("updated", [say.date(about.updated or "")]),
        ("saved", [say.date(article.saved_at or "")]),
        ("rights", [about.rights or ""]),
        ("pictures", list(_credits(article))),
        ("absent", [_absences(article)]),
        ("truncated", [say["cut_short"] if _noted(article, "truncated") else ""]),
        ("removed", [_removed(article, say)]),
    )
    for key, values in rows:
        if kept := [value for value in values if not isinstance(value, str) or value]:
            yield say[key], kept


def _address(url: str | None) -> dom.Element | str:
    return link(url) if url and is_web(url) else url or ""


def _noted(article: Article, code: str) -> bool:
    return any(note.code == code for note in article.notes)


def _unknown(article: Article, say: Words) -> str:
    return say["unknown"] if _noted(article, "original-link-unknown") else ""


def _credits(article: Article) -> Iterator[str]:
    return iter(dict.fromkeys(f.credit for f in dom.figures(article.body) if f.credit))


def _absences(article: Article) -> str:
    count = sum(figure.asset is None for figure in dom.figures(article.body))
    return str(count) if count else ""


def _removed(article: Article, say: Words) -> str:
    counts = Counter(kind_of(removal.reason) for removal in article.ledger)
    named = Counter[str]()
    for kind, count in counts.items():
        named[say.kind(kind)] += count
    return ", ".join(f"{name} ({count})" for name, count in sorted(named.items(), key=_rank))


def _rank(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def kind_of(reason: str) -> str:
    """Give the kind of a removal: of "phrase:fr.share-liked" it is "share", a key of [kinds]."""
    family, _, rest = reason.partition(":")
    word = rest.rpartition(".")[2] if family in SORTED else family
    kind = word.partition("-")[0]
    return KINDS.get(kind, kind)


@cache
def program() -> str:
    """Give our name and version, as the colophon states them."""
    try:
        return f"{PROGRAM} {packages.version('article-exporter')}"
    except packages.PackageNotFoundError:  # running from a source tree that is not installed
        return PROGRAM
