"""Each folder of tests/captures is a claim about one capture; its expect.toml says what it is."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import CaptureError
from exporter.model import Page
from exporter.read import READERS, Source, read, walk

CAPTURES = Path(__file__).parent / "captures"
CLAIMS = sorted(path.parent for path in CAPTURES.glob("*/*/expect.toml"))
COLOURS = {"": None, "red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255)}


def expectation(claim: Path) -> dict[str, Any]:
    return tomllib.loads((claim / "expect.toml").read_text(encoding="utf-8"))


# a claim that names its file has several pages side by side
FOLDERS = [claim for claim in CLAIMS if "file" not in expectation(claim)]


def source_in(claim: Path) -> Source:
    if named := expectation(claim).get("file"):
        return Source(claim / named, None, named)
    found = [path for path in sorted(claim.iterdir()) if path.is_file()]
    (capture,) = [path for path in found if path.name != "expect.toml"]
    return Source(capture, None, capture.name)


def colour(picture: bytes | None) -> tuple[int, ...] | None:
    """Give the colour of a picture of one pixel."""
    if picture is None:
        return None
    from io import BytesIO  # noqa: PLC0415  (only here)

    from PIL import Image  # noqa: PLC0415

    with Image.open(BytesIO(picture)) as image:
        pixel = image.convert("RGB").getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return tuple(int(value) for value in pixel)


def check(page: Page, expected: dict[str, Any]) -> None:
    assert page.capture.kind == expected["kind"]
    assert page.url == expected.get("url")
    assert page.saved_at == expected.get("saved_at")
    assert page.capture.tool == expected.get("tool", page.capture.tool)
    assert expected.get("holds", "") in page.html
    assert [note.code for note in page.notes] == expected.get("notes", [])
    for url, name in expected.get("found", {}).items():
        assert colour(page.resources.find(url)) == COLOURS[name], url


def collected(source: Source) -> tuple[list[Page], CaptureError | None]:
    """Give the pages of a capture and the error that reading ended with."""
    found: list[Page] = []
    try:
        found.extend(read(source))  # what came before an error stays
    except CaptureError as error:
        return found, error
    return found, None


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_capture_is_read_as_expected(claim: Path) -> None:
    expected = expectation(claim)
    found, error = collected(source_in(claim))
    specs = expected.get("pages", [] if "error" in expected else [expected])
    assert [page.html for page in found][len(specs) :] == []
    for page, spec in zip(found, specs, strict=True):
        check(page, spec)
    if "error" not in expected:
        assert error is None
        return
    assert error is not None
    assert expected["error"] in error.what
    assert error.where
    assert error.remedy
    assert "\n" not in str(error)


@pytest.mark.parametrize("claim", FOLDERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_folder_gives_its_one_capture_and_nothing_saved_beside_it(claim: Path) -> None:
    names = [source.name for source in walk([claim])]
    assert names == [source_in(claim).name]


def test_every_kind_of_reader_has_a_capture() -> None:
    kinds = {spec["kind"] for claim in CLAIMS for spec in pages_of(expectation(claim))}
    assert kinds >= set(READERS) - WRAPPERS


WRAPPERS = {"compressed", "singlefilez", "tar", "zip"}  # kinds that only wrap others


def pages_of(expected: dict[str, Any]) -> list[dict[str, Any]]:
    return [] if "error" in expected else expected.get("pages", [expected])
