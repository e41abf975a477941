"""A theme as the writers take it: its sheets with the user's choices at their end."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from exporter.errors import ConfigError
from exporter.files import is_inside
from exporter.settings import Settings
from exporter.themes import folders, paper
from exporter.themes.folders import Folder

# what no edition may do; in a style sheet nothing may stand between a function's name and "("
LOADS: Final = ("url(", "src(", "image(", "image-set(", "@import")
# a sign written as its number, or as itself; yes: "\\72 ", "\\u0", "\\("
ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
# what names of fonts are made of; yes: "EB Garamond", "Noto Sans CJK JP"; no: 'a"; b'
FAMILY: Final = re.compile(r"[\w .,'()&+-]{1,80}")
# what --font may say for a bundled family
GENERIC: Final = {"serif": "Source Serif 4", "sans": "Source Sans 3", "mono": "Source Code Pro"}
NO_FILES: Final = "books carry no such files"
MEASURE: Final = 66  # letters on a line, of a theme that does not say


@dataclass(frozen=True, slots=True)
class Theme:
    """How an edition looks."""

    name: str
    description: str
    print_css: str  # with the user's own choices and style sheet at its end
    screen_css: str  # with the user's own style sheet at its end
    font_folders: tuple[Path, ...]  # folders of TTF files the PDF may use, before the system's
    measure: int = MEASURE  # letters on a full line of text
    font: str = ""  # the family asked for; the PDF's engine knows whether it is there


def chosen(settings: Settings) -> Theme:
    """Give the theme that settings ask for.

    Raises:
        ConfigError: as `load`.

    """
    asked = settings.theme, settings.style, settings.page_size, settings.font
    of_ours = settings.theme in folders.names()
    is_text = not settings.style.strip() or "{" in settings.style
    return _ours(*asked) if of_ours and is_text else _load(*asked)


def _load(name: str, style: str, page_size: str, font: str) -> Theme:
    return load(name, style, page_size=page_size, font=font)


_ours = lru_cache(maxsize=4)(_load)  # what travels with the package is read once


def load(name: str, style: str = "", *, page_size: str = "", font: str = "") -> Theme:
    """Give the theme of that name, or of that folder, with the user's choices at its end.

    `name` is a theme of ours or a path to a theme folder; `style` is CSS text or the path of a
    CSS file; `page_size` is as in "a4" or "148x210mm"; `font` is the family for the PDF's text,
    or "serif", "sans", "mono" for one of ours.

    Raises:
        ConfigError: no such theme, a part of it is missing or wrong, or a choice makes no sense.

    """
    line = folders.line(name)
    own = next((part.page for part in reversed(line) if part.page), "")
    measure = next((part.measure for part in reversed(line) if part.measure), MEASURE)
    family = _family(font)
    extra = _style(style)
    sheets = (
        paper.rules(own),  # first: a sheet may say otherwise
        _sheets(line, "print.css"),
        paper.rules(page_size),
        f'\nhtml {{ --text: "{family}" }}\n' if family else "",
        extra,
    )
    return Theme(
        name=line[-1].path.name,
        description=line[-1].description,
        print_css="".join(sheets),
        screen_css=_sheets(line, "screen.css") + extra,
        font_folders=tuple(dict.fromkeys(place for part in line for place in _fonts(part))),
        measure=round(measure * paper.narrower(page_size, own)),
        font=family,
    )


def loads(css: str) -> str:
    """Give by what a style sheet would load a file, however that is written; "" where it doesn't.

    Comments and texts count, too: nobody needs such words there.
    """
    texts = css.lower(), ESCAPE.sub(_meant, css).lower()
    return next((word for word in LOADS for text in texts if word in text), "")


def _meant(escape: re.Match[str]) -> str:
    """Give the sign that an escape stands for (CSS Syntax Level 3 §4.3.7)."""
    number = int(escape[1] or "0", 16)
    return escape[2] or (chr(number) if 0 < number <= sys.maxunicode else "\ufffd")


def pieces(name: str) -> Iterator[Path]:
    """Give every file and folder that is read for a theme, but for those of ours.

    Raises:
        ConfigError: as `load`.

    """
    for part in folders.line(name):
        own = [part.path, part.settings, part.path / "print.css", part.path / "screen.css"]
        for folder in _fonts(part):
            own += [folder, *folder.rglob("*")]
        yield from (path for path in own if not is_inside(path, folders.styles()))


def font_folder() -> Path:
    """Give the folder of the fonts that themes share, one family a folder."""
    return folders.styles() / "fonts"


def _sheets(line: tuple[Folder, ...], name: str) -> str:
    """Give the sheets of a line of themes as one; a theme that stands on another may lack its."""
    first, *rest = [part.path / name for part in line]
    texts = []
    for path in (first, *filter(Path.exists, rest)):
        texts.append(folders.read(path))
        if what := loads(texts[-1]):
            raise ConfigError(f"loads a file with {what}", str(path), NO_FILES)
    return "\n".join(texts)


def _fonts(part: Folder) -> list[Path]:
    """Find each font folder in the theme first, then among those that themes share."""
    found = []
    for family in part.fonts:
        places = [part.path / "fonts" / family, font_folder() / family]
        place = next((place for place in places if place.is_dir()), None)
        if place is None:
            raise ConfigError(f'no fonts "{family}"', str(part.settings), "correct the name")
        if strange := next((path for path in place.rglob("*") if not _is_plain(path)), None):
            raise ConfigError("neither file nor folder", str(strange), "remove it")
        found.append(place)
    return found


def _is_plain(path: Path) -> bool:
    """Tell whether a path is a file or folder: fontconfig waits for a pipe for ever."""
    return path.is_file() or path.is_dir()


def _family(font: str) -> str:
    """Give the name of the family that a user means, or nothing."""
    name = " ".join(font.split())
    name = GENERIC.get(name.casefold(), name)
    if name and not FAMILY.fullmatch(name):
        raise ConfigError("no name of a font", font, 'name a family, as in "EB Garamond"')
    return name


def _style(style: str) -> str:
    """Give the user's CSS: the text itself, or what stands in the file it names."""
    if not style.strip():
        return ""
    text = style if "{" in style else folders.read(Path(style).expanduser())
    if what := loads(text):
        raise ConfigError(f"loads a file with {what}", "--style", NO_FILES)
    return f"\n/* the reader's own style */\n{text}\n"
