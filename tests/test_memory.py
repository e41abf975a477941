"""What was learnt of a site serves a later single page; a broken store costs no run."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from exporter.batch import memory
from exporter.batch.recurrence import memory_place
from exporter.errors import ConfigError
from exporter.model import Recurrence
from test_recurrence import PLEAS, SITE, TEASER, html, removed

KNOWN = [
    ("a.example", "00ff00ff00ff00ff", Recurrence(7, 9, 2, "this run")),
    ("b.example", "ff00ff00ff00ff00", Recurrence(3, 4, 0, "this run")),
]


def convert(place: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "exporter", "convert", *options, "-o", "out", "-f", "epub"]
    environment = os.environ | {"XDG_DATA_HOME": str(place / "data")}
    return subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a folder with five pages of one site, and a sixth beside them."""
    (tmp_path / "pages").mkdir()
    for number in range(5):
        (tmp_path / "pages" / f"{number}.html").write_text(html(number), encoding="utf-8")
    (tmp_path / "later.html").write_text(html(7), encoding="utf-8")
    return tmp_path


def store(place: Path) -> Path:
    return place / "data" / "exporter" / "memory.sqlite"


def books(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (place / "out").glob("*.epub")}


def test_a_later_single_page_profits_and_its_ledger_says_so(place: Path) -> None:
    assert convert(place, "pages").returncode == 0
    assert convert(place, "later.html").returncode == 0
    assert {TEASER, *PLEAS} <= set(removed(place)["later.html"])
    report = json.loads((place / "out" / "report.json").read_text("utf-8"))
    told = {entry["text"]: entry["evidence"] for entry in report["outcomes"][0]["removed"]}
    assert told[TEASER] == f"in 5 of 5 articles of {SITE}, learnt from an earlier run"


def test_no_memory_neither_keeps_nor_uses_one(place: Path) -> None:
    assert convert(place, "pages", "--no-memory").returncode == 0
    assert not store(place).exists()
    assert convert(place, "pages").returncode == 0
    assert store(place).exists()
    assert convert(place, "later.html", "--no-memory").returncode == 0
    assert removed(place)["later.html"] == []


def test_a_run_that_learns_nothing_leaves_no_memory(place: Path) -> None:
    assert convert(place, "later.html").returncode == 0
    assert not store(place).exists()
    assert not (place / "out" / "learned.json").exists()


def test_a_run_can_be_repeated_from_its_file(place: Path) -> None:
    assert convert(place, "pages").returncode == 0
    first = books(place)
    (place / "out" / "learned.json").rename(place / "known.json")
    for book in (place / "out").glob("*.epub"):
        book.unlink()
    again = convert(place, "pages/2.html", "--learned", "known.json")
    assert again.returncode == 0, again.stderr
    assert list(books(place).values()) == [
        data for name, data in first.items() if name.startswith("jonas")
    ]
    report = json.loads((place / "out" / "report.json").read_text("utf-8"))
    told = {entry["text"]: entry["evidence"] for entry in report["outcomes"][0]["removed"]}
    assert told[TEASER] == f"in 5 of 5 articles of {SITE}, learnt from known.json"


@pytest.mark.parametrize("harm", ["corrupt", "locked", "of another version", "a folder"])
def test_a_store_that_cannot_be_used_is_a_note_and_the_run_goes_on(place: Path, harm: str) -> None:
    path = store(place)
    path.parent.mkdir(parents=True)
    holder = None
    if harm == "corrupt":
        path.write_bytes(b"not a database at all, but long enough to be read as one" * 40)
    elif harm == "locked":
        memory.remember(path, KNOWN)
        holder = sqlite3.connect(path)
        holder.execute("BEGIN EXCLUSIVE")
    elif harm == "of another version":
        with sqlite3.connect(path) as base:
            base.execute("PRAGMA user_version = 99")
        base.close()
    else:
        path.mkdir()
    ran = convert(place, "pages")
    if holder is not None:
        holder.close()
    assert ran.returncode == 0, ran.stderr
    assert str(path) in ran.stderr
    assert "--no-memory" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert all(TEASER in texts for texts in removed(place).values())  # what it learnt itself stands


def test_a_file_that_is_none_is_told(place: Path) -> None:
    (place / "wrong.json").write_text('{"version": 1, "sites": {"a": {"zz": [1]}}}')
    for name in ("wrong.json", "absent.json"):
        ran = convert(place, "pages", "--learned", name)
        assert (ran.returncode, "learned.json of an earlier run" in ran.stderr) == (6, True)


def test_what_is_remembered_is_recalled_for_the_sites_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "new" / "memory.sqlite"
    assert memory.recall(path, ["a.example"]) == []
    memory.remember(path, [*KNOWN, ("", "0" * 16, Recurrence(3, 3, 0, "this run"))])
    (entry,) = memory.recall(path, ["a.example", "c.example", ""])
    assert entry == ("a.example", "00ff00ff00ff00ff", Recurrence(7, 9, 2, "an earlier run"))
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_run_that_saw_more_of_a_site_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    for pages, of in ((8, 20), (3, 4)):
        memory.remember(path, [("a.example", "0" * 16, Recurrence(pages, of, 0, "this run"))])
    assert [entry[2].pages for entry in memory.recall(path, ["a.example"])] == [8]


def test_a_file_says_what_was_known(tmp_path: Path) -> None:
    memory.save(tmp_path / "learned.json", KNOWN)
    loaded = list(memory.load(tmp_path / "learned.json"))
    assert [entry[:2] for entry in loaded] == [entry[:2] for entry in KNOWN]
    assert loaded[0][2] == Recurrence(7, 9, 2, "learned.json")
    memory.save(tmp_path / "learned.json", [])
    assert list(memory.load(tmp_path / "learned.json")) == []
    with pytest.raises(ConfigError):
        list(memory.load(tmp_path / "absent.json"))


def test_the_memory_stands_where_the_system_keeps_such_things(tmp_path: Path) -> None:
    home = Path.home()
    assert memory_place({"XDG_DATA_HOME": str(tmp_path)}, "linux") == (
        tmp_path / "exporter" / "memory.sqlite"
    )
    assert memory_place({"XDG_DATA_HOME": "relative"}, "linux") == (
        home / ".local" / "share" / "exporter" / "memory.sqlite"
    )
    assert memory_place({}, "darwin") == (
        home / "Library" / "Application Support" / "exporter" / "memory.sqlite"
    )
    assert memory_place({"LOCALAPPDATA": str(tmp_path)}, "win32") == (
        tmp_path / "exporter" / "memory.sqlite"
    )
