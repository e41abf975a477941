"""An HTML file, alone or with the folder saved beside it -> its page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import PurePath
from typing import Final
from urllib.parse import unquote

from exporter.model import Capture, Page
from exporter.read.companions import stem_of_folder
from exporter.read.decode import Decoded, decode
from exporter.read.held import HeldResources, shortened
from exporter.read.mirrors import place_of
from exporter.read.provenance import MIRRORING, OPENING, provenance
from exporter.read.resources import FolderResources, OnlyInline
from exporter.read.singlefile import with_pictures
from exporter.read.source import Source
from exporter.read.streamed import LARGE, opened
from exporter.read.trees import Disk, Tree

# yes: <base href="https://example.org/a/">   no: <basefont href="x">
BASE: Final = re.compile(
    r"<base\b[^<>]{0,400}?\bhref\s*=\s*(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})'|([^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)
ANY_BASE: Final = re.compile(r"<base", re.IGNORECASE)  # yes: "<BASE"; no: "< base", "base"
# The folder that a page's links name; the user may have renamed the page since.
# yes: src="./My%20page_files/a.jpg"   no: src="https://example.org/a.jpg", src="a.jpg"
FOLDER: Final = re.compile(r"=(?=\s*[\"']?(?:\./)?([^\"'/\\<>?#:]{1,255})[/\\])")
LINKED: Final = re.compile(r"\b(?:src|href)\s*\Z", re.IGNORECASE)  # yes: "HREF "; no: "mysrc"
SHORT: Final = 40  # characters in which an attribute's name stands
HEAD: Final = 2**16  # characters in which a <base> may stand


def read(source: Source) -> Iterator[Page]:
    """Give the one page of an HTML file.

    Raises:
        CaptureError: the file can't be read.

    """
    data = source.load()
    capture = source.capture("html", data)
    short, places = shortened(data)
    large = short is data and len(data) >= LARGE
    del data  # a page's text and its bytes need not be in memory together
    if large:
        del short
        decoded = opened(source, "html", "capture-size").decoded()
    else:
        decoded = decode(short)
    page = page_of(source, decoded, capture)
    if places:
        held = HeldResources(page.resources, source.store(), places, source.limits)
        page = replace(page, resources=held)
    yield page


def page_of(source: Source, decoded: Decoded, capture: Capture) -> Page:
    """Give the page of decoded HTML, with what its saving program noted and left beside it."""
    said = provenance(decoded.text)
    page = Page(
        html=with_pictures(decoded.text),
        url=source.url or said.url,
        saved_at=said.saved_at,
        capture=replace(capture, tool=said.tool),
        resources=OnlyInline(source.limits),
        notes=decoded.notes,
        chosen=MIRRORING not in decoded.text[:OPENING],
    )
    if source.beside is not None:
        found = in_folder(page, *source.beside)
    elif source.path is None:
        return page
    else:
        tree = Disk((source.root or source.path.parent,), source.limits, source.asked)
        found = in_folder(page, source.path, tree, source.root)
    return found if source.root else replace(found, chosen=True)  # it was named by itself


def in_folder(page: Page, path: PurePath, tree: Tree, root: PurePath | None) -> Page:
    """Give a page with what was saved beside it, and what its place in a mirror tells."""
    place = place_of(path, root, page.html)
    if place is not None:
        tree, root = tree.with_sites(place.folder), root or place.folder.parent
    beside = FolderResources(path, tree, root, base_href(page.html), _folder_named(page.html))
    held = page.resources
    return replace(
        page,
        url=page.url or (place.address(page.html) if place else None),
        resources=replace(held, others=beside) if isinstance(held, HeldResources) else beside,
        chosen=page.chosen and place is None,
    )


def base_href(html: str) -> str | None:
    """Give the address that a page's relative URLs start from, when it states one."""
    head = html[:HEAD]
    found = BASE.search(_without_comments(head)) if ANY_BASE.search(head) else None
    return unescape(found[1] or found[2] or found[3]).strip() if found else None


def _folder_named(html: str) -> str | None:
    """Give the first folder in a page's links that is named as browsers name theirs."""
    seen = set[str]()
    for found in FOLDER.finditer(html):
        if found[1] not in seen and LINKED.search(
            html, max(0, found.start() - SHORT), found.start()
        ):
            seen.add(found[1])
            name = unquote(unescape(found[1]))
            if stem_of_folder(name):
                return name
    return None


def _without_comments(html: str) -> str:
    """Give the markup outside comments, in linear time whatever the page opens and never closes."""
    kept: list[str] = []
    end = 0
    while (start := html.find("<!--", end)) >= 0:
        kept.append(html[end:start])
        close = html.find("-->", start)
        if close < 0:
            return "".join(kept)
        end = close + 3
    return "".join((*kept, html[end:]))
