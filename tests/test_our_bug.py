"""A build with a bug in it: no broken book is written, and the command says whose fault it is.

The bug is real: a copy of the program that forgets the language of French pages.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOUND = "lang=escape(spoken.lang),"
BUGGY = 'lang=escape(spoken.lang).replace("fr", ""),'
PAGES = {
    "pain.html": (
        "Le prix du pain",
        "Le boulanger attend depuis l’aube que quelqu’un lui achète. ",
    ),
    "bread.html": ("The price of bread", "The baker has been waiting since dawn for somebody. "),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a copy of the program that has a bug."""
    folder = tmp_path_factory.mktemp("build")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / "exporter", folder / "exporter", ignore=ignored)
    shutil.copytree(ROOT / "styles", folder / "exporter" / "styles")
    module = folder / "exporter" / "write" / "epub" / "pages.py"
    text = module.read_text("utf-8")
    assert text.count(SOUND) == 1
    module.write_text(text.replace(SOUND, BUGGY), encoding="utf-8")
    return folder


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    for name, (title, text) in PAGES.items():
        body = "".join(f"<p>{text * 6}{number}</p>" for number in range(6))
        html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}"
        (folder / name).write_text(f"{html}</article></body></html>", encoding="utf-8")
    return folder


def run(build: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "exporter",
            "convert",
            "-q",
            "-f",
            "epub",
            "--no-memory",
            *arguments,
        ],
        env={**os.environ, "PYTHONPATH": str(build)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=build.parent,
    )


def test_a_book_that_fails_our_lint_is_not_written_and_the_exit_says_that_the_bug_is_ours(
    build: Path, saved: Path
) -> None:
    done = run(build, str(saved / "pain.html"), "-o", str(saved / "pain.epub"))
    assert done.returncode == 70, done.stderr
    assert "fails our own check" in done.stderr
    assert "no language" in done.stderr
    assert "please report it" in done.stderr
    assert not (saved / "pain.epub").exists()


def test_in_a_batch_the_others_go_on_and_the_end_is_70(build: Path, saved: Path) -> None:
    out = saved.parent / "out"
    done = run(build, str(saved), "-f", "epub", "-o", str(out))
    assert done.returncode == 70, done.stderr
    assert [path.name for path in out.glob("*.epub")] == [Path(done.stdout.strip()).name]
    outcomes = json.loads((out / "report.json").read_text("utf-8"))["outcomes"]
    said = {Path(one["input"]).name: one["status"] for one in outcomes}
    assert said == {"pain.html": "failed", "bread.html": "exported"}
    (failed,) = [one for one in outcomes if one["status"] == "failed"]
    assert failed["error"]["code"] == "internal"
