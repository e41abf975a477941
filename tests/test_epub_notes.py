"""Notes as asides that open in place, readable where they don't."""

import pytest
from lxml import etree

from exporter import dom
from exporter.write.epub import notes


def made(section: str, text: str = "") -> str:
    root = dom.parse(f'{text}<section class="footnotes">{section}</section>')
    notes.popups(root)
    return etree.tostring(root[-1], encoding="unicode")


def reference(note: str, label: str) -> str:
    return f'<p>x<a class="noteref" href="#{note}">{label}</a></p>'


def said(section: str, text: str = "") -> list[str]:
    root = dom.parse(f'{text}<section class="footnotes">{section}</section>')
    notes.popups(root)
    return [dom.text_of(aside).replace("\u00a0", " ") for aside in root.iter("aside")]


def test_an_item_of_a_list_becomes_an_aside_that_says_its_number() -> None:
    assert made('<ol><li id="n1">Un <em>mot</em>.</li></ol>') == (
        '<section class="footnotes notes"><aside class="note" id="n1">'
        '<p><span class="note-number">1.</span>\u00a0Un <em>mot</em>.</p></aside></section>'
    )


def test_a_note_of_paragraphs_keeps_them() -> None:
    text = made('<ol><li id="n1"><p>Un.</p><ul><li>a</li></ul>Deux.</li></ol>')
    assert '<span class="note-number">1.</span>\u00a0Un.</p><ul><li>a</li></ul><p>Deux.</p>' in text


def test_language_and_direction_of_a_note_stay() -> None:
    assert '<aside class="note" id="n1" lang="ar" dir="rtl">' in made(
        '<ol><li id="n1" lang="ar" dir="rtl">نعم</li></ol>'
    )


@pytest.mark.parametrize(
    ("opening", "numbers"),
    [
        ("<ol>", ["1.", "2.", "3."]),
        ('<ol start="12">', ["12.", "13.", "14."]),
        ('<ol type="a">', ["a.", "b.", "c."]),
        ('<ol type="I" start="3">', ["III.", "IV.", "V."]),
        ('<ol reversed="reversed">', ["3.", "2.", "1."]),
    ],
)
def test_numbers_are_those_that_the_list_would_draw(opening: str, numbers: list[str]) -> None:
    notes_ = said(f"{opening}<li>x</li><li>x</li><li>x</li></ol>")
    assert notes_ == [f"{number} x" for number in numbers]


def test_an_item_with_a_value_counts_on_from_it() -> None:
    assert said('<ol><li>x</li><li value="7">x</li><li>x</li></ol>') == ["1. x", "7. x", "8. x"]


def test_a_note_is_called_what_the_text_calls_it() -> None:
    assert said('<ol><li id="n">x</li></ol>', reference("n", "[*]")) == ["*. x"]
    assert said('<ul><li id="n">x</li></ul>', reference("n", "(3)")) == ["3. x"]
    assert said('<ol><li id="n">x</li></ol>', reference("n", "voir la note")) == ["1. x"]


def test_a_number_that_stands_there_is_not_written_again() -> None:
    assert said('<ol><li id="n">[1] x</li></ol>') == ["[1] x"]
    assert said("<ul><li>x</li></ul>") == ["x"]


def test_a_paragraph_that_is_a_note_becomes_an_aside() -> None:
    assert made('<p id="n">[1] Un.</p><p>Suite.</p>', reference("n", "1")) == (
        '<section class="footnotes notes"><aside class="note" id="n"><p>[1] Un.</p></aside>'
        "<p>Suite.</p></section>"
    )


def test_a_heading_and_a_list_elsewhere_stay_what_they_are() -> None:
    text = "<h3>Notes</h3><dl><dt>a</dt><dd>b</dd></dl>"
    assert made(text) == f'<section class="footnotes">{text}</section>'
    root = dom.parse('<ol><li id="n1">x</li></ol>')
    notes.popups(root)
    assert dom.serialize(root) == '<ol><li id="n1">x</li></ol>'


def test_words_between_lists_stay_in_their_place() -> None:
    assert said("<ol><li>x</li></ol>et<ol><li>y</li></ol>") == ["1. x", "1. y"]
    assert "</aside>et<aside" in made("<ol><li>x</li></ol>et<ol><li>y</li></ol>")
