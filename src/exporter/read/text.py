"""A scraped text -> a simple page: its title line, paragraphs, headings and lists marked up.

Not one character is changed. Hard-wrapped lines become one paragraph; what marks a list item
or a heading ("- ", "## ") becomes the markup it stands for; all the rest is kept.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape
from itertools import chain, islice
from typing import Final

from exporter.model import Page
from exporter.read.lines import Block, blocks
from exporter.read.resources import OnlyInline
from exporter.read.source import Source
from exporter.read.streamed import gathered, joined, opened

MAX_TITLE: Final = 200  # characters
# yes: "Amid Heavy Fighting, …", "What now?"   no: "It rained.", "As follows:"
NO_TITLE_END: Final = re.compile(r"(?<!\.\.)(?<!\b[A-Z]\.[A-Z])[.:;,]\Z")
ADDRESS: Final = re.compile(r"https?://|www\.", re.IGNORECASE)  # no: "the www"


def read(source: Source) -> Iterator[Page]:
    """Give the one page of a text.

    Raises:
        CaptureError: the file can't be read.

    """
    text = opened(source, "text", "text-size")
    yield Page(
        html=joined(list(gathered(_page(blocks(text.lines))))),
        url=source.url,
        saved_at=None,
        capture=text.capture,
        resources=OnlyInline(source.limits),
        notes=text.notes,
    )


def markup(text: str) -> str:
    """Give a text as an HTML page."""
    return "".join(_page(blocks(partial(text.split, "\n"))))


def plain(lines: Callable[[], Iterable[str]]) -> Iterator[str]:
    """Give the blocks of a text as HTML, none of them taken for a title.

    Its lines are asked for twice.
    """
    return map(_html, blocks(lines))


def _page(found: Iterator[Block]) -> Iterator[str]:
    """Give the parts of a page."""
    first = list(islice(found, 2))
    title = first.pop(0).text if len(first) > 1 and is_title(first[0]) else None
    head = f"<title>{escape(title)}</title>" if title else ""
    yield f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">{head}</head>\n<body><article>\n'
    if title:
        yield f"<h1>{escape(title)}</h1>\n"
    yield from map(_html, chain(first, found))
    yield "</article></body></html>\n"


def is_title(block: Block) -> bool:
    """Tell whether a text's first block reads like a headline and not like prose."""
    text = block.text
    return (
        block.kind in {"p", "h2"}
        and 2 <= len(text) <= MAX_TITLE  # noqa: PLR2004  (one letter is no headline)
        and "\n" not in text
        and any(letter.isalpha() for letter in text)
        and not ADDRESS.match(text)
        and not NO_TITLE_END.search(text)
    )


def _html(block: Block) -> str:
    if block.kind == "hr":
        return "<hr>\n"
    if block.kind in {"ul", "ol"}:
        start = f' start="{block.start}"' if block.start not in {None, 1} else ""
        items = "\n".join(f"<li>{_lines(item)}</li>" for item in block.items)
        return f"<{block.kind}{start}>\n{items}\n</{block.kind}>\n"
    return f"<{block.kind}>{_lines(block.text)}</{block.kind}>\n"


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>\n")
