"""Many captures over an executor: submitted as slots fall free, stopped when it makes no sense."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path

import pytest

import exporter
from exporter.batch import engine
from exporter.batch.jobs import Convert, Targets
from exporter.errors import ConfigError, InternalError
from exporter.model import Export, Failure
from exporter.read import Source, walk
from exporter.settings import Settings

PAGE = "<html><body><article><h1>Rain {0}</h1>{1}</article></body></html>"
TEXT = "<p>It rained on the harbour, and nobody who lived there thought that worth a word.</p>"
SETTINGS = Settings(formats=("epub",))


def page(number: int, paragraphs: int = 5) -> bytes:
    return PAGE.format(number, TEXT * paragraphs).encode()


def jobs(folder: Path, count: int, settings: Settings = SETTINGS) -> Iterator[Convert]:
    for number in range(count):
        source = Source(None, page(number), f"{number}.html")
        yield Convert(source, settings, targets=Targets(folder=folder), identity=source.name)


def books(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.epub"))}


def test_every_capture_has_its_outcome_and_its_book(tmp_path: Path) -> None:
    with engine.local(2) as pool:
        outcomes = list(engine.run(jobs(tmp_path, 5), pool))
    assert {outcome.input for outcome in outcomes} == {f"{number}.html" for number in range(5)}
    assert all(isinstance(outcome, Export) for outcome in outcomes)
    assert len(books(tmp_path)) == 5


def test_the_books_are_the_same_with_one_slot_and_with_two(tmp_path: Path) -> None:
    for slots in (1, 2):
        with engine.local(slots) as pool:
            list(engine.run(jobs(tmp_path / str(slots), 4), pool))
    assert books(tmp_path / "1") == books(tmp_path / "2")


def test_jobs_are_taken_only_as_slots_fall_free(tmp_path: Path) -> None:
    taken = 0

    def endless() -> Iterator[Convert]:
        nonlocal taken
        for job in jobs(tmp_path, 10**9):
            taken += 1
            yield job

    with engine.local(1) as pool:
        results = engine.run(endless(), pool)
        for done in range(1, 4):
            next(results)
            assert taken <= done + engine.AHEAD
        results.close()


def test_a_capture_that_fails_never_stops_the_others(tmp_path: Path) -> None:
    good = jobs(tmp_path, 3)
    bad = Convert(Source(None, b"", "empty.html"), SETTINGS, targets=Targets(folder=tmp_path))
    with engine.local(1) as pool:
        outcomes = list(engine.run([next(good), bad, *good], pool))
    assert [outcome.status for outcome in outcomes].count("failed") == 1
    assert len(books(tmp_path)) == 3


def test_what_would_fail_for_every_page_ends_the_run(tmp_path: Path) -> None:
    with engine.local(1) as pool:
        settings = replace(SETTINGS, theme="absent")
        outcomes = list(engine.run(jobs(tmp_path, 50, settings), pool))
    assert len(outcomes) <= 1 + engine.AHEAD
    assert all(
        isinstance(outcome, Failure) and isinstance(outcome.error, ConfigError)
        for outcome in outcomes
    )


class Lossy(Executor):
    """An executor whose every machine is lost, as on a cluster."""

    def submit(self, *_: object, **__: object) -> "Future[object]":  # type: ignore[override]
        future: Future[object] = Future()
        future.set_exception(ConnectionError("the machine is gone"))
        return future


def test_a_slot_that_is_lost_with_its_machine_costs_its_capture(tmp_path: Path) -> None:
    outcomes = list(engine.run(jobs(tmp_path, 2), engine.Pool(Lossy(), 1)))
    assert sorted(outcome.input for outcome in outcomes) == ["0.html", "1.html"]
    for outcome in outcomes:
        assert isinstance(outcome, Failure)
        assert isinstance(outcome.error, InternalError)
        assert "the machine is gone" in outcome.error.what


def test_a_single_capture_needs_no_digits_in_its_name(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(page(1))

    def identities(*inputs: Path) -> list[str | None]:
        return [engine.identity(source, inputs) for source in walk(inputs)]

    assert identities(tmp_path / "a.html") == [None]
    assert identities(tmp_path) == ["a.html", "b.html"]
    assert identities(tmp_path / "a.html", tmp_path / "b.html") == [
        str(tmp_path / "a.html"),
        str(tmp_path / "b.html"),
    ]


def test_pages_of_one_title_and_one_name_in_two_folders_have_books_of_their_own(
    tmp_path: Path,
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_bytes(page(1))
    inputs = [tmp_path / "one", tmp_path / "two"]
    settings = replace(SETTINGS, keep_duplicates=True)
    outcomes = list(exporter.convert_all(inputs, tmp_path / "out", settings))
    assert [outcome.status for outcome in outcomes] == ["exported", "exported"]
    assert len(books(tmp_path / "out")) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT can't be sent there")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_whole_books_and_a_whole_report(tmp_path: Path, sent: int) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(200):
        (pages / f"{number}.html").write_bytes(page(number, paragraphs=40))
    command = [sys.executable, "-m", "exporter", "convert", "pages", "-o", "out", "-f", "epub"]
    run = subprocess.Popen(
        [*command, "-j", "1", "-q"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(exporter.__file__).parent.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    first = run.stdout.readline()
    run.send_signal(sent)
    output, errors = run.communicate(timeout=120)  # that it stops early, the report says below
    assert (run.returncode, errors.strip()) == (130, "exporter: interrupted")
    made = {Path(line).name for line in (first + output).split()}
    assert set(books(tmp_path / "out")) >= made
    for path in (tmp_path / "out").glob("*.epub"):
        assert zipfile.ZipFile(path).testzip() is None
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert 1 <= len(report["outcomes"]) < 200
    found = {path.name for path in (tmp_path / "out").iterdir()} - set(books(tmp_path / "out"))
    assert found == {"report.json", "learned.json", "index.html", "opds.xml", "library"}
