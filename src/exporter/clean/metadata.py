"""What the page says about its article, each field with where it came from.

Order of trust: JSON-LD, then meta elements and OpenGraph, then what the container recorded, then
the page's own markup. Language and word count come from the body's text (`finish`), because a
French site carries English articles.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from exporter import dom, language
from exporter.clean import dates, headline, jsonld, names, visible
from exporter.clean.addresses import attribute, is_web, join, without_fragment
from exporter.clean.headline import Title
from exporter.clean.index import Index
from exporter.model import Metadata, Page

META_TITLE: Final = ("dc.title", "og:title", "twitter:title", "parsely-title", "sailthru.title")
META_AUTHOR: Final = (
    "dc.creator", "dcterms.creator", "author", "article:author", "parsely-author",
    "sailthru.author", "byl", "citation_author", "article:author_name", "article.author",
    "bylines", "cxenseparse:author", "twitter:creator_name",
)  # fmt: skip
WRITTEN_BY: Final = frozenset(
    {
        "written by",
        "écrit par",
        "von",
        "verfasst von",
        "geschrieben von",
        "escrito por",
        "scritto da",
    }
)
META_PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "publish-date",
    "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
    "dc.date.created", "dc.date", "date", "publishdate", "publication_date", "og:published_time",
    "citation_publication_date", "article.published", "cxenseparse:recs:publishtime",
    "rnews:datepublished", "last-published", "displaydate",
)  # fmt: skip
META_UPDATED: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "lastmod", "last-modified",
)  # fmt: skip
UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
DUBLIN: Final = re.compile(r"\A(dc|dcterms):")  # yes: "dc:creator"; no: "og:title"
MOST_KEYWORDS: Final = 20


@dataclass(slots=True)
class _Found:
    """The first non-empty value of each field, with where it came from."""

    values: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)

    def offer(self, name: str, value: object, source: str) -> None:
        if value and name not in self.values:
            self.values[name] = value
            self.provenance[name] = source


@dataclass(frozen=True, slots=True)
class _Told:
    """Where the page says what it is."""

    node: jsonld.Node
    meta: Mapping[str, list[str]]
    soup: BeautifulSoup
    index: Index


def collect(soup: BeautifulSoup, page: Page) -> Metadata:
    """Give what the page knows about its article; fields it does not know stay empty."""
    meta = _meta(soup)
    found = _Found()
    _address(found, soup, meta, page)
    node = jsonld.article(soup, found.values.get("url") or page.url)
    told = _Told(node, meta, soup, Index(soup))
    _site(found, told)
    _headline(found, told)
    _byline(found, told)
    _dates(found, told)
    _details(found, told)
    return Metadata(**found.values, provenance=found.provenance)


def finish(metadata: Metadata, body: str, told: str | None) -> Metadata:
    """Add what only the finished body tells: language, direction, words; no subtitle twice."""
    text = dom.plain_text(body)
    spoken = told or language.detect(f"{metadata.title} {text}") or "und"
    subtitle, kicker = metadata.subtitle, metadata.kicker
    if subtitle and dom.squash(subtitle) in dom.squash(text):
        subtitle = None
    if kicker and dom.squash(kicker) == dom.squash(metadata.title):
        kicker = None
    return dataclasses.replace(
        metadata,
        language=spoken,
        dir=language.direction(spoken),
        words=count_words(text),
        subtitle=subtitle,
        kicker=kicker,
        provenance={**metadata.provenance, **({"language": "body"} if spoken != "und" else {})},
    )


def count_words(text: str) -> int:
    """Count the words of a body's text; scripts without spaces count two characters a word."""
    return len(text.split()) + len(UNSPACED.findall(text)) // 2


def _meta(soup: BeautifulSoup) -> Mapping[str, list[str]]:
    """Give the page's meta elements by lower-case name, in order."""
    table: dict[str, list[str]] = {}
    for element in soup.find_all("meta"):
        text = " ".join(attribute(element, "content").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            for name in attribute(element, key).lower().split() if text else ():
                table.setdefault(DUBLIN.sub(r"\1.", name), []).append(text)
    return table


def _first(meta: Mapping[str, list[str]], *keys: str) -> str | None:
    return next((meta[key][0] for key in keys if key in meta), None)


def _address(found: _Found, soup: BeautifulSoup, meta: Mapping[str, list[str]], page: Page) -> None:
    canonical = soup.find("link", rel="canonical", href=True)
    told = [
        (attribute(canonical, "href") if isinstance(canonical, Tag) else "", "canonical"),
        (_first(meta, "og:url", "twitter:url") or "", "og"),
    ]
    for url, source in told:
        absolute = join(page.url, url) if url else ""
        # some systems give every page the address of the home page
        deep = is_web(absolute) and len(urlsplit(absolute).path.strip("/")) > 0
        if deep or (is_web(absolute) and not is_web(page.url)):
            found.offer("url", without_fragment(absolute), source)
    if is_web(page.url):
        found.offer("url", without_fragment(page.url or ""), "saved-from")


def _site(found: _Found, page: _Told) -> None:
    node, meta = page.node, page.meta
    found.offer(
        "site", _first(meta, "og:site_name", "application-name", "al:android:app_name"), "og"
    )
    found.offer("site", jsonld.first(node.get("publisher")), "json-ld")
    found.offer("site", jsonld.first(node.get("isPartOf")), "json-ld")
    found.offer("site", next(iter(headline.home(page.index)), None), "home")
    url = found.values.get("url")
    if url:
        found.offer("site", (urlsplit(url).hostname or "").removeprefix("www."), "url")


def _headline(found: _Found, page: _Told) -> None:
    node, meta = page.node, page.meta
    told = [
        Title(text, "json-ld") for text in jsonld.texts(node.get("headline") or node.get("name"))
    ]
    told += [
        Title(meta[key][0], "og" if ":" in key else "meta") for key in META_TITLE if key in meta
    ]
    if page.soup.title is not None:
        told.append(Title(" ".join(page.soup.title.get_text().split()), "title"))
    told = [Title(visible.unescaped(text), source) for text, source in told if text]
    title = headline.find(page.index, told, found.values.get("site"))
    if title is not None:
        found.offer("title", title.text, title.source)


def _byline(found: _Found, page: _Told) -> None:
    node, meta = page.node, page.meta
    site = found.values.get("site")
    authors = node.get("author") or node.get("creator")
    persons, others = (
        [visible.unescaped(text) for text in some] for some in jsonld.persons(authors)
    )
    told = [text for key in META_AUTHOR for text in meta.get(key, ())]
    if meta.get("twitter:label1", [""])[0].lower() in WRITTEN_BY:
        told += meta.get("twitter:data1", [])
    single = names.people(persons, site=site, named=True)
    for key in META_AUTHOR:
        # some systems name all authors in the meta element only
        several = names.people(meta.get(key, ()), site=site)
        if single and len(several) > len(single) and set(single) <= set(several):
            found.offer("byline", several, "meta")
    found.offer("byline", single, "json-ld")
    for text in told:
        if not names.is_organisation(text):
            found.offer("byline", _all_of(meta, text, site), "meta")
    for texts in visible.bylines(page.soup, page.index) if "byline" not in found.values else ():
        found.offer("byline", names.people(texts, site=site), "byline")
    found.offer("byline", names.people(told, site=site), "meta")
    found.offer("byline", names.people(others, site=site), "json-ld")
    # no person signs: who does the page itself name?
    found.offer("byline", names.anyone([*persons, *others]), "json-ld")
    found.offer("byline", names.anyone(told), "meta")
    for texts in visible.signed(page.index) if "byline" not in found.values else ():
        found.offer("byline", names.people(texts, named=True), "byline")
        found.offer("byline", names.anyone(texts), "byline")


def _all_of(meta: Mapping[str, list[str]], text: str, site: str | None) -> tuple[str, ...]:
    """Give the people of all meta elements of the kind that says `text`."""
    key = next((key for key in META_AUTHOR if text in meta.get(key, ())), "")
    return names.people(meta.get(key, [text]), site=site, named=True)


def _dates(found: _Found, page: _Told) -> None:
    node, meta = page.node, page.meta
    for name, keys in (
        ("published", ("datePublished", "dateCreated", "uploadDate")),
        ("updated", ("dateModified",)),
    ):
        for key in keys:
            found.offer(name, _date(jsonld.texts(node.get(key))), "json-ld")
    for key in META_PUBLISHED:
        found.offer("published", _date(meta.get(key, [])), "meta")
    for key in META_UPDATED:
        found.offer("updated", _date(meta.get(key, [])), "meta")
    month_first = visible.month_first(page.soup)
    for name, text in visible.moments(page.index):
        found.offer(name, dates.parse(text, month_first=month_first), "time")
    for text in (
        visible.dated(page.soup, page.index, found.values.get("title", ""))
        if "published" not in found.values
        else ()
    ):
        found.offer("published", dates.parse(text, month_first=month_first), "head")
    found.offer("published", dates.from_url(found.values.get("url")), "url")


def _date(texts: Iterable[str]) -> str | None:
    return next((date for text in texts if (date := dates.parse(text))), None)


def _details(found: _Found, page: _Told) -> None:
    node, meta = page.node, page.meta
    found.offer("kicker", visible.kicker(page.index), "kicker")
    title = dom.squash(found.values.get("title", ""))
    for text, source in (
        (jsonld.first(node.get("alternativeHeadline")), "json-ld"),
        (visible.subtitle(page.index), "subtitle"),
    ):
        if text and dom.squash(text) != title:
            found.offer("subtitle", visible.unescaped(text), source)
    rights = _first(meta, "dc.rights", "dcterms.rights", "copyright", "rights")
    found.offer("rights", rights, "meta")
    found.offer("rights", visible.licence(page.index), "licence")
    found.offer("translator", ", ".join(jsonld.texts(node.get("translator"))), "json-ld")
    based = node.get("isBasedOn")
    if isinstance(based, str) and is_web(based):
        found.offer("original_url", based, "json-ld")
    found.offer("keywords", _keywords(jsonld.texts(node.get("keywords"))), "json-ld")
    found.offer("keywords", _keywords(meta.get("article:tag", [])), "meta")
    found.offer("keywords", _keywords(meta.get("keywords", meta.get("news_keywords", []))), "meta")


def _keywords(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_split(texts)))[:MOST_KEYWORDS]


def _split(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for word in re.split(r"\s*[,;]\s*", visible.unescaped(text)):
            if word and ":" not in word and len(word) < 60:  # noqa: PLR2004  (a sentence is no keyword)
                yield word
