"""Edition -> PDF: a tagged A5 book (PDF/UA-1), printed by WeasyPrint from memory alone."""

from exporter.model import Edition, Note, Rendition, Settings
from exporter.themes import Theme, load
from exporter.write.pdf import loading
from exporter.write.xhtml import markup

with loading.by_name():
    from exporter.write.pdf import glyphs
    from exporter.write.pdf.document import document
    from exporter.write.pdf.engine import Engine, engine
    from exporter.write.pdf.fetcher import address

PASSES = 3  # replacing a character may change which font shows its neighbour


def write(edition: Edition, theme: Theme, settings: Settings) -> Rendition:
    """Give the PDF of an edition, and what it could not show."""
    press = engine(theme)
    root = document(edition, settings, theme.measure)
    missing = press.missing(glyphs.characters(root))
    assets = {address(asset): asset for article in edition.articles for asset in article.assets}
    for _ in range(PASSES):
        glyphs.replace(root, missing)
        printed = press.print(markup(root), assets)
        if not printed.missing:
            break
        missing |= printed.missing
    notes = (
        *glyphs.notes(missing),
        *(Note("style-ignored", warning) for warning in press.style_warnings),
        *(Note("print-warning", warning) for warning in printed.warnings),
    )
    return Rendition(_kept(printed.data, edition, settings), notes)


def _kept(data: bytes, edition: Edition, settings: Settings) -> bytes:
    if not settings.archive:
        return data
    from exporter.write.pdf import archive  # noqa: PLC0415  (brings pikepdf)

    return archive.archived(data, edition)


def warm(theme: Theme | None = None) -> Engine:
    """Pay for the start before the first article: for a worker that waits for work."""
    press = engine(theme or load("classic"))
    press.print("<html lang='en'><title>warm</title><p>Warm.</p></html>", {})
    return press
