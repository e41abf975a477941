"""A folder that is watched: what comes, changes and goes is followed, and nothing else is made."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from exporter.cli import main

TEXT = "The warden counts the boats that come back, and writes the number on the wall. " * 12
PATIENCE = 60  # seconds
OPTIONS = ("--watch", "--prune", "--json-lines", "--no-memory", "-f", "epub", "-j", "1")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a console of its own is needed")


def save(folder: Path, title: str, word: str = "boats") -> None:
    page = f"<h1>{title}</h1><p>{TEXT.replace('boats', f'{word} {title}')}</p>"
    (folder / f"{title}.html").write_text(f"<article>{page}</article>", "utf-8")


class Watch:
    """A watch under way, in a process of its own."""

    def __init__(self, folder: Path, out: Path, log: Path, *around: str) -> None:
        """Begin it; `around` is the command line that is given the watch's own."""
        self.log = log
        command = [
            *around,
            sys.executable,
            "-m",
            "exporter",
            "convert",
            str(folder),
            "-o",
            str(out),
        ]
        environment = os.environ | {"XDG_CACHE_HOME": str(log.parent / "cache")}
        with log.open("wb") as stdout:
            self.process = subprocess.Popen(
                [*command, *OPTIONS], stdout=stdout, stderr=subprocess.PIPE, env=environment
            )

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text("ascii").splitlines(keepends=False)]

    def until(self, what: Callable[[list[dict[str, object]]], bool]) -> list[dict[str, object]]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if what(self.lines()) and "summary" in self.lines()[-1]:
                return self.lines()
            time.sleep(0.1)
        pytest.fail(f"it did not come: {self.lines()}")

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    folder = tmp_path / "in"
    folder.mkdir()
    save(folder, "Quay")
    save(folder, "Lock")
    found = Watch(folder, folder / "library", tmp_path / "log")
    yield found
    found.process.kill()
    found.process.communicate()


def told(status: str, name: str) -> Callable[[list[dict[str, object]]], bool]:
    return lambda lines: any(
        (line.get("status"), line.get("input")) == (status, name) for line in lines
    )


def test_what_comes_changes_and_goes_is_followed_until_it_is_ended(
    watch: Watch, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    first = watch.until(told("exported", "Quay.html"))
    assert len(first) == 3
    save(folder, "Weir")
    (folder / "Empty.html").touch()
    second = watch.until(told("exported", "Weir.html"))[len(first) :]
    assert sorted(str(line.get("status")) for line in second) == ["None", "exported", "failed"]
    (folder / "Empty.html").unlink()
    (folder / "Quay.html").unlink()
    watch.until(told("pruned", "Quay.html"))
    books = {path.name.split("-")[0] for path in (folder / "library").glob("*.epub")}
    assert books == {"lock", "weir"}
    before = len(watch.lines())
    time.sleep(3)
    assert len(watch.lines()) == before  # what it writes itself leads to no other run
    assert watch.end() == 0


def test_only_folders_are_watched_and_books_are_no_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tmp_path, "Quay")
    page, out = str(tmp_path / "Quay.html"), str(tmp_path / "out")
    for words in (
        [page, "-o", out],
        [str(tmp_path), "-o", str(tmp_path)],
        [str(tmp_path), "-o", out, "-f", "html"],
        [str(tmp_path), "-o", out, "--no-cache"],
    ):
        assert main(["convert", *words, "--watch"]) == 2
        assert "--watch" in capsys.readouterr().err


def test_without_watchfiles_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert main(["convert", str(tmp_path), "-o", str(tmp_path / "out"), "--watch"]) == 7
    assert "article-exporter[watch]" in capsys.readouterr().err


SMALL = 'mount -t tmpfs -o size=500k tmpfs "$0" && "$@"; code=$?; cp -a "$0" "$0.copy"; exit $code'


def may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="no small disk can be mounted here")
def test_a_disk_that_fills_ends_a_watch_and_leaves_what_is_there_whole(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    save(folder, "Quay")
    watch = Watch(folder, out, tmp_path / "log", "unshare", "-rm", "bash", "-c", SMALL, str(out))
    try:
        watch.until(told("exported", "Quay.html"))
        noise = Image.effect_noise((1400, 1400), 200)
        noise.save(folder / "noise.png")
        save(folder, "Weir", "<img src='noise.png' alt='Spray'> boats")
        _, errors = watch.process.communicate(timeout=PATIENCE)
    finally:
        watch.process.kill()
        watch.process.communicate()
    assert watch.process.returncode == 5
    assert "the disk is full (free some space, then run the command again)" in errors.decode()
    assert errors.decode().splitlines()[-1].startswith("the watch ends here")
    assert "Traceback" not in errors.decode()
    left = Path(f"{out}.copy")
    assert not [path for path in left.rglob("*") if path.name.startswith(".exporter-")]
    assert [path.name.split("-")[0] for path in left.glob("*.epub")] == ["quay"]
    report = json.loads((left / "report.json").read_text("utf-8"))["outcomes"]
    assert "Quay.html" in {one["input"] for one in report}
    for page in (left / "index.html", left / "opds.xml"):
        assert "Quay" in page.read_text("utf-8")
    left.rename(tmp_path / "room")  # with room the same command goes on
    assert main(["convert", str(folder), "-o", str(tmp_path / "room"), "-q", *OPTIONS[3:]]) == 0
    assert len(list((tmp_path / "room").glob("*.epub"))) == 2
