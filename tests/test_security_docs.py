"""docs/security.md promises nothing without a module that keeps it and a test that tries it."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from benchmarks import safety

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
COST = (ROOT / "benchmarks" / "safety.md").read_text("utf-8")
CODE = re.compile(r"`([^`]+)`")
HEADS = ["no.", "promise", "kept by", "tested by"]


class Promise(NamedTuple):
    """A row of the table."""

    number: str
    words: str
    modules: list[str]
    tests: list[str]


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the table under a heading, its head first, without the line below that."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [cells[0], *cells[2:]]


def promises() -> list[Promise]:
    _, *found = rows("Promises")
    return [
        Promise(number, words, CODE.findall(kept), CODE.findall(tried))
        for number, words, kept, tried in found
    ]


@cache
def functions(file: str) -> frozenset[str]:
    path = ROOT / "tests" / file
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.parse("")
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_the_table_is_one_of_numbered_promises() -> None:
    assert rows("Promises")[0] == HEADS
    assert [promise.number for promise in promises()] == [
        str(number) for number in range(1, len(promises()) + 1)
    ]


@pytest.mark.parametrize("promise", promises(), ids=lambda promise: promise.number)
def test_a_promise_names_what_keeps_it_and_what_tries_it(promise: Promise) -> None:
    assert promise.words
    assert promise.modules
    assert promise.tests
    for module in promise.modules:
        assert (ROOT / "src" / "exporter" / module).is_file(), module
    for test in promise.tests:
        file, _, name = test.partition("::")
        assert name.startswith("test_"), test
        assert name in functions(file), test


def test_every_wall_keeps_a_promise() -> None:
    named = {test.partition("::")[0] for promise in promises() for test in promise.tests}
    walls = {path.name for path in (ROOT / "tests").glob("test_walls_*.py")}
    assert walls
    assert walls <= named


def test_the_evidence_that_is_named_is_there() -> None:
    named = re.findall(r"`((?:tests|tools)/[\w/.]+)`", TEXT)
    assert {"tests/hostile", "tools/fuzzing"} <= set(named)
    assert [place for place in named if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("wall", safety.WALLS, ids=lambda wall: wall.what)
def test_what_a_wall_costs_is_known(wall: safety.Wall) -> None:
    assert {*wall.promises.split(", ")} <= {promise.number for promise in promises()}
    assert all(callable(safety.found(name)[2]) for name in wall.names)
    assert f"| {wall.promises} | {wall.what} |" in COST


def test_who_may_do_what_is_said_of_everything_that_comes_from_elsewhere() -> None:
    _, *found = rows("What may do what")
    said = "\n".join(what for what, *_ in found)
    for word in ("page", "archive", "image", "theme", "rule", "exporter.toml", "cluster peer"):
        assert word in said
    assert all(len(row) == 3 and all(row) for row in found)


@pytest.mark.parametrize("place", ["README.md", "SECURITY.md", "docs/limits.md"])
def test_the_document_can_be_found(place: str) -> None:
    assert "security.md)" in (ROOT / place).read_text("utf-8")
