"""The articles of a book between their preparation and its binding: in a folder, not in memory.

A worker keeps each article it has prepared as a record, its images as files of their own, and
what formats need that are put together from one piece for each article (`export.press`). A record
is JSON: whoever can write into the folder can't make us run anything.
"""

import dataclasses
import json
from pathlib import Path
from typing import Any, Final, NamedTuple

from exporter import export, files
from exporter.batch.jobs import Collect
from exporter.errors import InternalError
from exporter.model import Article, Asset, Capture, Metadata, Note, Removal

SUFFIX: Final = ".json"  # of a record


class Place(NamedTuple):
    """Where an article comes from: orders the records as the user gave the captures."""

    number: int  # of its capture in the run
    inside: int  # its place in its capture


def put(
    article: Article, job: Collect, index: int | None
) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """Keep an article; give the path of its record, and what can't be shown of it.

    Raises:
        OutputError: the folder can't be written to.

    """
    folder = job.targets.folder
    if folder is None:
        raise InternalError("there is no folder to collect articles in")
    record = folder / f"{job.number:06}-{index or 0:06}{SUFFIX}"
    try:
        kept = dataclasses.replace(
            article, assets=tuple(_kept(asset, folder) for asset in article.assets)
        )
        notes = export.press(kept, record, job.settings)
        _write(
            record, json.dumps(_table(kept), ensure_ascii=False).encode("utf-8", "surrogatepass")
        )
    except OSError as error:
        raise files.output_error(error, folder) from error
    return (str(record),), notes


def place(record: Path) -> Place:
    """Give where the article of a record comes from."""
    number, _, index = record.stem.partition("-")
    return Place(int(number), int(index))


def get(record: Path) -> Article:
    """Give the article of a record; its images are read when they are asked for.

    Of what was removed it knows the reasons alone, of what stayed against evidence nothing.
    """
    table = json.loads(record.read_bytes().decode("utf-8", "surrogatepass"))
    about = table["metadata"]
    for name in ("byline", "photographers", "keywords"):
        about[name] = tuple(about[name])
    return Article(
        metadata=Metadata(**about),
        body=table["body"],
        assets=tuple(
            Asset(key, kind, width, height, record.parent / key)
            for key, kind, width, height in table["assets"]
        ),
        ledger=tuple(Removal(reason, "", "", "") for reason in table["reasons"]),
        notes=tuple(Note(*note) for note in table["notes"]),
        capture=Capture(**table["capture"]),
        saved_at=table["saved_at"],
        found=table["found"],
    )


def _table(article: Article) -> dict[str, Any]:
    return {
        "metadata": dataclasses.asdict(article.metadata),
        "body": article.body,
        "assets": [
            (asset.key, asset.media_type, asset.width, asset.height) for asset in article.assets
        ],
        "reasons": [removal.reason for removal in article.ledger],
        "notes": [(note.code, note.detail) for note in article.notes],
        "capture": dataclasses.asdict(article.capture),
        "saved_at": article.saved_at,
        "found": dict(article.found),
    }


def _kept(asset: Asset, folder: Path) -> Asset:
    path = folder / asset.key
    if not path.exists():
        _write(path, asset.data)
    return dataclasses.replace(asset, content=path)


def _write(path: Path, data: bytes) -> None:
    """Write a file that is whole or absent: two workers may keep the same image at once."""
    partial = files.partial_of(path)
    partial.write_bytes(data)
    partial.replace(path)
