"""A theme by name: its style sheets for print and screen, and the folders of its fonts."""

import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

import tomli

from exporter.errors import ConfigError

SETTINGS: Final = "theme.toml"
DISTRIBUTION: Final = 'name = "article-exporter"'  # the line by which we know our own pyproject
# what no edition may do; yes: "url(a.png)", "@import 'b.css'"; no: "curl { }"
LOADS: Final = re.compile(r"(?<![\w-])url\s*\(|@import\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Theme:
    """How an edition looks."""

    name: str
    description: str
    print_css: str  # with the user's own style sheet at its end
    screen_css: str  # likewise
    font_folders: tuple[Path, ...]  # folders of TTF files the PDF may use, before the system's


def load(name: str, style: str = "") -> Theme:
    """Give the theme of that name, or of that folder, with the user's style at its end.

    `name` is a theme of ours or a path to a theme folder; `style` is CSS text or the path of a
    CSS file.

    Raises:
        ConfigError: no such theme, or a part of it is missing or wrong.

    """
    folder = _folder(name)
    settings = _settings(folder / SETTINGS)
    extra = _style(style)
    return Theme(
        name=folder.name,
        description=str(settings.get("description", "")),
        print_css=_read(folder / "print.css") + extra,
        screen_css=_read(folder / "screen.css") + extra,
        font_folders=tuple(_fonts(folder, settings.get("fonts", []))),
    )


def names() -> tuple[str, ...]:
    """Give the names of the themes that travel with the package, sorted."""
    return tuple(sorted(path.parent.name for path in font_folder().parent.glob(f"*/{SETTINGS}")))


def font_folder() -> Path:
    """Give the folder of the fonts that themes share, one family a folder."""
    return _styles() / "fonts"


def _styles() -> Path:
    """Give the folder of themes: in the package, else in the checkout it runs from.

    Raises:
        ConfigError: neither is there; the installation is broken.

    """
    package = Path(str(resources.files("exporter")))
    checkout = package.parent.parent
    pyproject = checkout / "pyproject.toml"
    if (package / "styles").is_dir():
        return package / "styles"
    if pyproject.is_file() and DISTRIBUTION in pyproject.read_text(encoding="utf-8"):
        return checkout / "styles"
    raise ConfigError("the themes are missing", str(package), "install article-exporter again")


def _folder(name: str) -> Path:
    ours = names()
    if name in ours:
        return _styles() / name
    folder = Path(name).expanduser()
    if (folder / SETTINGS).is_file():
        return folder.resolve()
    raise ConfigError(
        "no such theme",
        name,
        f"choose {' or '.join(ours)}, or give a folder that holds a {SETTINGS}",
    )


def _settings(path: Path) -> dict[str, object]:
    try:
        return tomli.loads(_read(path))
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}", str(path), "correct the file") from error


def _fonts(folder: Path, wanted: object) -> list[Path]:
    """Find each font folder in the theme first, then among those that themes share."""
    if not isinstance(wanted, list) or not all(isinstance(family, str) for family in wanted):
        raise ConfigError("fonts is no list of names", str(folder / SETTINGS), "correct the file")
    found = []
    for family in wanted:
        places = [folder / "fonts" / family, font_folder() / family]
        place = next((place for place in places if place.is_dir()), None)
        if place is None:
            raise ConfigError(f'no fonts "{family}"', str(folder / SETTINGS), "correct the name")
        found.append(place)
    return found


def _style(style: str) -> str:
    """Give the user's CSS: the text itself, or what stands in the file it names."""
    if not style.strip():
        return ""
    text = style if "{" in style else _read(Path(style).expanduser())
    if found := LOADS.search(text):
        raise ConfigError(f"loads a file with {found[0]}", "--style", "books carry no such files")
    return f"\n/* the reader's own style */\n{text}\n"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise ConfigError(
            f"cannot read: {reason}", str(path), "give a readable CSS file"
        ) from error
