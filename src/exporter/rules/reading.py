"""Reading rule files: every mistake is a ConfigError with the file's name and the line."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import tomli

from exporter.errors import ConfigError

Table = Mapping[str, Any]

AT_LINE: Final = re.compile(r"\(at line (\d+)")  # yes: "Invalid value (at line 3, column 4)"


def toml(text: str, name: str) -> dict[str, Any]:
    """Give a TOML file as a table.

    Raises:
        ConfigError: it is none.

    """
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        found = AT_LINE.search(str(error))
        line = found[1] if found else len(text.splitlines())  # "at end of document"
        where = f"{name}:{line}"
        raise ConfigError(f"is no TOML: {error}", where, "correct the line") from error


def tables(table: Table, key: str, text: str, name: str) -> list[tuple[dict[str, Any], str]]:
    """Give the tables under [[key]], each with its place, "file:line".

    Raises:
        ConfigError: what stands under the key is something else.

    """
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(f"{key} is no list of tables", place(text, key, name), f"write [[{key}]]")
    header = re.compile(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]")
    lines = [
        n for n, line in enumerate(text.splitlines(), 1) if "[[" in line and header.match(line)
    ]
    if len(lines) != len(entries):  # written as inline tables: the line of the key must do
        return [(entry, place(text, key, name)) for entry in entries]
    return [(entry, f"{name}:{line}") for entry, line in zip(entries, lines, strict=True)]


def place(text: str, key: str, name: str) -> str:
    """Give "file:line" of the first line that sets a key, "file" when none does."""
    setting = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\].]")
    for number, line in enumerate(text.splitlines(), 1):
        if setting.match(line):
            return f"{name}:{number}"
    return name


def strings(entry: Table, key: str, where: str) -> tuple[str, ...]:
    """Give a list of texts, empty when absent.

    Raises:
        ConfigError: it is something else.

    """
    values = entry.get(key)
    if values is None:
        return ()
    if not isinstance(values, list) or not {*map(type, values)} <= {str}:
        raise ConfigError(f"{key} is no list of texts", where, f'write {key} = ["…"]')
    return tuple(values)


def string(entry: Table, key: str, where: str) -> str:
    """Give a text, empty when absent.

    Raises:
        ConfigError: it is something else.

    """
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise ConfigError(f"{key} is no text", where, f'write {key} = "…"')
    return value


def number(entry: Table, key: str, default: float, where: str) -> float:
    """Give a number, the default when absent.

    Raises:
        ConfigError: it is something else.

    """
    value = entry.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ConfigError(f"{key} is no number", where, f"write {key} = {default:g}")
    return value


def known(entry: Table, keys: Iterable[str], where: str) -> None:
    """Check that a table has no other keys.

    Raises:
        ConfigError: naming the first of them.

    """
    keys = frozenset(keys)
    if strange := sorted(set(entry) - keys):
        raise ConfigError(f"{strange[0]!r} is unknown", where, f"known: {', '.join(sorted(keys))}")
