"""What the page shows about its article: bylines, dates, kicker and standfirst in its markup."""

import html
import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup, Tag

from exporter.clean.addresses import attribute, is_web
from exporter.clean.index import Index
from exporter.clean.tree import spoken
from exporter.dom import squash

# most trusted first
AUTHORS: Final = (
    '[itemprop~="author"] [itemprop~="name"]', '[itemprop~="author"]', '[rel~="author"]',
    "byline", ".author-name", ".authorname", ".vcard .fn", ".byline__name",
    ".byline-name", ".author .fn",
    ".article-author", ".article__author", ".post-author", ".entry-author", ".byline a",
    ".authors a", '[class*="byline" i]', '[class*="author" i]', '[class*="auteur" i]',
    '[class*="autor" i]', '[class*="authName" i]', '[class*="signature" i]', '[id*="byline" i]',
    '[data-testid*="byline" i]', 'a[href*="/author/"]', 'a[href*="/authors/"]',
    'a[href*="/auteur/"]', 'a[href*="/autor/"]', ".dateline",
)  # fmt: skip
PUBLISHED: Final = (
    '[itemprop~="datePublished"]', "time[pubdate]", "time.published", "time.entry-date",
    'time[class*="publi"]', "time[datetime]", "abbr.published", "time",
)  # fmt: skip
UPDATED: Final = ('[itemprop~="dateModified"]', "time.updated", 'time[class*="modif"]')
DATED: Final = (
    '[class*="publish"]', '[class*="date"]', '[id*="date"]', '[class*="posted"]',
    '[class*="time"]', '[class*="byline"]', '[class*="meta"]', '[class*="info"]',
    '[class*="author"]', "header p", "header span",
)  # fmt: skip
KICKERS: Final = (".kicker", ".surtitre", ".sur-titre", ".overline", ".eyebrow", ".article-kicker")
SUBTITLES: Final = (
    ".standfirst", ".chapo", ".chapeau", ".dek", ".subtitle", ".sub-title", ".sous-titre",
    ".subheadline", ".article-subtitle", ".soustitre", ".article__standfirst", ".entry-subtitle",
    'h2[itemprop~="alternativeHeadline"]', ".entradilla", ".bajada", ".sommario", ".occhiello",
    ".vorspann", ".untertitel", ".linha-fina", ".chapeu", ".intro-text", ".article-dek",
)  # fmt: skip
ELSEWHERE: Final = re.compile(
    r"comment|sidebar|related|(?<!post-)(?<!entry-)(?<!article-)footer|widget|popular|recommend|teaser|promo|more-|reply|aside"
    r"|newsletter|similar|trending|latest|next-|prev", re.IGNORECASE,
)  # fmt: skip
# yes: "By Ann Lee", "Publié par Jean"; no: "By noon the boat had left"
BY: Final = re.compile(
    r"^\s*(?i:by|par|von|por|di|door|words by|written by|posted by|texte? de|publié par|auth?or"
    r"|autore|auteur|autorin|propos recueillis par)\s*:?\s+(?=[^\W\d_])[^a-zà-ÿ]"
)
UPDATE: Final = re.compile(
    r"updat|modif|mis(?:e)? à jour|aktualis|actualiz|aggiorn|bijgewerkt", re.IGNORECASE
)
# where others' dates stand, even when they are marked as an article's
OTHERS: Final = re.compile(
    r"comment|sidebar|related|widget|popular|recommend|more-|reply|similar|latest|next-|prev|list-item",
    re.IGNORECASE,
)
LINES: Final = ("p", "div", "span", "li", "time", "address", "h4", "h5")
SIGNED: Final = (
    '[itemprop~="author"]', '[rel~="author"]', ".vcard .fn", ".author-name", ".authorName",
    ".byline", ".post-author", ".author",
)  # fmt: skip
DAY_LINE: Final = 40  # characters of a line that is a date
LONGEST_LINE: Final = 160  # characters of a line that may hold a byline or date
NEAR: Final = 60  # elements after the headline that may still be its head


def unescaped(text: str) -> str:
    """Give a text that was escaped twice ("&amp;#8217;") as it was meant, without markup."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]*>", "", text)  # yes: "<em>"; no: "a < b"
    return " ".join(text.split())


def bylines(soup: BeautifulSoup, index: Index) -> Iterator[list[str]]:
    """Give what may be bylines, most trusted first; each is a list of texts."""
    for selector in AUTHORS:
        places = [place for place in index.select(selector)[:30] if not is_elsewhere(place.parent)]
        texts = [text for place in _together(places) if (text := _line(place))]
        if texts:
            yield list(dict.fromkeys(texts))[:6]
    for line in _head(soup):
        if BY.match(line):
            yield [line]


def _together(places: list[Tag]) -> list[Tag]:
    """Give the first place with words and those beside it: further ones belong to teasers."""
    spoken_ = [
        place for place in places if place.get_text(strip=True) or attribute(place, "content")
    ]
    if not spoken_:
        return []
    first = spoken_[0]
    near = [
        up for up in list(first.parents)[:2] if up.name not in {"body", "html", "main", "article"}
    ]
    return [
        place
        for place in spoken_
        if place is first or any(up in near for up in list(place.parents)[:2])
    ]


def _line(place: Tag) -> str:
    if place.name in {"a", "link", "meta"} and not place.get_text(strip=True):
        return attribute(place, "content")
    text = place.get_text("\n").strip()
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not lines or len(" ".join(lines)) > LONGEST_LINE:
        return ""
    first = (
        1
        if len(lines) > 1 and re.fullmatch(r"(?i)(?:by|par|von|por|di|door)\s*:?", lines[0])
        else 0
    )
    kept: list[str] = []
    for line in lines[first:]:
        if (
            kept
            and not re.match(r"(?i)[,&]|\((?:avec|with|mit|con)\b|(?:and|et|und|y|e)\b", line)
            and not kept[-1].endswith((",", "and", "et", "&", "und"))
        ):
            break
        kept.append(line)
    return " ".join(kept)


def is_elsewhere(place: Tag | None) -> bool:
    """Tell whether an element belongs to comments, teasers or the frame of the site."""
    tag: Tag | None = place
    while tag is not None and tag.name not in {"body", "html"}:
        named = tag.name not in {"article", "main"} and ELSEWHERE.search(
            f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
        )
        # a container that holds the headline is no frame, whatever it is called ("has-sidebar")
        if (named or tag.name in {"aside", "footer", "nav"}) and tag.find("h1") is None:
            return True
        tag = tag.parent
    return False


def moments(index: Index) -> Iterator[tuple[str, str]]:
    """Give (field, text) of what the markup says are dates, most trusted first."""
    for place in index.select(*UPDATED)[:3]:
        yield "updated", _moment(place)
    for selector in PUBLISHED:
        for place in index.select(selector)[:12]:
            if is_elsewhere(place) and not _foot_of_article(place):
                continue
            parent = place.parent
            around = parent.get_text(" ")[:80] if parent is not None else ""
            if place.name == "time" and UPDATE.search(f"{attribute(place, 'class')} {around[:40]}"):
                yield "updated", _moment(place)
            else:
                yield "published", _moment(place)


def _foot_of_article(place: Tag) -> bool:
    """Tell whether a date named as the article's own stands in no more than a foot line."""
    return "datePublished" in attribute(place, "itemprop") and not any(
        OTHERS.search(f"{attribute(up, 'class')} {attribute(up, 'id')}")
        for up in place.parents
        if up.name not in {"body", "html", "article", "main"}
    )


def dated(soup: BeautifulSoup, index: Index, title: str) -> Iterator[str]:
    """Give the lines that may hold the day of publication, most trusted first."""
    yield from _head(soup, title)
    yield from _above(soup, title)
    for selector in DATED:
        for place in index.select(selector)[:15]:
            text = spoken(place)
            if len(text) < LONGEST_LINE and not is_elsewhere(place):
                yield text


def _moment(place: Tag) -> str:
    return (
        attribute(place, "datetime")
        or attribute(place, "content")
        or attribute(place, "title")
        or spoken(place)
    )


def _headline(soup: BeautifulSoup, title: str) -> Tag | None:
    """Give the element of the headline: the first h1 may be the site's name."""
    found = soup.find_all("h1", limit=6)
    wanted = squash(title)
    return next(
        (tag for tag in found if wanted and squash(tag.get_text()) == wanted),
        found[0] if found else None,
    )


def _head(soup: BeautifulSoup, title: str = "") -> Iterator[str]:
    """Give the short lines after the headline."""
    headline = _headline(soup, title)
    for element in headline.find_all_next(limit=NEAR) if headline is not None else ():
        if isinstance(element, Tag) and element.name in LINES:
            line = spoken(element)
            if 3 < len(line) < LONGEST_LINE:  # noqa: PLR2004
                yield line


def _above(soup: BeautifulSoup, title: str) -> Iterator[str]:
    """Give the lines right above the headline that say little more than a date can."""
    headline = _headline(soup, title)
    for element in headline.find_all_previous(LINES, limit=10) if headline is not None else ():
        if isinstance(element, Tag) and len(line := spoken(element)) < DAY_LINE:
            yield line


def signed(index: Index) -> Iterator[list[str]]:
    """Give who the markup names as author, whatever kind of name that is."""
    for selector in SIGNED:
        texts = [
            text
            for place in index.select(selector)[:3]
            if not is_elsewhere(place.parent) and (text := _line(place))
        ]
        if texts:
            yield texts[:1]


def month_first(soup: BeautifulSoup) -> bool:
    """Tell whether 03/07/2024 is the seventh of March here: American pages say so."""
    root = soup.find("html")
    lang = attribute(root, "lang") if isinstance(root, Tag) else ""
    return lang.lower().replace("_", "-") in {"en-us", "en"}


def kicker(index: Index) -> str | None:
    """Give the line above the headline."""
    return _short(index, KICKERS, 60)


def subtitle(index: Index) -> str | None:
    """Give the standfirst that the markup names as such."""
    return _short(index, SUBTITLES, 600)


def _short(index: Index, selectors: tuple[str, ...], longest: int) -> str | None:
    for selector in selectors:
        for place in index.select(selector)[:3]:
            text = spoken(place)
            if 2 < len(text) <= longest and not is_elsewhere(place):  # noqa: PLR2004
                return text
    return None


def licence(index: Index) -> str | None:
    """Give the licence the page links to: a Creative Commons address, mostly."""
    for link in index.select('[rel~="license"][href]'):
        href = attribute(link, "href")
        if is_web(href):
            return href
    return None
