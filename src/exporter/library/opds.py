"""The catalogue for reading apps: an OPDS 1.2 acquisition feed, page by page (opds.xml).

RFC 4287 is the form of a feed; specs.opds.io, "OPDS Catalog 1.2", says what its links mean.
"""

import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from lxml import etree

from exporter import files
from exporter.dom import Element
from exporter.library.catalogue import OURS, Catalogue, Entry
from exporter.library.pages import count_of, drop_beyond, name_of, up_from
from exporter.model import EPOCH
from exporter.write.moments import moment
from exporter.write.parts import language
from exporter.write.words import ISO_DATE
from exporter.write.xhtml import legal

PAGE: Final = 500  # entries: e-readers read a page at a time, and slowly
NAME: Final = "opds.xml"
ATOM: Final = "http://www.w3.org/2005/Atom"
TERMS: Final = "http://purl.org/dc/terms/"
NAMESPACES: Final[Any] = {None: ATOM, "dc": TERMS}  # lxml's stubs know no default namespace
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
FEED: Final = "application/atom+xml;profile=opds-catalog;kind=acquisition"
RELATION: Final = "http://opds-spec.org"
TYPES: Final = {
    "epub": "application/epub+zip",
    "pdf": "application/pdf",
    "html": "text/html",
    "md": "text/markdown",
}


def write(catalogue: Catalogue, folder: Path, made: str | None = None) -> None:
    """Write the pages of a folder's feed; `made` is its date instead of the latest article's.

    Raises:
        OutputError: one can't be written.

    """
    entries = catalogue.newest_first()
    count = count_of(len(catalogue), PAGE)
    updated = _moment(made or catalogue.latest)
    for number in range(1, count + 1):
        place = name_of(NAME, number)
        with (
            files.replacing(folder / place) as partial,
            partial.open("wb") as stream,  # lxml itself is silent when a disk is full
            etree.xmlfile(stream, encoding="utf-8") as feed,
        ):
            feed.write_declaration()
            with feed.element(f"{{{ATOM}}}feed", nsmap=NAMESPACES):
                for element in _head(catalogue.identity, updated, number, count):
                    feed.write(element)
                for one in islice(entries, PAGE):
                    feed.write(_entry(one, up_from(number)))
    drop_beyond(folder, NAME, count)


def _head(identity: str, updated: str, number: int, count: int) -> Iterator[Element]:
    up = up_from(number)
    yield _text("id", identity)
    yield _text("title", "Library")
    yield _text("updated", updated)
    yield _within("author", _text("name", "exporter"))
    pages = {"self": number, "start": 1, "first": 1, "previous": number - 1, "next": number + 1}
    for relation, page in (pages | {"last": count}).items():
        if 1 <= page <= count:
            yield _link(relation, f"{up}{name_of(NAME, page)}", FEED)
    yield _link("alternate", f"{up}index.html", "text/html")


def _entry(one: Entry, up: str) -> Element:
    """Give the entry of an article, with links to its editions and its cover."""
    title = _text("title", one.title or one.name)
    if (tongue := language(one.language)) != "und":
        title.set(LANGUAGE, tongue)
    made = _within(
        "entry",
        _text("id", uuid.uuid5(OURS, one.name).urn),
        title,
        _text("updated", _moment(one.saved or one.published)),
        *(_within("author", _text("name", name)) for name in one.byline),
    )
    issued = ISO_DATE.match(one.published)
    terms = {
        "language": tongue if tongue != "und" else "",
        "issued": issued[0] if issued else "",
        "publisher": one.site,
        "source": one.url,
    }
    made.extend(_text(name, said, TERMS) for name, said in terms.items() if said)
    if one.subtitle:
        made.append(_text("summary", one.subtitle))
    if one.cover:
        cover = f"{up}{files.LIBRARY}/{quote(one.name)}.jpg"
        made.append(_link(f"{RELATION}/image", cover, "image/jpeg"))
        made.append(_link(f"{RELATION}/image/thumbnail", cover, "image/jpeg"))
    for form in one.formats:
        made.append(_link(f"{RELATION}/acquisition", f"{up}{quote(one.name)}.{form}", TYPES[form]))
    return made


def _text(name: str, said: str, namespace: str = ATOM) -> Element:
    element = _within(name, namespace=namespace)
    element.text = legal(said)
    return element


def _link(relation: str, place: str, kind: str) -> Element:
    link = _within("link")
    for name, value in (("rel", relation), ("href", place), ("type", kind)):
        link.set(name, value)
    return link


def _within(name: str, *children: Element, namespace: str = ATOM) -> Element:
    element = etree.Element(f"{{{namespace}}}{name}", nsmap=NAMESPACES)
    element.extend(children)
    return element


def _moment(date: str) -> str:
    """Give a date as RFC 3339 has it."""
    return moment(date or EPOCH).strftime("%Y-%m-%dT%H:%M:%SZ")
