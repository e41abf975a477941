"""What a run tells of itself: a line of JSON an article, a summary, the pages that took long."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from exporter.cli import results
from exporter.cli.bar import Bar
from exporter.errors import CaptureError
from exporter.library.pace import MOST, Pace
from exporter.library.report import Summary
from exporter.model import Export, Failure

TEXT = "The warden counts the boats that come back, and writes the number on the wall. " * 12
QUICK = ("--no-memory", "--no-cache", "-q", "-j", "1")


def export(name: str, seconds: float, status: str = "exported") -> Export:
    return Export(name, status, (f"{name}.epub",), name, 9, {}, {}, (), (), seconds)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for number, title in enumerate(("Quay", "Lock")):
        page = f"<h1>{title}</h1><p>{TEXT.replace('boats', f'boats {number}')}</p>"
        (tmp_path / "in" / f"{title}.html").write_text(f"<article>{page}</article>", "utf-8")
    (tmp_path / "in" / "Empty.html").touch()
    return tmp_path


def run(folder: Path, *words: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "exporter", *words, *QUICK, "--json-lines"]
    ran = subprocess.run(command, capture_output=True, check=False, cwd=folder)
    assert ran.returncode == 1, ran.stderr
    return [json.loads(line) for line in ran.stdout.decode("ascii").splitlines()]


def test_json_lines_are_the_outcomes_of_the_report_and_a_summary(folder: Path) -> None:
    *outcomes, last = run(folder, "convert", "in", "-o", "out", "-f", "md")
    assert outcomes == json.loads((folder / "out" / "report.json").read_text("utf-8"))["outcomes"]
    assert sorted(one["status"] for one in outcomes) == ["exported", "exported", "failed"]
    assert last["summary"]["counts"] == {"exported": 2, "failed": 1}
    assert last["summary"]["seconds"] > 0


def test_json_lines_of_a_book_are_its_articles(folder: Path) -> None:
    *outcomes, last = run(folder, "book", "in", "-o", "book.epub", "--report", "r.json")
    assert outcomes == json.loads((folder / "r.json").read_text("utf-8"))["outcomes"]
    assert {tuple(one["files"]) for one in outcomes} == {("book.epub",), ()}
    assert last["summary"]["counts"] == {"exported": 2, "failed": 1}


def test_the_slowest_pages_of_many_are_named_and_only_they() -> None:
    pace = Pace()
    for number in range(1000):
        pace.add(export(f"{number}", 0.1))
    pace.add(export("made earlier", 99, "unchanged"))
    assert pace.slow() == []
    assert pace.median == pytest.approx(0.1, rel=1 / 12)
    for number in range(2 * MOST):
        pace.add(export(f"slow {number}", 2 + number))
    assert [name for _, name in pace.slow()] == [f"slow {9 - number}" for number in range(MOST)]


def test_few_pages_are_named_by_nobody() -> None:
    pace = Pace()
    pace.add(export("a", 99))
    pace.add(export("b", 0))
    assert pace.slow() == []


def test_the_summary_says_what_took_long(capsys: pytest.CaptureFixture[str]) -> None:
    summary = Summary()
    for number in range(30):
        summary.add(export(f"{number}", 0.25))
    summary.add(export("long.html", 61))
    results.sum_up(summary, "; see r.json")
    first, *rest = capsys.readouterr().err.splitlines()
    assert first == "31 exported; see r.json"
    assert rest[1:] == ["  61.0 s  long.html"]
    assert summary.table()["slowest"] == [{"input": "long.html", "seconds": 61.0}]


def test_a_bar_shows_what_is_done_the_rate_and_what_failed() -> None:
    bar = Bar()
    bar.expect(lambda _: 3)
    bar.look(3)
    for outcome in (export("a", 1), Failure("b", CaptureError("empty"), 1)):
        bar.show(outcome)
    task = bar.progress.tasks[0]
    assert (task.fields["told"], task.description, task.total) == ("2 of 3", "1 failed", 3)
    for _ in range(2):
        bar.show(export("c", 1))
    assert task.fields["rate"].endswith("a second")
    assert (task.fields["told"], task.total) == ("4 done", None)
