"""What typography does to texts, and what it never does."""

import html
import time
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import data, dom
from exporter.model import Article, Capture, Metadata
from exporter.typeset import line, rule, typeset

ROOT = Path(__file__).resolve().parents[1]
SPECS = ROOT / "tests" / "typography"
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


def test_names_get_their_apostrophes_and_keep_their_spaces() -> None:
    about = Metadata(language="en", byline=("J. O'Hara",), translator="Ann d'Arcy")
    named = typeset(replace(article("<p>x</p>"), metadata=about)).metadata
    assert (named.byline, named.translator) == (("J. O’Hara",), "Ann d’Arcy")


@pytest.mark.parametrize(("language", "before", "after"), specs())
def test_each_line_of_the_specification(language: str, before: str, after: str) -> None:
    assert shown(line(hidden(before), language)) == after


@pytest.mark.parametrize(("language", "before", "after"), specs())
def test_a_set_line_is_not_changed_again(language: str, before: str, after: str) -> None:
    assert shown(line(hidden(after), language)) == after, before


def test_every_language_table_has_a_specification() -> None:
    assert {path.stem for path in SPECS.glob("*.txt")} == set(data.names("typography"))


def test_the_documentation_names_every_language() -> None:
    documented = (ROOT / "docs" / "typography.md").read_text(encoding="utf-8")
    assert f"| what has a table | {' '.join(data.names('typography'))};" in documented


@pytest.mark.parametrize("language", data.names("typography"))
def test_a_specification_says_much_and_what_must_stay(language: str) -> None:
    rows = [(before, after) for known, before, after in specs() if known == language]
    assert len(rows) >= (100 if language in {"en", "fr"} else 25)
    assert sum(before == after for before, after in rows) >= 5


texts = st.text(
    alphabet="aéZsnlŁжЮ1290 \u00a0\u202f\u2028«»“”„‚‘’!?;:.,%€()-–—…'\"hMn°§XI\n\ufffc/",
    max_size=60,
)
# what the specifications speak of, in any order
words = st.lists(
    st.sampled_from(sorted({word for _, before, _ in specs() for word in before.split()})),
    max_size=9,
)
mixed = st.one_of(texts, words.map(" ".join), words.map("".join), words.map("\u2028".join))
# what a rule may put, take or replace, beside white space
MARKS = set("'’´\"‘“”„‚«»‹›-–—.…")


def kept(text: str) -> list[str]:
    return [character for character in text if character not in SPACES | MARKS]


@given(mixed, st.sampled_from(data.names("typography")))
def test_nothing_but_spaces_and_marks_ever_changes(text: str, language: str) -> None:
    assert kept(line(text, language)) == kept(text)


@given(st.text(max_size=60), st.sampled_from(data.names("typography")))
def test_no_letter_or_digit_of_any_script_changes(text: str, language: str) -> None:
    assert [c for c in line(text, language) if c.isalnum()] == [c for c in text if c.isalnum()]


@given(mixed, st.sampled_from(data.names("typography")))
def test_no_typographic_quotation_mark_is_swapped(text: str, language: str) -> None:
    after = Counter(line(text, language))
    assert all(
        after[mark] >= count for mark, count in Counter(text).items() if mark in "«»‹›“”„‚‘’"
    )


@given(mixed, st.sampled_from(data.names("typography")))
def test_setting_twice_is_setting_once(text: str, language: str) -> None:
    once = line(text, language)
    assert line(once, language) == once


@given(texts)
def test_a_space_that_parts_words_still_parts_them(text: str) -> None:
    words = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in text)
    after = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in line(text, "fr"))
    assert after.split() == words.split()


@given(words.map(" ".join), st.lists(st.integers(0, 80), max_size=4), st.sampled_from(["en", "fr"]))
def test_inline_elements_change_nothing(text: str, cuts: list[int], language: str) -> None:
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    parts = [html.escape(text[start:end]) for start, end in pairwise(edges)]
    markup = "".join(f"<em>{part}</em>" if at % 2 else part for at, part in enumerate(parts))
    after = dom.parse(body(f"<p>{markup}</p>", language))
    assert "".join(map(str, after.itertext())) == shown(line(hidden(text), language))


def test_a_rule_sees_across_inline_elements() -> None:
    markup = "<p>« <em>Quoi</em> ? » et <strong>fin</strong> !</p>"
    assert body(markup) == "<p>«⸱<em>Quoi</em>⸱?⸱» et <strong>fin</strong>⸱!</p>"


def test_a_rule_does_not_see_across_blocks() -> None:
    assert body("<p>Il a 25</p><p>% de parts</p>") == "<p>Il a 25</p><p>% de parts</p>"


def test_a_quotation_reads_across_inline_elements() -> None:
    markup = '<p>"<em>Yes</em>", he said, "<a href="https://a.org/">of <b/>course</a>."</p>'
    markup = markup.replace("<b/>", "<strong>course</strong> of ")
    after = markup.replace('"<em>', "“<em>").replace('</em>"', "</em>”")
    assert body(markup, "en") == after.replace('"<a', "“<a").replace('</a>."', "</a>.”")


def test_a_quotation_reads_across_a_line_break_a_picture_and_code() -> None:
    image = '<img src="https://a.org/b.png" alt=""/>'
    assert body('<p>"One<br/>two"</p>', "en") == "<p>“One<br/>two”</p>"
    assert body(f'<p>"One {image} two"</p>', "en") == f"<p>“One {image} two”</p>"
    assert body('<p>"<code>a"b</code>"</p>', "en") == '<p>“<code>a"b</code>”</p>'


def test_lines_that_do_not_come_out_even_do_not_spoil_the_others() -> None:
    assert body('<p>"One"<br/>two"</p>', "en") == '<p>“One”<br/>two"</p>'


def test_a_quotation_does_not_reach_into_the_next_block() -> None:
    markup = '<p>He said "one</p><p>two" and left</p>'
    assert body(markup, "en") == markup


def test_a_quotation_of_several_paragraphs_opens_in_each() -> None:
    markup = '<p>"One "a" b.</p> <p>"Two.</p> <p>"Three," he said.</p>'
    after = "<p>“One ‘a’ b.</p> <p>“Two.</p> <p>“Three,” he said.</p>"
    assert body(markup, "en") == after


def test_paragraphs_that_open_and_never_close_are_left() -> None:
    markup = '<p>"One "a" b.</p><p>"Two.</p><p>Three.</p>'
    assert body(markup, "en") == markup


def test_a_mark_closes_before_the_number_of_a_note() -> None:
    note = '<sup><a class="noteref" href="#n">1</a></sup>'
    assert body(f'<p>"Oui !"{note} et "non"{note}.</p>') == (
        f"<p>«⸱Oui⸱!⸱»{note} et «⸱non⸱»{note}.</p>"
    )
    assert body(f"<p>Qui?{note} Lui.</p>") == f"<p>Qui⸱?{note} Lui.</p>"


def test_a_quotation_around_another_language_has_the_marks_of_the_text_around() -> None:
    markup = '<p>Il dit "<span lang="en">"Never" it\'s</span>" ici.</p>'
    after = '<p>Il dit «⸱<span lang="en">“Never” it’s</span>⸱» ici.</p>'
    assert body(markup) == after


def test_straight_marks_follow_those_the_article_already_has() -> None:
    assert body('<p>»Eins«</p><p>"zwei"</p>', "de") == "<p>»Eins«</p><p>»zwei«</p>"
    set_ = typeset(article("<p>»Eins«</p>", "de", title='Die "Zwei"'))
    assert set_.metadata.title == "Die »Zwei«"


def test_a_region_has_its_own_marks() -> None:
    assert line('"Grüezi"', "de-CH") == "«Grüezi»"
    assert line('"Grüezi"', "de-AT") == "„Grüezi“"
    assert line('"Olá"', "pt-PT") == "«Olá»"
    assert line('"Hola"', "es-419-MX") == "“Hola”"


@pytest.mark.parametrize("language", ["nb", "nn", "no"])
def test_both_norwegians_share_a_table(language: str) -> None:
    assert line('"Hei"', language) == "«Hei»"


def test_a_table_may_not_touch_letters() -> None:
    with pytest.raises(ValueError, match="letters"):
        rule.mark({"what": "oe", "mark": ["oe"], "put": "œ"}, {})


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


HOSTILE = [
    *(" ", "\u00a0", "!", "a! ", "x@", "a.", "1 ", "I", "http://a ", "«", "-", "--", "1-", ". "),
    *('"', "'", ' "', '" ', " 'a", "s' ", "a'", '"a" ', "'a' ", '"a ', "'\"", '\u2028"', "“", "” "),
    *("1'", '1" ', "°", "M. ", "z.", "a ", "...", "12-12 "),
]


@pytest.mark.parametrize("language", data.names("typography"))
def test_hostile_lines_cost_time_in_proportion_to_their_length(language: str) -> None:
    for hostile in HOSTILE:
        began = time.process_time()
        line(hostile * (20_000 // len(hostile)) + "x", language)
        assert time.process_time() - began < 2, hostile


@pytest.mark.parametrize("hostile", [" ", '"', "'", ' "', " '", "s' ", "...", "--"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_100_000_of_a_mark_cost_time_in_proportion(hostile: str, language: str) -> None:
    began = time.process_time()
    line(hostile * 100_000, language)
    assert time.process_time() - began < 8


def test_thousands_of_open_quotations_cost_time_in_proportion() -> None:
    began = time.process_time()
    body('<p>"a</p>' * 8_000, "en")
    body("<p>" + '"a<br/>' * 8_000 + "</p>", "en")
    assert time.process_time() - began < 5
