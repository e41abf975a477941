"""The folder beside an edition for the pictures of its own: which it is, what lies there."""

import contextlib
import itertools
import re
from collections.abc import Collection
from pathlib import Path
from typing import Final
from urllib.parse import quote

from exporter import files
from exporter.errors import OutputError
from exporter.files import BESIDE

MOST: Final = 64 << 20  # bytes of an edition that is to be replaced
KEY: Final = 16  # digits of a picture's key in the name of its file
# what we call a picture. yes: "0123456789abcdef.jpg"; no: "boat.jpg"
PICTURE: Final = re.compile(rf"[0-9a-f]{{{KEY}}}\.(?:jpg|png|svg)\Z")


def free_name(target: Path) -> str:
    """Give the name by which the folder of an edition is called: the stem of its file.

    It is another where a folder of that name holds what is not ours: that of a page which a
    browser saved.
    """
    others = (f"{target.stem}-{number}" for number in itertools.count(2))
    names = itertools.chain((target.stem,), others)
    return next(name for name in names if _is_free(target.with_name(f"{name}{BESIDE}")))


def _is_free(folder: Path) -> bool:
    try:
        inside = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        return not folder.exists()  # else its parent is no folder, which is told on writing
    except OSError:  # whoever writes there will tell of it
        return True
    return all(name.startswith(".") or PICTURE.match(name) for name in inside)


def check(target: Path, paths: Collection[str]) -> None:
    """See to it that what is written or removed beside an edition lies in the edition's folder.

    Raises:
        OutputError: a link leads out of it.

    """
    for folder in {(target.parent / path).parent for path in paths}:
        if not files.is_inside(folder, target.parent):
            remedy = "remove the link, or choose another place with -o"
            raise OutputError("a link that leads out of the output folder", str(folder), remedy)


def pictures(target: Path, name: str) -> frozenset[str]:
    """Give the pictures that an edition which stands there has in its folder, by their paths."""
    if target.suffix != ".md":
        return frozenset()
    try:
        with files.open_regular(target) as file:
            text = file.read(MOST).decode(errors="replace")
    except OSError:
        return frozenset()
    folder = f"{name}{BESIDE}"
    named = re.findall(rf"\({re.escape(quote(folder))}/([^)\s]+)", text)
    return frozenset(f"{folder}/{file}" for file in named if PICTURE.match(file))


def remove(target: Path, paths: Collection[str]) -> None:
    """Remove pictures beside an edition, and the folder that is empty then."""
    for path in paths:
        with contextlib.suppress(OSError):
            (target.parent / path).unlink()
    for folder in {(target.parent / path).parent for path in paths}:
        with contextlib.suppress(OSError):
            folder.rmdir()
