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
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli

from exporter.batch.ordering import GROUPS, ORDERS
from exporter.errors import ConfigError, UsageError
from exporter.files import real, user_text
from exporter.write import parts

SUFFIXES: Final = frozenset({".json", ".toml"})
WHOLE: Final = ("title", "language", "series", "number", "order", "group_by", "articles", "parts")
OF_PART: Final = ("title", "articles")
OF_ARTICLE: Final = ("path", "title")
LIKE: Final = "as in fr or pt-BR"  # how a language is named


@dataclass(frozen=True, slots=True)
class Entry:
    """A path that a manifest names."""

    path: Path
    part: str = ""  # the title of its part
    title: str = ""  # what its article shall be called
    by_pattern: bool = False  # not named itself, but matched


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
    entries = (*_entries(table, "", path), *_divided(table, path))
    if not entries:
        raise ConfigError("it names no articles", str(path), 'write articles = ["page.html"]')
    _once(entries, path)
    words = {name: _text(table, name, path) for name in WHOLE if name not in {"articles", "parts"}}
    told = Manifest(entries, **words)
    _sensible(told, path)
    return told


def _divided(table: Mapping[str, Any], path: Path) -> Iterator[Entry]:
    """Give what stands in parts."""
    told = table.get("parts", [])
    if not isinstance(told, list) or not all(isinstance(part, dict) for part in told):
        raise ConfigError("parts must be tables", str(path), "write [[parts]] before each")
    for part in told:
        _known(part, OF_PART, path)
        title = _text(part, "title", path)
        if not title:
            raise ConfigError("a part has no title", str(path), "give it one")
        if not part.get("articles"):
            raise ConfigError(f"nothing in part {title}", str(path), "name articles or take it out")
        yield from _entries(part, title, path)


def _once(entries: tuple[Entry, ...], path: Path) -> None:
    """Refuse to be told of a file or folder twice: nobody knows which shall count."""
    named = Counter(real(entry.path) for entry in entries if not entry.by_pattern)
    for entry in entries:
        if named[real(entry.path)] > 1:
            raise ConfigError(f"named twice: {entry.path.name}", str(path), "take one out")


def _sensible(told: Manifest, path: Path) -> None:
    for name, value, known in (
        ("order", told.order, ORDERS),
        ("group_by", told.group_by, GROUPS),
    ):
        if value and value not in known:
            remedy = f"one of {', '.join(known)}"
            raise ConfigError(f"no such {name}: {value}", str(path), remedy)
    if told.language and not parts.is_language(told.language):
        raise ConfigError(f"no language: {told.language}", str(path), LIKE)


def _table(path: Path) -> dict[str, Any]:
    try:
        text = user_text(path, "utf-8-sig")  # some editors begin a file with a BOM
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
        matched = list(found(path.parent, named))
        if not matched:
            raise UsageError(f"no such file or folder: {named}", str(path), "check the name")
        if title and (len(matched) > 1 or matched[0].is_dir()):
            remedy = "a title is that of one page"
            raise ConfigError(f"one title for many pages: {named}", str(path), remedy)
        by_pattern = matched != [path.parent / named]
        yield from (Entry(one, part, title, by_pattern) for one in matched)


def found(folder: Path, name: str) -> Iterator[Path]:
    """Give the path that a name means in a folder, or in their order those that it matches."""
    path = folder / name
    if path.exists():
        yield path
    else:
        pattern = str(Path(glob.escape(str(folder))) / name)  # the folder is none, whatever it is
        yield from map(Path, sorted(glob.glob(pattern, recursive=True)))  # noqa: PTH207  (Path.glob takes no absolute pattern)
