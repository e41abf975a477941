"""Was a case as expected? A list of complaints, empty when it was."""

import json
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from hostile.books import (
    Epub,
    colour,
    epub_findings,
    holds_canary,
    html_findings,
    markdown_findings,
    near,
    pdf_findings,
    pdf_text,
    squeezed,
)
from hostile.ground import Case, Traps
from hostile.pictures import CANARY, OURS
from hostile.process import Ran

LEARNED: Final = "learned.json"  # beside the report, when several pages of a site were seen
SECONDS: Final = 20.0
BYTES: Final = 600_000_000
NAME_BYTES: Final = 120
LINE: Final = 4_000  # characters of a line on standard error
STATUSES: Final = {"exported", "failed", "joined", "duplicate", "skipped"}
UNSAFE: Final = re.compile(
    r'[<>:"|?*\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]'
)
RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$", re.IGNORECASE
)
TERMINAL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Snapshot = dict[str, tuple[int, int, int]]
FINDINGS: Final[dict[str, Callable[[Path], Iterator[str]]]] = {
    ".epub": epub_findings,
    ".pdf": pdf_findings,
    ".html": html_findings,
    ".md": markdown_findings,
}


def snapshot(base: Path, output: Path) -> Snapshot:
    """Give every path below `base`, but for the output folder, home: kind, size, time of change."""
    found: Snapshot = {}
    stack = [base]
    while stack:
        folder = stack.pop()
        try:
            entries = list(os.scandir(folder))
        except PermissionError:
            continue
        for entry in entries:
            path = Path(entry.path)
            if path == base / "home":
                continue
            seen = entry.stat(follow_symlinks=False)
            folder_like = entry.is_dir(follow_symlinks=False)
            if path != output:
                told = (0, 0) if folder_like else (seen.st_size, seen.st_mtime_ns)
                found[entry.path] = (seen.st_mode, *told)
            if folder_like and len(found) < 20_000:
                stack.append(path)
    return found


def judge(case: Case, traps: Traps, ran: Ran, heard: list[str], before: Snapshot) -> list[str]:
    """Give every complaint."""
    output = traps.base / case.output
    told = [
        *_ending(case, ran),
        *(f"REQUEST: {one}" for one in heard),
        *_around(output, traps, before),
        *_terminal(ran),
    ]
    try:
        files = _outputs(output, before)
        told += _names(files, output)
        told += _report(traps.base, output, files, ran)
        told += _editions(case, files)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a book is a complaint
        told.append(f"UNREADABLE: {type(error).__name__}: {str(error)[:200]}")
    return told


def _ending(case: Case, ran: Ran) -> Iterator[str]:
    if ran.code is None or ran.seconds > SECONDS:
        yield f"TIME: {ran.seconds:.0f} s ({ran.cpu:.0f} s of CPU)"
    if ran.peak > BYTES:
        yield f"MEMORY: {ran.peak / 1e6:.0f} MB"
    if ran.code is not None and ran.code not in case.expected.codes:
        wanted = " or ".join(map(str, sorted(case.expected.codes)))
        yield f"exit code {ran.code}, not {wanted}: {ran.err.strip()[-200:]!r}"
    if "Traceback (most recent call last)" in ran.err + ran.out:
        yield f"TRACEBACK: {ran.err.strip().splitlines()[-1][:200]!r}"
    if "LEFT RUNNING" in ran.err:
        yield "processes left running"


def _around(output: Path, traps: Traps, before: Snapshot) -> Iterator[str]:
    after = snapshot(traps.base, output)
    for path, state in after.items():
        if path not in before and not Path(path).is_relative_to(output):
            yield f"OUTSIDE: {Path(path).relative_to(traps.base)!s} was written"
        elif (
            path in before
            and before[path] != state
            and not (Path(path).is_relative_to(output) and _replaced(Path(path), before))
        ):
            yield f"OUTSIDE: {Path(path).relative_to(traps.base)!s} was changed"


def _replaced(path: Path, before: Snapshot) -> bool:
    """Tell whether a file stands where a link was: the link itself gave way, not what it led to."""
    return stat.S_ISLNK(before[str(path)][0]) and stat.S_ISREG(path.lstat().st_mode)


def _terminal(ran: Ran) -> Iterator[str]:
    for name, text in (("standard output", ran.out), ("standard error", ran.err)):
        if found := TERMINAL.search(text):
            yield f"{name} has {found[0]!r}"
        if any(len(line) > LINE for line in text.splitlines()):
            yield f"{name} has a line of {max(map(len, text.splitlines()))} characters"


def _outputs(output: Path, before: Snapshot) -> list[Path]:
    if not output.is_dir():
        return []
    found = [
        path
        for path in sorted(output.rglob("*"))
        if str(path) not in before or _replaced(path, before)
    ]
    return [path for path in found if path.is_symlink() or not path.is_dir()]


def _unsafe(name: str) -> bool:
    return bool(
        UNSAFE.search(name)
        or RESERVED.match(name)
        or name[-1:] in {".", " "}
        or name[:1] == " "
        or not name
    )


def _names(files: list[Path], output: Path) -> Iterator[str]:
    seen: set[str] = set()
    for path in files:
        name = str(path.relative_to(output))
        if any(_unsafe(part) for part in name.split("/")):
            yield f"NAME: unsafe: {name!r}"
        if any(len(os.fsencode(part)) > NAME_BYTES for part in name.split("/")):
            yield f"NAME: {len(os.fsencode(name))} bytes: {name[:40]!r}"
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            yield f"NAME: twice on some systems: {name!r}"
        seen.add(folded)
        if path.suffix == ".epub":
            yield from _member_names(path)


def _member_names(path: Path) -> Iterator[str]:
    seen: set[str] = set()
    for name in Epub(path).members:
        if len(name.encode()) > NAME_BYTES or any(
            _unsafe(part) or part == ".." for part in name.split("/")
        ):
            yield f"NAME: member {name[:60]!r}"
        if name.casefold() in seen:
            yield f"NAME: member twice: {name[:60]!r}"
        seen.add(name.casefold())


def _report(base: Path, output: Path, files: list[Path], ran: Ran) -> Iterator[str]:
    path = output / "report.json"
    if not path.is_file():
        if ran.code in {0, 1}:
            yield "no report.json"
        if files:
            yield f"PARTIAL: {[file.name for file in files][:3]} without a report"
        return
    body = path.read_bytes()
    if holds_canary(body):
        yield "LEAK: a canary's words in report.json"
    outcomes = json.loads(body.decode("utf-8"))["outcomes"]
    if unknown := {one["status"] for one in outcomes} - STATUSES:
        yield f"report: unknown status {unknown}"
    if any(one["status"] == "failed" and not one["error"] for one in outcomes):
        yield "report: failed without an error"
    listed = {base / name for one in outcomes for name in one["files"]}
    yield from _listed(output, listed, [file for file in files if file != path])


def _listed(output: Path, listed: set[Path], files: list[Path]) -> Iterator[str]:
    """Compare what the report names (files, and folders of pictures) with what is there."""
    real = {path.resolve() for path in listed}
    for path in sorted(real):
        if not path.exists():
            yield f"report: {path.name[:60]!r} is not there"
    for file in files:
        if file.name == LEARNED:
            continue
        if not {file.resolve(), *(parent.resolve() for parent in file.parents)} & real:
            yield f"PARTIAL: {str(file.relative_to(output))[:60]!r} is in no report"


def _editions(case: Case, files: list[Path]) -> Iterator[str]:
    epubs = [Epub(path) for path in files if path.suffix == ".epub"]
    for path in files:
        if path.stat().st_size == 0:
            yield f"PARTIAL: {path.name[:60]!r} is empty"
        if path.suffix in FINDINGS:
            yield from sorted(set(FINDINGS[path.suffix](path)))
        elif path.suffix in {".png", ".jpg", ".gif", ".svg"} and (
            holds_canary(path.read_bytes()) or near(colour(path.read_bytes()), CANARY)
        ):
            yield f"LEAK: {path.name} is the canary's picture"
    if case.expected.books is not None and len(epubs) != case.expected.books:
        yield f"{len(epubs)} EPUBs, not {case.expected.books}"
    if epubs:
        yield from _text(case, " ".join(book.text() for book in epubs), files)
        has = any(near(colour(picture), OURS) for book in epubs for picture in book.pictures())
        if case.expected.picture is not None and has != case.expected.picture:
            yield f"our own picture is {'' if has else 'not '}there"


def _text(case: Case, text: str, files: list[Path]) -> Iterator[str]:
    expected = case.expected
    for phrase in expected.once:
        if (count := text.count(phrase)) != 1:
            yield f"TEXT: {count} times {phrase!r}"
    yield from (f"TEXT: lost {phrase!r}" for phrase in expected.kept if phrase not in text)
    yield from (f"TEXT: {phrase!r} in the EPUB" for phrase in expected.absent if phrase in text)
    for path in files:
        if path.suffix in {".html", ".md"}:
            body = path.read_text("utf-8")
            yield from (f"TEXT: {one!r} in {path.suffix}" for one in expected.absent if one in body)
    printed = "".join(pdf_text(path) for path in files if path.suffix == ".pdf")
    for phrase in (*expected.once, *expected.kept) if printed else ():
        if squeezed(phrase) not in printed:
            yield f"TEXT: the PDF lost {phrase!r}"
