"""Builds an article's body anew, by allow-list, from the tree the cleaner worked on.

The tree is read once from left to right; a Builder turns what it says into the closed
vocabulary of `exporter.dom`. Nothing of the page passes but text, the elements below, links to
web addresses and languages. Text that the vocabulary can't carry comes back as removals.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from exporter import dom
from exporter.clean import addresses, formulas, tables
from exporter.clean.addresses import attribute
from exporter.clean.builder import Builder
from exporter.clean.marks import MARK, is_marked
from exporter.clean.polish import polish
from exporter.model import Removal

BLOCK: Final[dict[str, str]] = {
    "p": "p", "address": "p", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5",
    "h6": "h6", "blockquote": "blockquote", "figure": "figure", "figcaption": "figcaption",
    "ul": "ul", "menu": "ul", "dir": "ul", "ol": "ol", "li": "li", "dl": "dl", "dt": "dt",
    "dd": "dd", "pre": "pre", "listing": "pre", "xmp": "pre", "table": "table", "thead": "thead",
    "tbody": "tbody", "tfoot": "tfoot", "tr": "tr", "td": "td", "th": "th", "caption": "caption",
}  # fmt: skip
INLINE: Final[dict[str, str]] = {
    "em": "em", "i": "em", "dfn": "em", "strong": "strong", "b": "strong", "cite": "cite",
    "q": "q", "code": "code", "tt": "code", "kbd": "kbd", "samp": "samp", "var": "var",
    "abbr": "abbr", "acronym": "abbr", "sub": "sub", "sup": "sup", "small": "small",
    "mark": "mark", "ins": "ins", "del": "del", "s": "del", "strike": "del", "time": "time",
    "ruby": "ruby", "rt": "rt", "rp": "rp", "a": "a",
}  # fmt: skip
# elements that say nothing but still begin a new block
BREAKING: Final = frozenset({
    "head",  # of a page without a body: its text stands there
    "div", "section", "article", "main", "header", "footer", "nav", "aside", "center", "details",
    "summary", "fieldset", "legend", "form", "hgroup", "optgroup", "option", "body", "html",
    "colgroup", "col", "rtc", "noscript", "picture", "multicol", "template", "search",
})  # fmt: skip
SILENT: Final = frozenset({"script", "style", "link", "meta", "base", "param"})
# elements whose text is no prose; it goes to the ledger
UNREADABLE: Final = frozenset({
    "svg", "canvas", "object", "embed", "applet", "iframe", "frame", "audio", "video", "textarea",
    "select", "datalist", "noframes", "noembed", "map", "annotation", "annotation-xml", "title",
})  # fmt: skip
# yes: "fr", "pt-BR", "zh-Hant-TW"; no: "français", "fr_FR", "x"
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
ITALIC: Final = re.compile(r"font-style\s*:\s*italic")  # no: "font-style: normal"
BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")  # no: "font-weight: 400"


@dataclass(frozen=True, slots=True)
class Body:
    """A body in the closed vocabulary, its language, and what could not be carried into it."""

    xhtml: str
    language: str | None  # BCP 47; None when unsure
    ledger: tuple[Removal, ...]


def normalise(root: Tag, *, base: str | None = None) -> Body:
    """Give the body that stands in `root`; `base` is the address its links start from."""
    _spread_directions(root)
    walker = _Walker(base, _link_targets(root, base))
    walker.walk(root)
    built, language = polish(walker.builder.finish())
    dom.keep_values(built)
    return Body(dom.serialize(built), language, tuple(walker.ledger))


def _spread_directions(root: Tag) -> None:
    """Let the blocks of a container that does not pass say which way they are read."""
    telling = [tag for tag in (root, *root.find_all(BREAKING)) if attribute(tag, "dir")]
    for container in reversed(telling):  # inner ones first: theirs stands
        for block in container.find_all(BLOCK):
            above = block.find_parent(BLOCK)
            told = above is not None and attribute(above, "dir") == attribute(container, "dir")
            if not told and not attribute(block, "dir") and MARK not in block.attrs:
                block["dir"] = attribute(container, "dir")


def _link_targets(root: Tag, base: str | None) -> frozenset[str]:
    links = (addresses.link(base, attribute(anchor, "href")) for anchor in root.find_all("a"))
    return frozenset(found[1:] for found in links if found and found.startswith("#"))


class _Walker:
    """Reads a tree in document order, without recursion, and tells the builder what it meets."""

    def __init__(self, base: str | None, targets: frozenset[str]) -> None:
        self.base = base
        self.targets = targets
        self.builder = Builder()
        self.ledger: list[Removal] = []
        self._transparent: set[int] = set()  # parts of tables that only lay the page out

    def walk(self, root: Tag) -> None:
        stack: list[tuple[PageElement, bool]] = [
            (child, False) for child in reversed(root.contents)
        ]
        while stack:
            node, leaving = stack.pop()
            if isinstance(node, NavigableString):
                if not isinstance(node, PreformattedString):  # comments, doctypes, CDATA marks
                    self.builder.text(str(node))
            elif isinstance(node, Tag):
                if leaving:
                    self._leave(node)
                elif self._enter(node):
                    stack.append((node, True))
                    stack.extend((child, False) for child in reversed(node.contents))

    def _enter(self, node: Tag) -> bool:
        """Open what the element stands for; tell whether its children are to be read."""
        name = node.name.lower()
        if name in SILENT:
            return False
        if name in UNREADABLE:
            self._record(node)
            return False
        self._target(node)
        if name == "br":
            self.builder.line_break()
        elif name == "hr":
            self.builder.rule()
        elif name == "img":
            self._image(node)
        elif is_marked(node, formulas.KEPT):
            self._formula(node)
            return False
        else:
            self._open(node, name)
        return True

    def _open(self, node: Tag, name: str) -> None:
        if name == "table":
            if tables.is_layout(node):
                self._transparent.update(id(part) for part in tables.parts(node))
            else:
                tables.name_headers(node)
        if id(node) in self._transparent:
            self.builder.boundary()
        elif mark := attribute(node, MARK):
            target, _, kind = mark.partition(".")
            (self.builder.open_inline if target in {"span", "a"} else self.builder.open_block)(
                target, {**self._attributes(node, target), **({"class": kind} if kind else {})}
            )
        elif name in BLOCK:
            self.builder.open_block(BLOCK[name], self._attributes(node, BLOCK[name]))
        elif name in BREAKING:
            self.builder.boundary()
        else:
            for inline in self._inlines(node, name):
                self.builder.open_inline(*inline)

    def _leave(self, node: Tag) -> None:
        name = node.name.lower()
        if name in {"br", "hr", "img"}:
            return
        if id(node) in self._transparent:
            self.builder.boundary()
        elif mark := attribute(node, MARK):
            target = mark.partition(".")[0]
            if target in {"span", "a"}:
                self.builder.close_inline()
            else:
                self.builder.close_block(target)
        elif name in BLOCK:
            self.builder.close_block(BLOCK[name])
        elif name in BREAKING:
            self.builder.boundary()
        else:
            for _ in self._inlines(node, name):
                self.builder.close_inline()

    def _inlines(self, node: Tag, name: str) -> Iterator[tuple[str, dict[str, str]]]:
        target = INLINE.get(name)
        attributes = self._attributes(node, target or "span")
        if target == "a" and "href" not in attributes:
            target = None
        if target:
            yield target, attributes
        elif attributes:
            yield "span", attributes
        if name in {"span", "font", "p"}:
            style = attribute(node, "style").lower()
            if ITALIC.search(style):
                yield "em", {}
            if BOLD.search(style):
                yield "strong", {}

    def _attributes(self, node: Tag, target: str) -> dict[str, str]:
        found: dict[str, str] = {}
        language = attribute(node, "lang") or attribute(node, "xml:lang")
        if target in {"blockquote", "q", "span", "em", "cite"} and LANGUAGE.match(language):
            found["lang"] = language
        if attribute(node, "dir").lower() in {"ltr", "rtl"}:
            found["dir"] = attribute(node, "dir").lower()
        if target == "a" and (href := addresses.link(self.base, attribute(node, "href"))):
            found["href"] = href
        elif target == "time" and (moment := attribute(node, "datetime")):
            found["datetime"] = moment
        elif target == "abbr" and (title := attribute(node, "title")):
            found["title"] = title
        elif target in {"td", "th", "ol", "li"}:
            found.update(tables.attributes(node, target))
        return found

    def _target(self, node: Tag) -> None:
        for name in ("id", "name"):
            identifier = attribute(node, name)
            if identifier in self.targets and (name == "id" or node.name == "a"):
                self.builder.target(identifier)

    def _image(self, node: Tag) -> None:
        source = attribute(node, "src")
        if not dom.SRC.match(source):
            return
        sizes = {
            side: attribute(node, side)
            for side in ("width", "height")
            if attribute(node, side).isdecimal()
        }
        self.builder.image({"src": source, "alt": attribute(node, "alt"), **sizes})

    def _formula(self, node: Tag) -> None:
        formula = formulas.held(node)
        if formula is not None:
            self.builder.formula(formula)

    def _record(self, node: Tag) -> None:
        text = " ".join(node.get_text(" ").split())
        if text:
            self.ledger.append(Removal("unreadable", f"<{node.name}>", node.name, text))
