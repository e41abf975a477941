"""What goes on over pages is one in the structure: the engine tags each page's part by itself."""

from collections.abc import Sequence
from typing import Final

import pydyf  # type: ignore[import-untyped]  # comes with weasyprint, without types

from exporter.write.pdf.pairs import Pair, Tag

# what may go on; an item of a list has one body, and rows of a table repeat their headings
GOING_ON: Final = frozenset({"/Art", "/Sect", "/Div", "/BlockQuote", "/P", "/L"})


def join(pairs: Sequence[Pair], pdf: pydyf.PDF) -> None:
    """Put the parts of each element into the first; `pairs` are in the order of the pages."""
    first: dict[tuple[int, str, int], Tag] = {}
    taken: dict[int, Tag] = {}  # id of a tag that was put into another -> that
    for box, tag, around in pairs:
        parent = taken.get(id(around), around)
        if box.element is None or tag["S"] not in GOING_ON or not _holds_tags(tag, pdf):
            continue
        begun: Tag = first.setdefault((id(box.element), tag["S"], id(parent)), tag)
        if begun is not tag and begun["Pg"] != tag["Pg"]:
            _put_into(begun, tag, pdf)
            taken[id(tag)] = begun


def _holds_tags(tag: Tag, pdf: pydyf.PDF) -> bool:
    """Tell whether a tag holds tags alone, each of which knows its page."""
    kids = [_kid(kid, pdf) for kid in tag["K"]]
    return all(kid is not None and kid.get("Type") == "/StructElem" for kid in kids)


def _put_into(begun: Tag, tag: Tag, pdf: pydyf.PDF) -> None:
    for kid in tag["K"]:
        inside = _kid(kid, pdf)
        if inside is not None:
            inside["P"] = begun.reference
    begun["K"].extend(tag["K"])
    tag["K"] = pydyf.Array()
    holder = _kid(tag["P"], pdf)
    if holder is not None:
        holder["K"].remove(tag.reference)


def _kid(kid: object, pdf: pydyf.PDF) -> Tag:
    return pdf.objects[int(kid.split()[0])] if isinstance(kid, bytes) else None
