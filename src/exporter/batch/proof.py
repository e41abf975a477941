"""What the results of a job come from, as short texts: equal ones mean equal results.

A proof has the choices (settings, theme, rules, what was learnt of the page's blocks), the
program itself, and the files: those read, and those looked for in vain.
"""

import dataclasses
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import exporter
from exporter import themes
from exporter.batch.jobs import Compare, Convert, Job, Row, Sketch, Survey
from exporter.errors import ExportError
from exporter.files import open_regular
from exporter.model import MADE, Export, Learned
from exporter.rules import texts_for
from exporter.settings import Settings
from exporter.urls import host_of

ABSENT: Final = "-"
EVERY: Final = "*"  # hosts
SCREEN: Final = frozenset({"epub", "html"})  # formats that show a theme's screen.css alone
# settings that one format alone shows; all but these, and those below, decide on the article
SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "epub": ("cover", "profile"),
    "pdf": ("archive", "drop_cap", "font", "links", "page_size"),
}
LOOKS: Final = frozenset({"formats", "theme", "style"}.union(*SHOWN.values()))
IDLE: Final = frozenset({"strict", "keep_duplicates", "learn", "memory"})  # decide on the run
BLOCK: Final = 2**20  # bytes hashed at a time


def stamp(path: str, *, content: bool) -> str:
    """Give what tells a file or folder from another of its name: size and time, or its content.

    Of a folder it is what lies in it.
    """
    try:
        status = os.stat(path)  # noqa: PTH116  (thousands of them: a Path costs more than the call)
        if stat.S_ISDIR(status.st_mode):
            return f"folder:{_listing(path)}"
        if content and stat.S_ISREG(status.st_mode):
            return f"sha256:{_hash(path)}"
    except (OSError, ValueError):
        return ABSENT
    return f"{status.st_size}:{status.st_mtime_ns}"


def is_later(stamp: str, when: int) -> bool:
    """Tell whether a stamp is of a file that was written after a moment, ns since 1970."""
    written = stamp.rpartition(":")[2]
    return stamp[:1].isdigit() and int(written) > when


def _listing(folder: str) -> str:
    with os.scandir(folder) as entries:
        names = sorted(os.fsencode(entry.name) for entry in entries)
    return hashlib.sha256(b"/".join(names)).hexdigest()[:16]


def _hash(path: str) -> str:
    digest = hashlib.sha256()
    with open_regular(Path(path)) as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def choices(job: Job) -> str:
    """Give the digest of all that decides on a job's results but the files it reads.

    What one format alone shows is not in it: see `looks`.
    """
    told: list[object] = [type(job).__name__, program(), job.source.url, job.limits]
    if not isinstance(job, Survey):
        told.append(_of_all(job.settings))
        told += [_learned(job.learned), sorted(job.apart), job.only and sorted(job.only), job.skip]
    for part in job.parts:
        told += [part.source.name, part.index, part.number, part.pages, part.identity]
        told.append(_learned(part.learned))
    match job:
        case Convert():
            places = [job.targets.folder, *job.targets.files]
            told += [job.identity, job.network is not None, job.library]
            told += [path and os.path.abspath(path) for path in places]  # noqa: PTH100  (no links are followed)
        case Compare() | Survey():
            told.append(job.identity)
    return _digest(told)


def _digest(told: Iterable[object]) -> str:
    text = "\n".join(map(repr, told))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _learned(learned: Learned) -> list[tuple[str, str, bool, bool, bool]]:
    """Give what was learnt as far as it decides: a page more changes counts, and few verdicts."""
    return sorted(
        (site, fingerprint, *found.standing)
        for site, blocks in learned.recurring.items()
        for fingerprint, found in blocks.items()
    )


@cache
def program() -> str:
    """Give what tells this program from another version of it, installed or being worked on."""
    places = map(Path, exporter.__path__)
    files = (path for place in places for path in place.rglob("*") if path.suffix != ".pyc")
    return f"{version('article-exporter')} {_files(files)}"


@lru_cache(maxsize=8)
def _of_all(settings: Settings) -> str:
    """Give the digest of the settings that decide on an article, whatever formats show of it."""
    names = (field.name for field in dataclasses.fields(settings))
    return _digest((name, getattr(settings, name)) for name in names if name not in LOOKS | IDLE)


@lru_cache(maxsize=8)
def looks(settings: Settings) -> Mapping[str, str]:
    """Give for each format asked for the digest of what it alone takes from theme and settings."""
    theme = themes.chosen(settings)
    told: dict[str, list[object]] = {}
    for form in settings.formats:
        told[form] = [getattr(settings, name) for name in SHOWN.get(form, ())]
        if form in SCREEN:
            told[form].append(theme.screen_css)
        if form == "pdf":
            fonts = (path for folder in theme.font_folders for path in folder.rglob("*"))
            told[form] += [theme.print_css, theme.measure, theme.font, _files(fonts)]
    return {form: _digest(parts) for form, parts in told.items()}


def sites(results: Iterable[object]) -> frozenset[str]:
    """Give the hosts whose site rules had a say in results; EVERY where that can't be told.

    A page whose address nobody knows has no rules.
    """
    hosts: set[str] = set()
    for result in results:
        match result:
            case Row():
                continue  # a survey knows no rules
            case Export(url=url) if result.status in MADE:
                hosts.update(filter(None, [host_of(url)]))
            case Sketch(address=address):
                hosts.update(filter(None, [host_of(f"https://{address}")]))
            case _:
                hosts.add(EVERY)
    return frozenset(hosts)


def rules(settings: Settings, host: str) -> str:
    """Give the digest of the user's own rules for a host, or for EVERY one."""
    folders = settings.rule_folders
    if host == EVERY:
        every = filter(None, (*folders, settings.site_configs))
        return _files(path for folder in every for path in _inside(Path(folder)))
    try:
        return _digest(texts_for(host, folders, settings.site_configs))
    except ExportError as error:  # whoever reads them for a page tells of it
        return f"{ABSENT} {error}"


def _inside(place: Path) -> Iterator[Path]:
    yield place
    if place.is_dir():
        yield from place.rglob("*")


def _files(paths: Iterable[Path]) -> str:
    found = sorted(str(path) for path in paths if path.is_file())
    return _digest((path, stamp(path, content=False)) for path in found)
