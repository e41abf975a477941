"""Pictures that belong together: lists, rows and figures of figures become sections of figures."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from bs4.element import PageElement

from exporter.clean.captions import alone, caption_of
from exporter.clean.legends import LONGEST
from exporter.clean.marks import MARK, mark, new
from exporter.clean.tree import CELLS, hints, strings, within


def of_tables(root: Tag) -> None:
    """Make figures of tables whose rows are pictures and, below each, the words for it."""
    for table in root.find_all("table"):
        pairs = list(_pairs(table)) if table.find("img") is not None else []
        if not pairs:
            continue
        section = new("section", "section.gallery") if len(pairs) > 1 else new("div")
        for image, words in pairs:
            figure = new("figure")
            figure.append(image.extract())
            if words.get_text(strip=True):
                figure.append(caption_of([words]))
            section.append(figure)
        table.replace_with(section)


def _pairs(table: Tag) -> Iterator[tuple[Tag, Tag]]:
    """Give (picture, cell below) of all columns; nothing when any of the table is otherwise."""
    rows = [row.find_all(CELLS) for row in table.find_all("tr")]
    if not rows or len(rows) % 2 or table.find(("table", "caption")) is not None or _loose(table):
        return
    found = []
    for above, below in zip(rows[::2], rows[1::2], strict=True):
        if len(above) != len(below):
            return
        for cell, words in zip(above, below, strict=True):
            images = cell.find_all("img")
            if len(images) != 1 or cell.get_text(strip=True) or words.find(("img", "a", "input")):
                return
            if len(words.get_text(" ").split()) > LONGEST // 2:
                return
            found.append((images[0], words))
    if any(words.get_text(strip=True) for _, words in found):
        yield from found


def _loose(table: Tag) -> bool:
    """Tell whether words of a table stand in none of its cells."""
    places = (text.parent for text in strings(table))
    return any(place is not None and not within(place, CELLS, table) for place in places)


def of_figures(root: Tag) -> None:
    """Let no figure stand in another: several make a gallery, unless they have one caption."""
    for figure in root.find_all("figure"):
        inner = figure.find_all("figure")
        captions = figure.find_all("figcaption")
        if inner and captions and all(part.find_parent("figure") is figure for part in captions):
            for part in inner:
                part.name = "div"  # pictures under one caption are one figure
        elif inner:
            _settle_gallery(figure, several=len(inner) > 1)


BOXES: Final = frozenset({"div", "section"})


def of_containers(root: Tag) -> None:
    """Let a container that is named a gallery and holds nothing but figures be one."""
    for figure in root.find_all("figure"):
        box = figure.parent
        if box is None or box is root or box.name not in BOXES or MARK in box.attrs:
            continue
        parts = [part for part in box.children if not _is_empty(part)]
        figures = [part for part in parts if isinstance(part, Tag) and part.name == "figure"]
        if len(figures) > 1 and len(figures) == len(parts) and GALLERY.search(hints(box)):
            box.name = "section"
            mark(box, "section.gallery")


def _is_empty(part: PageElement) -> bool:
    if isinstance(part, Tag):
        return not part.get_text(strip=True) and part.find("img") is None
    return not str(part).strip()


# yes: "gallery galleryid-7", "wp-block-gallery", "galerie"; no: "galleries-list"
GALLERY: Final = re.compile(r"(?:^|[\s_-])(?:galler[yi]a?|galer(?:ie|ia|ía)|diaporama)(?:$|[\s_-])")


def _settle_gallery(figure: Tag, *, several: bool) -> None:
    """Make a figure of figures a section; its own caption becomes a paragraph."""
    figure.name = "section" if several else "div"
    if several:
        mark(figure, "section.gallery")
    for caption in figure.find_all("figcaption"):
        if caption.find_parent("figure") is None:
            caption.name = "p"


def of_lists(root: Tag) -> None:
    """Turn lists of pictures into sections of figures."""
    for group in root.find_all(("ul", "ol")):
        items = list(group.find_all("li", recursive=False))
        if len(items) < 2 or not all(_is_picture(item) for item in items):  # noqa: PLR2004
            continue
        group.name = "section"
        mark(group, "section.gallery")
        for item in items:
            _settle_item(item)


def _settle_item(item: Tag) -> None:
    """Make a figure of a list item with one picture; its other words are the caption."""
    image, inner = item.find("img"), item.find(("figure", *HOLDERS))
    item.name = "div"
    if isinstance(inner, Tag) or not isinstance(image, Tag):
        return
    item.name = "figure"
    place = alone(image, item)
    item.insert(0, image.extract())
    if place is not image and place is not item and not place.get_text(strip=True):
        place.extract()
    if item.get_text(strip=True):
        caption = new("figcaption")
        for part in list(item.contents):
            if part is not image:
                caption.append(part.extract())
        item.append(caption)


HOLDERS: Final = ("figcaption", "dl", "table")


def _is_picture(item: Tag) -> bool:
    return len(item.find_all("img")) == 1 and len(item.get_text(" ").split()) <= LONGEST // 2
