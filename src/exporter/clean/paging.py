"""Which page of an article a page is: what its addresses, its pager and its title say.

Blogs and searches have pages of the same addresses, and series have parts of similar ones. What
an address says is a claim, then; whoever joins pages must also look at what they hold.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from exporter.clean.addresses import attribute, is_web, join
from exporter.model import Metadata, Note, Page
from exporter.urls import host_of, without_fragment

WORD: Final = r"(?:pages?|paged|pagewanted|pagen(?:um|o|umber)|pag|pg|p[aá]gina|seite)"
FILE: Final = r"(?:\.(?:x?html?|shtml|php|aspx?|jsp|cfm))?"
# What addresses say; where no word for "page" stands, a pager must confirm it.
# yes: "page=2", "seite=3"; no: "id=2", "page=2019"
ASKED: Final = re.compile(rf"(?:{WORD}|(?P<short>p))=(?P<number>\d{{1,2}})", re.IGNORECASE)
# yes: "/story/page/2", "/story/page-2", "/story/seite2.html"; no: "/story/homepage2"
FOLDER: Final = re.compile(rf"/{WORD}[/_,-]?(?P<number>\d{{1,2}}){FILE}\Z", re.IGNORECASE)
# yes: "/story-page-2.html", "/story,page2"; no: "/my-webpage-2", "/comment-page-2"
NAMED: Final = re.compile(
    rf"(?<!comment)[_,-]{WORD}[_,-]?(?P<number>\d{{1,2}}){FILE}\Z", re.IGNORECASE
)
# yes: "/story/2", "/story/2.html"; no: "/story/2019", "/story2"
BARE: Final = re.compile(rf"/(?P<number>\d{{1,2}}){FILE}\Z", re.IGNORECASE)
# yes: "/story-2.html", "/story_2.php", "/story,2.htm"; no: "/story-2": a second post of one title
TAIL: Final = re.compile(rf"[_,-](?P<number>\d{{1,2}})(?=\.){FILE}\Z", re.IGNORECASE)
FORMS: Final = ((FOLDER, True), (NAMED, True), (BARE, False), (TAIL, False))
END: Final = 8  # characters of a path that hold its number, if it has one
# what an address ends with and says nothing.  yes: "/index.html", ".php"; no: "/indexes"
NOTHING: Final = re.compile(r"(?:/(?:index|default))?\.(?:x?html?|shtml|php|aspx?|jsp|cfm)\Z|/+\Z")

OF: Final = r"(?:\s*(?:/|of|de|di|von|van|sur)\s*\d{1,2})?"
EDGE: Final = r"[-–—|:·•»«,]"
# yes: "Rain – Page 2", "Rain (page 2 of 3) | Site"; no: "The girl on page 3", "Rain, part 2"
MARKED: Final = re.compile(
    rf"\s*(?:{EDGE}|[(\[])\s*{WORD}\s*\d{{1,2}}{OF}(?:\s*[)\]])?(?=\s*(?:\Z|{EDGE}))", re.IGNORECASE
)
# yes: "Page 2: Rain", "Seite 2 von 3 – Rain"; no: "Page 2 is missing"
OPENED: Final = re.compile(rf"\A\W*{WORD}\s*\d{{1,2}}{OF}\s*{EDGE}+\s*", re.IGNORECASE)
# What a link of a pager says.  yes: "2", "[ 3 ]", "Page 2"; no: "2 comments", "1999"
TURN: Final = re.compile(rf"\W*(?:{WORD}\W*)?(?P<number>\d{{1,2}})\W*\Z", re.IGNORECASE)
# yes: "Next page", "Nächste Seite", "›"; no: "Next post", "Pageantry"
WORDED: Final = re.compile(rf"(?:.*\b{WORD}\b.*|\W*[›»→>‹«←<]\W*)\Z", re.IGNORECASE | re.DOTALL)
# What is left of a pager without its links.  yes: "Pages: 1", "| 3 |", ""; no: "Chapter 1"
LEFT: Final = re.compile(rf"[\W\d]*(?:{WORD})?[\W\d]*", re.IGNORECASE)
# yes: "Page 2 of 3", "- Seite 2 -"; no: "2", "Page two", "Page 2 is missing"
COUNTED: Final = re.compile(rf"\W*{WORD}\s*\d{{1,2}}{OF}\W*", re.IGNORECASE)
LINE: Final = 80  # characters of a pager's own words
FEW: Final = 6  # words of a pager's link
TELLING: Final = 4  # characters of a name that does not stand everywhere
SHORT: Final = 16  # characters of a relative address that may be another page's
# How an address of a later page ends.  yes: "?page=2", "/2/", "-12.html"; no: "/2019", "-2-years"
LATE: Final = r"(?:[2-9]|[1-9]\d)(?:/|\.[a-z]{3,5})?"
NUMBERED: Final = re.compile(rf"(?:\A|[=/_,-]){LATE}(?:[?&#]|\Z)")
# the same after a page's own name, anywhere in it.  yes: '?page=2">', "-2.html'"; no: "/feed"
CONTINUED: Final = re.compile(rf"[^\"'\s<>]{{0,24}}?[=/_,-]{LATE}[\"'?&#\s>]")


# tells by the address and the relation of a link whether it may lead to another page
Leads = Callable[[str, str], bool]


class Link(NamedTuple):
    """A link as the page has it."""

    href: str
    rel: str
    say: Callable[[], str]  # its words, which cost more to ask for than its address


class Turn(NamedTuple):
    """The claim that a page is one of several."""

    stem: str  # the address that all pages of the article have in common
    number: int  # of this page, from 1
    sure: bool  # a word for "page" says so, not a number alone
    linked: tuple[int, ...]  # the other pages to which its pager leads


def bare(title: str) -> str:
    """Give a title without the number of the page."""
    shorter = OPENED.sub("", MARKED.sub("", title)).strip()
    return shorter or title


def counts(text: str, *, beside_links: bool) -> bool:
    """Tell whether a line says nothing but which page it is; what links say was taken out."""
    form = LEFT if beside_links else COUNTED
    return len(text) <= LINE and form.fullmatch(text.strip()) is not None


def readings(address: str | None) -> dict[str, tuple[int, bool]]:
    """Give what an address may mean: stem -> number, and whether a word for "page" says it."""
    if not is_web(address):
        return {}
    parts = urlsplit(without_fragment(address or ""))
    host, path = host_of(address) or "", unquote(parts.path).rstrip("/")
    asked = [pair for pair in parts.query.split("&") if pair]
    found = {_stem(host, path, asked): (1, False)}
    for place, pair in enumerate(asked):
        match = ASKED.fullmatch(pair)
        if match is not None:
            stem = _stem(host, path, asked[:place] + asked[place + 1 :])
            found[stem] = (int(match["number"]), match["short"] is None)
    for form, sure in FORMS if any(map(str.isdigit, path[-END:])) else ():
        match = form.search(path)
        if match is not None:
            found[_stem(host, path[: match.start()], asked)] = (int(match["number"]), sure)
            break
    return {stem: place for stem, place in found.items() if stem and place[0]}


def _stem(host: str, path: str, asked: Sequence[str]) -> str:
    """Give an address without what may change between pages; "" for a site's first page."""
    path = NOTHING.sub("", path)
    query = "&".join(sorted(asked))
    return f"{host}{path}?{query}".removesuffix("?") if path.strip("/") or query else ""


def turns(
    addresses: Sequence[str | None], links: Callable[[Leads], Iterable[Link]]
) -> tuple[Turn, ...]:
    """Give what a page may be: the first page of its own address, or a later one of another.

    `addresses` are the page's own, each a claim of its own: many a later page states the first
    page's address as the canonical one. `links` gives the links that pass the test it gets.
    """
    found: dict[str, tuple[int, bool]] = {}
    for address in dict.fromkeys(addresses):
        for stem, place in readings(address).items():
            found[stem] = max(found.get(stem, place), place)
    base = next((address for address in addresses if is_web(address)), None)
    pager = _pager(found, links, base) if found else {}
    return tuple(_turn(stem, place, pager[stem]) for stem, place in found.items())


def _turn(stem: str, place: tuple[int, bool], pager: dict[int, tuple[str, bool]]) -> Turn:
    number, sure = _numbered(place, pager)
    return Turn(stem, number, sure, tuple(sorted(other for other in pager if other != number)))


def _pager(
    stems: Mapping[str, tuple[int, bool]],
    links: Callable[[Leads], Iterable[Link]],
    base: str | None,
) -> dict[str, dict[int, tuple[str, bool]]]:
    """Give stem -> number of a page -> what is said of the link to it, and whether it is sure."""
    keys = {_key(stem) for stem in stems}
    late = any(number > 1 for number, _ in stems.values())

    def leads(href: str, rel: str) -> bool:
        if len(href) > SHORT and not any(map(href.__contains__, keys)):
            return False
        # else it leads to a first page at best, and so does this page's own address
        return late or "prev" in rel or NUMBERED.search(href) is not None

    found: dict[str, dict[int, tuple[str, bool]]] = {stem: {} for stem in stems}
    for link in links(leads):
        for stem, (number, sure) in readings(join(base, link.href)).items():
            if stem in found and (how := _turns(link, number)):
                found[stem][number] = max(found[stem].get(number, ("", False)), (how, sure))
    return found


def _key(stem: str) -> str:
    """Give what addresses of the same stem have in them, unless they are relative."""
    return stem.rpartition("/")[2].partition("?")[0]


def _turns(link: Link, number: int) -> str:
    """Give how a link turns pages: "next", "prev", "page"; "" when it does not."""
    rel = link.rel.lower().split()
    if "next" in rel or "prev" in rel or "previous" in rel:
        return "next" if "next" in rel else "prev"
    text = " ".join(link.say().split())
    said = TURN.match(text)
    if said is not None:
        return "page" if int(said["number"]) == number else ""
    return "page" if len(text.split()) <= FEW and WORDED.match(text) else ""


def _numbered(place: tuple[int, bool], pager: dict[int, tuple[str, bool]]) -> tuple[int, bool]:
    """Give a page's number; from its neighbours', where its own address has none."""
    number, sure = place
    for other, (how, worded) in sorted(pager.items(), reverse=True):
        if number == 1 and how == "next" and other > 2:  # noqa: PLR2004  (page 1 leads to page 2)
            return other - 1, worded
        if number == 1 and how == "prev":
            return other + 1, sure
    return place


def notes(soup: BeautifulSoup, page: Page, about: Metadata) -> Iterator[Note]:
    """Give notes on pages of the article that stand elsewhere: the next one, the one before."""
    addresses = (page.url, about.url)
    if not _may_turn(page.html, addresses):
        return

    def links(leads: Leads) -> Iterator[Link]:
        for link in soup.find_all(("a", "link"), href=True):
            href, rel = attribute(link, "href"), attribute(link, "rel")
            if leads(href, rel):
                yield Link(href, rel, link.get_text)

    said = [turn for turn in turns(addresses, links) if turn.linked]
    for turn in said[:1]:
        if turn.number + 1 in turn.linked:
            yield Note("more-pages", f"the page leads to page {turn.number + 1} of its article")
        if turn.number - 1 in turn.linked:
            yield Note("earlier-pages", f"this is page {turn.number} of its article")


def _may_turn(html: str, addresses: Sequence[str | None]) -> bool:
    """Tell whether it is worth while to look at a page's links, which costs a walk over it."""
    stems = {stem: place for address in addresses for stem, place in readings(address).items()}
    if any(number > 1 for number, _ in stems.values()) or 'rel="next"' in html:
        return True
    for key in {_key(stem) for stem in stems} - {""}:
        if len(key) < TELLING:
            return True
        place = html.find(key)
        while place >= 0:
            place += len(key)
            if CONTINUED.match(html, place):
                return True
            place = html.find(key, place)
    return False
