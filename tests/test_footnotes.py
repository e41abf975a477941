# ruff: noqa: E501  (a page's lines are long)
"""Footnotes: linked both ways and gathered in a section, whoever wrote the markup."""

import pytest

from exporter import dom
from test_figures import typed

NOTES = {
    "markdown": '<p>Dawn<sup id="fnref1"><a href="#fn1">1</a></sup>.</p><div class="footnotes"><ol><li id="fn1"><p>Note. <a href="#fnref1">↩</a></p></li></ol></div>',
    "word": '<p>Dawn<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span>[1]</span></a>.</p><hr><div id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1">[1]</a> Note.</p></div>',
    "word, pasted": '<p>Dawn<a href="https://post.example.org/2024/#_ftn1" name="_ftnref1">[1]</a>.</p><p><a href="https://post.example.org/2024/#_ftnref1" name="_ftn1">[1]</a> Note.</p>',
    "word, endnotes": '<p>Dawn<a href="#_edn1" name="_ednref1"><sup>[i]</sup></a>.</p><p><a href="#_ednref1" name="_edn1">[i]</a> Note.</p>',
    "openedition": '<p>Dawn<a class="footnotecall" id="bodyftn1" href="#ftn1">1</a>.</p><div id="notes"><h2>Notes</h2><p class="notesbaspage"><a class="FootnoteSymbol" href="#bodyftn1" id="ftn1">1</a> Note.</p></div>',
    "hypotheses": '<p>Dawn<a href="#footnote_0_12" id="identifier_0_12" class="footnote-link">1</a>.</p><ol class="footnotes"><li id="footnote_0_12">Note.<span> [<a href="#identifier_0_12">↩</a>]</span></li></ol>',
    "spip": '<p>Dawn<span class="spip_note_ref">&nbsp;[<a href="#nb1" class="spip_note" id="nh1">1</a>]</span>.</p><div class="notes"><div id="nb1"><p><span>[<a href="#nh1">1</a>]&nbsp;</span>Note.</p></div></div>',
    "substack": '<p>Dawn<a id="footnote-anchor-1" href="#footnote-1" class="footnote-anchor">1</a>.</p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-content"><p>Note.</p></div></div>',
    "wikipedia": '<p>Dawn<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>.</p><ol class="references"><li id="cite_note-1"><b><a href="#cite_ref-1">^</a></b> <span>Note.</span></li></ol>',
    "wikipedia, a group": '<p>Dawn<sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[N 1]</a></sup>.</p><ol class="references"><li id="cite_note-2"><a href="#cite_ref-2">↑</a> Note.</li></ol>',
    "wordpress": '<p>Dawn<sup data-fn="ab-1" class="fn"><a href="#ab-1" id="ab-1-link">1</a></sup>.</p><ol class="wp-block-footnotes"><li id="ab-1">Note. <a href="#ab-1-link">↩︎</a></li></ol>',
    "easy footnotes": '<p>Dawn<a href="#easy-footnote-bottom-1-7" id="easy-footnote-1-7"><sup>1</sup></a>.</p><ol><li class="easy-footnote-single"><span id="easy-footnote-bottom-1-7"></span>Note.<a href="#easy-footnote-1-7"></a></li></ol>',
    "without a way back": '<p>Dawn<sup><a href="#note1">1</a></sup>.</p><p id="note1">1. Note.</p>',
    "margin": '<p>Dawn<label for="sn-1" class="sidenote-number"></label><span class="sidenote">Note.</span>.</p>',
}  # fmt: skip


def checked(html: str) -> dom.Element:
    """Give the body; every reference leads to a note in a section, every note back to one."""
    root = dom.parse(typed(html)[0])
    names = {element.get("id"): element for element in root.iter() if element.get("id")}
    references = [a for a in root.iter("a") if a.get("class") == "noteref"]
    backs = [a for a in root.iter("a") if a.get("class") == "backlink"]
    assert references
    assert len(backs) >= len({a.get("href") for a in references})
    for link in references:
        note = names[link.get("href", "")[1:]]
        assert any(up.get("class") == "footnotes" for up in note.iterancestors())
    for link in backs:
        assert names[link.get("href", "")[1:]] is not None
        assert dom.text_of(link)
    return root


@pytest.mark.parametrize("style", NOTES)
def test_notes_are_linked_both_ways(style: str) -> None:
    root = checked(NOTES[style])
    (section,) = [part for part in root.iter("section") if part.get("class") == "footnotes"]
    assert "Note." in dom.text_of(section)
    assert "Dawn" not in dom.text_of(section)


def test_the_number_of_a_note_stands_on_its_line() -> None:
    assert dom.text_of(checked(NOTES["substack"])[-1]) == "1 Note."


@pytest.mark.parametrize(
    ("style", "other"),
    [
        ("openedition", '<p class="notesbaspage"><a href="#bodyftn2" id="ftn2">2</a> Other.</p></div>'),
        ("substack", '<div class="footnote"><a id="footnote-2" href="#footnote-anchor-2">2</a><div><p>Other.</p></div></div>'),
        ("word", '<div id="ftn2"><p><a href="#_ftnref2" name="_ftn2">[2]</a> Other.</p></div>'),
    ],
)  # fmt: skip
def test_notes_nobody_refers_to_stay_with_the_others(style: str, other: str) -> None:
    root = checked(
        NOTES[style].removesuffix("</div>") + "</div>" * (style != "openedition") + other
    )
    (section,) = [part for part in root.iter("section") if part.get("class") == "footnotes"]
    assert "Other." in dom.text_of(section)


@pytest.mark.parametrize("mark", ["<sup>{}</sup>", "[{}]", "<sup>[{}]</sup>"])
def test_numbers_without_links_are_tied_to_the_notes_that_begin_with_them(mark: str) -> None:
    one, two = mark.format(1), mark.format(2)
    root = checked(
        f"<p>Dawn{one}, rain{two}, dawn{one}.</p><p>Notes</p><p>{one} Of May.</p><p>{two} Of June.</p>"
    )
    assert [a.get("href") for a in root.iter("a")][:3] == [
        "#exporter-note-1", "#exporter-note-2", "#exporter-note-1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        "<p>x<sup>2</sup> and y<sup>2</sup>.</p><p>In [1951] the boat [sic] left.</p>",
        "<p>One [1].</p><p>[1] A single line in brackets.</p>",
        "<p>Rain [2], dawn [1].</p><p>[1] Of May.</p><p>[2] Of June.</p>",
        "<p>Nothing refers to these.</p><p>[1] Of May.</p><p>[2] Of June.</p>",
        "<p>Dawn [1], rain [2].</p><p>[1] Of May.</p><p>A line between.</p><p>[2] Of June.</p><pre>a[1] b[2]</pre>",
        '<p>See <a href="#part-2">2</a>.</p><h2 id="part-2">Part two</h2><p>Text.</p>',
    ],
    ids=["exponents", "one", "out of order", "no reference", "apart", "a chapter"],
)
def test_other_numbers_are_no_notes(html: str) -> None:
    body = typed(html)[0]
    assert "noteref" not in body
    assert "footnotes" not in body
