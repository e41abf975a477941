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
HEADLINE: Final = "headline"  # the string that the first page of an article sets
OPENING: Final = "opening"  # what a style calls such a page
CHAPTER: Final = "chapter"  # and the others
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
    body = tag("body")
    if start > 1:
        body.append(_page(Leaf("", tuple(before.items()))))
        body.append(_page(Leaf("", ())))
    body.extend(_page(leaf) for leaf in lot)
    first = start - (BEFORE if start > 1 else 0)
    counting = tag("style", f"@page :first {{ counter-set: page {first} }}")
    lang, direction = language
    return tag("html", tag("head", tag("title", "-"), counting), body, lang=lang, dir=direction)


def _page(leaf: Leaf) -> Element:
    opens = any(name == HEADLINE for name, _ in leaf.strings)
    name = OPENING if opens and leaf.name in {"", CHAPTER} else leaf.name or "auto"
    page = tag("div", style=f"break-before: page; page: {name}")
    for name, text in leaf.strings:
        # text as an attribute: nothing of it is read as CSS
        page.append(tag("span", style=f"string-set: {name} attr(data-text)"))
        page[-1].set("data-text", text)
    return page
