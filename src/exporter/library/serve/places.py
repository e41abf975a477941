"""Which file of a folder a request means: a regular one inside it, or none."""

from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

from exporter import files

INDEX: Final = "index.html"
HIDDEN: Final = "."  # how names begin that are not shown: ".git", ".exporter-lock"


def meant(folder: Path, path: str) -> Path | None:
    """Give the file that a path means, links followed; None: there is none to be shown.

    The folder has no links in it, the path is what a request says, without its "/" at the front.
    """
    names = _names(path)
    if names is None:
        return None
    try:
        place = files.real(folder.joinpath(*names))
        if not place.is_relative_to(folder) or not _shown(place.relative_to(folder).parts):
            return None
        return place if place.is_file() else None
    except (OSError, ValueError):  # a name that no file of this system can have
        return None


def _names(path: str) -> list[str] | None:
    """Give the names of folders and file; None: no path of ours is written like that."""
    pieces = path.partition("#")[0].partition("?")[0].split("/")
    try:
        # taken apart first: a "/" that is written as %2F divides nothing
        names = [unquote_to_bytes(piece).decode("utf-8") for piece in pieces]
    except UnicodeDecodeError:
        return None
    if names[-1] == "":
        names[-1] = INDEX
    return names if _shown(names) else None


def _shown(names: list[str] | tuple[str, ...]) -> bool:
    """Tell whether all are names of what may be seen; "", "." and ".." are none."""
    return all(
        name and not name.startswith(HIDDEN) and not {"/", "\\", "\0"} & set(name) for name in names
    )
