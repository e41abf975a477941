"""Capture one page of ours with real programs, for tests/captures/real.

    .venv/bin/python tools/make_real_captures.py [WAY...]     (else every way there are tools for)

The page is in tools/capturing/page, its pictures are painted by tools/capturing/pictures.py.
tests/captures/real/README.md says which program makes what; SINGLE_FILE and WACZ name the
commands single-file and wacz where they are not on the PATH. Tests need none of them.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent / "capturing"))

import chromium
import firefox
import programs
from serving import URL, serving

REAL: Final = Path(__file__).parents[1] / "tests" / "captures" / "real"
SINGLE_FILE: Final = os.environ.get("SINGLE_FILE", "single-file")
WACZ: Final = os.environ.get("WACZ", "wacz")
Capture = Callable[[int, Path], None]  # the server's port, the folder of the way

# way -> the programs it needs, what captures
WAYS: Final[dict[str, tuple[tuple[str, ...], Capture]]] = {
    "chromium-complete": (
        ("chromium", "Xvfb", "xdotool"),
        lambda port, folder: chromium.complete(URL, port, folder),
    ),
    "chromium-mhtml": (
        ("chromium",),
        lambda port, folder: chromium.mhtml(URL, port, folder / "salt-pans.mhtml"),
    ),
    "firefox-complete": (
        ("firefox-esr",),
        lambda port, folder: firefox.complete(URL, port, folder),
    ),
    "httrack": (("httrack",), programs.httrack),
    "singlefile": (
        ("chromium", SINGLE_FILE),
        lambda port, folder: programs.singlefile(port, folder / "salt-pans.html"),
    ),
    "singlefilez": (
        ("chromium", SINGLE_FILE),
        lambda port, folder: programs.singlefile(
            port, folder / "salt-pans.html", "--compress-content"
        ),
    ),
    "singlefilez-zip": (
        ("chromium", SINGLE_FILE),
        lambda port, folder: programs.singlefile(
            port, folder / "salt-pans.zip", "--compress-content", "--self-extracting-archive=false"
        ),
    ),
    "wget-mirror": (("wget",), programs.wget_mirror),
    "wget-warc": (
        ("wget",),
        lambda port, folder: programs.wget_warc(port, folder, packed=False),
    ),
    "wget-warc-gz": (
        ("wget",),
        lambda port, folder: programs.wget_warc(port, folder, packed=True),
    ),
    "wacz": (("wget", WACZ), programs.wacz),
}


def main(arguments: list[str]) -> int:
    """Capture in the ways that are named; give the exit code, 1 when a program is absent."""
    missing = False
    with serving() as port:
        for way in arguments or WAYS:
            needed, capture = WAYS[way]
            lacking = [program for program in needed if shutil.which(program) is None]
            if lacking:
                missing = True
                print(f"{way}: no {', '.join(lacking)}; left as it is", file=sys.stderr)
                continue
            folder = REAL / way
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            capture(port, folder)
            for path in folder.rglob("*"):
                path.chmod(0o755 if path.is_dir() else 0o644)
            print(f"{way}: {sum(1 for path in folder.rglob('*') if path.is_file())} files")
    return int(missing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
