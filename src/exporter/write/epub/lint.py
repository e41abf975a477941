"""Our own check of a finished EPUB, without Java: what it finds is our bug.

It looks for what EPUBCheck and e-readers refuse and what a writer of ours could get wrong. A book
that passes is not proven valid; a book that fails is never written.
"""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from lxml import etree

from exporter import mathml
from exporter.dom import Element
from exporter.errors import InternalError

XML_MEMBER: Final = (".xhtml", ".opf", ".ncx", ".xml", ".svg")
XHTML: Final = "{http://www.w3.org/1999/xhtml}"
OPF: Final = "{http://www.idpf.org/2007/opf}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
NCX: Final = "{http://www.daisy.org/z3986/2005/ncx/}"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
# what loads something, and by which attribute; links of <a> only lead somewhere
LOADS: Final = {"img": "src", "link": "href", "image": XLINK_HREF, "use": XLINK_HREF}
# yes: "http:", "data:"; no: "a/b:c"
SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
LINK: Final = re.compile(r"(?:https?|mailto):", re.IGNORECASE)  # yes: "https://a.b"; no: "ftp:"
CSS_COMMENT: Final = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")  # yes: "/* a */"; no: "/ a"
CSS_LOAD: Final = re.compile(r"url\(|@import")  # yes: "url(a.png)"; no: "curl: 1"
# yes: "--ink: red", "var(--ink)"; no: "a--b { }"
CSS_VARIABLE: Final = re.compile(r"var\(\s*--|[{;\s]--[\w-]+\s*:")
FINE: Final = re.compile("[\u202f\u2009]")  # shown as boxes by several e-readers


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and in which member."""

    member: str
    what: str

    def __str__(self) -> str:
        return f"{self.member}: {self.what}"


def check(data: bytes) -> None:
    """Check a finished EPUB.

    Raises:
        InternalError: naming the first things found.

    """
    found = list(findings(data))
    if found:
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""  # noqa: PLR2004  (enough)
        what = "; ".join(map(str, found[:3])) + more
        raise InternalError(f"the EPUB fails our own check: {what}", remedy="please report it")


def findings(data: bytes) -> Iterator[Finding]:
    """Give everything wrong with an EPUB."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        members = {info.filename: book.read(info) for info in book.infolist()}
        yield from _container(book)
    trees: dict[str, Element] = {}
    for name, content in members.items():
        if name.endswith(XML_MEMBER):
            try:
                trees[name] = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
            except etree.XMLSyntaxError as error:
                yield Finding(name, f"not well-formed: {error}")
        elif name.endswith(".css"):
            yield from (Finding(name, what) for what in style(content.decode("utf-8", "replace")))
    for name, tree in trees.items():
        yield from _tree(name, tree)
    pages = {name: tree for name, tree in trees.items() if name.endswith(".xhtml")}
    anchors = {name: _ids(tree) for name, tree in pages.items()}
    for name, tree in pages.items():
        yield from _document(name, tree)
        yield from _loads(name, tree, members)
        yield from _links(name, tree, anchors)
    yield from _package(trees, members)


def style(css: str) -> Iterator[str]:
    """Give what an e-reader would not take in a style sheet."""
    bare = CSS_COMMENT.sub(" ", css)
    if CSS_LOAD.search(bare):
        yield "the style sheet loads a file (url or @import)"
    if CSS_VARIABLE.search(bare):
        yield "the style sheet uses variables, which Kindle refuses"


def _container(book: zipfile.ZipFile) -> Iterator[Finding]:
    infos = book.infolist()
    first = infos[0] if infos else None
    if first is None or first.filename != "mimetype" or first.compress_type:
        yield Finding("mimetype", "not the first member, stored")
    elif book.read(first) != b"application/epub+zip":
        yield Finding("mimetype", "does not say application/epub+zip")
    for name, count in Counter(info.filename for info in infos).items():
        if not name.isascii():
            yield Finding(name, "the name is not ASCII")
        if count > 1:
            yield Finding(name, "stands twice")


def _tree(name: str, tree: Element) -> Iterator[Finding]:
    """Check what holds for every XML member: ids, comments, characters."""
    seen: set[str] = set()
    for node in tree.getroottree().iter():
        if isinstance(node, etree._Comment) and "--" in (node.text or ""):  # noqa: SLF001  (no public name)
            yield Finding(name, "-- in a comment")
        if not isinstance(node.tag, str):
            continue
        identifier = node.get("id")
        if identifier is not None and identifier in seen:
            yield Finding(name, f"id {identifier!r} stands twice")
        seen.add(identifier or "")
        texts = (node.text or "", node.tail or "", *map(str, node.attrib.values()))
        if any(FINE.search(text) for text in texts if not text.isascii()):
            yield Finding(name, "a fine space")


def _document(name: str, tree: Element) -> Iterator[Finding]:
    """Check what holds for XHTML documents: language, title, alternative texts."""
    if not tree.get("lang") or not tree.get(XML_LANG):
        yield Finding(name, "no language")
    for element in tree.iter(f"{XHTML}*"):
        if element.get("lang") != element.get(XML_LANG):
            yield Finding(name, "lang and xml:lang differ")
    if not (tree.findtext(f"{XHTML}head/{XHTML}title") or "").strip():
        yield Finding(name, "no title")
    for image in tree.iter(f"{XHTML}img"):
        if image.get("alt") is None:
            yield Finding(name, f"no alt on {image.get('src')}")


def _loads(name: str, tree: Element, members: Mapping[str, bytes]) -> Iterator[Finding]:
    """Check that what a document loads is in the book."""
    for element in tree.iter("{*}img", "{*}link", "{*}image", "{*}use"):
        source = element.get(LOADS[etree.QName(element).localname])
        if source is None:
            continue
        if SCHEME.match(source):
            yield Finding(name, f"loads {source}")
        elif _target(name, source)[0] not in members:
            yield Finding(name, f"{source} is not in the book")


def _links(name: str, tree: Element, anchors: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Check that links inside the book lead somewhere."""
    for element in tree.iter(f"{XHTML}a"):
        href = element.get("href")
        if href is None or LINK.match(href):
            continue
        target, anchor = _target(name, href)
        if SCHEME.match(href) or target not in anchors:
            yield Finding(name, f"a link leads to {href}")
        elif anchor and anchor not in anchors[target]:
            yield Finding(name, f"a link leads to {href}, which is nowhere")


def _ids(tree: Element) -> frozenset[str]:
    return frozenset(element.get("id", "") for element in tree.iter())


def _target(name: str, reference: str) -> tuple[str, str]:
    path, _, anchor = reference.partition("#")
    if not path:
        return name, anchor
    folder = posixpath.dirname(name)
    return posixpath.normpath(posixpath.join(folder, unquote(path))), anchor


def _package(trees: Mapping[str, Element], members: Mapping[str, bytes]) -> Iterator[Finding]:
    opf = next((name for name in trees if name.endswith(".opf")), None)
    if opf is None:
        yield Finding("content.opf", "no package document")
        return
    package = trees[opf]
    if not package.get(XML_LANG):
        yield Finding(opf, "no language of the metadata")
    for term in ("title", "language", "identifier"):
        if not any((element.text or "").strip() for element in package.iter(DC + term)):
            yield Finding(opf, f"no dc:{term}")
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    listed = {_target(opf, item.get("href", ""))[0]: item for item in items.values()}
    outside = {"mimetype", "META-INF/container.xml", opf}
    for name in sorted(set(listed) ^ (set(members) - outside)):
        yield Finding(opf, f"{name} is in the manifest or in the book, not in both")
    for reference in package.iter(f"{OPF}itemref"):
        if reference.get("idref") not in items:
            yield Finding(opf, f"the spine names {reference.get('idref')}, which is no item")
    yield from _formulas(opf, listed, trees)
    nav = [name for name, item in listed.items() if item.get("properties") == "nav"]
    ncx = [name for name in listed if name.endswith(".ncx")]
    if len(nav) != 1 or len(ncx) != 1 or not {*nav, *ncx} <= set(trees):
        yield Finding(opf, "not one nav and one ncx")
    elif _nav_lines(nav[0], trees[nav[0]]) != _ncx_lines(ncx[0], trees[ncx[0]]):
        yield Finding(nav[0], "nav and ncx differ")


def _formulas(
    opf: str, listed: Mapping[str, Element], trees: Mapping[str, Element]
) -> Iterator[Finding]:
    """Check that the manifest names the documents with MathML (EPUB 3.3 §5.6.2.1)."""
    for name, item in listed.items():
        told = "mathml" in item.get("properties", "").split()
        if told != (name in trees and mathml.holds(trees[name])):
            yield Finding(opf, f"{name} holds formulas, or is said to, not both")


Line = tuple[str, str, str]  # label, member, anchor


def _nav_lines(name: str, tree: Element) -> list[Line]:
    toc = tree.find(f".//{XHTML}nav[@id='toc']")
    links = [] if toc is None else list(toc.iter(f"{XHTML}a"))
    return [(_label(link), *_target(name, link.get("href", ""))) for link in links]


def _ncx_lines(name: str, tree: Element) -> list[Line]:
    lines = []
    for point in tree.iter(f"{NCX}navPoint"):
        text, content = point.find(f"{NCX}navLabel/{NCX}text"), point.find(f"{NCX}content")
        source = "" if content is None else content.get("src", "")
        lines.append(("" if text is None else _label(text), *_target(name, source)))
    return lines


def _label(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
