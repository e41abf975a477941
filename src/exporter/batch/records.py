"""Results of jobs as JSON, and back: what the cache keeps of them."""

import base64
import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from exporter.batch.guard import Result
from exporter.batch.jobs import Mark, Row, Sketch, Turn
from exporter.model import Export, Note, Removal

Table = dict[str, Any]


def dump(result: Result) -> str | None:
    """Give a result as JSON; None for one that is not kept: a failure is tried again."""
    kind = type(result).__name__
    if kind not in LOADERS:
        return None
    return json.dumps([kind, _table(result)], ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Result:
    """Give the result of a JSON text.

    Raises:
        ValueError: it is none of ours.

    """
    try:
        kind, table = json.loads(text)
        return LOADERS[kind](table)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no record: {text[:40]}") from error


def _table(result: Any) -> Table:  # noqa: ANN401  (a dataclass of LOADERS)
    return {field.name: _plain(getattr(result, field.name)) for field in dataclasses.fields(result)}


def _plain(value: Any) -> Any:  # noqa: ANN401  (a field)
    match value:
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case frozenset():
            return sorted(value)
        case Mapping():
            return {name: _plain(inside) for name, inside in value.items()}
        case [Note() | Removal(), *_]:
            return [[getattr(one, f.name) for f in dataclasses.fields(one)] for one in value]
    return value


def _row(table: Table) -> Row:
    marks = tuple(Mark(*mark) for mark in table.pop("marks"))
    turns = tuple(Turn(*turn) for turn in table.pop("turns"))
    return Row(**table | {"marks": marks, "turns": turns, "names": tuple(table["names"])})


def _sketch(table: Table) -> Sketch:
    packed = {name: base64.b64decode(table[name]) for name in ("prints", "weights")}
    dates = tuple(table["dates"])
    return Sketch(**table | packed | {"assets": frozenset(table["assets"]), "dates": dates})


def _export(table: Table) -> Export:
    lists = {name: tuple(table[name]) for name in ("files", "joined", "byline")}
    notes = tuple(Note(*note) for note in table["notes"])
    removed = tuple(Removal(*removal) for removal in table["removed"])
    unshown = {form: tuple(Note(*note) for note in told) for form, told in table["unshown"].items()}
    return Export(**table | lists | {"notes": notes, "removed": removed, "unshown": unshown})


LOADERS: Final[Mapping[str, Callable[[Table], Result]]] = {
    "Row": _row,
    "Sketch": _sketch,
    "Export": _export,
}
