"""What typography does to texts, and what it never does."""

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import data
from exporter.model import Article, Capture, Metadata
from exporter.typeset import line, typeset

SPECS = Path(__file__).parent / "typography"
SPACES = {" ", "\n", "\t", "\r", "\u00a0", "\u202f", "\u2009"}


def shown(text: str) -> str:
    return text.replace("\u00a0", "⍽").replace("\u202f", "⸱")


def hidden(text: str) -> str:
    return text.replace("⍽", "\u00a0").replace("⸱", "\u202f")


def specs() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted(SPECS.glob("*.txt")):
        for row in path.read_text(encoding="utf-8").splitlines():
            if row and not row.startswith("#"):
                before, after = row.split(" → ")
                found.append((path.stem, before, after))
    return found


def article(body: str, language: str = "fr", title: str = "") -> Article:
    about = Metadata(title=title, language=language)
    return Article(about, body, (), (), (), Capture("a.html", "html", "0" * 64))


def body(markup: str, language: str = "fr") -> str:
    return shown(typeset(article(hidden(markup), language)).body)


@pytest.mark.parametrize(("language", "before", "after"), specs())
def test_each_line_of_the_specification(language: str, before: str, after: str) -> None:
    assert shown(line(hidden(before), language)) == after


@pytest.mark.parametrize(("language", "before", "after"), specs())
def test_a_set_line_is_not_changed_again(language: str, before: str, after: str) -> None:
    assert shown(line(hidden(after), language)) == after, before


def test_every_language_table_has_a_specification() -> None:
    assert {path.stem for path in SPECS.glob("*.txt")} == set(data.names("typography"))


texts = st.text(alphabet="aéZ1290 \u00a0\u202f«»!?;:.,%€()-–—…’'\"hMn°§XI\n", max_size=60)


@given(texts, st.sampled_from(data.names("typography")))
def test_nothing_but_white_space_ever_changes(text: str, language: str) -> None:
    after = line(text, language)
    bare = [character for character in text if character not in SPACES]
    assert [character for character in after if character not in SPACES] == bare


@given(texts, st.sampled_from(data.names("typography")))
def test_setting_twice_is_setting_once(text: str, language: str) -> None:
    once = line(text, language)
    assert line(once, language) == once


@given(texts)
def test_a_space_that_parts_words_still_parts_them(text: str) -> None:
    words = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in text)
    after = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in line(text, "fr"))
    assert after.split() == words.split()


def test_a_rule_sees_across_inline_elements() -> None:
    markup = "<p>« <em>Quoi</em> ? » et <strong>fin</strong> !</p>"
    assert body(markup) == "<p>«⸱<em>Quoi</em>⸱?⸱» et <strong>fin</strong>⸱!</p>"


def test_a_rule_does_not_see_across_blocks() -> None:
    assert body("<p>Il a 25</p><p>% de parts</p>") == "<p>Il a 25</p><p>% de parts</p>"


@pytest.mark.parametrize("tag", ["code", "kbd", "samp", "var"])
def test_code_keeps_its_spaces(tag: str) -> None:
    markup = f"<p>Tapez <{tag}>a ? b : c ; d</{tag}>.</p>"
    assert body(markup) == markup


def test_preformatted_text_keeps_its_spaces() -> None:
    assert body("<pre>a ? b : «c» !</pre>") == "<pre>a ? b : «c» !</pre>"


def test_a_quotation_in_another_language_keeps_its_own_typography() -> None:
    markup = '<p>Il dit : <q lang="en">Who ? Dr. Who !</q> !</p>'
    assert body(markup) == '<p>Il dit⍽: <q lang="en">Who ? Dr.⍽Who !</q>⸱!</p>'


def test_a_french_block_in_an_english_page_is_set_in_french() -> None:
    markup = '<p>Really ?</p><blockquote lang="fr"><p>Vraiment ?</p></blockquote>'
    after = '<p>Really ?</p><blockquote lang="fr"><p>Vraiment⸱?</p></blockquote>'
    assert body(markup, "en") == after


def test_a_language_without_a_table_is_left_alone() -> None:
    assert body("<p>Miks ? « Nii »</p>", "et") == "<p>Miks ? « Nii »</p>"


def test_headings_are_set_like_the_body() -> None:
    assert shown(typeset(article("<p>x</p>", title="Qui ? Moi !")).metadata.title) == "Qui⸱? Moi⸱!"


@pytest.mark.parametrize(
    "hostile", [" ", "\u00a0", "!", "a! ", "x@", "a.", "1 ", "I", "http://a ", "«"]
)
@pytest.mark.parametrize("language", data.names("typography"))
def test_a_hostile_line_costs_time_in_proportion_to_its_length(hostile: str, language: str) -> None:
    began = time.process_time()
    line(hostile * 60_000, language)
    assert time.process_time() - began < 5
