"""Folders as nobody should leave them: pipes, devices, links in circles, files without rights, no room to write."""

import time
from pathlib import Path
from typing import Final

from hostile.ground import Case, Entry, Expected, Fifo, Folder, Link, Sealed, Traps, picture_bytes
from hostile.prose import FIRST, KEPT, LAST, REFUSED, page

GOOD: Final = page().encode()
WRITE: Final = Expected(codes=frozenset({5}), books=0)
USAGE: Final = Expected(codes=frozenset({2}), books=0)
USAGE_OR_REFUSED: Final = Expected(codes=frozenset({2, 4}), books=0)
# a link that leads round in a circle is no page that was forgotten: it is told
TOLD: Final = Expected(codes=frozenset({0, 1}), once=(FIRST, LAST))
PARTLY: Final = Expected(codes=frozenset({1}), once=(FIRST, LAST))
FOLDER: Final = ("in",)

Files = dict[str, Entry]


def _with(others: dict[str, Entry], body: str = "") -> Files:
    return {"in/page.html": page(body).encode()} | {
        f"in/{name}": entry for name, entry in others.items()
    }


def _many_links(_: Traps) -> Files:
    """Give folders that each link to the next twice: two to the thirtieth ways through."""
    files: Files = {"in/page.html": GOOD}
    for number in range(30):
        files[f"in/d{number:02d}/a"] = Link(f"../d{number + 1:02d}")
        files[f"in/d{number:02d}/b"] = Link(f"../d{number + 1:02d}")
    files["in/d30/other.bin"] = b"x"
    return files


def _deep(_: Traps) -> Files:
    return {"in/" + "d/" * 900 + "page.html": GOOD}


def _vanish(base: Path) -> None:
    """Remove the pages that are left as soon as the first book stands."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and not list((base / "out").glob("*.epub")):
        time.sleep(0.01)
    for number in range(1, 40):
        (base / f"in/{number:02d}.html").unlink(missing_ok=True)


def _unvanished(_: Traps) -> Files:
    return {
        f"in/{n:02d}.html": page(
            f"<p>Night {n} was like the others.</p>", title=f"Night {n}"
        ).encode()
        for n in range(40)
    }


def _output_link(traps: Traps) -> Files:
    return {"in/page.html": GOOD, "out": Link(str(traps.base / "elsewhere"))}


def _name_link(traps: Traps) -> Files:
    """Give an output folder where the book's name is a link to a file of the user's."""
    return {
        "in/page.html": GOOD,
        "out/eleven-lanterns.epub": Link(traps.path("canary.txt")),
        "out/eleven-lanterns.pdf": Link(traps.path("canary.png")),
    }


CASES: Final[tuple[Case, ...]] = (
    Case("pipe-named", "filesystem", lambda _: {"in/page.html": Fifo()}, USAGE_OR_REFUSED),
    Case(
        "pipe-in-folder",
        "filesystem",
        lambda _: _with({"a.html": Fifo(), "b.mhtml": Fifo(), "c.zip": Fifo()}),
        KEPT,
        inputs=FOLDER,
    ),
    Case(
        "pipe-as-picture",
        "filesystem",
        lambda _: _with(
            {"page_files/a.png": Fifo(), "b.png": Fifo()},
            '<img src="page_files/a.png"><img src="b.png">',
        ),
        KEPT,
    ),
    Case(
        "pipe-as-folder",
        "filesystem",
        lambda _: _with({"page_files": Fifo()}, '<img src="page_files/a.png">'),
        KEPT,
    ),
    Case(
        "pipe-as-style",
        "filesystem",
        lambda _: {
            "in/page.html": page(head='<link rel=stylesheet href="page_files/a.css">').encode(),
            "in/page_files/a.css": Fifo(),
        },
        KEPT,
    ),
    Case(
        "pipe-as-frame",
        "filesystem",
        lambda _: _with({"page_files/a.html": Fifo()}, '<iframe src="page_files/a.html"></iframe>'),
        KEPT,
    ),
    Case(
        "link-to-pipe",
        "filesystem",
        lambda _: _with({"p": Fifo(), "a.html": Link("p")}),
        KEPT,
        inputs=FOLDER,
    ),
    Case(
        "device-zero", "filesystem", lambda _: {"in/page.html": Link("/dev/zero")}, USAGE_OR_REFUSED
    ),
    Case(
        "device-named",
        "filesystem",
        lambda _: {"in/x": b""},
        USAGE_OR_REFUSED,
        inputs=("/dev/zero",),
    ),
    Case(
        "device-null",
        "filesystem",
        lambda _: {"in/x": b""},
        USAGE_OR_REFUSED,
        inputs=("/dev/null",),
    ),
    Case(
        "device-in-folder",
        "filesystem",
        lambda _: _with(
            {
                "a.html": Link("/dev/zero"),
                "b.html": Link("/dev/random"),
                "c.html": Link("/dev/full"),
            }
        ),
        KEPT,
        inputs=FOLDER,
    ),
    Case(
        "device-as-picture",
        "filesystem",
        lambda _: _with(
            {"page_files/a.png": Link("/dev/zero"), "page_files/b.png": Link("/dev/urandom")},
            '<img src="page_files/a.png"><img src="page_files/b.png">',
        ),
        KEPT,
    ),
    Case(
        "proc-in-folder",
        "filesystem",
        lambda _: _with(
            {
                "a.html": Link("/proc/self/mem"),
                "b.html": Link("/proc/kmsg"),
                "c": Link("/proc/self"),
            }
        ),
        KEPT,
        inputs=FOLDER,
    ),
    Case(
        "link-out-of-folder",
        "filesystem",
        lambda traps: _with(
            {
                "a.html": Link(traps.path("canary.html")),
                "b": Link(str(traps.base)),
                "c.html": Link("../canary.html"),
            }
        ),
        KEPT,
        inputs=FOLDER,
    ),
    Case(
        "link-to-itself",
        "filesystem",
        lambda _: _with({"a.html": Link("a.html"), "b": Link("b")}),
        TOLD,
        inputs=FOLDER,
    ),
    Case(
        "link-cycle",
        "filesystem",
        lambda _: _with(
            {"a": Link("."), "b/c": Link(".."), "d.html": Link("e.html"), "e.html": Link("d.html")}
        ),
        TOLD,
        inputs=FOLDER,
    ),
    Case(
        "link-cycle-named",
        "filesystem",
        lambda _: {"in/page.html": Link("page.html")},
        USAGE_OR_REFUSED,
    ),
    Case("link-ways-without-end", "filesystem", _many_links, KEPT, inputs=FOLDER),
    Case(
        "link-dangling",
        "filesystem",
        lambda _: _with({"a.html": Link("gone.html")}),
        Expected(codes=frozenset({0, 1}), once=(FIRST, LAST)),
        inputs=FOLDER,
    ),
    Case(
        "link-dangling-named",
        "filesystem",
        lambda _: {"in/page.html": Link("gone.html")},
        USAGE_OR_REFUSED,
    ),
    Case(
        "link-named-to-outside",
        "filesystem",
        lambda _: {"in/page.html": Link("../kept/page.html"), "kept/page.html": GOOD},
        KEPT,
    ),
    Case(
        "folder-named-like-a-page", "filesystem", lambda _: {"in/page.html/inner.html": GOOD}, KEPT
    ),
    Case(
        "folder-named-like-a-page-in-folder",
        "filesystem",
        lambda _: {"in/page.html/inner.html": GOOD, "in/a.zip": Folder(), "in/b.mhtml": Folder()},
        KEPT,
        inputs=FOLDER,
    ),
    Case(
        "folder-as-picture",
        "filesystem",
        lambda _: _with(
            {"page_files/a.png": Folder()}, '<img src="page_files/a.png"><img src="page_files">'
        ),
        KEPT,
    ),
    Case("folder-empty", "filesystem", lambda _: {"in/x": Folder()}, REFUSED, inputs=FOLDER),
    Case(
        "folder-deep",
        "filesystem",
        _deep,
        Expected(codes=frozenset({0, 4}), books=None),
        inputs=FOLDER,
    ),
    Case("file-absent", "filesystem", lambda _: {"in/x": b""}, USAGE),
    Case(
        "file-unreadable",
        "filesystem",
        lambda _: {"in/page.html": Sealed(GOOD, 0)},
        Expected(codes=frozenset({2, 4}), books=0),
        unprivileged=True,
    ),
    Case(
        "file-unreadable-in-folder",
        "filesystem",
        lambda _: _with({"a.html": Sealed(GOOD, 0)}),
        PARTLY,
        inputs=FOLDER,
        unprivileged=True,
    ),
    Case(
        "picture-unreadable",
        "filesystem",
        lambda _: _with(
            {"page_files/a.png": Sealed(picture_bytes(), 0)}, '<img src="page_files/a.png">'
        ),
        KEPT,
        unprivileged=True,
    ),
    Case(
        "folder-unreadable",
        "filesystem",
        lambda _: _with({"d/other.html": GOOD, "d": Folder(0)}),
        Expected(codes=frozenset({0, 1}), once=(FIRST, LAST)),
        inputs=FOLDER,
        unprivileged=True,
    ),
    Case(
        "companions-unreadable",
        "filesystem",
        lambda _: _with(
            {"page_files/a.png": picture_bytes(), "page_files": Folder(0)},
            '<img src="page_files/a.png">',
        ),
        KEPT,
        unprivileged=True,
    ),
    Case(
        "input-read-only",
        "filesystem",
        lambda _: _with({".": Folder(0o555)}),
        KEPT,
        inputs=FOLDER,
        unprivileged=True,
    ),
    Case(
        "files-vanish",
        "filesystem",
        _unvanished,
        Expected(codes=frozenset({0, 1}), books=None),
        inputs=FOLDER,
        during=_vanish,
        formats="epub",
    ),
    Case(
        "output-inside-input",
        "filesystem",
        lambda _: _with({}),
        KEPT,
        inputs=FOLDER,
        options=("-o", "in/books"),
        output="in/books",
    ),
    Case(
        "output-is-input",
        "filesystem",
        lambda _: _with({}),
        KEPT,
        inputs=FOLDER,
        options=("-o", "in"),
        output="in",
    ),
    Case(
        "output-is-a-file",
        "filesystem",
        lambda _: {"in/page.html": GOOD, "books": b"mine"},
        Expected(codes=frozenset({2, 5}), books=0),
        options=("-o", "books"),
        output="books",
    ),
    Case(
        "output-is-the-input-file",
        "filesystem",
        lambda _: {"in/page.html": GOOD},
        Expected(codes=frozenset({2, 5}), books=0),
        options=("-o", "in/page.html"),
        output="none",
    ),
    Case(
        "output-below-a-file",
        "filesystem",
        lambda _: {"in/page.html": GOOD, "a": b"mine"},
        WRITE,
        options=("-o", "a/books"),
        output="none",
    ),
    Case(
        "output-read-only",
        "filesystem",
        lambda _: {"in/page.html": GOOD, "out": Folder(0o555)},
        WRITE,
        unprivileged=True,
    ),
    Case(
        "output-read-only-parent",
        "filesystem",
        lambda _: {"in/page.html": GOOD, "sealed": Folder(0o555)},
        WRITE,
        options=("-o", "sealed/books"),
        output="none",
        unprivileged=True,
    ),
    Case(
        "output-in-proc",
        "filesystem",
        lambda _: {"in/page.html": GOOD},
        WRITE,
        options=("-o", "/proc/books"),
        output="none",
    ),
    Case(
        "output-device-full",
        "filesystem",
        lambda _: {"in/page.html": GOOD, "full": Link("/dev/full")},
        Expected(codes=frozenset({2, 5}), books=0),
        options=("-o", "full"),
        output="none",
    ),
    Case(
        "output-dangling-link",
        "filesystem",
        _output_link,
        Expected(codes=frozenset({2, 5}), books=0),
    ),
    Case("output-name-is-a-link", "filesystem", _name_link, KEPT),
    Case(
        "output-name-is-a-folder",
        "filesystem",
        lambda _: {"in/page.html": GOOD, "out/eleven-lanterns.epub/x": b"mine"},
        Expected(codes=frozenset({0, 5}), books=None),
    ),
    Case(
        "report-is-a-folder",
        "filesystem",
        lambda _: {"in/page.html": GOOD, "out/report.json/x": b"mine"},
        Expected(codes=frozenset({5}), books=None),
    ),
    Case(
        "home-is-a-file",
        "filesystem",
        lambda _: {
            "in/page.html": GOOD,
            "home/.cache": b"",
            "home/.local": b"",
            "home/.config": b"",
        },
        KEPT,
    ),
    Case(
        "same-file-often",
        "filesystem",
        lambda _: _with({}),
        KEPT,
        inputs=("in/page.html", "in/page.html", "in", "./in/../in/page.html"),
    ),
    Case(
        "sparse-file",
        "filesystem",
        lambda _: _with({"a.html": Link("/proc/kcore")}),
        KEPT,
        inputs=FOLDER,
    ),
)
