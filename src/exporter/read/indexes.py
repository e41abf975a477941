"""Pages of mirrors and crawls that only lead to others: no articles, and no failures either."""

import re
from typing import Final

from lxml import etree

from exporter.dom import Element
from exporter.read.markup import parsed

LINKS: Final = 3  # fewer make no list
PROSE: Final = 20  # words outside links in one block: somebody wrote something
SAID: Final = 60  # words outside links on the whole page
LINKED: Final = 0.5  # share of the words that are links
SILENT: Final = frozenset({"script", "style", "noscript", "template", "head"})
BLOCKS: Final = ("p", "blockquote", "li", "td", "div", "section", "article", "pre", "dd")
# yes: 'property="og:type" content="article"', '"@type": "NewsArticle"'   no: 'content="website"'
ARTICLE: Final = re.compile(
    r"og:type[\"']?\s+content=[\"']?article\b|\"@type\"\s*:\s*\"\w{0,20}Article\"", re.IGNORECASE
)
# yes: "<title>Local index - HTTrack Website Copier</title>"   no: "<title>HTTrack, a test</title>"
HTTRACK: Final = re.compile(
    r"<title>\s*(?:Local index|List of available projects) - HTTrack", re.IGNORECASE
)


def is_index(html: str) -> bool:
    """Tell whether a page is a list of links; in doubt it is none."""
    if HTTRACK.search(html[:8192]):
        return True
    if ARTICLE.search(html):
        return False
    document = parsed(html, comments=False)
    if document is None or document.find(".//figcaption") is not None:
        return False
    linked, said, longest = _words(document)
    links = sum(1 for link in document.iter("a") if link.get("href"))
    if links < LINKS or longest >= PROSE:
        return False
    return said < SAID and linked >= LINKED * (linked + said)


def _words(document: Element) -> tuple[int, int, int]:
    """Count words in links and outside; give the most outside links in one block, too."""
    linked = said = longest = run = 0
    inside = silent = 0  # such elements around this place
    for event, element in etree.iterwalk(document, events=("start", "end")):
        starts = event == "start"
        if element.tag in SILENT:
            silent += 1 if starts else -1
        elif element.tag == "a":
            inside += 1 if starts else -1
        elif element.tag in BLOCKS:
            longest, run = max(longest, run), 0
        count = len(((element.text if starts else element.tail) or "").split())
        if not silent:
            linked += count if inside else 0
            said += 0 if inside else count
            run += 0 if inside else count
    return linked, said, max(longest, run)
