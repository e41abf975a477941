"""Damaged captures: whatever happened to the bytes, there is a page or one clear error."""

import random
from pathlib import Path

import pytest

from exporter.errors import CaptureError
from exporter.read import Source, read

CAPTURES = Path(__file__).parent / "captures"
KINDS = ("eml", "gzip", "html", "maff", "mhtml", "text", "webarchive", "zip")


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Give the bytes cut, changed, shortened or lengthened somewhere."""
    data = bytearray(whole)
    at = chance.randrange(len(data))
    match chance.randrange(4):
        case 0:
            del data[at:]
        case 1:
            del data[at : at + chance.randrange(1, 80)]
        case 2:
            data[at:at] = data[: chance.randrange(100)]
        case _:
            for _ in range(chance.randrange(1, 12)):
                data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def outcome(data: bytes) -> CaptureError | int:
    """Give the error of a capture, or the number of its pages."""
    try:
        pages = list(read(Source(None, data, "x")))
    except CaptureError as error:
        return error
    for page in pages:
        page.resources.find("img/quai.png")
    return len(pages)


@pytest.mark.parametrize("kind", KINDS)
def test_damage_never_escapes_as_another_error(kind: str) -> None:
    chance = random.Random(kind)  # noqa: S311  (a fixed seed, for the same damage each time)
    files = [path for path in sorted(CAPTURES.glob(f"{kind}/*/*")) if path.is_file()]
    wholes = [path.read_bytes() for path in files if path.name != "expect.toml"]
    wholes = [whole for whole in wholes if whole]
    outcomes = [outcome(damaged(chance.choice(wholes), chance)) for _ in range(300)]
    errors = [found for found in outcomes if isinstance(found, CaptureError)]
    assert all(error.where.startswith("x") and error.remedy for error in errors)
    assert len(errors) < len(outcomes)
