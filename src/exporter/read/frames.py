"""Frames that hold the article: framesets of old sites, readers in an iframe, srcdoc.

A frame's text comes into the page where the frame stands, when the frame says more than all of
the page around it; a frame beside a long text (an advertisement, a form) is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import islice
from typing import Final
from urllib.parse import urljoin

import lxml.html
from lxml import etree

from exporter.dom import Element
from exporter.errors import LimitError
from exporter.model import Note, Page
from exporter.read.decode import decode
from exporter.read.inline import is_inline
from exporter.read.markup import parsed
from exporter.read.signatures import is_html

# yes: "<frame src=a.html>", "<iframe srcdoc='…'>"   no: "<frameset cols=1>", "<framework>"
MARK: Final = re.compile(r"<i?frame\s[^<>]{1,4000}", re.IGNORECASE)
SRCDOC: Final = re.compile(r"\ssrcdoc\s*=", re.IGNORECASE)  # yes: " srcdoc='<p>'"; no: "srcdoc"
# yes: "src='a.html'", "src=a.html"   no: "srcdoc=x", "data-src=x"
SRC: Final = re.compile(
    r"\ssrc\s*=\s*(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"'<>]{1,2000}))", re.IGNORECASE
)
MAX_DEPTH: Final = 3  # frames within frames
MAX_FRAMES: Final = 20  # looked into on one page
FEW: Final = 40  # words; a frame with fewer holds no article
UNSEEN: Final = frozenset({"script", "style", "noframes", "noscript", "title", "iframe"})
ADDRESSES: Final = ("src", "href", "data-src", "data-lazy-src", "poster", "background")
INLINE: Final = "srcdoc"


def with_frames(page: Page) -> Page:
    """Give the page with the frames in it that hold its text; the page itself when none does."""
    if not _is_worth_parsing(page):
        return page
    document = parsed(page.html, comments=True)
    if document is None:
        return page
    opened = _opened(document, page, 0)
    if not opened:
        return page
    html = lxml.html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")
    note = Note("text-in-frame", ", ".join(opened))
    return replace(page, html=html, notes=(*page.notes, note))


def _is_worth_parsing(page: Page) -> bool:
    """Tell whether the capture holds what is in some frame: most frames are advertisements."""
    for mark in islice(MARK.finditer(page.html), MAX_FRAMES):
        if SRCDOC.search(mark[0]):
            return True
        source = SRC.search(mark[0])
        if source and _held(page, unescape(source[1] or source[2] or source[3])):
            return True
    return False


def _opened(document: Element, page: Page, depth: int) -> list[str]:
    """Open the frames of a document that say more than it does; give their addresses."""
    frames = islice(list(_frames(document)), MAX_FRAMES)
    found = [
        (frame, address, inner)
        for frame, address in frames
        if (inner := _inner(frame, address, page, depth)) is not None
    ]
    told = [item for item in found if _words(item[2]) >= FEW]
    frameset = document.find(".//frameset")
    if frameset is None and sum(_words(inner) for *_, inner in told) <= _words(document):
        return []
    for frame, _, inner in told:
        _join_heads(document, inner, prefer_inner=frameset is not None)
        _replace(frame, inner)
    if frameset is not None and told:
        frameset.tag = "body"
        for rest in list(frameset.iter("frame", "noframes")):
            if (parent := rest.getparent()) is not None:
                parent.remove(rest)
    return [address for _, address, _ in told]


def _frames(document: Element) -> Iterator[tuple[Element, str]]:
    for frame in document.iter("frame", "iframe"):
        if frame.get(INLINE):
            yield frame, INLINE
        elif address := (frame.get("src") or frame.get("data-src") or "").strip():
            yield frame, address


def _inner(frame: Element, address: str, page: Page, depth: int) -> Element | None:
    """Give the document in a frame, its own frames opened; None when the capture lacks it."""
    if address == INLINE:
        html = frame.get(INLINE)
    else:
        data = _held(page, address)
        html = decode(data).text if data else ""
    if not html or not is_html(html):
        return None
    document = parsed(html, comments=True)
    if document is None:
        return None
    if address != INLINE and not is_inline(address):
        _rebase(document, address)
    if depth < MAX_DEPTH:
        _opened(document, page, depth + 1)
    return document


def _held(page: Page, address: str) -> bytes | None:
    """Give what the capture holds of a frame; nothing of one that is too large to be an article."""
    try:
        return page.resources.find(address)
    except LimitError:
        return None


def _rebase(document: Element, address: str) -> None:
    """Write a document's relative addresses as the page around it would write them."""
    base = document.find(".//base")
    start = _joined(address, base.get("href", "")) if base is not None else address
    for element in document.iter("a", "img", "source", "iframe", "frame", "image", "video"):
        for name in ADDRESSES:
            value = element.get(name)
            if value and not value.startswith(("#", "data:", "mailto:")):
                element.set(name, _joined(start, value))


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _join_heads(document: Element, inner: Element, *, prefer_inner: bool) -> None:
    """Let a document tell what its frame's does; the frame's title counts in a frameset."""
    head, told = document.find("head"), inner.find("head")
    if told is None:
        return
    if head is None:
        document.insert(0, told)
        return
    title, other = head.find("title"), told.find("title")
    if other is not None and (title is None or prefer_inner):
        if title is not None:
            head.remove(title)
        head.append(other)
    for element in told.findall("meta") + told.findall("link") + told.findall("script"):
        head.append(element)


def _replace(frame: Element, inner: Element) -> None:
    """Put a document's body in the place of its frame."""
    place, parent = inner.find("body"), frame.getparent()
    if place is None or parent is None:
        return
    place.tag = "div"
    place.tail = frame.tail
    parent.replace(frame, place)


def _words(document: Element) -> int:
    """Count the words that a document shows outside its frames."""
    count = 0
    for element in document.iter(etree.Element):
        if element.tag not in UNSEEN:
            count += len((element.text or "").split())
        count += len((element.tail or "").split())
    return count
