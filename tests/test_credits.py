"""Who made a picture: told from captions in seven languages, listed in credits.toml."""

import tomllib
from pathlib import Path

import pytest

from exporter.clean.credits import credit_start

CAPTIONS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "credits.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("line", [line for lines in CAPTIONS.values() for line in lines], ids=str)
def test_the_credit_begins_where_the_bar_stands(line: str) -> None:
    said, bar, credit = line.partition("|")
    start = credit_start(said + credit)
    assert ((said + credit)[start:] if start is not None else "") == (credit if bar else "")


def test_seven_languages_are_told_and_each_has_look_alikes() -> None:
    assert set(CAPTIONS) == {"fr", "en", "de", "es", "it", "pt", "nl"}
    assert all(any("|" not in line for line in lines) for lines in CAPTIONS.values())
