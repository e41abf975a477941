"""When the article was published and when it was changed, as JSON-LD, meta or the page say."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from exporter.clean import dates, jsonld, visible
from exporter.clean.addresses import attribute
from exporter.clean.index import Index
from exporter.clean.told import Told
from exporter.clean.tree import spoken

META_PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "publish-date",
    "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
    "dc.date.created", "publishdate", "publication_date", "og:published_time",
    "citation_publication_date", "article.published", "cxenseparse:recs:publishtime",
    "rnews:datepublished", "last-published", "displaydate", "article:publicationdate",
)  # fmt: skip
# the day of the page, which may be that of its last change
META_UNCLEAR: Final = ("dc.date", "date")
META_UPDATED: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "lastmod", "last-modified",
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
# where others' dates stand, even when they are marked as an article's
OTHERS: Final = re.compile(
    r"comment|sidebar|related|widget|popular|recommend|more-|reply|similar|latest|next-|prev|list-item",
    re.IGNORECASE,
)
BESIDE: Final = 40  # characters of a date that stands after its label


class Dated(NamedTuple):
    """A field, its value as ISO 8601, and where it came from."""

    field: str  # "published" or "updated"
    value: str | None
    source: str


def find(told: Told, title: str, url: str | None) -> dict[str, Dated]:
    """Give by field the first date that the page states or else shows, most trusted first."""
    found: dict[str, Dated] = {}
    american = month_first(told.soup)
    _keep(found, _stated(told))
    if "published" not in found:
        _keep(found, _labelled(told.soup, american=american))
        _keep(found, _unclear(told))
    _keep(found, _moments(told, american=american))
    if "published" not in found:
        _keep(found, _shown(told, title, american=american))
        _keep(found, iter([Dated("published", dates.from_url(url), "url")]))
    return found


def _keep(found: dict[str, Dated], source: Iterator[Dated]) -> None:
    for dated in source:
        if dated.value:
            found.setdefault(dated.field, dated)


def _stated(told: Told) -> Iterator[Dated]:
    for name, keys in (
        ("published", ("datePublished", "dateCreated", "uploadDate")),
        ("updated", ("dateModified",)),
    ):
        for key in keys:
            yield Dated(name, _first(jsonld.texts(told.node.get(key))), "json-ld")
    for key in META_PUBLISHED:
        yield Dated("published", _first(told.meta.get(key, [])), "meta")
    for key in META_UPDATED:
        yield Dated("updated", _first(told.meta.get(key, [])), "meta")


def _unclear(told: Told) -> Iterator[Dated]:
    for key in META_UNCLEAR:
        yield Dated("published", _first(told.meta.get(key, [])), "meta")


def _first(texts: Iterable[str]) -> str | None:
    return next((date for text in texts if (date := dates.parse(text))), None)


def _labelled(soup: BeautifulSoup, *, american: bool) -> Iterator[Dated]:
    """Give the dates after a label of its own: "Erschienen am:", then the date beside it."""
    for text in soup.find_all(string=dates.LABEL):
        label = dates.label(text)
        if label is None or text.parent is None or visible.is_elsewhere(text.parent):
            continue
        following = (node for node in text.next_elements if isinstance(node, NavigableString))
        beside = next((node for node in following if node.strip()), None)
        if beside is None or len(beside) > BESIDE:
            continue
        marked = beside.find_parent(["time", "abbr"])
        said = _moment(marked) if isinstance(marked, Tag) else str(beside)
        yield Dated(label, dates.parse(said, month_first=american), "label")


def _moments(told: Told, *, american: bool) -> Iterator[Dated]:
    """Give what the markup says are dates, most trusted first."""
    for name, place in _marked(told.index):
        yield Dated(name, dates.parse(_moment(place), month_first=american), "time")


def _marked(index: Index) -> Iterator[tuple[str, Tag]]:
    for place in index.select(*UPDATED)[:3]:
        yield "updated", place
    for selector in PUBLISHED:
        for place in index.select(selector)[:12]:
            if visible.is_elsewhere(place) and not _foot_of_article(place):
                continue
            parent = place.parent
            around = parent.get_text(" ")[:80] if parent is not None else ""
            changed = dates.UPDATE.search(f"{attribute(place, 'class')} {around[:40]}")
            yield "updated" if place.name == "time" and changed else "published", place


def _foot_of_article(place: Tag) -> bool:
    """Tell whether a date named as the article's own stands in no more than a foot line."""
    return "datePublished" in attribute(place, "itemprop") and not any(
        OTHERS.search(f"{attribute(up, 'class')} {attribute(up, 'id')}")
        for up in place.parents
        if up.name not in {"body", "html", "article", "main"}
    )


def _moment(place: Tag) -> str:
    return (
        attribute(place, "datetime")
        or attribute(place, "content")
        or attribute(place, "title")
        or spoken(place)
    )


def _shown(told: Told, title: str, *, american: bool) -> Iterator[Dated]:
    """Give the dates in the lines that may hold one, most trusted first."""
    lines = list(dict.fromkeys(_lines(told, title)))
    for line in lines:
        for name, text in dates.labelled(line):
            yield Dated(name, dates.parse(text, month_first=american), "head")
    for line in lines if told.saved_at else ():
        yield Dated("published", dates.relative(line, told.saved_at or ""), "head")


def _lines(told: Told, title: str) -> Iterator[str]:
    yield from visible.head(told.index, title)
    yield from visible.above(told.index, title)
    for selector in DATED:
        for place in told.index.select(selector)[:15]:
            text = spoken(place)
            if len(text) < visible.LONGEST_LINE and not visible.is_elsewhere(place):
                yield text


def month_first(soup: BeautifulSoup) -> bool:
    """Tell whether 03/07/2024 is the seventh of March here: American pages say so."""
    root = soup.find("html")
    lang = attribute(root, "lang") if isinstance(root, Tag) else ""
    return lang.lower().replace("_", "-") in {"en-us", "en"}
