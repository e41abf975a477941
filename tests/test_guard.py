"""A capture that hangs, grows or kills its worker costs itself, and nothing else.

The captures here are traps: sources that misbehave while they are read, as a hostile page might
make a library do. They are read by real workers.
"""

import contextlib
import importlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from exporter.batch import guard, worker
from exporter.batch.jobs import Explain, Part, Survey
from exporter.errors import CaptureError, InternalError
from exporter.limits import Limits
from exporter.model import Article, Failure
from exporter.read import Source
from exporter.settings import Settings
from test_joining import Story

TRAPS = """
import os
import sys
import time
from exporter.read import Source
from exporter.settings import Settings

class Hangs(Source):
    def head(self):
        time.sleep(60)

class HangsAloud(Source):
    def head(self):
        self.path.write_text(str(os.getpid()))
        time.sleep(60)

class Dies(Source):
    def head(self):
        print("famous last words", file=sys.stderr, flush=True)
        os._exit(3)

class Grows(Source):
    def head(self):
        self.__class__.weight = bytearray(400_000_000)
        time.sleep(60)

class Prints(Source):
    def head(self):
        print("noise " * 1000)
        os.write(1, b"more noise")
        return super().head()

class Raises(Source):
    def head(self):
        raise ZeroDivisionError("never seen before")

class Heavy(Settings):
    # settings with which a worker never gets done, unless it does less
    def __getattribute__(self, name):
        get = super().__getattribute__
        if name == "typography" and os.environ["TESTS"] != str(os.getpid()) and not get("simple"):
            if get("drop_cap"):
                os._exit(5)
            time.sleep(60)
        return get(name)

class Bound(Source):
    def head(self):
        import resource
        kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)
        self.path.write_text(" ".join(str(resource.getrlimit(kind)[0]) for kind in kinds))
        return super().head()

class Names(Source):
    def head(self):
        self.path.write_text(str(os.getpid()))
        return super().head()
"""
PAGE = b"<html><body><article><h1>Rain</h1>" + b"<p>It rained on the harbour.</p>" * 20


@pytest.fixture
def traps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "traps"
    folder.mkdir()
    (folder / "traps.py").write_text(TRAPS)
    paths = [str(folder), *sys.path]
    monkeypatch.setattr(sys, "path", paths)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in paths if path))
    sys.modules.pop("traps", None)
    guard.stop()  # a worker of an earlier test has another path
    return tmp_path


def job(kind: str, path: Path | None = None, seconds: float = 30, megabytes: int = 1000) -> Explain:
    source: Source = getattr(importlib.import_module("traps"), kind)(path, PAGE, f"{kind}.html")
    limits = Limits(seconds=seconds, memory=megabytes << 20)
    return Explain(source, Settings(limits=limits))


def healthy() -> Explain:
    return Explain(Source(None, PAGE, "rain.html"), Settings())


def failure_of(trap: Explain) -> Failure:
    (result,) = guard.call(trap).results
    assert isinstance(result, Failure)
    assert result.input == result.error.where == trap.source.name
    (after,) = guard.call(healthy()).results
    assert isinstance(after, Article)
    return result


def test_of_an_article_of_several_pages_a_bad_one_costs_itself(traps: Path) -> None:
    story = Story(pages=3)
    sources = [
        Source(None, story.html(1).encode(), "1.html"),
        job("Hangs").source,
        Source(None, story.html(3).encode(), "3.html"),
    ]
    parts = tuple(Part(source, 0, number) for number, source in enumerate(sources, start=1))
    limits = Limits(seconds=4)
    failure, article = guard.call(Explain(sources[0], Settings(limits=limits), parts=parts)).results
    assert isinstance(failure, Failure)
    assert failure.input == "Hangs.html"
    assert isinstance(article, Article)
    assert {note.code for note in article.notes} >= {"pages-missing"}
    assert traps.is_dir()


@pytest.mark.parametrize("dies", [False, True])
def test_an_article_that_was_too_much_is_tried_again_in_simplified_form(
    traps: Path, monkeypatch: pytest.MonkeyPatch, *, dies: bool
) -> None:
    monkeypatch.setenv("TESTS", str(os.getpid()))
    guard.stop()
    heavy = importlib.import_module("traps").Heavy(limits=Limits(seconds=3), drop_cap=dies)
    (article,) = guard.call(Explain(Source(None, PAGE, "heavy.html"), heavy)).results
    assert isinstance(article, Article)
    assert [note.code for note in article.notes] == ["simplified"]
    assert "It rained on the harbour." in article.body
    assert traps.exists()


def test_a_survey_is_not_tried_again(traps: Path) -> None:
    assert Survey(job("Hangs").source, Settings()).simplified() is None
    assert traps.exists()


def test_what_was_simplified_is_not_simplified_again(traps: Path) -> None:
    once = healthy().simplified()
    assert once is not None
    assert once.limits.elements < healthy().limits.elements
    assert once.simplified() is None
    assert traps.exists()


def test_a_capture_that_hangs_is_given_up(traps: Path) -> None:
    failure = failure_of(job("Hangs", seconds=1))
    assert isinstance(failure.error, CaptureError)
    assert failure.error.what == "took longer than 1 s and was stopped"
    assert 1 <= failure.seconds < 5
    assert traps.exists()


def test_a_capture_that_kills_its_worker_is_told_with_its_last_words(traps: Path) -> None:
    failure = failure_of(job("Dies"))
    assert isinstance(failure.error, InternalError)
    assert failure.error.what == "the worker ended with code 3: famous last words"
    assert traps.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="resident memory is watched on Linux only")
def test_a_capture_that_takes_too_much_memory_is_given_up(traps: Path) -> None:
    failure = failure_of(job("Grows", megabytes=300))
    assert failure.error.what == "took more than 300 MB of memory and was stopped"
    assert failure.seconds < 20
    assert traps.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep other limits")
def test_a_worker_is_bound_by_the_system_too(traps: Path) -> None:
    """In what it may map, in the time it may compute, and in what it leaves when it dies."""
    guard.call(job("Bound", traps / "bounds", seconds=30, megabytes=300))
    mapped, computing, core = map(int, (traps / "bounds").read_text().split())
    assert mapped == (2 * 300 << 20) + (1 << 30)
    assert 60 <= computing < 90
    assert core == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")
def test_a_system_that_takes_no_limit_is_no_reason_to_fail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resource = importlib.import_module("resource")
    asked = []

    def refuse(kind: int, limits: tuple[int, int]) -> None:
        asked.append((kind, limits))
        raise ValueError("current limit exceeds maximum limit")  # as macOS says

    monkeypatch.setattr(resource, "setrlimit", refuse)
    worker.limit_memory(300 << 20)
    worker.limit_time(30)
    assert {kind for kind, _ in asked} >= {resource.RLIMIT_CPU}


def test_what_a_library_prints_does_not_disturb_the_wire(traps: Path) -> None:
    (result,) = guard.call(job("Prints")).results
    assert isinstance(result, Article)
    assert traps.exists()


def test_an_exception_nobody_foresaw_is_our_bug_and_the_worker_stays(traps: Path) -> None:
    failure = failure_of(job("Raises"))
    assert isinstance(failure.error, InternalError)
    assert failure.error.what == "ZeroDivisionError: never seen before"
    assert traps.exists()


def test_a_worker_stays_warm_for_the_next_capture(traps: Path) -> None:
    names = []
    for _ in range(2):
        guard.call(job("Names", traps / "pid"))
        names.append((traps / "pid").read_text())
    assert names[0] == names[1] != str(os.getpid())


def test_a_worker_that_died_between_captures_is_replaced(traps: Path) -> None:
    guard.call(job("Names", traps / "pid"))
    pid = int((traps / "pid").read_text())
    os.kill(pid, signal.SIGKILL)
    (result,) = guard.call(healthy()).results
    assert isinstance(result, Article)


def test_the_limits_hold_under_any_executor(traps: Path) -> None:
    with ProcessPoolExecutor(1) as executor:
        (late,) = executor.submit(guard.call, job("Hangs", seconds=1)).result(20).results
        (after,) = executor.submit(guard.call, healthy()).result(20).results
    assert isinstance(late, Failure)
    assert isinstance(after, Article)
    assert traps.exists()


def alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat")
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_no_worker_outlives_a_parent_that_was_killed(traps: Path) -> None:
    script = (
        "import pathlib, traps\n"
        "from exporter.batch import guard\n"
        "from exporter.batch.jobs import Explain\n"
        "from exporter.settings import Settings\n"
        f"source = traps.HangsAloud(pathlib.Path({str(traps / 'pid')!r}), b'', 'x')\n"
        "guard.call(Explain(source, Settings()))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script])
    limit = time.monotonic() + 20
    while not (traps / "pid").exists() or not (traps / "pid").read_text():
        assert time.monotonic() < limit, "the worker never began"
        time.sleep(0.05)
    worker = int((traps / "pid").read_text())
    assert alive(worker)
    parent.kill()
    parent.wait()
    while alive(worker):
        assert time.monotonic() < limit, "the worker outlived its parent"
        time.sleep(0.05)
