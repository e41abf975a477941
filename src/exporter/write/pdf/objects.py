"""Values of one PDF made those of another."""

from typing import Any

from pikepdf import Array, Dictionary, Name, String


def plain(value: Any) -> Any:  # noqa: ANN401  (pikepdf gives numbers as Python's, all else as its own)
    """Give a value that belongs to no PDF: everything in it is copied, nothing may be a stream."""
    match value:
        case Dictionary():
            return Dictionary({key: plain(inside) for key, inside in value.items()})
        case Array():
            return Array([plain(inside) for inside in value])
        case Name():
            return Name(str(value))
        case String():
            return String(bytes(value))
        case _:
            return value
