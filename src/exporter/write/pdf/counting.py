"""What the engine counts anew for every tag, counted once: the pages of a PDF."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import pydyf  # type: ignore[import-untyped]  # comes with weasyprint, without types

NUMBERS: Final = 3  # of a reference among the kids: the object, its generation, "R"

Pdf = Any  # pydyf is not typed


@contextmanager
def counted() -> Iterator[None]:
    """While inside, a PDF lists its pages again only when there are more of them."""
    engine_s_own = pydyf.PDF.page_references
    known: dict[int, tuple[bytes, ...]] = {}
    pydyf.PDF.page_references = property(partial(_references, engine_s_own, known))
    try:
        yield
    finally:
        pydyf.PDF.page_references = engine_s_own


def _references(
    listed: property, known: dict[int, tuple[bytes, ...]], pdf: Pdf
) -> tuple[bytes, ...]:
    """Give the reference of each page, as the engine lists them."""
    pages = known.get(id(pdf), ())
    if len(pages) * NUMBERS != len(pdf.pages["Kids"]):
        pages = known[id(pdf)] = listed.__get__(pdf)
    return pages
