"""The faces of a cover's letters: ours, and one of the system's for scripts that ours lack."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont, features

from exporter import themes

OURS: Final = {
    "title": "source-serif-4/SourceSerif4-Bold.ttf",
    "names": "source-serif-4/SourceSerif4-Italic.ttf",
    "site": "source-sans-3/SourceSans3-Bold.ttf",
}
FINDER: Final = "fc-match"
PATTERN: Final = "serif:bold:charset={signs}"
SECONDS: Final = 5  # for the finder, which takes a hundredth of one
UNDRAWN: Final = frozenset(" \u00a0\u200c\u200d\u200e\u200f")  # spaces, joiners, marks of direction
SPACES: Final = frozenset(" \u00a0")
SIGNS: Final = 40  # of a text, that are told to the finder


@dataclass(frozen=True, slots=True)
class Face:
    """A font that has all letters of a text."""

    path: str
    index: int = 0
    shaped: bool = False  # letters join or run from right to left

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Give it in a size, px."""
        return _font(self.path, self.index, size, shaped=self.shaped)


def face(name: str, text: str) -> Face | None:
    """Give the face for a text, ours if it can; None rather than one that would draw boxes."""
    wanted = frozenset(text) - UNDRAWN
    ours = Face(str(themes.font_folder() / OURS[name]))
    if all(_has(ours, sign) for sign in wanted):
        return ours
    if not features.check("raqm"):
        return None
    found = _systems("".join(sorted(wanted)[:SIGNS]))
    return found if found and all(_has(found, sign) for sign in wanted) else None


def legible(name: str, text: str) -> tuple[Face, str] | None:
    """Give the face for a text, and what of the text it can draw; None if that is nothing.

    Signs that no face has beside the letters, such as an emoji, are left out; no lone "!" is left.
    """
    if whole := face(name, text):
        return whole, text
    wanted = frozenset(text) - UNDRAWN
    ours = Face(str(themes.font_folder() / OURS[name]))
    plain = frozenset(sign for sign in wanted if unicodedata.category(sign)[0] in "LN")
    can = (face(name, "".join(sorted(plain))) if plain else None) or ours
    drawn = frozenset(sign for sign in wanted if _has(can, sign))
    kept = drawn | (UNDRAWN if can.shaped else SPACES)  # a joiner has nothing left to join
    rest = " ".join("".join(sign for sign in text if sign in kept).split())
    return (can, rest) if drawn & plain else None


def drawable(name: str, texts: Iterable[str]) -> list[str]:
    """Give the texts that one face can draw together: those that ours can, else all."""
    every = [text for text in texts if text]
    ours = Face(str(themes.font_folder() / OURS[name]))
    can = [text for text in every if all(_has(ours, sign) for sign in set(text) - UNDRAWN)]
    return can or every


@cache
def _systems(signs: str) -> Face | None:
    """Ask the system for a font with these signs."""
    finder = shutil.which(FINDER)
    if finder is None or not Path(finder).is_absolute():  # one in the working folder is not meant
        return None
    pattern = PATTERN.format(signs=" ".join(f"{ord(sign):x}" for sign in signs))
    try:
        asked = subprocess.run(  # noqa: S603  (no shell; code points alone come from the page)
            [finder, "-f", "%{file}\n%{index}", pattern],
            capture_output=True, text=True, check=True, timeout=SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    path, _, index = asked.stdout.partition("\n")
    try:
        found = Face(path, int(index or 0), shaped=True)
        found.at(24)
    except (OSError, ValueError):
        return None
    return found


@cache
def _font(path: str, index: int, size: int, *, shaped: bool) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size, index, layout_engine=layout)


@cache
def _has(face_: Face, sign: str) -> bool:
    font = _font(face_.path, face_.index, 24, shaped=False)
    return bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))
