"""Who wrote the article: JSON-LD, meta elements, the byline on the page, whoever else it names."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean import jsonld, names, visible
from exporter.clean.addresses import attribute
from exporter.clean.index import Index
from exporter.clean.told import Told
from exporter.clean.tree import HEADINGS, hints
from exporter.dom import squash

Byline = tuple[tuple[str, ...], str]  # the names, and where they came from

META_AUTHOR: Final = (
    "dc.creator", "dcterms.creator", "author", "article:author", "parsely-author",
    "sailthru.author", "byl", "citation_author", "article:author_name", "article.author",
    "bylines", "cxenseparse:author", "twitter:creator_name",
)  # fmt: skip
WRITTEN_BY: Final = re.compile(
    r"written by|écrit par|(?:verfasst |geschrieben )?von|(?:escrito )?por|scritto da"
    r"|geschreven door",
    re.IGNORECASE,
)
# most trusted first
AUTHORS: Final = (
    '[itemprop~="author"] [itemprop~="name"]', '[itemprop~="author"]', '[rel~="author"]',
    "byline", ".author-name", ".authorname", ".vcard .fn", ".byline__name",
    ".byline-name", ".author .fn",
    ".article-author", ".article__author", ".post-author", ".entry-author", ".byline a",
    ".authors a", '[class*="byline" i]', '[class*="author" i]', '[class*="auteur" i]',
    '[class*="autor" i]', '[class*="authName" i]', '[class*="signature" i]', '[id*="byline" i]',
    '[data-testid*="byline" i]', 'a[href*="/author/"]', 'a[href*="/authors/"]',
    'a[href*="/auteur/"]', 'a[href*="/autor/"]', 'a[href*="/auteurs/"]', 'a[href*="/autoren/"]',
    'a[href*="/autores/"]', 'a[href*="/autori/"]', 'a[href*="/editors/"]', 'a[href*="/profile/"]',
    'a[href*="/contributor/"]', 'a[href*="/contributors/"]', 'a[href*="/journalist"]', ".dateline",
)  # fmt: skip
SIGNED: Final = (
    '[itemprop~="author"]', '[rel~="author"]', ".vcard .fn", ".author-name", ".authorName",
    ".byline", ".post-author", ".author", 'a[href*="/authors/"]', 'a[href*="/author/"]',
)  # fmt: skip
# what is called by the author's name and holds another thing; yes: "header-authorization",
# "signature__location", "author-bio"; no: "author", "byline-name"
BESIDES: Final = re.compile(
    r"authori[sz]|authenti|-auth-|(?:author|byline|signature|auteur|autor)[a-z]*[-_]+(?:location"
    r"|place|bio|image|img|avatar|photo|picture|role|job|position|social|date|time|twitter|desc"
    r"|icon|follow)"
)
# yes: "By Ann Lee", "Publié par Jean"; no: "By noon the boat had left"
BY: Final = re.compile(
    r"^\s*(?i:by|par|von|por|di|door|words by|written by|posted by|texte? de|publié par|auth?or"
    r"|autore|auteur|autorin|propos recueillis par)\s*:?\s+(?=[^\W\d_])[^a-zà-ÿ]"
)
# what stands before a name of its own; yes: "by", "Par :", "Author:"; no: "By noon"
ONLY_BY: Final = re.compile(
    r"\s*(?:(?:written |posted |publié |geschrieben |escrito |ein )?(?:article |artikel |beitrag )?"
    r"(?:by|par|von|por|di|door)\s*[:—–-]?|(?:auth?or|autore|auteur|autorin)\s*:)\s*",
    re.IGNORECASE,
)
GOES_ON: Final = re.compile(r"(?i)[,&]|\((?:avec|with|mit|con)\b|(?:and|et|und|y|e)\b")
UNREAD: Final = ("svg", "button", "style", "script", "noscript")
BESIDE: Final = 160  # characters between two bylines of one article
SHORT: Final = 5  # words of a name that "by" introduces
MOST: Final = 12  # authors


def find(told: Told, site: str | None) -> Byline | None:
    """Give who signs the article, most trusted source first; None when nobody does."""
    found = (byline for source in (_stated, _shown, _named) for byline in source(told, site))
    return next((byline for byline in found if byline[0]), None)


def _stated(told: Told, site: str | None) -> Iterator[Byline]:
    """Give the people that JSON-LD and meta elements name."""
    persons, _ = _by_json_ld(told)
    single = names.people(persons, site=site, named=True)
    for key in META_AUTHOR:
        # some systems name all authors in the meta element only
        several = names.people(told.meta.get(key, ()), site=site)
        if single and len(several) > len(single) and set(single) <= set(several):
            yield several, "meta"
    yield single, "json-ld"
    for key, text in _by_meta(told):
        if not names.is_organisation(text):
            yield names.people(told.meta.get(key, [text]), site=site, named=True), "meta"


def _shown(told: Told, site: str | None) -> Iterator[Byline]:
    """Give the people that the page shows as its authors."""
    for texts in shown(told.index, site):
        yield names.people(texts, site=site), "byline"
    lines = [line for line in visible.head(told.index) if BY.match(line) and not names.reads(line)]
    for line in lines:
        yield names.people([line], site=site), "byline"
    yield names.people(_linked(told), site=site, named=True), "byline"
    stated = [text for _, text in _by_meta(told) if not names.is_organisation(text)]
    yield names.people(stated, site=site), "meta"
    for line in lines:
        if len(line.split()) <= SHORT:
            yield names.anyone([line]), "byline"


def _named(told: Told, site: str | None) -> Iterator[Byline]:
    """Give whom the page names when no person signs: an organisation, a nickname."""
    persons, others = _by_json_ld(told)
    stated = [text for _, text in _by_meta(told)]
    yield names.people(others, site=site, named=True), "json-ld"
    yield names.anyone([*persons, *others]), "json-ld"
    yield names.anyone(stated), "meta"
    for texts in _signed(told.index):
        if names.INITIALS.fullmatch(texts[0]):
            continue
        yield names.people(texts, named=True), "byline"
        yield names.anyone(texts), "byline"


def _by_json_ld(told: Told) -> tuple[list[str], list[str]]:
    authors = told.node.get("author") or told.node.get("creator")
    persons, others = jsonld.persons(authors)
    return [visible.unescaped(t) for t in persons], [visible.unescaped(t) for t in others]


def _by_meta(told: Told) -> Iterator[tuple[str, str]]:
    """Give what the meta elements say of authors, each with its element's name."""
    for key in META_AUTHOR:
        for text in told.meta.get(key, ()):
            yield key, text
    if WRITTEN_BY.fullmatch(told.first("twitter:label1") or ""):
        for text in told.meta.get("twitter:data1", ()):
            yield "", text


def shown(index: Index, site: str | None) -> Iterator[list[str]]:
    """Give what the markup calls bylines, most trusted first; each is a list of texts."""
    own = squash(site or "")
    for selector in AUTHORS:
        places = [
            place
            for place in index.select(selector)[:30]
            if not visible.is_elsewhere(place.parent) and not BESIDES.search(hints(place))
        ]
        texts = [text for place in _together(places, own) if (text := _line(place))]
        if texts:
            yield list(dict.fromkeys(texts))[:MOST]


def _together(places: list[Tag], site: str) -> list[Tag]:
    """Give the first place with words and those beside it: further ones belong to teasers."""
    spoken = [
        place
        for place in places
        if (text := place.get_text(strip=True) or attribute(place, "content"))
        and not (site and squash(text) == site)
    ]
    kept = spoken[:1]
    for place in spoken[1:]:
        if not _beside(kept[-1], place):
            break
        kept.append(place)
    return kept


def _beside(one: Tag, other: Tag) -> bool:
    """Tell whether no more stands between two places than between two authors' names."""
    between = 0
    for node in one.next_elements:
        if node is other:
            return True
        if isinstance(node, Tag) and node.name in HEADINGS and node.get_text(strip=True):
            return False
        if isinstance(node, NavigableString) and not any(up is one for up in node.parents):
            between += len(node.strip())
            if between > BESIDE:
                return False
    return False


def _line(place: Tag) -> str:
    if place.name in {"a", "link", "meta"} and not place.get_text(strip=True):
        return attribute(place, "content")
    text = "\n".join(text for text in place.find_all(string=True) if _is_read(text, place))
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    first = 1 if len(lines) > 1 and ONLY_BY.fullmatch(lines[0]) else 0
    if first and len(lines[1]) < visible.DAY_LINE and len(text) > visible.LONGEST_LINE:
        return lines[1]  # the rest is about the author
    if not lines or len(" ".join(lines)) > visible.LONGEST_LINE:
        return ""
    kept: list[str] = []
    for line in lines[first:]:
        if (
            kept
            and not GOES_ON.match(line)
            and not kept[-1].endswith((",", "and", "et", "&", "und"))
        ):
            break
        kept.append(line)
    return " ".join(kept)


def _is_read(text: NavigableString, place: Tag) -> bool:
    """Tell whether a text of a place is for readers: no icon's name, no button."""
    for up in text.parents:
        named = hints(up)
        if up.name in UNREAD or "sr-only" in named or "screen-reader" in named:
            return False
        if up is not place and BESIDES.search(named):
            return False
        if up is place:
            break
    return True


def _linked(told: Told) -> list[str]:
    """Give the link that follows a lone "by" near the headline: whatever is there is a name."""
    for text in visible.around(told.index):
        if not ONLY_BY.fullmatch(text):
            continue
        following = (node for node in text.next_elements if isinstance(node, NavigableString))
        name = next((node for node in following if node.strip()), None)
        if name is not None and name.find_parent("a") is not None and len(name.split()) <= SHORT:
            return [" ".join(name.split())]
    return []


def _signed(index: Index) -> Iterator[list[str]]:
    """Give who the markup names as author, whatever kind of name that is."""
    for selector in SIGNED:
        texts = [
            text
            for place in index.select(selector)[:30]
            if not visible.is_elsewhere(place.parent) and (text := _line(place))
        ]
        if texts:
            yield texts[:1]
