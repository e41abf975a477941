"""A scraped text -> a simple page: its title line, paragraphs, headings and lists marked up.

Not one character is changed. Hard-wrapped lines become one paragraph; what marks a list item
or a heading ("- ", "## ") becomes the markup it stands for; all the rest is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Final

from exporter.model import Page
from exporter.read.decode import decode
from exporter.read.lines import Block, blocks
from exporter.read.resources import OnlyInline
from exporter.read.source import MAX_TEXT, Source

MAX_TITLE: Final = 200  # characters
# yes: "Amid Heavy Fighting, …", "What now?"   no: "It rained.", "As follows:"
NO_TITLE_END: Final = re.compile(r"(?<!\.\.)(?<!\b[A-Z]\.[A-Z])[.:;,]\Z")
ADDRESS: Final = re.compile(r"https?://|www\.", re.IGNORECASE)  # no: "the www"


def read(source: Source) -> Iterator[Page]:
    """Give the one page of a text.

    Raises:
        CaptureError: the file can't be read.

    """
    data = source.load(MAX_TEXT)
    decoded = decode(data)
    yield Page(
        html=markup(decoded.text),
        url=source.url,
        saved_at=None,
        capture=replace(source, data=data).capture("text", data),
        resources=OnlyInline(),
        notes=decoded.notes,
    )


def markup(text: str) -> str:
    """Give a text as an HTML page."""
    found = list(blocks(text))
    title = found[0].text if len(found) > 1 and is_title(found[0]) else None
    head = f"<title>{escape(title)}</title>" if title else ""
    body = "\n".join(_html(found[1:] if title else found))
    headline = f"<h1>{escape(title)}</h1>\n" if title else ""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">{head}</head>\n'
        f"<body><article>\n{headline}{body}\n</article></body></html>\n"
    )


def plain(text: str) -> str:
    """Give the blocks of a text as HTML, none of them taken for a title."""
    return "\n".join(_html(list(blocks(text))))


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


def _html(found: list[Block]) -> Iterator[str]:
    for block in found:
        if block.kind == "hr":
            yield "<hr>"
        elif block.kind in {"ul", "ol"}:
            start = f' start="{block.start}"' if block.start not in {None, 1} else ""
            items = "\n".join(f"<li>{_lines(item)}</li>" for item in block.items)
            yield f"<{block.kind}{start}>\n{items}\n</{block.kind}>"
        else:
            yield f"<{block.kind}>{_lines(block.text)}</{block.kind}>"


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>\n")
