"""The introduction: fetched where pages set it outside the article's container, and named."""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Final

from bs4 import Tag

from exporter.clean import containers, marks
from exporter.clean.addresses import attribute
from exporter.clean.outline import Block, blocks
from exporter.clean.tree import BLOCKS, hints
from exporter.dom import squash
from exporter.model import Metadata

# yes: "article-dek", "chapo", "standfirst"; no: "subtitles", "introducing"
NAMES: Final = re.compile(
    r"(?:^|[\s_-])(?:dek|deck|chapo|chapeau|standfirst|subtitle|sub-?head(?:line|ing)?|subhed|"
    r"summary|lede|lead|intro|introduction|teaser-text|abstract|accroche|vorspann|"
    r"description|article-?_?_?(?:summary|intro|lead|description))(?:$|[\s_-])"
)
# yes: "post-excerpt", "theme-post-excerpt", "heading_excerpt"; no: "excerpts-list"
EXCERPT: Final = re.compile(r"(?:^|[\s_-])excerpt(?:$|[\s_-])")
FEWEST, MOST = 6, 90  # words
# a line of date and author; yes: "May 30, 2023 / Ann Lee"; no: "In 2023 they met."
DATED: Final = re.compile(r"\b(?:19|20)\d\d\s*(?:[/|·•]|\Z)")
OPENING: Final = 25  # words of an opening paragraph
FEW_LINKS: Final = 0.3  # share of its words
# yes: "carouselslide-info", "gallery__text"; no: "postmedia"
PICTURED: Final = re.compile(
    r"(?:^|[\s_-])(?:carousel|gallery|slide|caption|figure|media|image|photo)"
)
FIRST: Final = 4  # blocks among which it stands


def place(root: Tag, metadata: Metadata) -> Metadata:
    """Set the standfirst first in `root`, mark it as one, and give the metadata with an excerpt.

    An excerpt is the summary that a publishing system shows in its lists of articles: it tells
    of the text and is none of it, so it stands in the title block.
    """
    excerpt = fetch(root, metadata)
    name_own(root, metadata)
    if excerpt is None or metadata.subtitle:
        return metadata
    provenance = {**metadata.provenance, "subtitle": "excerpt"}
    return dataclasses.replace(metadata, subtitle=excerpt, provenance=provenance)


def fetch(root: Tag, metadata: Metadata) -> str | None:
    """Move what opens the article between the headline and `root` into `root`, first.

    That is the standfirst, and paragraphs of prose that a page sets before the container. An
    excerpt stays where it is; its text is given.
    """
    body = root.find_parent("body")
    if body is None or root is body:
        return None
    excerpt = None
    said = [squash(metadata.subtitle or ""), *_descriptions(body)]
    known = squash(root.get_text())
    fetched: list[Tag] = []
    for block in _between(body, root, squash(metadata.title)):
        if block.density > 0.5 or squash(block.text) in known:  # noqa: PLR2004  (most of it)
            continue
        if block.element in root.parents or block.element.find(BLOCKS) is not None:
            continue  # it holds more than itself, perhaps the article
        if block.element.name == "li" or DATED.search(block.text):
            continue
        if FEWEST <= block.words <= MOST and _called(block, EXCERPT):
            excerpt = excerpt or block.text
            continue
        if not any(marks.is_marked(tag, "p.standfirst") for tag in fetched) and (
            FEWEST <= block.words <= MOST and _is_standfirst(block, said)
        ):
            fetched.append(_taken(block, marks.new("p", "p.standfirst")))
        elif _is_opening(block) and _near(block, root):
            fetched.append(_taken(block, marks.new("p")))
    for paragraph in reversed(fetched):
        root.insert(0, paragraph)
    return excerpt


def _taken(block: Block, paragraph: Tag) -> Tag:
    for child in list(block.element.contents):
        paragraph.append(child.extract())
    return paragraph


def _near(block: Block, root: Tag) -> bool:
    """Tell whether a block stands beside the article's container, or beside what holds it."""
    around = [tag for tag in (root.parent, root.parent and root.parent.parent) if tag is not None]
    return any(tag in around for tag in block.element.parents)


def _is_opening(block: Block) -> bool:
    """Tell whether a block is a paragraph of prose, and more than a line about the article."""
    return (
        block.element.name == "p"
        and block.prose
        and block.words >= OPENING
        and block.marks > 1
        and block.density < FEW_LINKS
        and not any(PICTURED.search(hints(tag)) for tag in list(block.element.parents)[:4])
    )


def name_own(root: Tag, metadata: Metadata) -> None:
    """Mark the standfirst that stands in `root` already, when the page names it as such."""
    said = squash(metadata.subtitle or "")
    for block in blocks(root)[:FIRST]:
        named = NAMES.search(hints(block.element)) or (said and squash(block.text) == said)
        if named and block.element.name == "p" and FEWEST <= block.words <= MOST:
            marks.mark(block.element, "p.standfirst")
            return


def _descriptions(body: Tag) -> Iterator[str]:
    """Give what the page says it is about, to search engines and to networks."""
    head = body.find_previous_sibling("head")
    for meta in head.find_all("meta", content=True) if isinstance(head, Tag) else ():
        name = attribute(meta, "name") or attribute(meta, "property")
        if name.lower() in {"description", "og:description", "twitter:description"}:
            yield squash(attribute(meta, "content"))


def _is_standfirst(block: Block, said: Sequence[str]) -> bool:
    return squash(block.text) in said or _called(block, NAMES)


def _called(block: Block, names: re.Pattern[str]) -> bool:
    """Tell whether the markup calls a block or what holds it so."""
    tag: Tag | None = block.element
    for _ in range(3):
        if tag is None:
            return False
        if names.search(hints(tag)):
            return True
        tag = tag.parent
    return False


def _between(body: Tag, root: Tag, title: str) -> Iterator[Block]:
    """Give the blocks after the headline and before the article's root."""
    seen = False
    for block in blocks(body, until=root):
        chain = list(_chain(block.element, body))
        if seen and not any(containers.kind(tag) or _captioned(tag) for tag in chain):
            yield block
        seen = seen or (bool(title) and _is_title(block, title))


def _is_title(block: Block, title: str) -> bool:
    """Tell whether a block is the headline, perhaps with a kicker before it."""
    said = squash(block.text)
    return said == title or (block.heading and said.endswith(title))


def _captioned(tag: Tag) -> bool:
    return tag.name in {"figure", "figcaption"} or "caption" in hints(tag)


def _chain(element: Tag, body: Tag) -> Iterator[Tag]:
    tag: Tag | None = element
    while tag is not None and tag is not body:
        if tag.name != "header":
            yield tag
        tag = tag.parent
