"""A Markdown file -> a page: its front matter as metadata, its text as HTML.

Raw HTML in it stays: the cleaner lets nothing dangerous through, whatever the capture's kind.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Final

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from exporter.model import Note, Page
from exporter.read.decode import decode
from exporter.read.frontmatter import FrontMatter, split
from exporter.read.html import page_of
from exporter.read.provenance import moment
from exporter.read.source import MAX_TEXT, Source
from exporter.read.text import plain

MAX_NESTING: Final = 100  # of quotations and lists; each level costs a few deeper calls
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
)
ADDRESS: Final = ("url", "source", "canonical", "canonical_url", "link", "original_url")
SAVED: Final = ("saved", "clipped", "created", "date_saved")
LANGUAGE: Final = ("lang", "language", "locale")


def read(source: Source) -> Iterator[Page]:
    """Give the one page of a Markdown file.

    Raises:
        CaptureError: the file can't be read.

    """
    data = source.load(MAX_TEXT)
    decoded = decode(data)
    front = split(decoded.text)
    address = front.first(*ADDRESS)
    capture = source.capture("markdown", data)
    deep = is_deep(front.text)
    told = (*decoded.notes, AS_TEXT) if deep else decoded.notes
    html = markup(front, plain(front.text) if deep else _converter().render(front.text))
    page = page_of(source, replace(decoded, text=html, notes=told), capture)
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


def markup(front: FrontMatter, body: str) -> str:
    """Give a Markdown text whose body became HTML as a page."""
    title = front.first("title")
    headline = f"<h1>{escape(title)}</h1>\n" if title and "<h1" not in body.lower() else ""
    language = front.first(*LANGUAGE)
    lang = f' lang="{escape(language)}"' if language else ""
    head = "\n".join(_head(front, title))
    return (
        f'<!DOCTYPE html>\n<html{lang}><head><meta charset="utf-8">\n{head}</head>\n'
        f"<body><article>\n{headline}{body}</article></body></html>\n"
    )


def _converter() -> MarkdownIt:
    """Give a converter of CommonMark with the tables, notes and definitions that files use."""
    options = {"html": True, "maxNesting": MAX_NESTING}
    converter = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    return converter.use(footnote_plugin).use(deflist_plugin)


def _head(front: FrontMatter, title: str) -> Iterator[str]:
    if title:
        yield f"<title>{escape(title)}</title>\n"
    for name, fields in META:
        values = front.all(*fields)
        if name == "keywords":
            values = (", ".join(values),) if values else ()
        for value in values:
            yield f'<meta name="{name}" content="{escape(value)}">\n'
