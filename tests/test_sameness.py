"""The same input gives the same bytes: every format and theme, on two runs, on one job and on two.

`make soak` does the like with all of input/, many times.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from exporter import themes
from exporter.write import WRITERS
from sampling import INPUT

pytestmark = pytest.mark.slow
PAGES = (str(INPUT / "horlogerie.html"), str(INPUT / "night-trains.txt"))
EVERY = ",".join(suffix.removeprefix(".") for suffix in WRITERS)
CONVERSIONS = {
    **{f"theme {name}": ("-f", "epub,pdf", "--theme", name) for name in themes.names()},
    "every format": ("-f", EVERY),
    "archive": ("-f", "pdf", "--archive"),
    "small gray pictures": ("-f", "epub", "--images", "gray"),
    "notes at the foot": ("-f", "pdf", "--links", "notes"),
}


def made(folder: Path, *command: str) -> dict[str, str]:
    """Run the command; give the digest of each edition it made, by name."""
    every = ("-q", "--no-memory")
    subprocess.run(
        [sys.executable, "-m", "exporter", *command, *every], check=True, capture_output=True
    )
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.iterdir())
        if file.suffix in WRITERS  # a report tells seconds
    }


@pytest.mark.parametrize("options", CONVERSIONS.values(), ids=CONVERSIONS)
def test_editions_are_the_same_on_one_job_and_on_two(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    one, two = (
        made(folder, "convert", *PAGES, "-o", str(folder), "-j", jobs, "--no-library", *options)
        for jobs, folder in (("1", tmp_path / "1"), ("2", tmp_path / "2"))
    )
    assert len(one) == len(PAGES) * len(options[1].split(","))
    assert one == two


def test_books_are_the_same_on_one_job_and_on_two(tmp_path: Path) -> None:
    # one page of each language, so that neither is that of most
    digests = []
    for jobs in ("1", "2"):
        folder = tmp_path / jobs
        folder.mkdir()
        places = [part for suffix in WRITERS for part in ("-o", str(folder / f"book{suffix}"))]
        digests.append(made(folder, "book", *PAGES, "-j", jobs, *places))
    assert len(digests[0]) == len(WRITERS)
    assert digests[0] == digests[1]
