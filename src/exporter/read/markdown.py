"""A Markdown file -> a page: its front matter as metadata, its text as HTML.

Raw HTML in it stays: the cleaner lets nothing dangerous through, whatever the capture's kind.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import escape
from typing import Final

from exporter.dom import OURS
from exporter.model import Note, Page
from exporter.read.commonmark import html_of, passages
from exporter.read.decode import Decoded
from exporter.read.frontmatter import FrontMatter, front_matter
from exporter.read.html import page_of
from exporter.read.provenance import moment
from exporter.read.source import Source
from exporter.read.streamed import gathered, joined, lines, opened
from exporter.read.text import plain

MAX_BRACKETS: Final = 50  # open at a time in one paragraph; a link's text holds one or two
BRACKET: Final = re.compile(r"[\[\]]|\n[ \t]*\n")  # yes: "[", an empty line; no: "(", a line end
AS_TEXT: Final = Note("markdown-as-text", f"more than {MAX_BRACKETS} brackets are open at a time")
# meta element -> the fields that may fill it, surest first
META: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("author", ("author", "authors", "byline", "by", "creator")),
    ("article:published_time", ("published", "date", "publishdate", "pubdate", "published_at")),
    ("article:modified_time", ("updated", "lastmod", "modified", "last_modified_at")),
    ("description", ("subtitle", "description", "summary", "excerpt")),
    ("keywords", ("tags", "keywords", "categories")),
    ("og:site_name", ("site", "site_name", "publication", "publisher")),
    ("translator", ("translator", "translators")),
    ("dcterms.rights", ("rights", "copyright", "license")),
    ("generator", ("generator",)),
)
ADDRESS: Final = ("url", "source", "canonical", "canonical_url", "link", "original_url")
SAVED: Final = ("saved", "clipped", "created", "date_saved")
LANGUAGE: Final = ("lang", "language", "locale")


def read(source: Source) -> Iterator[Page]:
    """Give the one page of a Markdown file.

    Raises:
        CaptureError: the file can't be read.

    """
    text = opened(source, "markdown", "text-size")
    front = front_matter(text.pieces())
    body = partial(front.body, text.pieces)
    ours = front.first("generator").startswith(f"{OURS} ")
    address = front.first("url") if ours else front.first(*ADDRESS)
    deep = any(map(is_deep, passages(body())))
    parts = plain(lambda: lines(body())) if deep else html_of(body, captioned=ours)
    html = joined(_markup(front, list(gathered(parts))))
    notes = (*text.notes, AS_TEXT) if deep else text.notes
    page = page_of(source, Decoded(html, text.encoding.name, notes), text.capture)
    yield replace(
        page,
        url=source.url or (address if address.startswith(("http://", "https://")) else None),
        saved_at=moment(front.first(*SAVED)),
    )


def is_deep(text: str) -> bool:
    """Tell whether brackets nest so deep that looking for links would take minutes."""
    depth = 0
    for sign in BRACKET.finditer(text):
        depth = depth + 1 if sign[0] == "[" else max(0, depth - 1) if sign[0] == "]" else 0
        if depth > MAX_BRACKETS:
            return True
    return False


def _markup(front: FrontMatter, body: list[bytes]) -> list[bytes]:
    """Give a Markdown text whose body became HTML as a page."""
    title = front.first("title")
    headed = next((at for at, part in enumerate(body) if b"<h1" in part.lower()), None)
    if title and headed is None:
        body, headed = [f"<h1>{escape(title)}</h1>\n".encode(), *body], 0
    if headed is not None and (subtitle := _line(front, "subtitle")):
        body[headed] = body[headed].replace(b"</h1>", b"</h1>\n" + subtitle.encode(), 1)
    language = front.first(*LANGUAGE)
    lang = f' lang="{escape(language)}"' if language else ""
    head = "\n".join(_head(front, title))
    opening = (
        f'<!DOCTYPE html>\n<html{lang}><head><meta charset="utf-8">\n{head}</head>\n'
        f"<body><article>\n{_line(front, 'kicker')}"
    )
    return [opening.encode(), *body, b"</article></body></html>\n"]


def _line(front: FrontMatter, name: str) -> str:
    """Give what a field says as a line beside the headline, which is called by the field's name."""
    said = front.first(name)
    return f'<p class="{name}">{escape(said)}</p>\n' if said else ""


def _head(front: FrontMatter, title: str) -> Iterator[str]:
    if title:
        yield f"<title>{escape(title)}</title>\n"
    for name, fields in META:
        values = front.all(*fields)
        if name == "keywords":
            values = (", ".join(values),) if values else ()
        for value in values:
            yield f'<meta name="{name}" content="{escape(value)}">\n'
    if front.first("url", "generator") and (original := front.first("original_url")):
        yield f'<meta name="exporter-original" content="{escape(original)}">\n'
