"""Shards on machines that know nothing of each other make the books of one run, byte for byte."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from exporter import files, locking
from exporter.batch import parts
from exporter.batch.shards import Shard
from exporter.cli import shards
from exporter.errors import ConfigError, OutputError, UsageError
from test_joining import STORY
from test_recurrence import PLEAS, html


def run(folder: Path, *arguments: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, "-m", "exporter", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with pages, and the books that one run makes of them."""
    folder = tmp_path_factory.mktemp("shards")
    pages = folder / "pages"
    (pages / "more").mkdir(parents=True)
    for number in range(1, 9):
        (pages / f"{number}.html").write_text(html(number), encoding="utf-8")
    for number in range(1, 4):
        (pages / f"quay-{number}.html").write_text(STORY.html(number), encoding="utf-8")
    name = next(n for n in map("more/copy-{}.html".format, range(99)) if held(n) != held("3.html"))
    shutil.copy(pages / "3.html", pages / name)
    run(folder, "convert", "pages", "-o", "whole", "-f", "epub", "--no-memory", "-q", "--no-cache")
    return folder


@pytest.fixture(scope="module")
def sharded(place: Path) -> Path:
    """Give the same folder once two shards have made their books, the second one first."""
    for number in (2, 1):
        run(place, "survey", "pages", "--shard", f"{number}/2", "-o", f"part-{number}")
    run(place, "learn", "part-1", "part-2", "-o", "learned")
    for number in (2, 1):
        share = ("--shard", f"{number}/2", "--learned", "learned", "-f", "epub", "--no-cache")
        run(place, "convert", "pages", "-o", "shards", *share)
    return place


def held(name: str) -> int:
    return 1 if Shard(1, 2).holds(name) else 2


def books(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.epub")
    }


def outcomes(report: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["outcomes"]
    for outcome in found:
        for key in ("seconds", "review", "cover"):  # the latter two are the library's
            outcome.pop(key)
        outcome["files"] = [Path(file).name for file in outcome["files"]]
    return sorted(found, key=lambda outcome: str(outcome["input"]))


def test_the_pages_put_the_shards_to_the_test(place: Path) -> None:
    told = outcomes(place / "whole" / "report.json")
    joined = {name for outcome in told for name in outcome["joined"]}
    assert joined == {"quay-1.html", "quay-2.html", "quay-3.html"}
    assert {held(name) for name in joined} == {1, 2}
    (copy,) = (outcome for outcome in told if outcome["status"] == "duplicate")
    assert held(copy["input"]) != held(copy["duplicate_of"])
    removed = [cut["text"] for outcome in told for cut in outcome["removed"]]
    assert any(PLEAS[0] in text for text in removed)


def test_two_shards_make_the_books_of_one_run_byte_for_byte(sharded: Path) -> None:
    assert books(sharded / "shards") == books(sharded / "whole")
    assert len(books(sharded / "whole")) == 9


def test_the_merged_report_says_what_one_run_says(sharded: Path) -> None:
    done = run(sharded, "report", "--merge", "shards")
    assert "9 exported" in done.stderr
    assert "1 duplicate" in done.stderr
    assert outcomes(sharded / "shards" / "report.json") == outcomes(
        sharded / "whole" / "report.json"
    )
    shard = json.loads((sharded / "shards" / "report-1-of-2.json").read_text(encoding="utf-8"))
    assert shard["shard"] == "1/2"


def test_the_merged_library_is_that_of_one_run_byte_for_byte(sharded: Path) -> None:
    shards = sharded / "shards"
    (shards / "index.html").unlink(missing_ok=True)
    run(sharded, "report", "--merge", "shards", "--no-library", "-q")
    assert not (shards / "index.html").exists()
    run(sharded, "report", "shards", "-q")
    assert not (shards / "index.html").exists()
    for _ in range(2):
        run(sharded, "report", "--merge", "shards", "-q")
        assert library(shards) == library(sharded / "whole")
    assert {"index.html", "opds.xml", "library/catalogue.jsonl"} < library(shards).keys()
    assert len(library(shards)) == 3 + 2 * 9  # a page and a cover of each article


def library(folder: Path) -> dict[str, bytes]:
    places = (*folder.glob("library/*"), folder / "index.html", folder / "opds.xml")
    return {str(path.relative_to(folder)): path.read_bytes() for path in places}


def test_shards_that_keep_no_library_have_none(sharded: Path) -> None:
    for number in (1, 2):
        share = ("--shard", f"{number}/2", "--learned", "learned", "-f", "epub", "--no-cache")
        run(sharded, "convert", "pages", "-o", f"bare/{number}", *share, "--no-library")
        run(sharded, "convert", "pages", "-o", f"apart/{number}", *share)
    for place, wanted in (("bare", 0), ("apart", 2)):
        folders = [f"{place}/1", f"{place}/2"]
        run(sharded, "report", "--merge", *folders, "-o", f"{place}/report.json")
        assert len(list((sharded / place).glob("*/index.html"))) == wanted
        assert not (sharded / place / "index.html").exists()
    lines = [(sharded / f"apart/{n}/library/catalogue.jsonl").read_text() for n in (1, 2)]
    assert sum(text.count("\n") - 1 for text in lines) == 9


def test_a_part_has_the_same_bytes_each_time(sharded: Path) -> None:
    run(sharded, "survey", "pages", "--shard", "1/2", "-o", "again", "-j", "1")
    assert (sharded / "again").read_bytes() == (sharded / "part-1").read_bytes()


def test_what_was_learnt_says_the_same_whatever_the_order_of_the_parts(sharded: Path) -> None:
    run(sharded, "learn", "part-2", "part-1", "-o", "turned")
    assert (sharded / "turned").read_bytes() == (sharded / "learned").read_bytes()


def test_a_duplicate_of_what_failed_in_another_shard_has_failed(
    sharded: Path, tmp_path: Path
) -> None:
    told = {
        outcome["input"]: outcome
        for number in (1, 2)
        for outcome in json.loads(
            (sharded / "shards" / f"report-{number}-of-2.json").read_text(encoding="utf-8")
        )["outcomes"]
    }
    copy = next(outcome for outcome in told.values() if outcome["status"] == "duplicate")
    error = {"code": "internal", "message": "the disk went away", "remedy": None}
    told[copy["duplicate_of"]] |= {"status": "failed", "error": error, "files": []}
    lines = ",\n".join(map(json.dumps, told.values()))
    report = tmp_path / "report-1-of-1.json"
    report.write_text(f'{{"version": 1, "shard": "1/1", "outcomes": [\n{lines}\n]}}\n', "utf-8")
    run(tmp_path, "report", "--merge", ".", "-o", "all.json", code=70)
    merged = {outcome["input"]: outcome for outcome in outcomes(tmp_path / "all.json")}
    assert merged[copy["input"]]["status"] == "failed"
    assert "--keep-duplicates" in merged[copy["input"]]["error"]["remedy"]


def test_a_shard_that_has_not_run_is_missed(sharded: Path, tmp_path: Path) -> None:
    shutil.copy(sharded / "shards" / "report-2-of-2.json", tmp_path)
    done = run(tmp_path, "report", "--merge", ".", code=1)
    assert "shard 1/2 is missing" in done.stderr


def test_a_part_that_is_missing_or_of_other_pages_is_told(sharded: Path) -> None:
    done = run(sharded, "learn", "part-2", "-o", "half", code=2)
    assert "part 1/2 is missing" in done.stderr
    shutil.copytree(sharded / "pages", sharded / "others", dirs_exist_ok=True)
    share = ("--shard", "1/2", "--learned", "learned")
    done = run(sharded, "convert", "others", "-o", "no", *share, code=2)
    assert "was learnt of other inputs: pages" in done.stderr


def test_a_part_that_was_cut_off_is_none(sharded: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut"
    cut.write_bytes((sharded / "part-1").read_bytes()[:-40])
    with pytest.raises(ConfigError, match="no part of a survey"):
        list(parts.load([cut]))


def test_every_capture_is_in_one_shard_whatever_its_bytes() -> None:
    names = [f"{number}/page.html" for number in range(200)] + ["caf\udce9.html"]
    for name in names:
        assert sum(Shard(number, 3).holds(name) for number in (1, 2, 3)) == 1
    sizes = [sum(Shard(number, 3).holds(name) for name in names) for number in (1, 2, 3)]
    assert min(sizes) > 40


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/0"])
def test_what_is_no_shard_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="no such shard"):
        shards.asked(text)


@pytest.mark.skipif(sys.platform == "win32", reason="locks can't be shared there")
def test_shards_share_a_folder_and_a_whole_run_does_not(tmp_path: Path) -> None:
    with locking.held(tmp_path, "1-of-2"), locking.held(tmp_path, "2-of-2"):
        for other in ("1-of-2", ""):
            with pytest.raises(OutputError, match="another run"), locking.held(tmp_path, other):
                pytest.fail("it came in")
    with (
        locking.held(tmp_path),
        pytest.raises(OutputError, match="another run"),
        locking.held(tmp_path, "1-of-2"),
    ):
        pytest.fail("it came in")


def test_what_another_machine_writes_is_left_to_it_unless_a_run_is_alone(tmp_path: Path) -> None:
    other = tmp_path / f"{files.PART}1-00000000-5f0a5f0a"
    stale = tmp_path / f"{files.PART}2-00000000-5f0a5f0a"
    for path in (other, stale):
        path.write_bytes(b"x")
    os.utime(stale, (0, 0))
    files.remove_stale(tmp_path, alone=False)
    assert (other.exists(), stale.exists()) == (True, False)
    files.remove_stale(tmp_path)
    assert not other.exists()
