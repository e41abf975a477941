"""Reports read again: those of several shards as one, an outcome at a time."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from exporter import errors, files
from exporter.errors import ConfigError, ExportError, InternalError, UsageError
from exporter.library.report import VERSION
from exporter.model import Export, Failure, Note, Outcome, Removal

# A report of a shard. yes: "report-2-of-8.json"; no: "report.json"
SHARD: Final = re.compile(r"report-(\d+)-of-(\d+)\.json")
HEAD: Final = re.compile(r'\{"version": (\d+),(?: "shard": "(\d+)/(\d+)",)? "outcomes": \[\Z')
END: Final = "]}"
REMEDY: Final = "name report.json of a run, or the folder with those of its shards"
STANDS: Final = "the capture that stands for it failed"
KINDS: Final = {
    kind.code: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ExportError)
}


def reports(paths: Iterable[Path]) -> list[Path]:
    """Give the reports that were named, of a folder those of its shards in their order.

    Raises:
        UsageError: there is none.

    """
    found: list[Path] = []
    for path in paths:
        inside = [p for p in path.iterdir() if SHARD.fullmatch(p.name)] if path.is_dir() else [path]
        if not inside:
            raise UsageError("no report of a shard in it", str(path), REMEDY)
        found += sorted(inside, key=_numbers)
    return list(dict.fromkeys(found))


def _numbers(path: Path) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", path.name)))


def missing(paths: Sequence[Path]) -> list[str]:
    """Give the shards of which there is no report, as "2/8".

    Raises:
        UsageError: the reports are of different cuts, or one is there twice.

    """
    told = [_shard(path) for path in paths]
    cuts = {shard[1] for shard in told if shard}
    if not cuts:
        return []
    if len(cuts) > 1 or len(set(told)) < len(told):
        remedy = "remove those of an earlier run"
        raise UsageError("the reports are of different runs", str(paths[0].parent), remedy)
    of = cuts.pop()
    return [f"{number}/{of}" for number in range(1, of + 1) if (number, of) not in told]


def _shard(path: Path) -> tuple[int, int] | None:
    with _opened(path) as lines:
        head = HEAD.match(lines.readline().rstrip("\n"))
        return (int(head[2]), int(head[3])) if head and head[2] else None


def _opened(path: Path) -> Any:  # noqa: ANN401  (a stream of text)
    try:
        return path.open(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"can't be read: {error.strerror}", str(path), REMEDY) from error


def tables(path: Path) -> Iterator[dict[str, Any]]:
    """Give the outcomes of a report as it states them.

    Raises:
        UsageError: it can't be read.
        ConfigError: it is no report, or cut off.

    """
    with _opened(path) as lines:
        try:
            head = HEAD.match(lines.readline().rstrip("\n"))
            if head is None or int(head[1]) != VERSION:
                raise ConfigError("no report of this version", str(path), REMEDY)
            for line in lines:
                if line.startswith(END):
                    return
                if line.strip():
                    yield json.loads(line.rstrip().rstrip(","))
        except ValueError as error:
            raise ConfigError(f"no report: {error}", str(path), REMEDY) from error
    raise ConfigError("the report is cut off", str(path), "run its command again")


def is_kept(
    paths: Iterable[Path], folder: Path, there: Callable[[Path], bool] = Path.exists
) -> bool:
    """Tell whether these reports name what a library shows of an article, and it is there."""
    pages = (table["review"] for path in paths for table in tables(path) if table["review"])
    page = next(pages, None)
    return page is not None and there(folder / files.LIBRARY / Path(page).name)


def merged(paths: Sequence[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give the outcomes of all reports, each with its report.

    A duplicate of what failed elsewhere has failed.
    """
    failed = {
        table["input"] for path in paths for table in tables(path) if table["status"] == "failed"
    }
    for path in paths:
        for table in tables(path):
            first = table["duplicate_of"]
            if table["status"] == "duplicate" and {first, _capture(first)} & failed:
                yield path, table | {"status": "failed", "error": _stands(table)}
            else:
                yield path, table


def _capture(name: str) -> str:
    """Give the capture of an article, as a report names it: "a.warc (article 3)"."""
    return name.partition(" (article ")[0]


def _stands(table: dict[str, Any]) -> dict[str, str]:
    remedy = f"convert it alone: exporter convert --keep-duplicates {table['input']}"
    return {
        "code": InternalError.code,
        "message": f"{STANDS}: {table['duplicate_of']}",
        "remedy": remedy,
    }


def outcome(table: dict[str, Any]) -> Outcome:
    """Give what a report states as an outcome."""
    name, seconds, error = table["input"], table["seconds"], table["error"]
    if error is not None:
        kind = KINDS.get(error["code"], InternalError)
        return Failure(name, kind(error["message"], name, error["remedy"] or ""), seconds)
    return Export(
        input=name,
        status=table["status"],
        files=tuple(table["files"]),
        title=table["title"] or "",
        words=table["words"],
        images=table["images"],
        captions=table["captions"],
        notes=tuple(Note(note["code"], note["detail"]) for note in table["notes"]),
        removed=tuple(
            Removal(cut["reason"], cut["evidence"], "", cut["text"]) for cut in table["removed"]
        ),
        seconds=seconds,
        joined=tuple(table["joined"]),
        duplicate_of=table["duplicate_of"] or "",
        byline=tuple(table["byline"]),
        language=table["language"] or "und",
        review=table["review"] or "",
        cover=table["cover"] or "",
        **{name: table[name] for name in ("subtitle", "site", "published", "saved", "url")},
    )


def is_in(folder: Path, one: Outcome, there: Callable[[Path], bool] = Path.exists) -> bool:
    """Tell whether the editions of an article are in a folder, whatever its path was."""
    return isinstance(one, Export) and all(there(folder / Path(p).name) for p in one.files)
