"""Folders of any size are walked with as little memory, and in the same order."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.read import crowd, walk
from exporter.read.companions import fold

NAME = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)


@given(st.sets(NAME), st.integers(0, 3))
def test_names_are_the_same_in_a_file_as_in_memory(names: set[str], few: int) -> None:
    kept, spilled = crowd.Names(iter(names)), crowd.Names(iter(names), few)
    assert list(kept) == list(spilled) == sorted(names)
    for name in names:
        assert fold(name) in kept
        assert fold(name) in spilled
    assert ("nowhere" in kept) == ("nowhere" in spilled)


def test_a_name_of_odd_bytes_comes_back_as_it_was() -> None:
    odd = b"caf\xe9.html".decode("utf-8", "surrogateescape")
    assert list(crowd.Names([odd, "a.html"], 1)) == ["a.html", odd]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, (1 << 64) - 1))), st.integers(0, 3))
def test_a_pair_is_new_once(pairs: list[tuple[int, int]], few: int) -> None:
    seen, known = crowd.Seen(few), set()
    for pair in pairs:
        assert seen.add(pair) == (pair not in known)
        known.add(pair)


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(crowd, "FEW", 10)
    for number in range(40):
        (tmp_path / f"{number:02}.html").write_text("<p>page</p>")
        (tmp_path / f"{number:02}_files").mkdir()
        (tmp_path / f"{number:02}_files" / "frame.html").write_text("<p>frame</p>")
    (tmp_path / "again.html").hardlink_to(tmp_path / "07.html")
    (tmp_path / "zzz.html").symlink_to(tmp_path / "08.html")
    return tmp_path


def test_a_large_folder_gives_each_page_once_without_what_belongs_to_it(large: Path) -> None:
    assert [source.name for source in walk([large])] == [
        f"{number:02}.html" for number in range(40)
    ]


def test_a_folder_takes_no_more_memory_when_it_is_twice_as_large() -> None:
    def most(count: int) -> int:
        tracemalloc.start()
        for _ in crowd.Names((f"page-{number:07}.html" for number in range(count)), 1000):
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    assert most(40_000) < 1.2 * most(20_000) + 100_000
