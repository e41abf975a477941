"""Damaged captures: whatever happened to the bytes, there is a page or one clear error."""

import gzip
import random
import time
from pathlib import Path

import pytest

from exporter.errors import CaptureError
from exporter.read import Source, read

CAPTURES = Path(__file__).parent / "captures"
KINDS = (
    "compressed", "eml", "html", "maff", "mhtml", "singlefilez", "tar", "text", "wacz", "warc",
    "webarchive", "zip",
)  # fmt: skip


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


@pytest.mark.parametrize(
    "hostile",
    [
        b"<base>" + b"<!--" * 500_000,
        b"<p>" + b"<meta charset=x>" * 200_000,
        b"<p>" + b"<meta " * 400_000,
        b"Titre\n\n" + b"- qui ?\n" * 10_000,
        b"Titre\n\n" + b"1. un\n" * 10_000,
        b"<p>" + b'src="' * 400_000,
        b"<!-- Page saved with SingleFile\n" * 60_000,
        b"--" * 1_000_000 + b"a",
        b"From: x\n" * 20_000,
        b"Subject: x\nDate: y\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 2_000,
        b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"
        + b"--a\n\n" * 100_000,
        b"---\ntitle: x\n---\n" + b"*a **b " * 10_000,
        b"---\ntags: x\n---\n" + b">" * 100_000,
        b"WARC/1.0\r\n" * 200_000,
        b"PK\x03\x04" * 400_000,
        b"<html data-sfz>" + b"PK\x05\x06" * 200_000,
        b"<p>" + b"data:image/png" + b";a=b" * 400_000,
        b"<p>" + (b"data:image/png;base64," + b"A" * 3999 + b"%") * 2_000,
        b"<p>" + b"<iframe src= " * 200_000,
        gzip.compress(bytes(100 * 2**20), mtime=0),
    ],
    ids=lambda hostile: repr(hostile[:24]),
)
def test_a_hostile_capture_is_read_in_bounded_time(hostile: bytes) -> None:
    started = time.process_time()
    outcome(hostile)
    assert time.process_time() - started < 5
