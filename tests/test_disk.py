"""What lies on disk is whole or absent, whoever ends the run and however often."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import soaking
from exporter import files, locking
from exporter.errors import OutputError
from sampling import convert

QUICK = ("--no-memory", "-q", "-f", "epub", "-j", "1")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")


@pytest.mark.slow
@POSIX
def test_a_batch_that_is_killed_leaves_whole_books_and_goes_on_where_it_was(tmp_path: Path) -> None:
    found = soaking.killed(tmp_path, 8, 3, seed=7)
    assert found.kills
    assert not found.broken
    assert not found.left
    assert found.redone <= 2 * found.kills  # a book is done when the parent knows of it
    assert found.finished


def test_a_folder_is_held_by_one_run_at_a_time(tmp_path: Path) -> None:
    refused = pytest.raises(OutputError, match="another run is writing here")
    with locking.held(tmp_path), refused, locking.held(tmp_path):
        pytest.fail("two have it")
    with locking.held(tmp_path):
        pass
    assert not list(tmp_path.iterdir())


def test_two_runs_into_one_folder_are_told_so(tmp_path: Path) -> None:
    soaking.pages(tmp_path / "in", 2)
    with locking.held(tmp_path / "out"):
        ran = convert(tmp_path / "in", tmp_path / "out", *QUICK)
    assert ran.returncode == OutputError.exit_code
    assert "another run is writing here (wait until it is done, or choose another" in ran.stderr
    assert not list((tmp_path / "out").iterdir())


def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    aim = tmp_path / "aim"
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / locking.NAME).symlink_to(aim)
    with pytest.raises(OutputError), locking.held(tmp_path / "out"):
        pytest.fail("it was followed")
    assert not aim.exists()


def dead() -> int:
    """Give the number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@POSIX
def test_what_a_dead_run_was_writing_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    kept = [f"{files.PART}{os.getpid()}-a", f"{files.PART}notes", "book.epub", ".hidden"]
    pictures = tmp_path / "book_files"
    pictures.mkdir()
    for name in (*kept, f"{files.PART}{dead()}-5f", f"{files.PART}{dead()}-report.json"):
        (tmp_path / name).write_bytes(b"x")
    (pictures / f"{files.PART}{dead()}-1").write_bytes(b"x")
    with locking.held(tmp_path):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*kept, "book_files"])
    assert not list(pictures.iterdir())


def started(tmp_path: Path, setup: Callable[[], object] | None = None) -> "subprocess.Popen[str]":
    """Start a run over many pages, and wait until there is a book."""
    soaking.pages(tmp_path / "in", 25)
    command = [sys.executable, "-m", "exporter", "convert", str(tmp_path / "in")]
    process = subprocess.Popen(
        [*command, "-o", str(tmp_path / "out"), *QUICK, "--no-cache"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=setup,  # noqa: PLW1509  (nothing runs beside it here)
    )
    while process.poll() is None and not soaking.written(tmp_path / "out"):
        time.sleep(0.02)
    return process


@POSIX
def test_a_run_that_should_ignore_a_hangup_does(tmp_path: Path) -> None:
    process = started(tmp_path, lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    process.communicate()
    assert process.returncode == 0
    assert soaking.reported(tmp_path / "out") == 25


@POSIX
def test_whoever_asks_twice_is_obeyed_at_once(tmp_path: Path) -> None:
    process = started(tmp_path)
    process.send_signal(signal.SIGSTOP)  # so that both arrive together
    for number in (signal.SIGTERM, signal.SIGINT):
        process.send_signal(number)
    process.send_signal(signal.SIGCONT)
    process.communicate()
    assert process.returncode == 130
    assert all(
        soaking.is_whole(tmp_path / "out" / name) for name in soaking.written(tmp_path / "out")
    )


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_ends_the_run_with_a_line(tmp_path: Path) -> None:
    soaking.pages(tmp_path / "in", 3)
    ran = subprocess.run(
        [
            "bash", "-c", 'ulimit -f 2; exec "$0" -m exporter convert "$@"', sys.executable,
            str(tmp_path / "in"), "-o", str(tmp_path / "out"), *QUICK, "--no-cache",
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == OutputError.exit_code, ran.stderr
    assert "Traceback" not in ran.stderr
    assert not soaking.written(tmp_path / "out")
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert not [name for name in names if name.startswith(files.PART)]
