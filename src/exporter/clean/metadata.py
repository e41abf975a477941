"""What the page says about its article, each field with where it came from.

Order of trust: JSON-LD, then meta elements and OpenGraph, then what the container recorded, then
the page's own markup. Language and word count come from the body's text (`finish`), because a
French site carries English articles.
"""

import dataclasses
import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from exporter import dom, language
from exporter.clean import (
    bylines,
    dating,
    headline,
    jsonld,
    keywords,
    photographers,
    sitename,
    translators,
    visible,
)
from exporter.clean.addresses import attribute, is_web, join
from exporter.clean.headline import Title
from exporter.clean.index import Index
from exporter.clean.told import Meta, Told, meta_of
from exporter.model import Metadata, Page
from exporter.urls import host_of, without_fragment

META_TITLE: Final = ("dc.title", "og:title", "twitter:title", "parsely-title", "sailthru.title")
UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(slots=True)
class _Found:
    """The first non-empty value of each field, with where it came from."""

    values: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)

    def offer(self, name: str, value: object, source: str) -> None:
        if value and name not in self.values:
            self.values[name] = value
            self.provenance[name] = source


def collect(soup: BeautifulSoup, page: Page) -> Metadata:
    """Give what the page knows about its article; fields it does not know stay empty."""
    found = _Found()
    nodes, meta = jsonld.read(soup), meta_of(soup)
    _address(found, soup, meta, page)
    node = jsonld.article(nodes, found.values.get("url") or page.url)
    told = Told(nodes, node, meta, soup, Index(soup), page.saved_at)
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
        photographers=photographers.named_in(body, metadata.site),
        provenance={**metadata.provenance, **({"language": "body"} if spoken != "und" else {})},
    )


def count_words(text: str) -> int:
    """Count the words of a body's text; scripts without spaces count two characters a word."""
    return len(text.split()) + len(UNSPACED.findall(text)) // 2


def _address(found: _Found, soup: BeautifulSoup, meta: Meta, page: Page) -> None:
    """Find where the page was, and where its article was first.

    A page that names an address on another site as its own was taken over from there.
    """
    saved = without_fragment(page.url or "") if is_web(page.url) else ""
    found.offer("original_url", meta.get("exporter-original", [""])[0], "meta")  # of our own
    canonical = soup.find("link", rel="canonical", href=True)
    declared = [
        (attribute(canonical, "href") if isinstance(canonical, Tag) else "", "canonical"),
        (next((meta[key][0] for key in ("og:url", "twitter:url") if key in meta), ""), "og"),
    ]
    for url, source in declared:
        absolute = join(page.url, url) if url and not _own_file(url, saved) else ""
        # some systems give every page the address of the home page
        deep = is_web(absolute) and len(urlsplit(absolute).path.strip("/")) > 0
        if deep and saved and not sitename.same_owner(absolute, saved):
            found.offer("original_url", without_fragment(absolute), source)
        elif deep or (is_web(absolute) and not saved):
            found.offer("url", without_fragment(absolute), source)
    found.offer("url", saved, "saved-from")
    found.offer("original_url", sitename.original(found.values.get("url")), "archive")


def _own_file(url: str, saved: str) -> bool:
    """Tell a file's name from an address: programs that mirror a site rewrite every link."""
    if "/" in url or ":" in url:
        return False
    last = saved.rpartition("/")[2]
    return url in {f"{last or 'index'}.html", f"{last or 'index'}.htm"}


def _site(found: _Found, page: Told) -> None:
    archived = found.provenance.get("original_url") == "archive"
    url = found.values.get("original_url" if archived else "url")
    graph = page.first("og:site_name", "application-name", "al:android:app_name")
    names = [
        (graph or "", "og"),
        (jsonld.first(page.node.get("publisher")) or "", "json-ld"),
        (jsonld.first(page.node.get("isPartOf")) or "", "json-ld"),
        (next(iter(headline.home(page.index)), ""), "home"),
        (host_of(url) or "", "url"),
    ]
    if best := sitename.tidy(names, url):
        found.offer("site", *best)


def _headline(found: _Found, page: Told) -> None:
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
    crumb = visible.unescaped(jsonld.breadcrumb(page.nodes) or "")
    names = [found.values.get("site") or "", page.first("og:site_name") or ""]
    title = headline.find(page.index, told, names, crumb)
    if title is not None:
        found.offer("title", title.text, title.source)


def _byline(found: _Found, page: Told) -> None:
    byline = bylines.find(page, found.values.get("site"))
    if byline is not None:
        found.offer("byline", *byline)


def _dates(found: _Found, page: Told) -> None:
    title, url = found.values.get("title", ""), found.values.get("url")
    for name, dated in dating.find(page, title, url).items():
        found.offer(name, dated.value, dated.source)


def _details(found: _Found, page: Told) -> None:
    node, meta = page.node, page.meta
    found.offer("kicker", visible.kicker(page.index), "kicker")
    title = found.values.get("title", "")
    for text, source in (
        (jsonld.first(node.get("alternativeHeadline")), "json-ld"),
        (visible.subtitle(page.index, title), "subtitle"),
    ):
        if text and dom.squash(text) != dom.squash(title):
            found.offer("subtitle", visible.unescaped(text), source)
    rights = page.first("dc.rights", "dcterms.rights", "copyright", "rights")
    found.offer("rights", rights, "meta")
    found.offer("rights", visible.licence(page.index), "licence")
    found.offer("rights", jsonld.first(node.get("copyrightNotice")), "json-ld")
    found.offer("translator", ", ".join(jsonld.texts(node.get("translator"))), "json-ld")
    found.offer("translator", page.first("translator"), "meta")
    found.offer("translator", translators.in_head(page.index, title), "head")
    based = node.get("isBasedOn")
    here = found.values.get("url")
    if isinstance(based, str) and is_web(based) and not sitename.same_owner(based, here):
        found.offer("original_url", without_fragment(based), "json-ld")
    own = {dom.squash(title), dom.squash(found.values.get("site") or "")}
    tags, listed = meta.get("article:tag", []), meta.get("keywords", meta.get("news_keywords", []))
    found.offer("keywords", keywords.of(jsonld.texts(node.get("keywords")), own), "json-ld")
    found.offer("keywords", keywords.of(tags, own), "meta")
    found.offer("keywords", keywords.of(listed, own), "meta")
