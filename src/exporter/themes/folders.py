"""The folders of themes: where they are, what their files say, what they stand on."""

import difflib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import tomli

from exporter import files
from exporter.errors import ConfigError

SETTINGS: Final = "theme.toml"
DISTRIBUTION: Final = 'name = "article-exporter"'  # the line by which we know our own pyproject
# what theme.toml may say -> of which kind it is
KEYS: Final = {"base": str, "description": str, "fonts": list, "page": str, "measure": int}
KINDS: Final = {str: "must be text", list: "is no list of names", int: "must be a whole number"}


@dataclass(frozen=True, slots=True)
class Folder:
    """A theme's folder, and what its file says; what it does not say is empty or 0."""

    path: Path
    base: str = ""  # the theme it stands on: one of ours, or a path as seen from here
    description: str = ""
    fonts: tuple[str, ...] = ()  # names of folders of fonts
    page: str = ""
    measure: int = 0

    @property
    def settings(self) -> Path:
        """Give the file that says it."""
        return self.path / SETTINGS


def line(name: str) -> tuple[Folder, ...]:
    """Give a theme's folder after those it stands on, the first of them first.

    Raises:
        ConfigError: there is no such theme; a file is wrong; a base is no theme, or stands on
            the theme itself.

    """
    found = [_opened(_place(name))]
    while base := found[0].base:
        first = found[0]
        try:
            place = _place(base if base in names() else str(first.path / base))
        except ConfigError as error:
            what = f'there is no theme "{base}" to stand on'
            raise ConfigError(what, str(first.settings), error.remedy) from error
        if any(place == folder.path for folder in found):
            what = f'it stands on "{base}", which stands on it'
            raise ConfigError(what, str(first.settings), "change its base")
        found.insert(0, _opened(place))
    return tuple(found)


@cache
def names() -> tuple[str, ...]:
    """Give the names of the themes that travel with the package, sorted."""
    return tuple(sorted(path.parent.name for path in styles().glob(f"*/{SETTINGS}")))


@cache
def styles() -> Path:
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


def read(path: Path) -> str:
    """Give the text of a file of a theme.

    Raises:
        ConfigError: it can't be read.

    """
    try:
        return files.user_text(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise ConfigError(f"cannot read: {reason}", str(path), "give a readable file") from error


def _place(name: str) -> Path:
    ours = names()
    if name in ours:
        return styles() / name
    folder = Path(name).expanduser()
    if (folder / SETTINGS).is_file():
        return folder.resolve()
    near = difflib.get_close_matches(folder.name, ours, n=1)
    close = f"did you mean {near[0]}? " if near else ""
    remedy = f"{close}choose {', '.join(ours)}, or give a folder that holds a {SETTINGS}"
    raise ConfigError("no such theme", name, remedy)


def _opened(folder: Path) -> Folder:
    said = _said(folder / SETTINGS)
    said["fonts"] = tuple(said.get("fonts", ()))
    return Folder(folder, **said)


def _said(path: Path) -> dict[str, Any]:
    """Give what a theme's file says, each value of the kind it must be."""
    try:
        said = tomli.loads(read(path))
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}", str(path), "correct the file") from error
    for key, value in said.items():
        if key not in KEYS:
            raise ConfigError(f"no such setting: {key}", str(path), f"settings: {', '.join(KEYS)}")
        kind = KEYS[key]
        names = value if kind is list and isinstance(value, list) else ()
        if type(value) is not kind or not all(isinstance(name, str) for name in names):
            raise ConfigError(f"{key} {KINDS[kind]}", str(path), f"it is {value!r}")
    return said
