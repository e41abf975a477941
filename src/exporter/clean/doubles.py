"""A picture once, a caption once: what repeats them goes, with an entry in the ledger."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean import marks, pictures
from exporter.clean.addresses import attribute
from exporter.clean.captions import BLOCKS
from exporter.clean.tree import path_of, spoken
from exporter.dom import squash
from exporter.model import Removal

SHORTEST: Final = 12  # letters: a shorter caption may stand in the text by chance


def _caption_of(figure: Tag) -> str:
    caption = figure.find("figcaption")
    return squash(caption.get_text()) if isinstance(caption, Tag) else ""


def same_twice(root: Tag) -> Iterator[Removal]:
    """Keep a picture that stands twice under one caption once, and a caption-less twin never."""
    seen: dict[str, Tag] = {}
    for figure in root.find_all("figure"):
        pictured = figure.find_all("img")
        key = attribute(pictured[0], "src") if len(pictured) == 1 else ""
        words = _caption_of(figure)
        if not pictured and words:
            key = "caption:" + words
        if not key or key == pictures.NOWHERE:
            continue
        earlier = seen.get(key)
        if earlier is None:
            seen[key] = figure
            if pictured and words:
                seen.setdefault("caption:" + words, figure)
            continue
        other = _caption_of(earlier)
        if words and other and words != other:
            continue
        if words and not other:
            caption = figure.find("figcaption")
            if isinstance(caption, Tag):
                earlier.append(caption.extract())
        elif words:
            yield Removal(
                "caption-repeated", "the same picture stands above", path_of(figure), spoken(figure)
            )
            figure.extract()
            continue
        _without_picture(figure)


def _without_picture(figure: Tag) -> None:
    """Take a figure out; words in it that are no caption stay where they are."""
    if spoken(figure):
        for image in figure.find_all("img"):
            image.extract()
        figure.name = "div"
    else:
        figure.extract()


def repeated(root: Tag) -> Iterator[Removal]:
    """Take out what repeats a caption: a paragraph beside the figure, an alternative text."""
    known: dict[str, Tag] = {}
    for figure in root.find_all("figure"):
        words = _caption_of(figure)
        for image in figure.find_all("img"):
            alt = attribute(image, "alt")
            if alt and len(squash(alt)) >= SHORTEST and squash(alt) in words:
                image["alt"] = ""
                yield Removal("alt-repeats-caption", "alt", path_of(figure), alt)
        if len(words) >= SHORTEST:
            known.setdefault(words, figure)
            bare = squash("".join(_without_credit(figure)))
            if len(bare) >= 3 * SHORTEST:
                known.setdefault(bare, figure)
    for paragraph in (
        root.find_all(("p", "div", "h2", "h3", "h4", "h5", "h6", "em", "span")) if known else ()
    ):
        if (
            paragraph.find_parent(("figure", "blockquote")) is not None
            or paragraph.find(BLOCKS) is not None
        ):
            continue
        if len(paragraph.get_text()) < SHORTEST:
            continue
        told = known.get(squash(paragraph.get_text()))
        if isinstance(told, Tag) and paragraph.find("img") is None:
            yield Removal(
                "caption-repeated", "repeats a caption", path_of(paragraph), spoken(paragraph)
            )
            paragraph.extract()


def pull_quotes(root: Tag) -> None:
    """Mark the quotations that only repeat a sentence of the article."""
    named = [
        tag
        for tag in root.find_all(("aside", "div", "figure", "p", "section"))
        if PULLED.search(attribute(tag, "class"))
    ]
    quotes = [*named, *root.find_all("blockquote")]  # what holds a quotation leaves it to that
    if not quotes:
        return
    inside = {id(part) for quote in quotes for part in (quote, *quote.find_all())}
    told = [
        squash(paragraph.get_text())
        for paragraph in root.find_all(("p", "li", "div"))
        if id(paragraph) not in inside and paragraph.find(BLOCKS) is None
    ]
    for quote in quotes:
        words = squash(quote.get_text())
        if len(words) < LONG_QUOTE or quote.find(("img", "blockquote")) is not None:
            continue
        if any(words in text for text in told) and not any(
            marks.is_marked(up, "aside.pull-quote") for up in quote.parents
        ):
            quote.name = "aside"
            marks.mark(quote, "aside.pull-quote")


# yes: "wp-block-pullquote", "pull-quote", "exergue"; no: "blockquote", "pullquoted"
PULLED: Final = re.compile(
    r"(?:^|[\s_-])(?:pull-?quotes?|pulled-quote|exergue|citation-exergue|destacado)(?:$|[\s_-])",
    re.IGNORECASE,
)
LONG_QUOTE: Final = 25  # letters


def _without_credit(figure: Tag) -> Iterator[str]:
    caption = figure.find("figcaption")
    for node in caption.descendants if isinstance(caption, Tag) else ():
        if isinstance(node, NavigableString) and not any(
            marks.is_marked(up, "span.credit") for up in node.parents
        ):
            yield str(node)
