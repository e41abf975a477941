"""Edition -> the bytes of a book, through one table of writers."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final, cast

from exporter.errors import UsageError
from exporter.model import Article, Edition, Note, Rendition
from exporter.settings import Settings

if TYPE_CHECKING:
    from exporter.themes import Theme

Writer = Callable[[Edition, "Theme", Settings], Rendition]
# of an article the piece of a book; both give what can't be shown
Press = Callable[[Article, "Theme", Settings, Path], tuple[Note, ...]]
Binder = Callable[[Edition, Sequence[Path], tuple["Theme", Settings], Path], tuple[Note, ...]]

# suffix -> the module whose `write` makes it; imported on use, because WeasyPrint takes a second
WRITERS: Final = {
    ".epub": "exporter.write.epub",
    ".pdf": "exporter.write.pdf",
    ".html": "exporter.write.html",
    ".md": "exporter.write.markdown",
}


def writer(suffix: str) -> Writer:
    """Give the writer of a format by its file suffix, in any case: ".epub".

    Raises:
        UsageError: no writer makes such files.

    """
    return cast("Writer", _module(suffix).write)


def press(suffix: str) -> Press | None:
    """Give what a format makes of each article of a book before it is bound, if anything.

    Raises:
        UsageError: no writer makes such files.

    """
    return cast("Press | None", getattr(_module(suffix), "press", None))


def binder(suffix: str) -> Binder | None:
    """Give what binds a book in a format; None where that is what writes any edition.

    Raises:
        UsageError: no writer makes such files.

    """
    return cast("Binder | None", getattr(_module(suffix), "bind", None))


def _module(suffix: str) -> ModuleType:
    module = WRITERS.get(suffix.lower())
    if module is None:
        known = ", ".join(sorted(WRITERS))
        raise UsageError(f"no edition has the suffix {suffix!r}", remedy=f"use one of {known}")
    return import_module(module)
