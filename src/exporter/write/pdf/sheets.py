"""The heads and feet of a book's pages, printed by the engine on pages that hold nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from exporter.dom import Element
from exporter.themes import Theme
from exporter.write.pdf import margins
from exporter.write.pdf.engine import engine
from exporter.write.pdf.leaves import Leaf
from exporter.write.xhtml import markup, tag

AT_ONCE: Final = 200  # pages printed together: an even number, so that each lot begins on the right
OPENING: Final = "headline"  # the string that an article's first page sets
BEFORE: Final = 2  # pages at the start of a lot that only say what was set before it


def printed(leaves: Sequence[Leaf], theme: Theme, language: tuple[str, str]) -> Iterator[bytes]:
    """Give the heads and feet of a book's pages as PDFs of AT_ONCE pages and the rest.

    `language` is that of the book, and its direction: they decide how numbers are written and
    which page is the first's other side.
    """
    press = engine(margins.counted(theme, len(leaves)))
    before: dict[str, str] = {}
    rest = iter(leaves)
    start = 1
    while lot := list(islice(rest, AT_ONCE)):
        document = _document(lot, before, start, language)
        yield press.print(markup(document), {}, tagged=False).data
        before |= {name: text for leaf in lot for name, text in leaf.strings}
        start += len(lot)


def _document(
    lot: Sequence[Leaf], before: Mapping[str, str], start: int, language: tuple[str, str]
) -> Element:
    pages = list(lot)
    if start > 1:
        pages[:0] = [Leaf(lot[0].name, tuple(before.items())), Leaf(lot[0].name, ())]
    body = tag("body", *_chapters(pages))
    first = start - (BEFORE if start > 1 else 0)
    counting = tag("style", f"@page :first {{ counter-set: page {first} }}")
    lang, direction = language
    return tag("html", tag("head", tag("title", "-"), counting), body, lang=lang, dir=direction)


def _chapters(pages: Sequence[Leaf]) -> Iterator[Element]:
    """Give the pages, those of an article in one element: a style may ask for the first."""
    chapter: Element | None = None
    named = ""
    for leaf in pages:
        opens = any(name == OPENING for name, _ in leaf.strings)
        if chapter is None or opens or bool(leaf.name) != bool(named):
            named = leaf.name
            chapter = tag("div", style=f"page: {named or 'auto'}")
            yield chapter
        chapter.append(_page(leaf))


def _page(leaf: Leaf) -> Element:
    page = tag("div", style=f"break-before: page; page: {leaf.name or 'auto'}")
    for name, text in leaf.strings:
        # text as an attribute: nothing of it is read as CSS
        page.append(tag("span", style=f"string-set: {name} attr(data-text)"))
        page[-1].set("data-text", text)
    return page
