"""Files that are whole or absent, and files that are read as what they seem."""

import errno
import threading
from pathlib import Path

import pytest

from exporter import files
from exporter.errors import DiskFullError, OutputError


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_file_replaces_another_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "book.epub"
    for data in (b"first", b"second"):
        files.write_atomic(target, data)
        assert target.read_bytes() == data
    assert names(target.parent) == ["book.epub"]


def test_a_new_file_has_the_permissions_that_the_user_gives_new_files(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    files.write_atomic(tmp_path / "book", b"")
    assert (tmp_path / "book").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_readers_never_see_half_a_file(tmp_path: Path) -> None:
    target, sizes = tmp_path / "book", {1_000_000, 2_000_000}
    files.write_atomic(target, bytes(1_000_000))
    seen: set[int] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.add(len(target.read_bytes()))

    reader = threading.Thread(target=look)
    reader.start()
    for size in sorted(sizes) * 5:
        files.write_atomic(target, bytes(size))
    done.set()
    reader.join()
    assert seen
    assert seen <= sizes


def test_a_place_that_can_not_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    for target, what in {
        tmp_path / "file" / "book.epub": "a file stands where a folder should be",
        tmp_path / "folder": "a folder stands where the file should be",
        tmp_path / ("x" * 300): "the name is too long",
    }.items():
        with pytest.raises(OutputError) as caught:
            files.write_atomic(target, b"data")
        assert caught.value.what == what
        assert str(tmp_path) in caught.value.where
        assert "-o" in caught.value.remedy
    assert names(tmp_path) == ["file", "folder"]
    assert (tmp_path / "file").read_bytes() == b"kept"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_an_error_of_its_own(number: int) -> None:
    error = files.output_error(OSError(number, "…"), "book.epub")
    assert isinstance(error, DiskFullError)
    assert "free some space" in error.remedy


def test_what_a_dead_process_was_writing_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (".exporter-17-abcd", ".exporter-171-abcd", ".exporter-x", "book.epub"):
        (tmp_path / name).write_bytes(b"")
    files.remove_partial(tmp_path, 17)
    assert names(tmp_path) == [".exporter-171-abcd", ".exporter-x", "book.epub"]
