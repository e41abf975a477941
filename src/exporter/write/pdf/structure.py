"""Repairs to the tags the engine writes, so that the structure is one PDF/UA-1 knows."""

from collections.abc import Iterator
from typing import Any, Final

import pydyf  # type: ignore[import-untyped]  # comes with weasyprint, without types
from weasyprint import Document
from weasyprint.formatting_structure.boxes import FootnoteAreaBox

from exporter.write.pdf import continued, meaning

LIST_PARTS: Final = frozenset({"/Lbl", "/LBody"})

PdfObject = Any  # pydyf is not typed


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """Mend the structure of a finished document: the engine calls this before it writes."""
    elements = [thing for thing in pdf.objects if _type(thing) == "/StructElem"]
    pairs = meaning.dress(document, elements, document.metadata.lang or "")
    for element in elements:
        if element["S"] == "/LI":
            _give_body(element, pdf)
        elif element["S"] == "/TR":
            _give_scope(element, pdf)
    for number, note in enumerate(_page_notes(document, elements, pdf), start=1):
        note["S"] = "/Note"
        note["ID"] = pydyf.String(f"note-{number}")  # PDF/UA-1 §7.9
    continued.join(pairs, pdf)
    surplus = {link for element in elements for link in _surplus_links(element, pdf)}
    for page in (thing for thing in pdf.objects if _type(thing) == "/Page"):
        if "Annots" in page:
            kept = [link for link in page["Annots"] if link not in surplus]
            page["Annots"] = pydyf.Array(kept)


def _page_notes(
    document: Document, elements: list[PdfObject], pdf: pydyf.PDF
) -> Iterator[PdfObject]:
    """Give the notes at the foot of pages: what the last element of such a page holds."""
    root = next(element for element in elements if element["S"] == "/Document")
    last = {_object(kid, pdf)["Pg"]: _object(kid, pdf) for kid in root["K"]}
    for page, reference in zip(document.pages, pdf.page_references, strict=True):
        if any(isinstance(box, FootnoteAreaBox) for box in page._page_box.children):  # noqa: SLF001  (no public way leads to a page's boxes)
            yield from (_object(kid, pdf) for kid in last[reference]["K"])


def _give_body(item: PdfObject, pdf: pydyf.PDF) -> None:
    """Put what a list item holds beside its label into a body (PDF/UA-1 §7.2)."""
    kids = [(kid, _object(kid, pdf)) for kid in item["K"]]
    if all(_role(thing) in LIST_PARTS for _, thing in kids):
        return
    body = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/LBody",
            "K": pydyf.Array(kid for kid, thing in kids if _role(thing) != "/Lbl"),
            "Pg": item["Pg"],
            "P": item.reference,
        }
    )
    pdf.add_object(body)
    for _, thing in kids:
        if _role(thing) not in {None, "/Lbl"}:
            thing["P"] = body.reference
            thing["S"] = "/Div" if thing["S"] == "/LBody" else thing["S"]
    labels = [kid for kid, thing in kids if _role(thing) == "/Lbl"]
    item["K"] = pydyf.Array([*labels, body.reference])


def _give_scope(row: PdfObject, pdf: pydyf.PDF) -> None:
    """Say what each heading of a row heads: its row when cells follow, else a column (§7.5)."""
    cells = [_object(kid, pdf) for kid in row["K"]]
    scope = "/Row" if any(_role(cell) == "/TD" for cell in cells) else "/Column"
    for cell in cells:
        if _role(cell) == "/TH":
            cell["A"]["Scope"] = scope


def _surplus_links(element: PdfObject, pdf: pydyf.PDF) -> Iterator[bytes]:
    """Take off the link that the engine gives again to each element inside a link (§7.18.5)."""
    if element["S"] == "/Link":
        return
    for kid in list(element["K"]):
        thing = _object(kid, pdf)
        if _type(thing) == "/OBJR":
            element["K"].remove(kid)
            yield thing["Obj"]


def _object(kid: object, pdf: pydyf.PDF) -> PdfObject:
    """Give the object behind a reference; None for a piece of marked text."""
    return pdf.objects[int(kid.split()[0])] if isinstance(kid, bytes) else None


def _type(thing: PdfObject) -> object:
    return thing.get("Type") if isinstance(thing, pydyf.Dictionary) else None


def _role(thing: PdfObject) -> object:
    return thing.get("S") if isinstance(thing, pydyf.Dictionary) else None
