"""Outcomes -> report.json, streamed, and the words that sum up a run."""

import collections
import errno
import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from exporter import files
from exporter.characters import escaped
from exporter.library.pace import Pace
from exporter.model import Export, Failure, Note, Outcome, Removal

VERSION: Final = 1
NAME: Final = "report.json"

# Notes that tell of something the page had and its editions lack: what --strict fails on.
# Other notes tell what the page itself never had, or what was repaired.
LOSSES: Final = frozenset({
    "image-missing", "image-broken", "glyph-missing", "bytes-replaced",
    "capture-truncated", "truncated", "pages-missing", "more-pages", "earlier-pages",
    "simplified",
})  # fmt: skip

PLURALS: Final = {"duplicate": "duplicates"}  # of a status that is a noun


def outcome_table(outcome: Outcome) -> dict[str, Any]:
    """Give an outcome as the report states it; every outcome has every key."""
    match outcome:
        case Export():
            return _table(outcome) | {
                "files": list(outcome.files),
                "title": outcome.title,
                "words": outcome.words,
                "images": _counts(outcome.images, "found", "kept", "missing"),
                "captions": _counts(outcome.captions, "found", "kept"),
                "notes": [note_table(note) for note in outcome.notes],
                "removed": [_removal_table(removal) for removal in outcome.removed],
                "joined": [printable(name) for name in outcome.joined],
                "duplicate_of": printable(outcome.duplicate_of) or None,
                "subtitle": outcome.subtitle,
                "byline": list(outcome.byline),
                "site": outcome.site,
                "published": outcome.published,
                "saved": outcome.saved,
                "language": outcome.language,
                "url": outcome.url,
                "review": outcome.review or None,
                "cover": outcome.cover or None,
            }
        case Failure(error=error):
            failed = {"code": error.code, "message": error.what, "remedy": error.remedy or None}
            return _table(outcome) | {"error": failed}


def _table(outcome: Outcome) -> dict[str, Any]:
    """Give the keys in their order, with what both kinds of outcome know."""
    return {
        "input": printable(outcome.input),
        "status": outcome.status,
        "files": [],
        "title": None,
        "words": 0,
        "images": _counts({}, "found", "kept", "missing"),
        "captions": _counts({}, "found", "kept"),
        "notes": [],
        "removed": [],
        "joined": [],
        "duplicate_of": None,
        "subtitle": None,
        "byline": [],
        "site": None,
        "published": None,
        "saved": None,
        "language": None,
        "url": None,
        "review": None,
        "cover": None,
        "error": None,
        "seconds": round(outcome.seconds, 3),
    }


def _counts(counts: Mapping[str, int], *names: str) -> dict[str, int]:
    return {name: counts.get(name, 0) for name in names}


def note_table(note: Note) -> dict[str, str]:
    """Give a note as the report states it."""
    return {"code": note.code, "detail": note.detail}


def _removal_table(removal: Removal) -> dict[str, str]:
    return {"reason": removal.reason, "evidence": removal.evidence, "text": removal.text}


def printable(path: str) -> str:
    """Give a path that any terminal and any JSON reader takes; odd bytes are shown in hex."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class Report:
    """A report.json under way: whole under its name once the run ends, however it ends.

    Until then an earlier report stands under that name. Without a target it states nothing.
    """

    def __init__(self, target: Path | None, shard: str = "") -> None:
        self.target = target
        self._shard = f' "shard": "{shard}",' if shard else ""
        self._before = ""  # what stands before the next outcome

    def __enter__(self) -> Self:
        """Open the report, which tells at once whether its folder can be written to.

        Raises:
            OutputError: it can't.

        """
        if self.target is None:
            return self
        files.make_folder(self.target.parent)
        if self.target.is_dir():
            raise files.output_error(IsADirectoryError(errno.EISDIR, ""), self.target)
        self._partial = files.partial_of(self.target)
        try:
            self._stream = self._partial.open("x", encoding="utf-8")
            self._stream.write(f'{{"version": {VERSION},{self._shard} "outcomes": [')
        except OSError as error:
            raise files.output_error(error, self.target) from error
        return self

    def add(self, outcome: Outcome) -> None:
        """State one more outcome.

        Raises:
            OutputError: the report can't be written.

        """
        if self.target is not None:
            self.state(outcome_table(outcome))

    def state(self, table: dict[str, Any]) -> None:
        """State one more outcome, as `outcome_table` gives it.

        Raises:
            OutputError: the report can't be written.

        """
        if self.target is None:
            return
        text = escaped(json.dumps(table, ensure_ascii=False))
        try:
            self._stream.write(f"{self._before}\n{text}")
        except OSError as error:
            raise files.output_error(error, self.target) from error
        self._before = ","

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Finish the report, also of a run that was interrupted."""
        if self.target is None:
            return
        try:
            self._stream.write("\n]}\n")
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._partial.replace(self.target)
        except OSError as trouble:
            self._partial.unlink(missing_ok=True)
            raise files.output_error(trouble, self.target) from trouble


class Summary:
    """What a run has come to so far."""

    def __init__(self) -> None:
        self.statuses: collections.Counter[str] = collections.Counter()
        self.notes: collections.Counter[str] = collections.Counter()
        self.lossy = 0  # articles that lost something
        self.pace = Pace()
        self.began = time.monotonic()

    def add(self, outcome: Outcome) -> None:
        """Count one more outcome."""
        self.statuses[outcome.status] += 1
        self.pace.add(outcome)
        if isinstance(outcome, Export):
            self.notes.update(note.code for note in outcome.notes)
            self.lossy += any(losses(outcome.notes))

    @property
    def total(self) -> int:
        """Give the number of articles."""
        return self.statuses.total()

    def table(self) -> dict[str, Any]:
        """Give it for programs."""
        slow = self.pace.slow()
        return {
            "counts": dict(sorted(self.statuses.items())),
            "notes": dict(sorted(self.notes.items())),
            "lossy": self.lossy,
            "seconds": round(time.monotonic() - self.began, 3),
            "slowest": [
                {"input": printable(name), "seconds": round(seconds, 3)} for seconds, name in slow
            ],
        }

    def __str__(self) -> str:
        """Give one line: "12 exported, 1 failed; 3 image-missing in 2 articles"."""
        counts = [
            f"{count} {PLURALS.get(status, status) if count > 1 else status}"
            for status, count in sorted(self.statuses.items())
        ]
        lost = [f"{count} {code}" for code, count in sorted(self.notes.items()) if code in LOSSES]
        articles = "1 article" if self.lossy == 1 else f"{self.lossy} articles"
        losing = f"; lost in {articles}: {', '.join(lost)}" if lost else ""
        return (", ".join(counts) or "nothing exported") + losing


def losses(notes: Iterable[Note]) -> list[Note]:
    """Give the notes that tell of something lost."""
    return [note for note in notes if note.code in LOSSES]
