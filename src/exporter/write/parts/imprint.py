"""The colophon: where each article came from, and what became of it on the way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import metadata as packages
from typing import Final

from exporter import dom
from exporter.model import Article, Edition
from exporter.write.parts.sources import credited, site
from exporter.write.parts.titles import PROGRAM, is_web, link
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
    """Give the colophon: where the article came from, and what became of it on the way.

    Of a book it gives sums.
    """
    say = words(edition.language)
    section = tag("section", tag("h1", say["colophon"]), class_="colophon", lang=say.language)
    if any(article.metadata.dir == "rtl" for article in edition.articles):
        section.set("dir", "ltr")  # as the languages we speak are
    book = edition.is_book
    told = _sums(edition.articles, say) if book else _facts(edition.articles[0], say)
    facts = tag("dl", class_="facts")
    for term, values in told:
        facts.append(tag("dt", term))
        facts.extend(tag("dd", value) for value in values)
    if len(facts):
        section.append(tag("div", facts, class_="entry"))
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
        ("pictures", list(credited(article))),
        ("absent", [_absences([article])]),
        ("truncated", [say["cut_short"] if _noted(article, "truncated") else ""]),
        ("removed", [_removed([article], say)]),
    )
    yield from _stated(rows, say)


def _sums(articles: Sequence[Article], say: Words) -> Iterator[tuple[str, list[dom.Element | str]]]:
    """Give what a book of many articles says of them all; the index of sources says the rest."""
    sites = Counter(filter(None, map(site, articles)))
    named = [f"{name} ({count})" for name, count in sorted(sites.items(), key=_rank)]
    dates = sorted(filter(None, (article.metadata.published for article in articles)))
    ends = dict.fromkeys(say.date(date) for date in (*dates[:1], *dates[-1:]))
    rows: tuple[tuple[str, list[dom.Element | str]], ...] = (
        ("site", [", ".join(named)]),
        ("published", [" – ".join(ends)]),
        ("absent", [_absences(articles)]),
        ("removed", [_removed(articles, say)]),
    )
    yield from _stated(rows, say)


def _stated(
    rows: Iterable[tuple[str, list[dom.Element | str]]], say: Words
) -> Iterator[tuple[str, list[dom.Element | str]]]:
    for key, values in rows:
        if kept := [value for value in values if not isinstance(value, str) or value]:
            yield say[key], kept


def _address(url: str | None) -> dom.Element | str:
    return link(url) if url and is_web(url) else url or ""


def _noted(article: Article, code: str) -> bool:
    return any(note.code == code for note in article.notes)


def _unknown(article: Article, say: Words) -> str:
    return say["unknown"] if _noted(article, "original-link-unknown") else ""


def _absences(articles: Iterable[Article]) -> str:
    figures = (figure for article in articles for figure in dom.figures(article.body))
    count = sum(figure.asset is None for figure in figures)
    return str(count) if count else ""


def _removed(articles: Iterable[Article], say: Words) -> str:
    counts = Counter(kind_of(one.reason) for article in articles for one in article.ledger)
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
