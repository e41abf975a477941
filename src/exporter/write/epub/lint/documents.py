"""XML members: one walk over each gathers what is wrong in it and what it refers to."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from exporter import mathml
from exporter.dom import Element
from exporter.write.epub.lint.finding import Finding, target

XHTML: Final = "{http://www.w3.org/1999/xhtml}"
SVG: Final = "{http://www.w3.org/2000/svg}"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
# what loads something, and by which attribute; links of <a> only lead somewhere
LOADS: Final = {
    f"{XHTML}img": "src", f"{XHTML}link": "href",
    f"{SVG}image": XLINK_HREF, f"{SVG}use": XLINK_HREF,
}  # fmt: skip
# what acts, or loads what no book of ours carries
ACTS: Final = frozenset(
    f"{space}{name}"
    for space, names in (
        (XHTML, "script iframe object embed form input button audio video source base style"),
        (SVG, "script foreignObject animate set style"),
    )
    for name in names.split()
)
# yes: "http:", "data:", "//a"; no: "a/b:c"
SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
LINK: Final = re.compile(r"(?:https?|mailto):", re.IGNORECASE)  # yes: "https://a.b"; no: "ftp:"


@dataclass(slots=True)
class Scan:
    """What one walk over a member found; `scan` alone changes it."""

    name: str
    ids: set[str] = field(default_factory=set)
    loads: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    wrong: list[Finding] = field(default_factory=list)
    formulas: bool = False
    drawings: bool = False  # SVG inside XHTML

    @property
    def is_page(self) -> bool:
        """Whether it is a document that one reads."""
        return self.name.endswith(".xhtml")

    def say(self, what: str) -> None:
        """Add a finding."""
        self.wrong.append(Finding(self.name, what))


def scan(name: str, tree: Element) -> Scan:
    """Walk over a member once; give what it refers to and what is wrong in it."""
    found = Scan(name)
    for node in tree.iter():
        tag = node.tag
        if not isinstance(tag, str):
            continue
        if (identifier := node.get("id")) is not None:
            if identifier in found.ids:
                found.say(f"id {identifier!r} stands twice")
            found.ids.add(identifier)
        if tag in ACTS:
            found.say(f"<{tag.rpartition('}')[2]}> acts")
        if (how := LOADS.get(tag)) is not None and (source := node.get(how)) is not None:
            found.loads.append(source)
        if found.is_page:
            _element(found, node, tag)
    if found.is_page:
        _document(found, tree)
    return found


def _element(found: Scan, node: Element, tag: str) -> None:
    """Look at an element of an XHTML document."""
    if node.get("lang") != node.get(XML_LANG):
        found.say("lang and xml:lang differ")
    if tag == f"{XHTML}a" and (href := node.get("href")) is not None:
        found.links.append(href)
    elif tag == f"{XHTML}img" and node.get("alt") is None:
        found.say(f"no alt on {node.get('src')}")
    elif tag == f"{SVG}svg":
        found.drawings = True
    elif tag == mathml.MATH:
        found.formulas = True
    if any(key.startswith("on") for key in map(str, node.attrib)):
        found.say(f"<{tag.rpartition('}')[2]}> acts")


def _document(found: Scan, tree: Element) -> None:
    """Look at an XHTML document as a whole."""
    if tree.tag != f"{XHTML}html":
        found.say("is no XHTML document")
    if not tree.get("lang") or not tree.get(XML_LANG):
        found.say("no language")
    if not (tree.findtext(f"{XHTML}head/{XHTML}title") or "").strip():
        found.say("no title")


def references(scans: Mapping[str, Scan], members: Container[str]) -> Iterator[Finding]:
    """Check that what documents load is in the book, and that links inside it lead somewhere."""
    for name, found in scans.items():
        for source in found.loads:
            if SCHEME.match(source):
                yield Finding(name, f"loads {source}")
            elif target(name, source)[0] not in members:
                yield Finding(name, f"{source} is not in the book")
        for href in found.links:
            if not LINK.match(href):
                yield from _link(name, href, scans)


def _link(name: str, href: str, scans: Mapping[str, Scan]) -> Iterator[Finding]:
    member, anchor = target(name, href)
    if SCHEME.match(href) or member not in scans or not scans[member].is_page:
        yield Finding(name, f"a link leads to {href}")
    elif anchor and anchor not in scans[member].ids:
        yield Finding(name, f"a link leads to {href}, which is nowhere")
