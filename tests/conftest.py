"""What several test files share: the editions of input/, made once by the command itself."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from sampling import INPUT, ROOT, Book, convert

settings.register_profile(  # the suite draws the same every time, on every machine
    "same",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(
    "wide", settings.get_profile("same"), derandomize=False, max_examples=2000, print_blob=True
)
settings.load_profile("same")


@pytest.fixture(scope="session", autouse=True)
def _nobody_remembers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests learn out of the user's memory, and that out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("memory")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def truths() -> dict[str, dict[str, Any]]:
    """Give what is true of each sample, by its file name."""
    table = tomllib.loads((ROOT / "tests" / "samples.toml").read_text("utf-8"))
    return {sample["file"]: sample for sample in table["sample"]}


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    """Give both editions of every sample by its file name."""
    folder = tmp_path_factory.mktemp("books")
    ran = convert(INPUT, folder, "-q")
    assert ran.returncode == 0, ran.stderr
    report = json.loads((folder / "report.json").read_text("utf-8"))
    found = {}
    for outcome in report["outcomes"]:
        files = {Path(file).suffix: folder / Path(file).name for file in outcome["files"]}
        found[Path(outcome["input"]).name] = Book(files[".epub"], files[".pdf"], outcome)
    return found


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a golden test write what it would compare."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/articles")
