"""What the page shows around its headline: the lines there, kicker, subtitle, licence."""

import html
import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute, is_web
from exporter.clean.index import Index
from exporter.clean.tree import spoken
from exporter.dom import squash

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
FRAME: Final = ("nav", "aside", "footer")
LINES: Final = ("p", "div", "span", "li", "time", "address", "h4", "h5")
DAY_LINE: Final = 40  # characters of a line that is a date
LONGEST_LINE: Final = 160  # characters of a line that may hold a byline or date
NEAR: Final = 60  # elements after the headline that may still be its head
ABOVE: Final = 10
AROUND: Final = 25
FEWEST: Final = 3  # words of a subtitle: fewer are the name of a section
TOGETHER: Final = 4  # steps from the headline up to what holds its subtitle too


def unescaped(text: str) -> str:
    """Give a text that was escaped twice ("&amp;#8217;") as it was meant, without markup."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]*>", "", text)  # yes: "<em>"; no: "a < b"
    return " ".join(text.split())


def is_elsewhere(place: Tag | None) -> bool:
    """Tell whether an element belongs to comments, teasers or the frame of the site."""
    tag: Tag | None = place
    while tag is not None and tag.name not in {"body", "html"}:
        named = tag.name not in {"article", "main"} and ELSEWHERE.search(
            f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
        )
        # a container that holds the headline is no frame, whatever it is called ("has-sidebar")
        if (named or tag.name in FRAME) and tag.find("h1") is None:
            return True
        tag = tag.parent
    return False


def headlines(index: Index, title: str = "") -> list[Tag]:
    """Give the elements of the headline: the first h1 may be the site's name.

    A page may say its headline twice, once in a bar that sticks to the window's top.
    """
    found = index.select("h1")[:6]
    wanted = squash(title)
    if wanted:
        if same := [tag for tag in found if squash(tag.get_text()) == wanted]:
            return same[:2]
        lower = index.select("h2", "h3")[:40]
        if below := [tag for tag in lower if squash(tag.get_text()) == wanted]:
            return below[:1]
    return found[:1]


def head(index: Index, title: str = "") -> Iterator[str]:
    """Give the short lines after the headline."""
    for headline in headlines(index, title):
        for element in headline.find_all_next(limit=NEAR):
            if isinstance(element, Tag) and element.name in LINES:
                line = spoken(element)
                if 3 < len(line) < LONGEST_LINE and element.find_parent(FRAME) is None:  # noqa: PLR2004
                    yield line


def above(index: Index, title: str) -> Iterator[str]:
    """Give the lines right above the headline that say little more than a date can."""
    for headline in headlines(index, title):
        for element in headline.find_all_previous(LINES, limit=ABOVE):
            if isinstance(element, Tag) and len(line := spoken(element)) < DAY_LINE:
                yield line


def around(index: Index) -> Iterator[NavigableString]:
    """Give the texts near each h1, those after it first."""
    for headline in index.select("h1")[:3]:
        for text in headline.find_all_next(string=True, limit=AROUND):
            yield text
        for text in headline.find_all_previous(string=True, limit=AROUND):
            yield text


def kicker(index: Index) -> str | None:
    """Give the line above the headline."""
    return next(
        (
            text
            for place in _named(index, KICKERS)
            if 2 < len(text := spoken(place)) <= 60  # noqa: PLR2004
        ),
        None,
    )


def subtitle(index: Index, title: str) -> str | None:
    """Give the standfirst that the markup names as such and that stands by the headline."""
    near = {
        id(up)
        for headline in headlines(index, title)
        for up in list(headline.parents)[:TOGETHER]
        if up.name not in {"body", "html"}
    }
    for place in _named(index, SUBTITLES):
        text = spoken(place)
        if len(text) > 600 or len(text.split()) < FEWEST:  # noqa: PLR2004
            continue
        if not near or any(id(up) in near for up in place.parents):
            return text
    return None


def _named(index: Index, selectors: tuple[str, ...]) -> Iterator[Tag]:
    for selector in selectors:
        for place in index.select(selector)[:3]:
            if not is_elsewhere(place):
                yield place


def licence(index: Index) -> str | None:
    """Give the licence the page links to: a Creative Commons address, mostly."""
    for link in index.select('[rel~="license"][href]'):
        href = attribute(link, "href")
        if is_web(href):
            return href
    return None
