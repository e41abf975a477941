"""The package document against the book: metadata, manifest, spine, contents."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from exporter.dom import Element
from exporter.write.epub.lint.container import Opened
from exporter.write.epub.lint.documents import XHTML, XML_LANG, Scan
from exporter.write.epub.lint.finding import Finding, target

OPF: Final = "{http://www.idpf.org/2007/opf}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
NCX: Final = "{http://www.daisy.org/z3986/2005/ncx/}"
CONTAINER: Final = "META-INF/container.xml"
ROOTFILE: Final = ".//{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
NEEDED: Final = ("title", "language", "identifier")
# EPUB Accessibility 1.1 §2.2: what every package says, and what it should
ACCESS: Final = (
    "accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard",
    "accessibilitySummary",
)  # fmt: skip
TYPES: Final = {
    "xhtml": "application/xhtml+xml",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "css": "text/css",
    "ncx": "application/x-dtbncx+xml",
}
# a moment in UTC; yes: "2024-05-01T10:00:00Z"; no: "2024-05-01"
MODIFIED: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")

Items = Mapping[str, Element]  # member -> its <item>


def findings(book: Opened, scans: Mapping[str, Scan]) -> Iterator[Finding]:
    """Give what the package document says wrongly of the book."""
    opf = _found(book)
    if opf is None:
        yield Finding("content.opf", "no package document")
        return
    package = book.trees[opf]
    for what in _metadata(package, scans[opf]):
        yield Finding(opf, what)
    every = list(package.iter(f"{OPF}item"))
    items = {target(opf, item.get("href", ""))[0]: item for item in every}
    if len(items) != len(every):
        yield Finding(opf, "an item of the manifest stands twice")
    for name in sorted(set(items) ^ (book.members - {"mimetype", CONTAINER, opf})):
        yield Finding(opf, f"{name} is in the manifest or in the book, not in both")
    for name, item in items.items():
        for what in _item(name, item, scans.get(name)):
            yield Finding(opf, f"{name} {what}")
    for what in _spine(package, items):
        yield Finding(opf, what)
    yield from _contents(opf, package, items, book.trees)


def _found(book: Opened) -> str | None:
    container = book.trees.get(CONTAINER)
    rootfile = None if container is None else container.find(ROOTFILE)
    name = None if rootfile is None else rootfile.get("full-path")
    return name if name in book.trees else None


def _metadata(package: Element, scan: Scan) -> Iterator[str]:
    if not package.get(XML_LANG):
        yield "no language of the metadata"
    for term in NEEDED:
        if not any((element.text or "").strip() for element in package.iter(DC + term)):
            yield f"no dc:{term}"
    unique = package.get("unique-identifier")
    if all(element.get("id") != unique for element in package.iter(f"{DC}identifier")):
        yield "the unique identifier is none of its identifiers"
    metas = list(package.iter(f"{OPF}meta"))
    said = {meta.get("property", ""): meta.text or "" for meta in metas}
    if not MODIFIED.match(said.get("dcterms:modified", "")):
        yield "no date of the last change"
    for name in ACCESS:
        if not said.get(f"schema:{name}"):
            yield f"no schema:{name}"
    for meta in metas:
        refined = meta.get("refines", "#").removeprefix("#")
        if refined and refined not in scan.ids:
            yield f"{meta.get('property')} is said of {refined}, which is nothing"


def _item(name: str, item: Element, scan: Scan | None) -> Iterator[str]:
    """Check an item's type, and that its properties name what is in it (EPUB 3.3 §5.6.2.1)."""
    if item.get("media-type") != TYPES.get(name.rpartition(".")[2]):
        yield f"is said to be {item.get('media-type')}"
    told = item.get("properties", "").split()
    if ("mathml" in told) != (scan is not None and scan.formulas):
        yield "holds formulas, or is said to, not both"
    if ("svg" in told) != (scan is not None and scan.drawings):
        yield "holds drawings, or is said to, not both"
    if "cover-image" in told and not item.get("media-type", "").startswith("image/"):
        yield "is no image, so no cover"


def _spine(package: Element, items: Items) -> Iterator[str]:
    documents = {
        item.get("id"): "nav" in item.get("properties", "").split()
        for item in items.values()
        if item.get("media-type") == TYPES["xhtml"]
    }
    spine = [ref.get("idref") for ref in package.iter(f"{OPF}itemref")]
    for identifier in spine:
        if identifier not in documents:
            yield f"the spine names {identifier}, which is no document"
    if len(set(spine)) != len(spine) or not spine:
        yield "the spine is empty, or names a document twice"
    for identifier, is_nav in documents.items():
        if identifier not in spine and not is_nav:
            yield f"{identifier} is not in the spine, so nobody finds it"


def _contents(
    opf: str, package: Element, items: Items, trees: Mapping[str, Element]
) -> Iterator[Finding]:
    """Check that old readers and new ones see the same contents."""
    nav = [name for name, item in items.items() if item.get("properties") == "nav"]
    ncx = [name for name in items if name.endswith(".ncx")]
    if len(nav) != 1 or len(ncx) != 1 or not set(ncx) <= set(trees):
        yield Finding(opf, "not one nav and one ncx")
        return
    lines = _nav_lines(nav[0], trees.get(nav[0]))
    if not lines or lines != _ncx_lines(ncx[0], trees[ncx[0]]):
        yield Finding(nav[0], "nav and ncx differ, or are empty")
    names = {(element.text or "").strip() for element in package.iter(f"{DC}identifier")}
    uid = trees[ncx[0]].find(f"{NCX}head/{NCX}meta[@name='dtb:uid']")
    if uid is None or uid.get("content") not in names:
        yield Finding(ncx[0], "names another book")


Line = tuple[str, str, str]  # label, member, anchor


def _nav_lines(name: str, tree: Element | None) -> list[Line]:
    toc = None if tree is None else tree.find(f".//{XHTML}nav[@id='toc']")
    links = [] if toc is None else list(toc.iter(f"{XHTML}a"))
    return [(_label(link), *target(name, link.get("href", ""))) for link in links]


def _ncx_lines(name: str, tree: Element) -> list[Line]:
    lines = []
    for point in tree.iter(f"{NCX}navPoint"):
        text, content = point.find(f"{NCX}navLabel/{NCX}text"), point.find(f"{NCX}content")
        source = "" if content is None else content.get("src", "")
        lines.append(("" if text is None else _label(text), *target(name, source)))
    return lines


def _label(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
