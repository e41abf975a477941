"""The XHTML documents of an EPUB: cover page, title page, chapters, colophon, contents."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from lxml import etree

from exporter import dom, mathml
from exporter.language import direction
from exporter.model import Article, Asset, Edition
from exporter.write import parts, xhtml
from exporter.write.epub import notes
from exporter.write.parts import NO_CROSSING, Crossing
from exporter.write.words import words
from exporter.write.xhtml import FOLD, fold

STYLE: Final = "style.css"
COVER_IMAGE: Final = "cover.jpg"
NAV: Final = "nav.xhtml"
CHAPTER: Final = "article-{}.xhtml"  # by the number of its article, from 1
OPS: Final = "http://www.idpf.org/2007/ops"
EPUB_TYPE: Final = f"{{{OPS}}}type"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
PAGE: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml" lang="{lang}" xml:lang="{lang}" dir="{dir}">\n'
    '<head><meta charset="utf-8"/><title>{title}</title>'
    '<link rel="stylesheet" type="text/css" href="{style}"/></head>\n{body}\n</html>\n'
)
# what a class says to a reading system: (element, class) -> epub:type, ARIA role
MEANINGS: Final = {
    ("a", "noteref"): ("noteref", "doc-noteref"),
    ("a", "backlink"): ("backlink", "doc-backlink"),
    ("aside", "note"): ("footnote", "doc-footnote"),
    ("aside", "pull-quote"): (None, "doc-pullquote"),
    ("nav", "contents"): ("toc", "doc-toc"),
}
# part of a book -> epub:type of its body, epub:type and ARIA role of its section
DIVISIONS: Final = {
    "cover": ("frontmatter", "cover", None),
    "title": ("frontmatter", "titlepage", None),
    "contents": ("frontmatter", None, None),
    "text": ("bodymatter", "chapter", "doc-chapter"),
    "sources": ("backmatter", "bibliography", "doc-bibliography"),
    "credits": ("backmatter", "other-credits", "doc-credits"),
    "colophon": ("backmatter", "colophon", "doc-colophon"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, with those below it."""

    title: str
    href: str
    below: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML document of the book, finished."""

    name: str  # ASCII file name inside the book
    part: str  # a key of DIVISIONS
    title: str
    markup: bytes
    entry: Entry | None = None  # its line in the contents
    formulas: bool = False  # whether it holds MathML, which the manifest must say

    @property
    def key(self) -> str:
        """Its id in the package."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a document, BCP 47, and its direction."""

    lang: str
    dir: str = "ltr"


def tongue(edition: Edition) -> Tongue:
    """Give the language of an edition and its direction."""
    spoken = parts.language(edition.language)
    return Tongue(spoken, direction(spoken))


def documents(
    edition: Edition, locate: Callable[[Asset], str], *, cover: bool
) -> Iterator[Document]:
    """Give the documents of the book in reading order, without its contents page."""
    title, spoken, say = parts.edition_title(edition), tongue(edition), words(edition.language)
    if cover:
        alt = say["named"].format(what=say["cover"], name=title)
        image = xhtml.tag("img", src=COVER_IMAGE, alt=alt, role="doc-cover")
        yield _document("cover", "cover.xhtml", title, (image, spoken))
    yield _document("title", "title.xhtml", title, (_fragment(parts.title_page(edition)), spoken))
    crossing, headed = parts.crossing(edition), edition.is_book
    for number, article in enumerate(edition.articles, 1):
        yield chapter(article, number, locate, crossing, headed=headed)
    behind = (*parts.behind(edition, parts.Way(CHAPTER.format)), parts.colophon(edition))
    for section in map(_fragment, behind):
        part, title = section.get("class", ""), dom.text_of(section[0])
        entry = Entry(title, f"{part}.xhtml")
        yield _document(part, entry.href, title, (section, Tongue(say.language)), entry)


def chapter(
    article: Article,
    number: int,
    locate: Callable[[Asset], str],
    crossing: Crossing = NO_CROSSING,
    *,
    headed: bool,
) -> Document:
    """Give the chapter of an article, under its title block if `headed`."""
    name, title = CHAPTER.format(number), parts.headline(article)
    root = parts.body_tree(article, locate)
    notes.popups(root)
    crossing.keep(root, number, CHAPTER.format)
    below = tuple(_headings(root, name))
    if headed:
        root.insert(0, _fragment(parts.title_block(article)))
    root.set("class", "article")
    spoken = Tongue(parts.language(article.metadata.language), article.metadata.dir)
    return _document("text", name, title, (root, spoken), Entry(fold(title), name, below))


def _headings(root: dom.Element, name: str) -> Iterator[Entry]:
    """Give the second-level headings as lines of the contents, with an id for each."""
    taken = {element.get("id") for element in root.iter()}
    for number, heading in enumerate(root.findall("h2"), 1):
        text = fold(dom.text_of(heading))
        if not text:
            continue
        identifier = heading.get("id") or _free(f"heading-{number}", taken)
        heading.set("id", identifier)
        yield Entry(text, f"{name}#{identifier}")


def _free(wanted: str, taken: set[str | None]) -> str:
    while wanted in taken:
        wanted += "x"
    return wanted


def lines(edition: Edition, found: Sequence[Document]) -> list[Entry]:
    """Give the lines of the contents: articles, those of a part below it, and what is behind."""
    entries = [document.entry for document in found if document.entry]
    whole: list[Entry] = []
    at = 0
    for part in edition.parts:
        inside = entries[at : at + part.articles]
        title = fold(part.title)
        whole += [Entry(title, inside[0].href, tuple(inside))] if title and inside else inside
        at += part.articles
    return whole + entries[at:]


def contents(
    edition: Edition, found: Sequence[Document], listed: Sequence[Entry], *, leafed: bool
) -> Document:
    """Give the navigation document: contents, landmarks; `leafed` if one leafs through it."""
    say = words(edition.language)
    title = say["contents"]
    toc = xhtml.tag("nav", xhtml.tag("h1", title), _list(listed), class_="contents", id="toc")
    marks = xhtml.tag("nav", xhtml.tag("h2", title), xhtml.tag("ol"), id="landmarks", hidden="")
    marks.set(EPUB_TYPE, "landmarks")
    names = {document.part: document.name for document in reversed(found)}
    rows = (
        ("cover", say["cover"], names.get("cover")),
        ("titlepage", say["title_page"], names.get("title")),
        ("toc", title, f"{NAV}#toc" if leafed else None),  # it must be in the spine
        ("bodymatter", say["text"], names.get("text")),
        ("backmatter", say["colophon"], names.get("colophon")),
    )
    for kind, label, href in rows:
        if href:
            link = xhtml.tag("a", label, href=href)
            link.set(EPUB_TYPE, kind)
            marks[-1].append(xhtml.tag("li", link))
    both = xhtml.tag("div", toc, marks)
    return _document("contents", NAV, title, (both, tongue(edition)))


def _list(entries: Sequence[Entry]) -> dom.Element:
    whole = xhtml.tag("ol")
    for entry in entries:
        line = xhtml.tag("li", xhtml.tag("a", entry.title, href=entry.href))
        if entry.below:
            line.append(_list(entry.below))
        whole.append(line)
    return whole


def _fragment(markup: str) -> dom.Element:
    return dom.parse(markup)[0]


def _document(
    part: str,
    name: str,
    title: str,
    inside: tuple[dom.Element, Tongue],
    entry: Entry | None = None,
) -> Document:
    content, spoken = inside
    matter, kind, role = DIVISIONS[part]
    body = etree.Element("body", nsmap={"epub": OPS})
    body.set(EPUB_TYPE, matter)
    section = content
    if section.tag in {"div", "section"}:
        section.tag = "section"
    else:
        section = xhtml.tag("section", content)
    if kind:
        section.set(EPUB_TYPE, kind)
    if role:
        section.set("role", role)
        section.set("aria-label", xhtml.legal(title))
    body.append(section)
    _dress(body)
    markup = PAGE.format(
        lang=escape(spoken.lang),
        dir="rtl" if spoken.dir == "rtl" else "ltr",
        title=escape(fold(title), quote=False),
        style=STYLE,
        body=xhtml.markup(body).translate(FOLD),
    )
    formulas = mathml.holds(body)
    return Document(name, part, fold(title), markup.encode(), entry, formulas)


def _dress(body: dom.Element) -> None:
    """Say languages in XML's way too, and what a reading system can use."""
    for element in body.iter():
        if spoken := element.get("lang"):
            element.set(XML_LANG, spoken)
        if element.tag == "aside":  # else a landmark, and two must differ by name (axe)
            element.set("role", "note")
        if element.tag == "a" and not element.get("href"):  # leads nowhere: it has no role
            continue
        for class_ in element.get("class", "").split():
            kind, role = MEANINGS.get((str(element.tag), class_), (None, None))
            if kind:
                element.set(EPUB_TYPE, kind)
            if role:
                element.set("role", role)
    _endnotes(body)


def _endnotes(body: dom.Element) -> None:
    """Say where the notes stand: once, since a second landmark would need a name (axe)."""
    for section in body.iter("section"):
        if "footnotes" in section.get("class", "").split():
            section.set(EPUB_TYPE, "endnotes")
            section.set("role", "doc-endnotes")
            return
