"""Edition -> PDF: a tagged A5 book (PDF/UA-1), printed by WeasyPrint from memory alone.

A book is printed in pieces, one for each article, and bound from them.
"""

import dataclasses
import tempfile
from pathlib import Path

from exporter.model import Edition, Rendition
from exporter.settings import Settings
from exporter.themes import Theme, load
from exporter.write.pdf import loading

with loading.by_name():
    from exporter.write.pdf.binding import bind, press
    from exporter.write.pdf.document import document
    from exporter.write.pdf.engine import Engine, engine
    from exporter.write.pdf.plain import plain
    from exporter.write.pdf.printing import printed

__all__ = ["bind", "press", "warm", "write"]


def write(edition: Edition, theme: Theme, settings: Settings) -> Rendition:
    """Give the PDF of an edition, and what it could not show."""
    if edition.is_book:
        return _bound(edition, theme, settings)
    article, told = plain(edition.articles[0], settings.limits)
    root = document(dataclasses.replace(edition, articles=(article,)), settings, theme.measure)
    made, notes = printed(root, engine(theme), article.assets)
    return Rendition(_kept(made.data, edition, settings), (*told, *notes))


def _kept(data: bytes, edition: Edition, settings: Settings) -> bytes:
    if not settings.archive:
        return data
    from exporter.write.pdf import archive  # noqa: PLC0415  (brings pikepdf)

    return archive.archived(data, edition)


def _bound(edition: Edition, theme: Theme, settings: Settings) -> Rendition:
    with tempfile.TemporaryDirectory(prefix="exporter-pieces-") as place:
        folder = Path(place)
        pieces = [folder / str(number) for number in range(len(edition.articles))]
        notes = [
            note
            for article, piece in zip(edition.articles, pieces, strict=True)
            for note in press(article, theme, settings, piece)
        ]
        notes += bind(edition, pieces, (theme, settings), folder / "book")
        return Rendition((folder / "book").read_bytes(), tuple(dict.fromkeys(notes)))


def warm(theme: Theme | None = None) -> Engine:
    """Pay for the start before the first article: for a worker that waits for work."""
    ready = engine(theme or load("classic"))
    ready.print("<html lang='en'><title>warm</title><p>Warm.</p></html>", {})
    return ready
