"""File names that are safe everywhere, and files that are whole or absent."""

import errno
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import files
from exporter.errors import DiskFullError, OutputError

SLUGS = {
    "L'été à Paris !": "l-ete-a-paris",
    "Don’t we know it’s over": "dont-we-know-its-over",
    "Aujourd’hui, l’an neuf": "aujourd-hui-l-an-neuf",
    "ŒUVRES de Łódź, Straße 7": "oeuvres-de-lodz-strasse-7",
    "日本語のタイトル": "日本語のタイトル",
    "Привет, мир: йод": "привет-мир-йод",
    "हिन्दी में": "हिन्दी-में",
    "Ｆｕｌｌ ｗｉｄｔｈ": "full-width",
    'a/b\\c:d*e?f"g<h>i|j': "a-b-c-d-e-f-g-h-i-j",
    "../../etc/passwd": "etc-passwd",
    "...": "untitled",
    "": "untitled",
    "CON": "con-",
    "lpt1": "lpt1-",
    "Console": "console",
    "tab\tnew\nline\x00nul": "tab-new-line-nul",
    "zero\u200bwidth \u202eover\u202c": "zerowidth-over",
}


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize(("title", "stem"), SLUGS.items())
def test_a_title_becomes_a_readable_stem(title: str, stem: str) -> None:
    assert files.slug(title) == stem


@given(st.text(st.characters(codec=None), max_size=400))
def test_any_title_becomes_a_name_that_is_safe_everywhere(title: str) -> None:
    for stem in (files.slug(title), files.unique_stem(title, "a/b.html")):
        name = f"{stem}.epub"
        assert len(name.encode()) <= files.NAME_BYTES
        assert not set(name) & set('/\\:*?"<>|\0')
        assert name.isprintable()
        assert stem
        assert stem[0] != "."
        assert not files.DEVICE.match(stem)


def test_a_long_title_is_cut_between_words() -> None:
    stem = files.slug("mot juste " * 40)
    assert stem.endswith(("-mot", "-juste"))


def test_captures_of_one_title_have_names_of_their_own() -> None:
    first, second = (files.unique_stem("News", path) for path in ("a.html", "b.html"))
    assert first != second
    assert first == files.unique_stem("News", "a.html")


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
