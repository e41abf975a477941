"""What a page says reaches a terminal as text: no sign of it is obeyed, whatever the command."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from exporter.batch import guard
from exporter.cli.app import main

OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SLY = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202etxt.exe\u2066\x08"
NAME = "\x1b[31mred\u202e\x07.html" if sys.platform != "win32" else "red\u202e.html"
PAGE = (
    "<title>Lanterns {sly}</title><meta name='author' content='Ann {sly} Lee'>"
    "<article><h1>Lanterns {sly}</h1><p>{text}</p><p>Share this {sly} with a friend!</p>"
    "<img src='{sly}.png' alt='{sly}'></article>"
)


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    text = "The river rose by night, and eleven lanterns stood at the lock. " * 20
    for name in (NAME, "plain.html"):
        (folder / name).write_text(PAGE.format(sly=SLY, text=text + name), "utf-8")
    (folder / f"empty {NAME}").touch()
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["convert", "-v", "-f", "md", "in"],
        ["convert", "-f", "md", f"in/{NAME}"],
        ["convert", f"in/absent {SLY}"],
        ["explain", f"in/{NAME}"],
        ["explain", "--json", "in/plain.html"],
        ["convert", "in", "--theme", SLY],
        ["convert", "in", f"--{SLY}"],
        [SLY],
    ],
    ids=lambda words: words[0][:7],
)
def test_no_command_hands_on_what_a_terminal_obeys(
    pages: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(words)
    guard.stop()
    printed = capsys.readouterr()
    told = printed.out + printed.err
    assert told.strip()
    assert OBEYED.findall(told) == []
    if words[0] == "convert" and "-v" in words:
        assert "\\x1b" in told  # the name of the file, spelt out
        report = (pages.parent / "output" / "report.json").read_text("utf-8")
        assert OBEYED.findall(report) == []


def test_what_libraries_say_of_a_page_is_shown_not_obeyed() -> None:
    program = (  # of its own, as what is set up holds for a whole process
        "import logging; from exporter import log; log.to_stderr(2);"
        f"logging.getLogger('exporter.x').info({SLY!r})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "owned" in ran.stderr
    assert OBEYED.findall(ran.stderr) == []


def test_a_traceback_that_was_asked_for_is_shown_not_obeyed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EXPORTER_DEBUG", "1")
    monkeypatch.setattr("exporter.cli.app.COMMANDS", {"convert": f"exporter.{SLY}"})
    assert main(["convert"]) == 70
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert OBEYED.findall(told) == []
