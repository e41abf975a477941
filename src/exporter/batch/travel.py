"""A job on its way to another machine and back: by paths where storage is shared, else by bytes.

By bytes it carries its captures and what lies beside them, all under their own paths; there they
are laid into a temporary folder, of which no path comes back. What is missing there is told by the
paths that were looked for: then the job goes once more, with it.
"""

import importlib.metadata
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

from exporter import files
from exporter.batch.guard import Done, Result
from exporter.batch.jobs import Convert, Job
from exporter.errors import CaptureError, ClusterError, ExportError
from exporter.model import Export, Failure
from exporter.read import Source
from exporter.read.companions import possible_folders

MOST: Final = 256 << 20  # bytes that travel with a job
NAMES: Final = 20_000  # names of a folder that do
PACKAGE: Final = "article-exporter"
NAME: Final = re.compile(r"[\w.-]+")  # yes: "lxml" of "lxml>=5.3"

Call = Callable[[Job], Done]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job with whatever it needs elsewhere; all its paths are absolute."""

    job: Job
    versions: tuple[str, ...]
    carries: bool = False  # its files travel with it
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    names: frozenset[str] = field(default=frozenset(), repr=False)  # files without their bytes
    folders: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Back:
    """What came of a job, and the files it made where they could not be written."""

    done: Done
    files: dict[str, bytes] = field(default_factory=dict, repr=False)


@cache
def versions() -> tuple[str, ...]:
    """Give all that must be the same on two machines for the same bytes, but the fonts."""
    needs = importlib.metadata.requires(PACKAGE) or []
    names = [found[0] for need in needs if "extra ==" not in need and (found := NAME.match(need))]
    python = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
    return (python, *(f"{name} {importlib.metadata.version(name)}" for name in (PACKAGE, *names)))


def sees(sizes: dict[str, int]) -> bool:
    """Tell whether files of these sizes are there."""
    try:
        return all(Path(path).stat().st_size == size for path, size in sizes.items())
    except OSError:
        return False


def work(call: Call, parcel: Parcel) -> Back:
    """Do a job on the machine where this runs.

    Raises:
        ClusterError: another version of something would make other bytes here.

    """
    if parcel.versions != versions():
        ours, theirs = set(versions()), set(parcel.versions)
        what = f"has {', '.join(sorted(ours - theirs))}, not {', '.join(sorted(theirs - ours))}"
        raise ClusterError(what, os.uname().nodename, "install the same versions on all workers")
    if not parcel.carries:
        return Back(call(parcel.job))
    with tempfile.TemporaryDirectory(prefix="exporter-") as made:
        base = os.path.realpath(made)
        _lay_down(parcel, base)
        moved = _moved(parcel.job, lambda path: Path(f"{base}{path}"))
        done = call(moved)
        written = dict(_written(moved, base))
        results = tuple(_without(result, base) for result in done.results)
        asked = frozenset(path.removeprefix(base) for path in done.asked)
        return Back(Done(results, asked), written)


def _lay_down(parcel: Parcel, base: str) -> None:
    for folder in parcel.folders:
        Path(f"{base}{folder}").mkdir(parents=True, exist_ok=True)
    for name, data in (*dict.fromkeys(parcel.names, b"").items(), *parcel.files.items()):
        path = Path(f"{base}{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _written(job: Job, base: str) -> Iterator[tuple[str, bytes]]:
    for folder in job.folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith(files.PART):
                yield str(path).removeprefix(base), path.read_bytes()


def _without(result: Result, base: str) -> Result:
    """Give a result in which no temporary folder is named."""
    match result:
        case Export():
            return _elsewhere(result, lambda path: path.removeprefix(base))
        case Failure(error=error):
            told = (part.replace(base, "") for part in (error.what, error.where, error.remedy))
            return replace(result, error=type(error)(*told))
    return result


def _elsewhere(made: Export, place: Callable[[str], str]) -> Export:
    """Give an outcome with each path of what was written of its article changed."""
    books = tuple(map(place, made.files))
    return replace(made, files=books, review=place(made.review), cover=place(made.cover))


def _moved(job: Job, place: Callable[[Path], Path]) -> Job:
    """Give a job whose paths are elsewhere."""

    def at(source: Source) -> Source:
        path = place(source.path) if source.path is not None else None
        beside = source.beside
        if beside is not None:
            beside = beside._replace(tree=beside.tree.moved(place))
        root = place(source.root) if source.root else None
        return replace(source, path=path, root=root, beside=beside)

    settings = job.settings
    settings = replace(
        settings,
        theme=str(place(Path(settings.theme))) if os.sep in settings.theme else settings.theme,
        rule_folders=tuple(str(place(Path(folder))) for folder in settings.rule_folders),
        site_configs=str(place(Path(settings.site_configs))) if settings.site_configs else "",
    )
    parts = tuple(replace(part, source=at(part.source)) for part in job.parts)
    job = replace(job, source=at(job.source), parts=parts, settings=settings)
    if isinstance(job, Convert):
        folder, named = job.targets.folder, job.targets.files
        targets = replace(
            job.targets,
            folder=place(folder) if folder is not None else None,
            files=tuple(map(place, named)),
        )
        return replace(job, targets=targets)
    return job


def packed(job: Job, *, carries: bool) -> Parcel:
    """Give a job as it travels.

    Raises:
        CaptureError: there is too much to carry.

    """
    there = _moved(job, Path.absolute)
    if carries and isinstance(there, Convert):  # it finds no edition there, and makes all of them
        there = replace(there, standing={})
    parcel = Parcel(there, versions(), carries)
    if not carries:
        return parcel
    wanted: dict[str, None] = {}
    for source in there.sources:
        if source.beside is not None:
            wanted |= dict.fromkeys(map(str, source.beside.tree.places.values()))
        if source.path is not None:
            wanted[str(source.path)] = None
            for folder in filter(Path.is_dir, map(Path, possible_folders(source.path))):
                wanted |= dict.fromkeys(map(str, folder.rglob("*")))
    settings = there.settings
    for own in filter(None, (settings.theme, *settings.rule_folders, settings.site_configs)):
        if os.sep in own:
            wanted |= dict.fromkeys((own, *map(str, Path(own).rglob("*"))))
    return _with(parcel, wanted)


def completed(parcel: Parcel, asked: Iterable[str]) -> Parcel | None:
    """Give a job with what it looked for in vain, though it is here; None when nothing is.

    Raises:
        CaptureError: there is too much to carry.

    """
    known = {*parcel.files, *parcel.folders}
    more = _with(parcel, sorted(path for path in asked if path not in known))
    return more if more != parcel else None


def _with(parcel: Parcel, wanted: Iterable[str]) -> Parcel:
    """Give a parcel with more files, and with the names in more folders."""
    carried, names, folders = dict(parcel.files), set(parcel.names), set(parcel.folders)
    size = sum(map(len, carried.values()))
    for path in wanted:
        if Path(path).is_dir():
            folders.add(path)
            with os.scandir(path) as entries:
                for entry, _ in zip(entries, range(NAMES), strict=False):
                    (folders if entry.is_dir() else names).add(entry.path)
        elif Path(path).is_file():
            size += Path(path).stat().st_size
            if size > MOST:
                what = f"more than {MOST >> 20} MB would travel with it"
                remedy = "share the storage with the workers, or convert it without --cluster"
                raise CaptureError(what, parcel.job.source.name, remedy)
            carried[path] = Path(path).read_bytes()
    return replace(parcel, files=carried, names=frozenset(names), folders=frozenset(folders))


def unpacked(back: Back, job: Job) -> Done:
    """Write what came back; give what became of the job, with paths as it named them.

    Raises:
        OutputError: it can't be written.

    """
    named = {str(folder.absolute()): str(folder) for folder in job.folders}

    def here(path: str) -> str:
        for folder, name in named.items():
            if path.startswith(f"{folder}{os.sep}"):
                return os.path.join(name, path[len(folder) + 1 :])  # noqa: PTH118
        return path

    for path, data in back.files.items():
        files.write_atomic(Path(path), data)
    results = tuple(
        _elsewhere(result, here) if isinstance(result, Export) else result
        for result in back.done.results
    )
    return back.done._replace(results=results)


def refused(job: Job, error: ExportError) -> Done:
    """Give what becomes of a job that can't travel."""
    return Done((Failure(job.source.name, error, 0.0),))
