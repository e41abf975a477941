"""A user's own folders, where programs keep what they know and what they can make again.

The XDG Base Directory Specification where it is followed, else the system's usual folders.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

NAME: Final = "exporter"


class Usual(NamedTuple):
    """Where a kind of file is kept."""

    variable: str  # in the environment: the folder that the user wants
    home: str  # below the user's home: where the specification is followed
    darwin: str
    windows: str = ""  # below the program's folder


DATA: Final = Usual("XDG_DATA_HOME", ".local/share", "Library/Application Support")
CACHE: Final = Usual("XDG_CACHE_HOME", ".cache", "Library/Caches", "Cache")


def folder(usual: Usual, environment: Mapping[str, str], platform: str) -> Path | None:
    """Give our folder there, made or not; None where a user has no home."""
    named = Path(environment.get(usual.variable, ""))
    if named.is_absolute():
        return named / NAME
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if platform == "win32":
        local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
        return local / NAME / usual.windows
    return home / (usual.darwin if platform == "darwin" else usual.home) / NAME
