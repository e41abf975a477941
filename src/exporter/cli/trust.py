"""What a config file may say that was found in the working folder, not named by the user.

It may have come with the pages, so it decides how books look and no more: it reads nothing from
outside its folder and allows a page no more than usual. (No config file allows the network.) One
named with --config, and the user's own, are as good as the command line.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from exporter import limits, themes
from exporter.errors import ConfigError
from exporter.files import is_inside

ROOT: Final = 0  # who may change everything anyway
# settings that name folders of rules -> which files are read there
RULES: Final = {"rule_folders": "*.toml", "site_configs": "*.txt"}
REMEDY: Final = "if you trust it, name it with --config"


def objection(path: Path) -> str:
    """Give why a file is not to be believed: others could have written it; "" where it is.

    Windows has no such owners and modes; there it is always "".
    """
    if not hasattr(os, "geteuid"):
        return ""
    return next(filter(None, (_foreign(path, "it"), _foreign(path.parent, "its folder"))), "")


def _foreign(path: Path, what: str) -> str:
    """Give whose a file or folder is, if it or the link to it is not the user's alone."""
    aim = path.stat()
    if {path.lstat().st_uid, aim.st_uid} - {ROOT, os.geteuid()}:
        return f"{what} belongs to another user"
    return f"others can write to {what}" if _is_open(aim) else ""


def _is_open(status: os.stat_result) -> bool:
    """Tell whether others may write a file, or take away what lies in a folder."""
    if stat.S_ISDIR(status.st_mode) and status.st_mode & stat.S_ISVTX:  # as in /tmp
        return False
    if status.st_mode & stat.S_IWOTH:
        return True
    return bool(status.st_mode & stat.S_IWGRP) and not _is_own_group(status.st_gid)


def _is_own_group(number: int) -> bool:
    """Tell whether a group is the user's alone, as many systems make one for each user."""
    import grp  # noqa: PLC0415  (absent on Windows)
    import pwd  # noqa: PLC0415  (likewise)

    try:
        group, name = grp.getgrgid(number), pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return False
    return group.gr_name == name and set(group.gr_mem) <= {name}


def check(said: Mapping[str, Any], path: Path) -> None:
    """See to it that a file which was found says nothing but what it may.

    Raises:
        ConfigError: it raises a limit, or names what lies outside its folder.

    """
    for name, value in said.get("limits", {}).items():
        if value > limits.USUAL.of(name):
            raise ConfigError(f"raises the limit {name}", str(path), REMEDY)
    for setting, place in _places(said, path.parent):
        if not is_inside(place, path.parent):
            what = f"{setting} leads out of the folder of the config file, to {place}"
            raise ConfigError(what, str(path), REMEDY)


def _places(said: Mapping[str, Any], base: Path) -> Iterator[tuple[str, Path]]:
    """Give the setting and the path of each file and folder that is read for a config file."""
    style = said.get("style", "")
    if style and "{" not in style:
        yield "style", base / Path(style).expanduser()
    for setting, files in RULES.items():
        named = said.get(setting, ())
        for folder in [named] if isinstance(named, str) else named:
            place = base / Path(folder).expanduser()
            yield setting, place
            yield from ((setting, file) for file in place.glob(files))
    theme = said.get("theme", "")
    if theme and theme not in themes.names():
        yield "theme", Path(theme)
        yield from (("theme", file) for file in themes.pieces(theme))
