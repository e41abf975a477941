"""Runs the stories of tests/commands: each command in a shell, in a folder of its own pages.

A story is a Markdown file. In its indented blocks "$ " begins a command, the lines after it are
its standard output, those after "! " its standard error, and "=> " its exit code. "…" stands for
any text within a line; as a whole line it stands for any lines.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import exporter

STORIES = Path(__file__).parent / "commands"
MARGIN = "    "
SECONDS = 60


@dataclass
class Step:
    command: str
    line: int
    output: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    code: int | None = None


def steps(story: str) -> Iterator[Step]:
    step: Step | None = None
    for number, line in enumerate(story.splitlines(), start=1):
        if not line.startswith(MARGIN):
            continue
        text = line.removeprefix(MARGIN)
        if text.startswith("$ "):
            step = Step(text.removeprefix("$ "), number)
            continue
        assert step is not None, f"line {number} stands before any command"
        if text.startswith("! "):
            step.errors.append(text.removeprefix("! "))
        elif text.startswith("=> "):
            step.code = int(text.removeprefix("=> "))
            yield step
        else:
            step.output.append(text)


def says(expected: list[str], text: str) -> bool:
    """Tell whether a text consists of the lines expected."""
    parts = [
        r"(?:.*\n)*" if line == "…" else re.escape(line).replace("…", r"[^\n]*") + r"\n"
        for line in expected
    ]
    whole = text if text.endswith("\n") or not text else f"{text}\n"
    return re.fullmatch("".join(parts), whole) is not None


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    shutil.copytree(STORIES / "pages", folder)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, arguments in (("exporter", "-P -m exporter"), ("python", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {arguments} "$@"\n')
        program.chmod(0o755)
    return folder


@pytest.mark.parametrize("story", sorted(STORIES.glob("*.md")), ids=lambda story: story.stem)
def test_story(story: Path, place: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"SOURCE_DATE_EPOCH", "EXPORTER_DEBUG", "XDG_CONFIG_HOME"}
    } | {
        "PATH": f"{place.parent / 'programs'}{os.pathsep}{os.environ['PATH']}",
        "XDG_CONFIG_HOME": str(place.parent),
        "PYTHONPATH": str(Path(exporter.__file__).parent.parent),
        "LC_ALL": "C.UTF-8",
        "PYTHONWARNINGS": "error",
    }
    ran = 0
    for step in steps(story.read_text(encoding="utf-8")):
        done = subprocess.run(
            ["sh", "-c", step.command],
            cwd=place,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        told = (
            f"{story.name}:{step.line}: $ {step.command}\n{done.stdout}--- standard error\n"
            f"{done.stderr}=> {done.returncode}"
        )
        as_told = says(step.output, done.stdout), says(step.errors, done.stderr)
        assert as_told == (True, True), told
        assert done.returncode == step.code, told
        assert "Traceback" not in done.stderr, told
        ran += 1
    assert ran, "a story without commands tests nothing"
