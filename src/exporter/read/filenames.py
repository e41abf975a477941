"""The name a saving program gave to a URL's file: what a folder holds for a wanted name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from exporter.read.companions import fold

# What tells two files of one name apart: Chrome "a(1).jpg", Firefox "a_002.jpg" or "a_b3f1.jpg".
# yes: "photo(1)", "photo_002", "photo_1f3b"   no: "photo_large", "photo-300x200", "photo1"
TWIN: Final = re.compile(r"(?: ?\(\d{1,4}\)|_\d{3}|_(?=[^_]*\d)[0-9A-Za-z]{4,8})\Z")
# The size that WordPress puts into the names of its variants.
# yes: "photo-300x200", "photo-scaled", "photo@2x"   no: "photo-300", "route-66x"
SIZE: Final = re.compile(r"(?:-(\d{2,5})x(\d{2,5})|-scaled|@[23]x)\Z")
PICTURES: Final = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp",
    ".tif", ".tiff", ".php", ".aspx", ".asp", ".cgi", ".htm", ".html", ".download", "",
})  # fmt: skip
REAL_PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"})
WRONG_TURNS: Final = ("cp1252", "cp437", "latin-1")  # encodings that UTF-8 names were taken for


@dataclass(frozen=True, slots=True)
class Names:
    """The file names of one folder, by the keys under which they can be asked for."""

    by_name: dict[str, str]
    by_letters: dict[str, list[str]]  # without what programs replace: "a?b" is "a_b" or "a b"
    by_twin: dict[str, list[str]]
    by_stem: dict[str, list[str]]
    by_picture: dict[str, list[str]]  # without the size

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        """Index the names of a folder."""
        by_name: dict[str, str] = {}
        indexes: tuple[dict[str, list[str]], ...] = ({}, {}, {}, {})
        for name in sorted(names):
            by_name[name] = name
            for reading in _readings(name):
                by_name.setdefault(fold(reading), name)
                for index, key in zip(indexes, _keys(reading), strict=True):
                    found = index.setdefault(key, [])
                    if name not in found:
                        found.append(name)
        return cls(by_name, *indexes)

    def find(self, wanted: str) -> str | None:
        """Give the name of the file saved for the last part of a URL, surest match first."""
        spellings = tuple(dict.fromkeys(_spellings(wanted)))
        for spelling in spellings:
            if found := self.by_name.get(spelling) or self.by_name.get(fold(spelling)):
                return found
        for spelling in spellings:
            letters, twin, stem, picture = _keys(spelling)
            found = (
                _only(self.by_twin.get(twin, []))
                or _only(self.by_letters.get(letters, []))
                or self._picture(stem, picture)
            )
            if found:
                return found
        return None

    def twins(self, name: str) -> list[str]:
        """Give the files that were saved under one name, told apart by a suffix."""
        return self.by_twin.get(_keys(name)[1], [])

    def _picture(self, stem: str, picture: str) -> str | None:
        if not picture:
            return None
        other_type = [name for name in self.by_stem.get(stem, []) if _suffix(name) in PICTURES]
        if other_type:
            return other_type[0]
        sizes = [name for name in self.by_picture.get(picture, []) if _suffix(name) in PICTURES]
        return max(sizes, key=_area, default=None)


def _spellings(wanted: str) -> Iterator[str]:
    """Give the names that a URL's last part may stand for, with its query and without."""
    name, _, query = wanted.partition("?")
    if query:
        yield wanted
        yield unquote(wanted)
        yield f"{unquote(name)}@{unquote(query)}"  # wget for Windows
    yield unquote(name)
    yield name
    yield unquote(name, encoding="cp1252")


def _readings(name: str) -> Iterator[str]:
    """Give a file's name as it stands, percent-decoded, and freed from a wrong decoding."""
    yield name
    if "%" in name:
        yield unquote(name)
    if name.isascii():
        return
    for wrong in WRONG_TURNS:
        try:
            yield name.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
    try:  # a name that was no UTF-8 on disk
        raw = name.encode("utf-8", "surrogateescape")
        if not _is_utf8(raw):
            yield raw.decode("cp1252", "replace")
    except UnicodeError:
        return


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _keys(name: str) -> tuple[str, str, str, str]:
    """Give a name's keys for by_letters, by_twin, by_stem and by_picture."""
    folded = fold(name)
    suffix = PurePosixPath(folded).suffix
    stem = TWIN.sub("", folded.removesuffix(suffix))
    picture = SIZE.sub("", stem) if suffix in REAL_PICTURES else ""
    return _letters(folded), stem + suffix, stem, picture


def _letters(folded: str) -> str:
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in decomposed if letter.isalnum())


def _suffix(name: str) -> str:
    return PurePosixPath(name.casefold()).suffix


def _area(name: str) -> tuple[int, str]:
    size = SIZE.search(name.removesuffix(PurePosixPath(name).suffix))
    if size is None or size[1] is None:
        return sys_max, name  # without a size in its name: the original
    return int(size[1]) * int(size[2]), name


sys_max: Final = 10**12  # px; larger than any picture


def _only(names: list[str]) -> str | None:
    """Give the first of the names that one key leads to, the plainest."""
    return min(names, key=lambda name: (len(name), name), default=None)
