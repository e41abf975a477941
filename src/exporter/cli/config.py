"""The config file: what a user would otherwise say in every command."""

import dataclasses
import difflib
import os
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
import tomli

from exporter import limits
from exporter.cli import trust
from exporter.cli.output import say
from exporter.cli.targets import formats
from exporter.errors import ConfigError, UsageError
from exporter.files import user_text
from exporter.settings import Settings

NAME: Final = "exporter.toml"
LIMITS: Final = "limits"
# Settings that are no choice of one value: the date comes from SOURCE_DATE_EPOCH
OURS: Final = frozenset({"made", "limits"})
RANGES: Final = {"image_max": range(16, 10_001), "image_quality": range(1, 101)}
# Settings with a fixed choice of values, the default first
CHOICES: Final = {
    "images": ("full", "screen", "gray", "none"),
    "profile": ("generic", "kindle", "kobo"),
    "links": ("endnotes", "notes", "inline", "none"),
}
KINDS: Final = {bool: "true or false", int: "a whole number", str: "text", tuple: "a list of texts"}


class Found(NamedTuple):
    """A config file."""

    path: Path
    trusted: bool = True  # named, or the user's own: not one that may have come with the pages


def find(named: Path | None) -> Found | None:
    """Give the config file: the one named, else that of the working directory, else the user's.

    One in the working directory that others could have written is left aside, with a warning.

    Raises:
        UsageError: the one named does not exist.

    """
    if named is not None:
        if not named.is_file():
            raise UsageError("no such config file", str(named), "check the name")
        return Found(named)
    here, own = Path(NAME), Path(click.get_app_dir("exporter")) / NAME
    has_own = _is_file(own)
    if _is_file(here) and not (has_own and here.samefile(own)):
        why = trust.objection(here)
        if not why:
            return Found(here, trusted=False)
        say(f"warning: {here} is not used: {why} ({trust.REMEDY})")
    return Found(own) if has_own else None


def _is_file(place: Path) -> bool:
    return os.path.isfile(place)  # noqa: PTH113  (Path.is_file raises where a folder may not be entered)


def load(path: Path) -> dict[str, Any]:
    """Give the settings of a config file by their names in `Settings`.

    Raises:
        ConfigError: the file can't be read, or says something that is no setting.

    """
    try:
        table = tomli.loads(user_text(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"can't be read: {error}", str(path), "it must be UTF-8 text") from error
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}", str(path), "correct the file") from error
    stated = _limits(table.pop(LIMITS, {}), path)
    settings = {key: _value(key, value, path) for key, value in table.items()}
    try:
        formats(",".join(settings.get("formats", Settings().formats)))
    except UsageError as error:
        raise ConfigError(error.what, f"{path}: formats", error.remedy) from error
    return {**settings, LIMITS: stated} if stated else settings


def known() -> dict[str, Any]:
    """Give the defaults of all settings that a config file may state."""
    return {
        field.name: field.default
        for field in dataclasses.fields(Settings)
        if field.name not in OURS
    }


def _limits(table: Any, path: Path) -> dict[str, float]:  # noqa: ANN401  (TOML holds anything)
    """Give the limits that the table [limits] states, by name."""
    if not isinstance(table, dict):
        raise ConfigError(f"{LIMITS} must be a table", str(path), f"write [{LIMITS}]")
    try:
        return {name: limits.value(name, str(value)) for name, value in table.items()}
    except ValueError as error:
        what, remedy = error.args
        raise ConfigError(what, f"{path}: {LIMITS}", remedy) from None


def _value(key: str, value: Any, path: Path) -> Any:  # noqa: ANN401  (TOML holds anything)
    defaults = known()
    if key not in defaults:
        close = difflib.get_close_matches(key, defaults, n=1, cutoff=0.7)
        remedy = f"did you mean {close[0]}?" if close else f"settings: {', '.join(defaults)}"
        raise ConfigError(f"no such setting: {key}", str(path), remedy)
    kind = type(defaults[key])
    if kind is tuple and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    if type(value) is not kind:
        raise ConfigError(f"{key} must be {KINDS[kind]}", str(path), f"it is {value!r}")
    if key in RANGES and value not in RANGES[key]:
        least, most = RANGES[key][0], RANGES[key][-1]
        raise ConfigError(f"{key} must be {least} to {most}", str(path), f"it is {value}")
    if value not in CHOICES.get(key, (value,)):
        raise ConfigError(
            f"{key} is one of {', '.join(CHOICES[key])}", str(path), f"it is {value!r}"
        )
    return value
