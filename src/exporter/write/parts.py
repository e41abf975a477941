"""The XHTML fragments that both writers put together: title block, body, contents, colophon.

Elements and classes a theme can style; everything else is the body's own (dom.VOCABULARY,
dom.CLASSES):

    header.title-block       p.kicker · h1.headline · p.standfirst · p.byline · p.translation
                             p.dateline (span.place, time) · p.source (span.site, a)
    span.image-absent        in place of an image that the capture lacks, with its alt text
    nav.contents             h1 · ol > li > a.title, span.byline
    section.colophon         h1 · div.entry (h2 in anthologies · dl.facts > dt, dd · ul.credits)
                             p.made-with

A fragment is well-formed XML and reads the same as HTML: void elements alone are self-closed.
Words of our own carry their language when it is not that of the text around them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata as packages
from typing import Final

from exporter import dom
from exporter.model import Article, Asset, Edition, Metadata
from exporter.write import models
from exporter.write.words import Words, words
from exporter.write.xhtml import add_text, legal, markup, swap, tag, unwrap

__all__ = [
    "body",
    "body_tree",
    "colophon",
    "contents",
    "edition_title",
    "headline",
    "language",
    "markup",
    "title_block",
    "title_page",
]
PROGRAM: Final = "exporter"
# yes: "fr", "pt-BR", "zh-Hant-TW"; no: "français", "fr_FR", "x"
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
WEB: Final = re.compile(r"https?://[^/\s]", re.IGNORECASE)  # yes: "http://a.b"; no: "file:///a"

SORTED: Final = frozenset({"join", "phrase", "structure"})  # families whose reasons name a kind
# what judges call it -> the kind we print
KINDS: Final = {
    "ad": "advert", "app": "channel", "consent": "cookies", "dates": "date", "density": "links",
    "neighbours": "related", "pager": "ui",
    "duplicate": "repeated", "alt": "repeated", "caption": "repeated",
    **dict.fromkeys(("headline", "byline", "kicker", "standfirst", "dateline", "rights"), "stated"),
}  # fmt: skip

Locate = Callable[[Asset], str]


def title_block(article: Article) -> str:
    """Give the header of an article: kicker, headline, standfirst, byline, dateline, source."""
    about = article.metadata
    say = words(about.language)
    rows = (
        ("kicker", about.kicker),
        ("headline", headline(article)),
        ("standfirst", about.subtitle),
    )
    header = tag("header", class_="title-block")
    for class_, text in rows:
        if text:
            header.append(tag("h1" if class_ == "headline" else "p", text, class_=class_))
    if about.byline:
        line = say["by"].format(names=say.names(about.byline))
        header.append(_ours("p", say, about, line, "byline"))
    if about.translator:
        line = say["translated_by"].format(names=about.translator)
        header.append(_ours("p", say, about, line, "translation"))
    header.extend(_dateline(about, say))
    header.extend(_source(about))
    return markup(header)


def headline(article: Article) -> str:
    """Give the article's title, never empty."""
    about = article.metadata
    fallback = about.site or about.url or article.capture.path
    return " ".join(legal(about.title).split()) or " ".join(legal(fallback).split()) or PROGRAM


def edition_title(edition: Edition) -> str:
    """Give the title of a book, never empty."""
    title = " ".join(legal(edition.title).split())
    return title or (headline(edition.articles[0]) if edition.articles else PROGRAM)


def language(tag_: str) -> str:
    """Give a language tag that XML readers accept: what is none becomes "und"."""
    return tag_ if LANGUAGE.match(tag_) else "und"


def title_page(edition: Edition) -> str:
    """Give the title page of a book: of one article its title block, of many title and names."""
    if len(edition.articles) == 1:
        return title_block(edition.articles[0])
    say = words(edition.language)
    header = tag(
        "header", tag("h1", edition_title(edition), class_="headline"), class_="title-block"
    )
    sites = dict.fromkeys(article.metadata.site for article in edition.articles)
    if named := [site for site in sites if site]:
        header.append(tag("p", say.names(named), class_="source"))
    return markup(header)


def _ours(name: str, say: Words, about: Metadata, text: str, class_: str) -> dom.Element:
    """Words of ours in a page of another language say so."""
    element = tag(name, text, class_=class_)
    if say.language != about.language.lower().split("-")[0]:
        element.set("lang", say.language)
    return element


def _dateline(about: Metadata, say: Words) -> Iterator[dom.Element]:
    line = tag("p", class_="dateline")
    if about.dateline:
        line.append(tag("span", about.dateline, class_="place"))
    if about.published:
        if len(line):
            add_text(line, ", ")
        line.append(tag("time", say.date(about.published), datetime=about.published))
    if len(line):
        yield line


def _source(about: Metadata) -> Iterator[dom.Element]:
    line = tag("p", class_="source")
    if about.site:
        line.append(tag("span", about.site, class_="site"))
    if about.url and WEB.match(about.url):
        if len(line):
            add_text(line, " · ")
        line.append(_link(about.url))
    if len(line):
        yield line


def _link(url: str) -> dom.Element:
    return tag("a", url, href=url)


def body(article: Article, locate: Locate, prefix: str = "") -> str:
    """Give the article's body for a writer: as `body_tree`, as markup."""
    return markup(*body_tree(article, locate, prefix))


def body_tree(article: Article, locate: Locate, prefix: str = "") -> dom.Element:
    """Give the body's blocks under one <div>, as a writer can print them.

    Each image's src is what `locate` says of its asset, an image that the capture lacks is a
    text, links to nowhere are unwrapped, ids and the links to them carry `prefix`.
    """
    root = dom.parse(article.body)
    models.repair(root)
    assets = {f"asset:{asset.key}": asset for asset in article.assets}
    say = words(article.metadata.language)
    for image in list(root.iter("img")):
        asset = assets.get(image.get("src", ""))
        if asset is None:
            swap(image, _absent(image, say, article.metadata))
        else:
            image.set("src", locate(asset))
            image.set("alt", image.get("alt", ""))
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    for link in list(root.iter("a")):
        href = link.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            unwrap(link)
        elif href.startswith("#"):
            link.set("href", f"#{prefix}{href[1:]}")
    if prefix:
        for element in root.iter():
            if identifier := element.get("id"):
                element.set("id", prefix + identifier)
    return root


def _absent(image: dom.Element, say: Words, about: Metadata) -> dom.Element:
    alt = " ".join(image.get("alt", "").split())
    text = say["named"].format(what=say["image_absent"], name=alt) if alt else say["image_absent"]
    return _ours("span", say, about, f"[{text}]", "image-absent")


def contents(edition: Edition, href: Callable[[int], str] = "#article-{}".format) -> str:
    """Give the table of contents; `href` tells where the article of a number, from 1, begins."""
    say = words(edition.language)
    entries = tag("ol")
    for number, article in enumerate(edition.articles, 1):
        entry = tag("li", tag("a", headline(article), class_="title", href=href(number)))
        if article.metadata.byline:
            add_text(entry, " ")
            entry.append(tag("span", say.names(article.metadata.byline), class_="byline"))
        entries.append(entry)
    return markup(tag("nav", tag("h1", say["contents"]), entries, class_="contents"))


def colophon(edition: Edition) -> str:
    """Give the colophon: where each article came from, and what became of it on the way."""
    say = words(edition.language)
    section = tag("section", tag("h1", say["colophon"]), class_="colophon", lang=say.language)
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


def _facts(article: Article, say: Words) -> Iterator[tuple[str, list["dom.Element | str"]]]:
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


def _address(url: str | None) -> "dom.Element | str":
    return _link(url) if url and WEB.match(url) else url or ""


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
