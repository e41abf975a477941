"""What an article says, clause by clause: enough to tell whether another one says the same.

Clauses, not paragraphs: an update that mends one word changes one clause of the article, and
captures of different kinds may cut paragraphs differently.
"""

import re
from array import array
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from exporter import dom
from exporter.batch.jobs import Compare, Sketch
from exporter.clean.paging import bare
from exporter.clean.tree import words_in
from exporter.dom import Element, fingerprint, squash
from exporter.model import Article
from exporter.urls import host_of

EDGE: Final = "\ufdd0"  # kept by Unicode for programs' own use
EDGES: Final = dom.BLOCKS | {
    "figcaption", "li", "dt", "dd", "tr", "td", "th", "caption", "br",
}  # fmt: skip
# yes: "he said. She", "he said,” and", "ainsi : non"; no: "3.5", "3,5"
CLAUSE: Final = re.compile(r"(?<=[.!?…,;:،؛؟])[\"'’”»)\]]*\s+|(?<=[。！？，、；])")
STATED: Final = frozenset({"json-ld", "meta"})  # where a date is what the page's author wrote
UNSTATED: Final = frozenset({"file-name", "site"})  # where a title is none of the page's
DAY: Final = 10  # characters of a date that tell the day


def sketch(article: Article, job: Compare, index: int, name: str) -> Sketch:
    """Give the sketch of an article; `index` is its page's place in the capture."""
    about = article.metadata
    said: dict[int, tuple[int, bool]] = {}  # print -> words, whether it is the article's own
    for clause, own in clauses(article.body):
        if squash(clause):
            key = int.from_bytes(bytes.fromhex(fingerprint(clause)), "big", signed=True)
            said[key] = (words_in(clause), own or said.get(key, (0, False))[1])
    ordered = sorted(said, key=lambda key: not said[key][1])
    published = about.published or ""
    return Sketch(
        source=job.identity,
        capture=job.source.name,
        index=index,
        name=name,
        title=about.title,
        headline="" if about.provenance.get("title") in UNSTATED else bare(about.title),
        words=sum(words for words, _ in said.values()),
        prints=array("q", ordered).tobytes(),
        weights=array("i", (said[key][0] for key in ordered)).tobytes(),
        own=sum(own for _, own in said.values()),
        assets=frozenset(asset.key for asset in article.assets),
        address=_address(about.url),
        day=published[:DAY] if about.provenance.get("published") in STATED else "",
        dates=(about.updated or published, article.saved_at or ""),
        length=about.words,
    )


def clauses(body: str) -> Iterator[tuple[str, bool]]:
    """Give the clauses of a body, and whether each stands outside all quotations."""
    for block in dom.parse(body):
        for part in _text(block).split(EDGE):
            for clause in CLAUSE.split(part):
                yield clause, block.tag != "blockquote"


def _text(block: Element) -> str:
    """Give the text of a block with the edges of what it is made of."""
    parts = []
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if element.tag in EDGES:
            parts.append(EDGE)
        text = element.text if event == "start" else element.tail
        parts.append(text or "")
    return "".join(parts)


def _address(url: str | None) -> str:
    """Give an address as it is compared."""
    host = host_of(url)
    if host is None:
        return ""
    parts = urlsplit(url or "")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
