"""What a case is made of: files to lay down, traps beside them, and what should come out."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from hostile.pictures import CANARY, flat

SECRET: Final = "Zyxqulan7Brimvok"  # noqa: S105 - stands in the canary files, and nowhere else
SERVED: Final = "Vexmorphel9Tarquo"  # is what the canary server answers


@dataclass(frozen=True)
class Link:
    """A symbolic link."""

    target: str


@dataclass(frozen=True)
class Fifo:
    """A named pipe that nobody writes to."""


@dataclass(frozen=True)
class Folder:
    """A folder; `mode` is set after all else is laid down."""

    mode: int = 0o755


@dataclass(frozen=True)
class Sealed:
    """A file with a mode."""

    body: bytes
    mode: int


Entry = bytes | Link | Fifo | Folder | Sealed
Files = Mapping[str, Entry]  # names may hold bytes that are no UTF-8, as os.fsdecode gives them


@dataclass(frozen=True)
class Traps:
    """The folder of one case, and where its canaries are.

    `base` holds `in` (what the case lays down), `out` (where books go), `home` and `tmp` of the
    process, and the canaries; `port` is the canary server's, on the loopback interface.
    """

    base: Path
    port: int

    def path(self, name: str) -> str:
        """Give the absolute path of a canary: canary.txt, .png, .svg, .css, .html, .js."""
        return str(self.base / name)

    def file(self, name: str) -> str:
        return (self.base / name).as_uri()

    def http(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"

    @cached_property
    def words(self) -> dict[str, str]:
        """What stands for the traps in a page: @FILE@/canary.png, @PATH@, @HTTP@, @HOST@."""
        return {
            "@FILE@": self.base.as_uri(),
            "@PATH@": str(self.base),
            "@HTTP@": f"http://127.0.0.1:{self.port}",
            "@HOST@": f"127.0.0.1:{self.port}",
        }

    def fill(self, text: str) -> str:
        for word, value in self.words.items():
            text = text.replace(word, value)
        return text


@dataclass(frozen=True)
class Expected:
    """What should become of a case.

    `once`: in the EPUBs' text exactly once; `kept`: at least once; `absent`: in no edition.
    `books`: how many EPUBs, `picture`: whether our own picture is among the images.
    """

    codes: frozenset[int] = frozenset({0})
    once: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    books: int | None = 1
    picture: bool | None = None


Make = Callable[[Traps], Files]


@dataclass(frozen=True)
class Case:
    """One page, archive or folder that means no good."""

    name: str
    family: str
    files: Make
    expected: Expected
    inputs: tuple[str, ...] = ("in/page.html",)
    options: tuple[str, ...] = ()
    formats: str = "epub,pdf"
    output: str = "out"
    unprivileged: bool = False
    during: Callable[[Path], None] | None = field(default=None, compare=False)


def canaries() -> dict[str, bytes]:
    """Give the files that must never come out."""
    styled = f'body::before {{ content: "{SECRET}" }}'
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80">'
        f'<text id="t" y="40">{SECRET}</text></svg>'
    )
    return {
        "canary.txt": f"{SECRET}\n".encode(),
        "canary.png": flat(CANARY),
        "canary.svg": drawn.encode(),
        "canary.css": styled.encode(),
        "canary.html": f"<html><body><p>{SECRET} {SECRET}</p></body></html>".encode(),
        "canary.js": f"document.write('{SECRET}')".encode(),
        "canary.dtd": f'<!ENTITY leak "{SECRET}">'.encode(),
        "canary.md": f"# {SECRET}\n\n{SECRET}\n".encode(),
    }


def lay(case: Case, traps: Traps) -> None:
    """Put canaries and files in place; folders' modes last."""
    base = traps.base
    for name in ("home", "tmp", "in"):
        (base / name).mkdir(parents=True, exist_ok=True)
    for name, body in canaries().items():
        (base / name).write_bytes(body)
    modes: list[tuple[Path, int]] = []
    for name, entry in case.files(traps).items():
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _put(path, entry)
        if isinstance(entry, Sealed | Folder):
            modes.append((path, entry.mode))
    for path, mode in reversed(modes):
        path.chmod(mode)


def _put(path: Path, entry: Entry) -> None:
    match entry:
        case Link(target):
            path.symlink_to(target)
        case Fifo():
            os.mkfifo(path)
        case Folder():
            path.mkdir(parents=True, exist_ok=True)
        case Sealed(body, _) | (bytes() as body):
            path.write_bytes(body)


def picture_bytes(size: tuple[int, int] = (160, 120)) -> bytes:
    """Give our own green picture, which belongs into the books."""
    return flat((20, 160, 60), size)
