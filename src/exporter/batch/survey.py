"""What one page tells about its site: who it is, and the fingerprints of its blocks in order.

One lxml parse and one walk, no BeautifulSoup: a batch surveys every page before it converts the
first. What a block is must be what the cleaner takes for one (clean.outline, clean.paragraphs):
a run of text between the borders of block elements, or between two <br>.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Final, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from exporter import parsing
from exporter.batch.jobs import Mark, Row, Turn
from exporter.clean import paging
from exporter.clean.addresses import is_web
from exporter.clean.context import LONG
from exporter.clean.judges.recurring import MOST
from exporter.clean.outline import SENTENCE_MARK
from exporter.clean.tree import BLOCKS, HEADINGS, SHADOW, words_in
from exporter.dom import Element, fingerprint, squash, text_of
from exporter.model import Page
from exporter.urls import host_of

# what stays whatever its words are: captions, quotations and the like are nothing to learn from
SHELTERED: Final = frozenset({"blockquote", "figcaption", "figure", "pre", "cite", "caption"})
NOTHING: Final = etree.XSLTAccessControl(  # type: ignore[call-arg]  # lxml-stubs forgot them
    read_file=False, write_file=False, create_dir=False, read_network=False, write_network=False
)  # what a sheet may read or write
LINKED: Final = 0.5  # share of linked words from which a block is no prose
FEW: Final = 8  # words from which a block may be the beginning of an entry in a list
LISTED: Final = 0.5  # share of such words under linked headings, from which a page lists articles
# Unicode keeps these for programs' own use; a page has no meaning for them.
BORDER, BREAK, LINK, LINK_END, SHELTER, SHELTER_END, HEADING, HEADING_END = map(
    chr, range(0xFDD0, 0xFDD8)
)
BREAKS: Final = re.compile(f"{BREAK}\\s*{BREAK}[\\s{BREAK}]*")  # yes: two <br>; no: one
LINK_PARTS: Final = re.compile(f"([{LINK}{LINK_END}])")
BOUNDED: Final = {
    "br": ("", BREAK),
    "a": (LINK, LINK_END),
    **dict.fromkeys(SHELTERED - BLOCKS, (SHELTER, SHELTER_END)),
    **dict.fromkeys(BLOCKS - SHELTERED - HEADINGS, (BORDER, BORDER)),
    **dict.fromkeys(BLOCKS & SHELTERED, (BORDER + SHELTER, SHELTER_END + BORDER)),
    **dict.fromkeys(HEADINGS, (BORDER + HEADING, HEADING_END + BORDER)),
}
SHEET: Final = (
    '<x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform">'
    '<x:output method="text"/>{rules}</x:stylesheet>'
)
UNPRINTED: Final = bytes(  # C0 without tab and line ends, which libxml2 would stumble over
    byte for byte in range(ord(" ")) if byte not in b"\t\n\r"
)
PRINTED: Final = bytes.maketrans(UNPRINTED, b" " * len(UNPRINTED))
NAMED: Final = ("a", "link", "meta", "title", "h1")  # what is asked for by its name
OPEN_GRAPH: Final = ("og:url", "twitter:url")
# yes: "https://a.org/story?id=1"; no: "https://a.org/": the home page's address on every page
DEEP: Final = re.compile(r"https?://[^/]+/+[^/]")


Named = Mapping[str, list[Element]]


class Block(NamedTuple):
    """A run of text as a reader sees it."""

    text: str  # white space collapsed
    words: int
    long: bool  # a paragraph, as only articles and other prose have them
    sheltered: bool
    leads: bool  # a heading that is a link


def survey(page: Page, source: str, index: int = 0) -> Row:
    """Give the row of a page: what `learn` and `series` need to know of it.

    `source` names its capture, `index` is its place in it.
    """
    document = parse(page.html)
    named = _named(document)
    addresses = tuple(_addresses(named))
    site = site_of(addresses, page)
    if document is None:
        return Row(source, site, "", ())
    titles = tuple(_titles(named))
    found = tuple(blocks(document))
    told = () if _lists(found) else _turns(named, (page.url, *addresses))
    names = _names(named, titles) if told else ()
    return Row(source, site, _title(titles), tuple(_marks(found)), index, told, names)


def parse(html: str) -> Element | None:
    """Give a page as lxml reads it; None when nothing is left."""
    source = html.encode("utf-8", "replace")
    if any(map(source.__contains__, UNPRINTED)):  # five times as fast as translating every page
        source = source.translate(PRINTED)
    try:
        document: Element | None = etree.fromstring(source, _parser())
    except (etree.LxmlError, ValueError):
        return None
    return document


@cache
def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)


def site_of(addresses: Iterable[str], page: Page) -> str:
    """Give the host of a page as the cleaner's metadata will have it; "" when nobody knows it.

    `addresses` are those that its head states as its own.
    """
    for told in addresses:
        try:
            address = urljoin(page.url or "", told)
        except ValueError:
            continue
        if is_web(address) and (DEEP.match(address) or not is_web(page.url)):
            return host_of(address) or ""
    return host_of(page.url) or "" if is_web(page.url) else ""


def _named(document: Element | None) -> dict[str, list[Element]]:
    """Give the elements with one of the names that matter, in their order."""
    named: dict[str, list[Element]] = {name: [] for name in NAMED}
    if document is not None:
        for element in document.iter(*NAMED):  # one walk: each costs a tenth of the parse
            named[element.tag].append(element)
    return named


def _addresses(named: Named) -> Iterator[str]:
    """Give the addresses that a page's head states as its own."""
    for link in named["link"]:
        if "canonical" in link.get("rel", "").lower().split() and link.get("href") is not None:
            yield link.get("href", "").strip()
            break
    stated: dict[str, str] = {}
    for meta in named["meta"]:
        for name in (meta.get("property") or meta.get("name") or "").lower().split():
            stated.setdefault(name, meta.get("content", "").strip())
    yield from filter(None, [next((stated[n] for n in OPEN_GRAPH if stated.get(n)), None)])


def _title(titles: Sequence[str]) -> str:
    """Give what tells this article from the others: the page's title with its first headline.

    The pages of one article are no articles of their own.
    """
    words = squash(" ".join(titles))
    return fingerprint(words) if words else ""


def _titles(named: Named) -> Iterator[str]:
    """Give the page's title and its first headline, without the number of the page."""
    for part in (*named["title"][:1], *named["h1"][:1]):
        yield paging.bare(" ".join(_spoken(_bordered(part)).replace(BORDER, " ").split()))


def _names(named: Named, titles: Sequence[str]) -> tuple[str, ...]:
    """Give what the article may be called: fingerprints."""
    stated = (
        paging.bare(meta.get("content", ""))
        for meta in named["meta"]
        if meta.get("property") == "og:title"
    )
    names = dict.fromkeys((*titles, *stated))
    return tuple(dict.fromkeys(fingerprint(name) for name in names if squash(name)))


def _turns(named: Named, addresses: Sequence[str | None]) -> tuple[Turn, ...]:
    """Give which page of an article this may be."""

    def links(leads: paging.Leads) -> Iterator[paging.Link]:
        for link in itertools.chain(named["a"], named["link"]):
            href = link.get("href")
            if href and leads(href, link.get("rel", "")):
                yield paging.Link(href, link.get("rel", ""), partial(text_of, link))

    return tuple(
        Turn(turn.stem, turn.number, turn.sure, bool(turn.linked))
        for turn in paging.turns(addresses, links)
    )


def _lists(found: Sequence[Block]) -> bool:
    """Tell whether a page lists articles: headings that are links, with prose under each.

    One such heading may be the article's own, which leads to itself.
    """
    under, total = [0], 0
    for block in found:
        if block.leads:
            under.append(0)
        elif block.words >= FEW and not block.sheltered:
            total += block.words
            if len(under) > 1:
                under[-1] += block.words
    return sum(under) - max(under) > LISTED * total


def _marks(found: Sequence[Block]) -> Iterator[Mark]:
    """Give a mark of each block that can recur, or that tells where the article's prose is."""
    for place, block in enumerate(found):
        candidate = block.words <= MOST and not block.sheltered
        if block.long or candidate:
            yield Mark(fingerprint(block.text), place, block.long, candidate, block.words)


def blocks(document: Element) -> Iterator[Block]:
    """Give the blocks of a page's body in document order; none is empty.

    The borders are written into the text, which comes as one string: asking Python for the text
    of every element would cost more than the parse.
    """
    body = document.find("body")
    text = _bordered(document if body is None else body)
    linked = sheltered = headings = 0  # such elements around this place
    for run, said in zip(text.split(BORDER), _spoken(text).split(BORDER), strict=True):
        if said and not said.isspace():
            parts = said.split()
            plain = " ".join(parts)
            words = len(parts) if plain.isascii() else words_in(plain)
            heading = bool(headings or HEADING in run)
            long = (
                words >= LONG
                and not heading
                and SENTENCE_MARK.search(plain) is not None
                and _linked(run, inside=linked > 0) < LINKED * words
            )
            leads = heading and _linked(run, inside=linked > 0) >= words
            yield Block(plain, words, long, bool(sheltered or SHELTER in run), leads)
        marks = len(run) - len(said)
        if marks and not (marks == 2 and LINK in run and LINK_END in run):  # noqa: PLR2004  (a link)
            linked += run.count(LINK) - run.count(LINK_END)
            sheltered += run.count(SHELTER) - run.count(SHELTER_END)
            headings += run.count(HEADING) - run.count(HEADING_END)


def _bordered(body: Element) -> str:
    """Give an element's text with the borders of blocks, links and shelters as characters."""
    if not len(body):
        return body.text or ""
    text = str(_borders()(body))
    return BREAKS.sub(BORDER, text) if BREAK in text else text


def _spoken(text: str) -> str:
    """Give what a reader sees of a text with borders: white space where a line breaks."""
    for mark in (LINK, LINK_END, SHELTER, SHELTER_END, HEADING, HEADING_END):
        text = text.replace(mark, "")
    return text.replace(BREAK, " ")


@cache
def _borders() -> etree.XSLT:
    """Give what writes an element's text with borders: in libxslt, for Python calls add up."""
    shadow = " or ".join(f"@{name}" for name in SHADOW)
    rules = [
        # drawings without words and templates no browser opens; shadow roots are shown
        _rule("script | style | input | svg[not(normalize-space())]", None),
        _rule(f"template[not({shadow})]", None),
        _rule(f"template[{shadow}]", BOUNDED["div"]),
        *(
            _rule(" | ".join(names), marks)
            for marks, names in itertools.groupby(
                sorted(BOUNDED, key=BOUNDED.__getitem__), key=BOUNDED.__getitem__
            )
        ),
    ]
    return etree.XSLT(parsing.ours(SHEET.format(rules="".join(rules))), access_control=NOTHING)


def _rule(match: str, marks: tuple[str, str] | None) -> str:
    inside = "" if marks is None else f"{marks[0]}<x:apply-templates/>{marks[1]}"
    return f'<x:template match="{match}">{inside}</x:template>'


def _linked(run: str, *, inside: bool) -> int:
    """Count the words of a run that are links; `inside` when it begins within one."""
    count = 0
    if not inside and LINK not in run:
        return count
    for part in LINK_PARTS.split(run):
        if part in {LINK, LINK_END}:
            inside = part == LINK
        elif inside:
            count += words_in(part)
    return count
