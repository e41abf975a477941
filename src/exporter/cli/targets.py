"""What -o and -f say together: which editions, and where."""

import re
from pathlib import Path
from typing import Final

from exporter.batch.jobs import Targets
from exporter.cli import away
from exporter.errors import UsageError
from exporter.urls import on_disk
from exporter.write import WRITERS

# How a file's name ends. yes: ".mobi", ".epub"; no: ".2024", as in a folder named by date
SUFFIX: Final = re.compile(r"\.[a-z][a-z0-9]{1,4}\Z", re.IGNORECASE)
REMEDY: Final = f"formats: {', '.join(suffix[1:] for suffix in WRITERS)}"


def formats(text: str) -> tuple[str, ...]:
    """Give the formats of "epub,pdf", each once.

    Raises:
        UsageError: there is no such format.

    """
    names = tuple(dict.fromkeys(name.strip().lower().lstrip(".") for name in text.split(",")))
    for name in names:
        if f".{name}" not in WRITERS:
            raise UsageError(f"no such format: {name!r}", "-f", REMEDY)
    return names


def targets(outputs: tuple[str, ...], default: Path) -> Targets:
    """Give where editions go: one folder, or one file for each format.

    Raises:
        UsageError: these outputs make no sense together, or one is of no format we write.

    """
    if not outputs:
        return Targets(folder=default)
    named = [output for output in outputs if _is_file(output)]
    if not named:
        if len(outputs) > 1:
            raise UsageError("there can be only one output folder", "-o", "give -o once")
        return Targets(folder=away.here(Path(outputs[0])))
    if len(named) < len(outputs):
        raise UsageError("either one folder or files, not both", "-o", "leave one of them out")
    for output in named:
        if Path(output).suffix.lower() not in WRITERS:
            remedy = f"{REMEDY}; if it is meant as a folder, end it with /"
            raise UsageError(f"no such format: {Path(output).suffix}", output, remedy)
    return Targets(files=tuple(away.file_here(Path(output)) for output in dict.fromkeys(outputs)))


def _is_file(output: str) -> bool:
    """Tell a file to be from a folder: by its ending, unless the folder is there."""
    if output.endswith("/") or on_disk(Path(output)).is_dir():
        return False
    return bool(SUFFIX.search(Path(output).name))


def agree(chosen: Targets, given: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Give the formats of a run: those of the files named, else those of -f, else None.

    Raises:
        UsageError: -o and -f contradict each other.

    """
    if not chosen.files:
        return given
    named = tuple(path.suffix.lower()[1:] for path in chosen.files)
    if given is not None and set(given) != set(named):
        raise UsageError("-f and the endings of -o differ", "-f", "leave -f out")
    return named
