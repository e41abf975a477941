"""The tables and texts that travel with the package, read by name."""

from importlib.resources import files
from typing import Any

import tomli


def toml(*parts: str) -> dict[str, Any]:
    """Give a packaged TOML file as a table, named by its folders: "phrases", "fr.toml".

    Raises:
        FileNotFoundError: no such file in the package.

    """
    return tomli.loads(text(*parts))


def text(*parts: str) -> str:
    """Give a packaged text, named by its folders: "library", "index.css".

    Raises:
        FileNotFoundError: no such file in the package.

    """
    return files(__name__).joinpath(*parts).read_text(encoding="utf-8")


def names(folder: str) -> tuple[str, ...]:
    """Give the stems of the packaged TOML files of a folder, sorted."""
    entries = files(__name__).joinpath(folder).iterdir()
    return tuple(sorted(entry.name[:-5] for entry in entries if entry.name.endswith(".toml")))
