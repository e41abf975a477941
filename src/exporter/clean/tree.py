"""The cleaner's working tree: parsing a page, and what the stages ask of an element."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import lxml.html
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from lxml import etree

from exporter.amounts import ENDLESS
from exporter.clean.addresses import attribute
from exporter.clean.bounds import UNBOUND, Bounds
from exporter.clean.growing import TooDeepError, grow
from exporter.dom import Element
from exporter.htmlsource import agreed, is_cut

__all__ = ["TooDeepError"]
# scripts that carry something a reader would miss: metadata and formulas
KEPT_SCRIPTS: Final = (
    "application/ld+json", "math/tex", "math/tex; mode=display", "math/mml",
)  # fmt: skip
KEPT_LINKS: Final = {"canonical", "next", "prev"}
# what may not stand in a drawing, and what holds HTML in one (libxml2 writes names small)
OUTSIDE: Final = (
    "blockquote", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "li", "ol", "p", "pre", "table", "ul",
)  # fmt: skip
WITH_HTML: Final = ("foreignobject", "desc", "title")
SHADOW: Final = ("shadowrootmode", "shadowmode", "shadowroot")
BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "noscript",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "video",
        "audio",
        "iframe",
        "button",
        "caption",
        "legend",
        "listing",
        "xmp",
        "object",
    ]
)
PLAIN: Final = re.compile(r"[A-Za-z][\w-]*\Z")  # a name for CSS; yes: "main"; no: "1", "a:b"
FAR: Final = 500  # siblings
CELLS: Final = frozenset({"td", "th"})
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# where a word may break: the editions hyphenate by language, and a copied text must not have it
SOFT_HYPHEN: Final = re.compile("\u00ad|&(?:shy|#173|#x0{0,4}ad);", re.IGNORECASE)
# scripts written without spaces: two characters count as a word. yes: "漢", "カ"; no: "é"
UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def parse(html: str, depth: int = ENDLESS, bounds: Bounds = UNBOUND) -> BeautifulSoup:
    """Give the page as a tree without scripts, styles and comments.

    lxml parses and prunes; BeautifulSoup's parse would cost twenty times as much. What is beyond
    `bounds` is cut.

    Raises:
        TooDeepError: more than `depth` elements stand in each other.

    """
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    source = SOFT_HYPHEN.sub("", agreed(html)).encode("utf-8", "replace")
    try:
        document = lxml.html.document_fromstring(source, parser=parser)
    except (etree.ParserError, ValueError):
        return grow(lxml.html.document_fromstring("<html><body></body></html>"))
    if depth < ENDLESS and is_cut(parser.error_log):
        raise TooDeepError
    _prune(document)
    bounds.spans(document)
    return grow(document, depth, bounds)


def _prune(document: lxml.html.HtmlElement) -> None:
    for drawing in list(document.iter("svg")):
        _break_out(drawing)
    doomed = []
    for element in document.iter("script", "style", "template", "link", "input", "svg"):
        if element.tag == "template" and any(name in element.attrib for name in SHADOW):
            element.tag = "div"  # declarative shadow root: the browser shows what is inside
        elif (
            (element.tag == "script" and element.get("type", "").lower() in KEPT_SCRIPTS)
            or (element.tag == "link" and KEPT_LINKS & {*element.get("rel", "").lower().split()})
            or (element.tag == "link" and element.get("itemprop"))
        ):
            continue
        elif element.tag == "svg" and element.text_content().strip():
            continue  # a drawing with words: the ledger will have them
        else:
            doomed.append(element)
    for element in doomed:
        _drop(element)


def _break_out(drawing: Element) -> None:
    """End a drawing where a page's text begins, as browsers do (HTML §13.2.6.5)."""
    first = next(filter(_is_text, drawing.iter(*OUTSIDE)), None)
    if first is None:
        return
    moved, step = [first], first
    while step is not drawing:
        moved += step.itersiblings()
        above = step.getparent()
        assert above is not None  # noqa: S101  (it stands in the drawing)
        step = above
    tail, drawing.tail = drawing.tail, None
    for element in reversed(moved):
        drawing.addnext(element)
    moved[-1].tail = (moved[-1].tail or "") + (tail or "") or None


def _is_text(element: Element) -> bool:
    """Tell whether an element stands nowhere in a drawing where HTML may."""
    return next(element.iterancestors("svg", *WITH_HTML)).tag == "svg"


def _drop(element: Element) -> None:
    """Take an element out and leave the text after it."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        before = parent.text if previous is None else previous.tail
        text = (before or "") + element.tail
        if previous is None:
            parent.text = text
        else:
            previous.tail = text
    parent.remove(element)


def body_of(soup: BeautifulSoup) -> Tag:
    """Give the page's body; the whole tree when it has none."""
    return soup.body if soup.body is not None else soup


def words_in(text: str) -> int:
    """Count the words of a text; scripts without spaces count two characters a word."""
    count = len(text.split())
    if count and not text.isascii():
        count += len(UNSPACED.findall(text)) // 2
    return count


def text_of(element: Tag) -> str:
    """Give an element's text with white space collapsed."""
    return " ".join(element.get_text(" ").split())


def spoken(element: Tag) -> str:
    """Give an element's text as it is read: without a space where an inline element ends."""
    return " ".join(element.get_text("").split())


def hints(element: Tag) -> str:
    """Give what the markup calls an element: class, id and role, lower-case."""
    attrs = element.attrs
    if not attrs:
        return ""
    names = [attribute(element, name) for name in ("class", "id", "role") if name in attrs]
    return " ".join(names).lower()


class Places:
    """Where elements stand among their like, counted once for all children of a parent."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def of(self, tag: Tag) -> int:
        """Give the place of an element among its siblings of the same name, from 1."""
        if tag.parent is None:
            return 1
        if id(tag) not in self._known:
            seen: dict[str, int] = {}
            for sibling in tag.parent.contents:
                if isinstance(sibling, Tag):
                    seen[sibling.name] = self._known[id(sibling)] = seen.get(sibling.name, 0) + 1
        return self._known[id(tag)]


def path_of(element: PageElement, places: Places | None = None) -> str:
    """Give a CSS path by which a person finds an element again, at most four steps.

    `places` may be kept from one call to the next while the tree stays as it is.
    """
    steps: list[str] = []
    tag: PageElement | None = element
    while isinstance(tag, Tag) and tag.name not in {"html", "body", "[document]"}:
        name, identifier = tag.name, attribute(tag, "id")
        if PLAIN.match(identifier):
            steps.append(f"{name}#{identifier}")
            break
        steps.append(name + _place(tag, places))
        if len(steps) == 4:  # noqa: PLR2004  (as the docstring says)
            break
        tag = tag.parent
    return " > ".join(reversed(steps)) or getattr(element, "name", None) or "text"


def _place(tag: Tag, places: Places | None) -> str:
    first = (attribute(tag, "class").split() or [""])[0]
    if PLAIN.match(first):
        return f".{first}"
    if places is not None:
        place = places.of(tag)
    else:
        before = list(islice(tag.previous_siblings, FAR))
        if len(before) == FAR:
            return ""  # nobody counts so far, and to count for each of thousands costs too much
        place = 1 + sum(isinstance(s, Tag) and s.name == tag.name for s in before)
    return f":nth-of-type({place})" if place > 1 else ""


def within(element: Tag, names: frozenset[str], root: Tag) -> bool:
    """Tell whether an element is, or stands in, one of `names` below `root`."""
    tag: Tag | None = element
    while tag is not None and tag is not root:
        if tag.name in names:
            return True
        tag = tag.parent
    return False


def strings(root: Tag) -> Iterator[NavigableString]:
    """Give the text nodes below `root` that a reader could see, in order."""
    for node in root.descendants:
        if type(node) is NavigableString and not node.isspace():
            yield node
