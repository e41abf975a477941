"""Languages are told from running text, or not at all."""

import tomllib
from pathlib import Path

import pytest

from exporter import language

TEXTS = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_paragraph_is_recognised(code: str) -> None:
    assert language.detect(TEXTS[code]) == code


@pytest.mark.parametrize("code", sorted(set(TEXTS) - {"ja", "zh", "ko", "el"}))
def test_half_a_paragraph_is_never_taken_for_another_language(code: str) -> None:
    words = TEXTS[code].split()
    assert language.detect(" ".join(words[: len(words) // 2])) in {code, None}


def test_at_least_25_languages_are_known() -> None:
    assert len(language.known()) >= 25
    assert set(TEXTS) <= language.known()


@pytest.mark.parametrize(
    "text", ["", "OK", "2024 – 12 345,67", "lorem ipsum dolor sit amet", "Zzz grmbl xyzzy plugh"]
)
def test_what_has_no_language_gets_none(text: str) -> None:
    assert language.detect(text) is None


def test_names_and_figures_do_not_change_the_language() -> None:
    text = TEXTS["en"] + " Jean-François Lefèvre, Łukasz Żółć, Jürgen Müßig, 1998–2024."
    assert language.detect(text) == "en"


@pytest.mark.parametrize(
    ("code", "side"), [("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("fr", "ltr"), (None, "ltr")]
)
def test_direction(code: str | None, side: str) -> None:
    assert language.direction(code) == side
