"""Saved web pages into books: `prepare` a page, `publish` an edition, or `convert` at once."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from exporter import errors
    from exporter.batch.folder import convert_all
    from exporter.export import convert, prepare, publish
    from exporter.model import Article, Edition
    from exporter.settings import Settings

__all__ = [
    "Article",
    "Edition",
    "Settings",
    "convert",
    "convert_all",
    "errors",
    "prepare",
    "publish",
]

# public name -> where it lives, imported on use: `import exporter` alone takes no time
HOMES: Final = {
    "Article": "exporter.model",
    "Edition": "exporter.model",
    "Settings": "exporter.settings",
    "convert": "exporter.export",
    "convert_all": "exporter.batch.folder",
    "prepare": "exporter.export",
    "publish": "exporter.export",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  (any public name)
    """Give a public name from its home."""
    if name in HOMES:
        return getattr(import_module(HOMES[name]), name)
    if name == "errors":
        return import_module("exporter.errors")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
