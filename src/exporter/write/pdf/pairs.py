"""Which box each tag of a PDF was made of.

The engine makes tags in the order of its boxes and then forgets the boxes, so both are walked
together here, by the rules of `weasyprint.pdf.tags`. A tag that is not what its box should have got
ends the walk: the PDF is then as valid as it was, and says less.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.tags import _get_pdf_tag as name_of

Box = Any  # weasyprint is not typed
Tag = Any  # a structure element; pydyf is not typed

LISTED: Final = frozenset({"li", "dt", "dd"})
WHOLE: Final = frozenset({"html", "body"})
CELLS: Final = frozenset({"/TD", "/TH"})


class Pair(NamedTuple):
    """A box, the tag made of it, and that of the box around it."""

    box: Box
    tag: Tag
    parent: Tag


class _Apart(Exception):  # noqa: N818  (the end of a walk, no error)
    """The tags are not those of the boxes."""


def pairs(document: Document, tags: Sequence[Tag]) -> list[Pair]:
    """Give each box with its tag, in their order; none when they can't be told to belong together.

    `tags` are all of the document's structure elements in the order in which they were made.
    """
    rest = iter(tags)
    root = next(rest, None)
    found: list[Pair] = []
    try:
        for page in document.pages:
            found += _walk(page._page_box, root, rest)  # noqa: SLF001  (no public way leads to a page's boxes)
    except (_Apart, StopIteration, RuntimeError):
        return []
    return [] if next(rest, None) is not None else found


def _walk(box: Box, parent: Tag, rest: Iterator[Tag]) -> list[Pair]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001  (what the placeholder stands for)
    if isinstance(box, boxes.MarginBox) or _is_whole(box):
        return [pair for child in box.children for pair in _walk(child, parent, rest)]
    name = name_of(None if box.element is None else box.element_tag)
    if name == "LI" and parent["S"] not in {"/LI", "/LBody"} and _is_bare(box):
        return _walk(box, _next(rest, "/LI"), rest)
    tag = _next(rest, _expected(name, parent))
    found = [Pair(box, tag, parent)]
    for child in _inside(box):
        if isinstance(child, boxes.TextBox):
            if name != "Link":
                found.append(Pair(child, next(rest), tag))
        else:
            nested = child.element_tag in {"ul", "ol"} and tag["S"] == "/LI"
            found += _walk(child, parent if nested else tag, rest)
    return found


def _is_whole(box: Box) -> bool:
    """Tell a box that the engine makes no tag of, but of what is in it."""
    whole = isinstance(box, boxes.PageBox) or (box.element is not None and box.element_tag in WHOLE)
    return whole and isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox)


def _is_bare(box: Box) -> bool:
    """Tell an item without a marker, which gets a tag around its own."""
    if box.element_tag in {"dt", "dd"}:
        return True
    return box.element_tag == "li" and (
        "list-item" not in box.style["display"] or box.style["list_style_type"] == "none"
    )


def _expected(name: str, parent: Tag) -> str:
    """Give the name of a box's tag, which the tag around it may change."""
    if name in {"TD", "TH"} and parent["S"] in CELLS:
        return "/NonStruct"
    if name == "LI" and parent["S"] == "/LI":
        return "/LBody"
    if name == "LI" and parent["S"] == "/LBody":
        return "/NonStruct"
    return f"/{name}"


def _next(rest: Iterator[Tag], name: str) -> Tag:
    tag = next(rest)
    if tag["S"] != name:
        raise _Apart
    return tag


def _inside(box: Box) -> Iterator[Box]:
    """Give what is in a box: lines opened, captions of a table beside its rows."""
    if box.element is not None and box.element_tag == "table" and box.is_table_wrapper:
        table = box.get_wrapped_table()
        children = [
            inner
            for child in box.children
            for inner in (child.children if child is table else [child])
        ]
    else:
        children = getattr(box, "children", [])
    for child in children:
        if isinstance(child, boxes.LineBox):
            yield from child.children
        else:
            yield child
