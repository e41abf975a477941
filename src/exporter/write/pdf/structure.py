"""Repairs to the tags the engine writes, so that the structure is one PDF/UA-1 knows."""

from typing import Any, Final

import pydyf

LIST_PARTS: Final = frozenset({"/Lbl", "/LBody"})


def finish(document: object, pdf: pydyf.PDF) -> None:
    """Give each list item a body: it may hold a label and a body alone (PDF/UA-1 §7.2)."""
    del document
    for element in list(pdf.objects):
        if isinstance(element, pydyf.Dictionary) and element.get("S") == "/LI":
            _mend(element, pdf)


def _mend(item: Any, pdf: pydyf.PDF) -> None:  # noqa: ANN401  (pydyf is not typed)
    kids = [(kid, _element(kid, pdf)) for kid in item["K"]]
    strays = [kid for kid, element in kids if element is None or element["S"] not in LIST_PARTS]
    if not strays:
        return
    body = pydyf.Dictionary({
        "Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "Pg": item["Pg"],
        "P": item.reference,
    })  # fmt: skip
    pdf.add_object(body)
    labels = [kid for kid, element in kids if element is not None and element["S"] == "/Lbl"]
    for kid, element in kids:
        if kid in labels:
            continue
        body["K"].append(kid)
        if element is not None:
            element["P"] = body.reference
            if element["S"] == "/LBody":
                element["S"] = "/Div"
    item["K"] = pydyf.Array([*labels, body.reference])


def _element(kid: Any, pdf: pydyf.PDF) -> Any:  # noqa: ANN401  (pydyf is not typed)
    """Give the structure element behind a reference; None for a piece of marked text."""
    if not isinstance(kid, bytes):
        return None
    element = pdf.objects[int(kid.split()[0])]
    return element if "S" in element else None
