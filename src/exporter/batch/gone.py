"""Books whose captures are no longer there: told, or removed.

A capture is gone when its path is, under a folder that the run was asked for and could read: not
when the system can't say. A book is ours to remove while it is as we wrote it.
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from exporter import beside, files
from exporter.batch import proof, records
from exporter.files import BESIDE
from exporter.model import MADE, Export, Failure, Note, Outcome

CAPTURES: Final = "SELECT capture FROM made WHERE target = ? AND kind = 'Convert'"
WRITTEN: Final = "SELECT capture, written FROM made WHERE target = ? AND kind = 'Convert'"
RECORD: Final = """
SELECT written, results FROM made WHERE target = ? AND kind = 'Convert' AND capture = ?
"""
DROP: Final = "DELETE FROM made WHERE target = ? AND kind = 'Convert' AND capture = ?"


class Book(NamedTuple):
    """What was written of an article whose capture is gone."""

    capture: str  # URL
    article: Export
    written: dict[str, str]  # path -> stamp, of what is still there


def url(path: Path | str) -> str:
    """Give a path as a URL; its odd bytes are escaped, so any path has one."""
    return Path(path).absolute().as_uri()


def written(one: Export) -> Iterator[str]:
    """Give the paths of all that was written of an article."""
    yield from map(os.path.abspath, filter(None, (*one.files, one.review, one.cover)))


def books(base: sqlite3.Connection, target: str, folders: Sequence[Path]) -> list[Book]:
    """Give the books in a target (a URL) whose captures, which lay in the folders, are gone."""
    roots = tuple(f"{url(folder).rstrip('/')}/" for folder in folders if _is_listed(folder))
    if not roots:
        return []
    captures: Iterator[str] = (row[0] for row in base.execute(CAPTURES, (target,)))
    lost = [one for one in captures if one.startswith(roots) and _is_gone(_path(one))]
    rows = {one: base.execute(RECORD, (target, one)).fetchone() for one in lost}
    theirs = {path for row in rows.values() for path in json.loads(row[0])}
    others: set[str] = set()  # of these, what is written of captures that remain, too
    for capture, paths in base.execute(WRITTEN, (target,)) if lost else ():
        if capture not in rows:
            others |= theirs.intersection(json.loads(paths))
    found: list[Book] = []
    for capture, row in rows.items():
        mine = list(_books(capture, row, others))
        found += mine
        if not mine:
            forget(base, target, capture)
    return found


def _books(capture: str, row: tuple[str, str], others: set[str]) -> Iterator[Book]:
    stamps = iter(json.loads(row[0]).items())
    for line in filter(None, row[1].split("\n")):
        article = records.load(line)
        if isinstance(article, Export) and article.status in MADE:
            mine = dict(islice(stamps, sum(1 for _ in written(article))))
            there = {
                path: stamp
                for path, stamp in mine.items()
                if path not in others and os.path.lexists(path)
            }
            if there:
                yield Book(capture, article, there)


def forget(base: sqlite3.Connection, target: str, capture: str) -> None:
    """Forget what was made of a capture."""
    with base:
        base.execute(DROP, (target, capture))


def told(book: Book) -> Export:
    """Give the outcome of an article whose capture is gone, and whose books stay."""
    return replace(
        book.article, status="gone", files=tuple(book.written), notes=(), removed=(), seconds=0.0
    )


def pruned(book: Book) -> Outcome:
    """Remove the books of an article whose capture is gone; give its outcome.

    What was changed since it was written stays, and a note says so.
    """
    folders = [path for path in book.written if Path(path).is_dir()]
    notes, left = [], []
    for path, stamp in book.written.items():
        if path in folders:
            continue
        if proof.stamp(path, content=stamp.startswith("sha256:")) != stamp:
            notes.append(Note("book-changed", path))
            left.append(path)
            continue
        try:
            _remove(Path(path), [Path(folder).name for folder in folders])
        except OSError as error:
            return Failure(book.article.input, files.output_error(error, Path(path)), 0.0)
        notes.append(Note("book-removed", path))
    status = "gone" if left else "pruned"
    return replace(told(book), status=status, files=tuple(left), notes=tuple(notes))


def _remove(path: Path, folders: Iterable[str]) -> None:
    """Remove a book, and its pictures from the folders beside it."""
    pictures = {one for name in folders for one in beside.pictures(path, name.removesuffix(BESIDE))}
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    beside.remove(path, pictures)


def _path(capture: str) -> str:
    """Give the path of a capture's URL, which may end with the number of an article."""
    path = os.fsdecode(unquote_to_bytes(urlsplit(capture).path))
    return path.removeprefix("/") if os.name == "nt" else path  # "/C:/pages/a.html"


def _is_listed(folder: Path) -> bool:
    """Tell whether a path is a folder with something in it: that of no disk is empty."""
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _is_gone(path: str) -> bool:
    """Tell whether nothing is there; not where the system can't say."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
