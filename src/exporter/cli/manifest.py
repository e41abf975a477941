"""A book's manifest: which articles it holds, in which order and parts, in TOML or JSON.

title = "Rivers"
articles = ["preface.html"]

[[parts]]
title = "Upstream"
articles = ["springs/", {path = "well.mhtml", title = "The well"}]
"""

import difflib
import glob
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli

from exporter.errors import ConfigError, UsageError

SUFFIXES: Final = frozenset({".json", ".toml"})
WHOLE: Final = ("title", "language", "series", "number", "order", "group_by", "articles", "parts")
OF_PART: Final = ("title", "articles")
OF_ARTICLE: Final = ("path", "title")


@dataclass(frozen=True, slots=True)
class Entry:
    """A path that a manifest names."""

    path: Path
    part: str = ""  # the title of its part
    title: str = ""  # what its article shall be called


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says."""

    entries: tuple[Entry, ...]
    title: str = ""
    language: str = ""
    series: str = ""
    number: str = ""
    order: str = ""
    group_by: str = ""


def is_manifest(path: Path) -> bool:
    """Tell whether a path the user named is that of a manifest."""
    return path.suffix.lower() in SUFFIXES and not path.is_dir()


def load(path: Path) -> Manifest:
    """Give what a manifest says.

    Raises:
        UsageError: it is not there, or names a page that is not.
        ConfigError: it can't be read, or says what no manifest can.

    """
    table = _table(path)
    _known(table, WHOLE, path)
    parts = table.get("parts", [])
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise ConfigError("parts must be tables", str(path), "write [[parts]] before each")
    entries = list(_entries(table, "", path))
    for part in parts:
        _known(part, OF_PART, path)
        title = _text(part, "title", path)
        if not title:
            raise ConfigError("a part has no title", str(path), "give it one")
        entries += _entries(part, title, path)
    if not entries:
        raise ConfigError("it names no articles", str(path), 'write articles = ["page.html"]')
    words = {name: _text(table, name, path) for name in WHOLE if name not in {"articles", "parts"}}
    return Manifest(tuple(entries), **words)


def _table(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        table = tomli.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except FileNotFoundError:
        raise UsageError("no such file or folder", str(path), "check the name") from None
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}", str(path), "correct the file") from error
    except json.JSONDecodeError as error:
        raise ConfigError(f"not valid JSON: {error}", str(path), "correct the file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"can't be read: {error}", str(path), "it must be UTF-8 text") from error
    if not isinstance(table, dict):
        raise ConfigError("no manifest of a book", str(path), "it must be one object")
    return table


def _known(table: Mapping[str, Any], names: tuple[str, ...], path: Path) -> None:
    for key in table:
        if key not in names:
            close = difflib.get_close_matches(key, names, n=1)
            remedy = f"did you mean {close[0]}?" if close else f"it may say: {', '.join(names)}"
            raise ConfigError(f"unknown key: {key}", str(path), remedy)


def _text(table: Mapping[str, Any], name: str, path: Path) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise ConfigError(f"{name} must be text", str(path), f"it is {value!r}")
    return value


def _entries(table: Mapping[str, Any], part: str, path: Path) -> Iterator[Entry]:
    articles = table.get("articles", [])
    if not isinstance(articles, list):
        raise ConfigError("articles must be a list", str(path), f"it is {articles!r}")
    for article in articles:
        asked = {"path": article} if isinstance(article, str) else article
        if not isinstance(asked, dict):
            raise ConfigError("an article is a path or a table", str(path), f"it is {article!r}")
        _known(asked, OF_ARTICLE, path)
        named, title = _text(asked, "path", path), _text(asked, "title", path)
        if not named:
            raise ConfigError("an article has no path", str(path), "say where its page is")
        found = list(_found(path.parent / named))
        if not found:
            raise UsageError(f"no such file or folder: {named}", str(path), "check the name")
        yield from (Entry(one, part, title) for one in found)


def _found(path: Path) -> Iterator[Path]:
    """Give a path, or the paths of a pattern."""
    if path.exists():
        yield path
    else:
        yield from (Path(one) for one in sorted(glob.glob(str(path), recursive=True)))  # noqa: PTH207  (Path.glob takes no absolute pattern)
