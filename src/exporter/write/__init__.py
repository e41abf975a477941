"""Edition -> the bytes of a book, through one table of writers."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from exporter.errors import UsageError
from exporter.model import Edition, Rendition, Settings

if TYPE_CHECKING:
    from exporter.themes import Theme

Writer = Callable[[Edition, "Theme", Settings], Rendition]

# suffix -> the module whose `write` makes it; imported on use, because WeasyPrint takes a second
WRITERS: Final = {
    ".epub": "exporter.write.epub",
    ".pdf": "exporter.write.pdf",
}


def writer(suffix: str) -> Writer:
    """Give the writer of a format by its file suffix, in any case: ".epub".

    Raises:
        UsageError: no writer makes such files.

    """
    module = WRITERS.get(suffix.lower())
    if module is None:
        known = ", ".join(sorted(WRITERS))
        raise UsageError(f"no edition has the suffix {suffix!r}", remedy=f"use one of {known}")
    return cast("Writer", import_module(module).write)
