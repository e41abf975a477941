"""A document printed, with what no font can show replaced."""

from collections.abc import Iterable

from exporter.dom import Element
from exporter.model import Asset, Note
from exporter.write.pdf import glyphs
from exporter.write.pdf.engine import Engine, Printed
from exporter.write.pdf.fetcher import address
from exporter.write.xhtml import markup

PASSES = 3  # replacing a character may change which font shows its neighbour


def printed(
    root: Element, press: Engine, images: Iterable[Asset]
) -> tuple[Printed, tuple[Note, ...]]:
    """Give a document printed, and what could not be shown of it."""
    missing = press.missing(glyphs.characters(root))
    assets = {address(asset): asset for asset in images}
    for _ in range(PASSES):
        glyphs.replace(root, missing)
        made = press.print(markup(root), assets)
        if not made.missing:
            break
        missing |= made.missing
    notes = (
        *glyphs.notes(missing),
        *(Note("style-ignored", warning) for warning in press.style_warnings),
        *(Note("print-warning", warning) for warning in made.warnings),
    )
    return made, notes
