"""What is true of the tree as a whole: licence, sizes, and nothing of the maker's machine."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "src").rglob("*.py"))
LINES = 300
FUNCTION_LINES = 40
# In pieces, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    "|".join(
        (
            r"/(?:home|Users)/[a-z]+/[a-z]",  # yes: a path in a home; no: "/home/" alone
            r"/" + r"work/(?:main|shared)",
            r"(?:pypi|files\.pythonhosted|registry\.npmjs|deb\.debian)\." + r"(?:org|com)",
            r"--(?:extra-)?index-" + r"url",
        )
    )
)


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout: an unpacked sdist has no list of files")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_licence_is_the_whole_agpl() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.split()[:4] == ["GNU", "AFFERO", "GENERAL", "PUBLIC"]
    assert "13. Remote Network Interaction" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text.splitlines()) == 661


def test_no_file_speaks_of_the_machine_it_was_made_on() -> None:
    speaking = []
    for path in _tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        speaking += [f"{path.relative_to(ROOT)}: {found}" for found in FOREIGN.findall(text)]
    assert speaking == []


def test_constraints_are_names_and_versions_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    pattern = re.compile(r"[\w.-]+==[\w.]+")
    assert [pin for pin in pins if not pattern.fullmatch(pin)] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["dev"], *extras["conformance"]]
    names = {re.split(r"[<>=!~ \[]", wish)[0].lower() for wish in wanted}
    assert names - {pin.split("==")[0].lower() for pin in pins} == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_modules_and_functions_stay_small(module: Path) -> None:
    text = module.read_text("utf-8")
    assert len(text.splitlines()) <= LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES, f"{node.name} has {length} lines"
