"""The names of what comes in several pages: the first beside the editions, others in library/."""

import itertools
from pathlib import Path, PurePosixPath

from exporter.files import LIBRARY


def count_of(entries: int, most: int) -> int:
    """Give how many pages there are, with at most so many entries each; the first always is."""
    return max(1, -(-entries // most))


def up_from(number: int) -> str:
    """Give the way from a page to the folder of the editions."""
    return "" if number == 1 else "../"


def name_of(first: str, number: int) -> str:
    """Give the path of a page from the folder: "opds.xml", "library/opds-2.xml"."""
    if number == 1:
        return first
    path = PurePosixPath(first)
    return f"{LIBRARY}/{path.stem}-{number}{path.suffix}"


def drop_beyond(folder: Path, first: str, count: int) -> None:
    """Remove the pages that an earlier, longer catalogue had."""
    for number in itertools.count(count + 1):
        path = folder / name_of(first, number)
        if not path.exists():
            return
        path.unlink()
