"""Whatever order of tags a page has, the body is valid and says the same."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import strategies
from exporter import dom
from exporter.characters import sayable
from exporter.clean.normalise import Body, normalise


def body_of(html: str, base: str | None = "https://a.example/b/") -> Body:
    soup = BeautifulSoup(f"<body>{html}</body>", "lxml")
    assert soup.body is not None
    body = normalise(soup.body, base=base)
    dom.validate(body.xhtml)
    return body


def signs(text: str) -> Counter[str]:
    return Counter(sign for sign in sayable(text) if not sign.isspace())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(strategies.trees(), min_size=1, max_size=5))
def test_any_tree_becomes_a_valid_body_with_all_its_words(trees: list[strategies.Tree]) -> None:
    root = Tag(name="body")
    for tree in trees:
        root.append(strategies.grown(tree))
    body = normalise(root)
    dom.validate(body.xhtml)
    left = "".join(removal.text for removal in body.ledger)
    assert signs(root.get_text()) == signs(dom.plain_text(body.xhtml) + left)


@pytest.mark.parametrize(
    ("html", "xhtml"),
    [
        ("text", "<p>text</p>"),
        ("<div>one<br><br>two<br>three</div>", "<p>one</p><p>two<br/>three</p>"),
        ("<p>a<b> b</b><i>c</i></p>", "<p>a<strong> b</strong><em>c</em></p>"),
        ("<del><p>one</p><p>two</p></del>", "<p><del>one</del></p><p><del>two</del></p>"),
        ("<h1>A</h1><h4>B</h4><h2>C</h2>", "<h2>A</h2><h3>B</h3><h2>C</h2>"),
        ("<li>stray</li><p>text</p>", "<ul><li>stray</li></ul><p>text</p>"),
        ("<ul><ul><li>inner</li></ul></ul>", "<ul><li><ul><li>inner</li></ul></li></ul>"),
        ("<p>  spaces \n fold\xa0!  </p>", "<p>spaces fold\xa0!</p>"),
        ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
        ("<p></p><p> </p><p>x</p><div><br></div>", "<p>x</p>"),
        ('<p class="x" id="y" style="color:red" onclick="z()">t</p>', "<p>t</p>"),
        ('<p><span style="font-style: italic">t</span></p>', "<p><em>t</em></p>"),
        ('<p><a href="javascript:x()">t</a></p>', "<p>t</p>"),
        ('<p><a href="//c.example/d">t</a></p>', '<p><a href="https://c.example/d">t</a></p>'),
        ('<p><a href="#none">t</a></p>', "<p>t</p>"),
        ("<p>a<!-- c --><script>s()</script>b</p>", "<p>ab</p>"),
        ('<p>a</p><img src="file:///etc/passwd" alt="x"><p>b</p>', "<p>a</p><p>b</p>"),
        ("<hr><p>a</p><hr><hr><p>b</p><hr>", "<p>a</p><hr/><p>b</p>"),
        ("<p>x<sup>2</sup> and H<sub>2</sub>O</p>", "<p>x<sup>2</sup> and H<sub>2</sub>O</p>"),
        ("<ol start=3 type=a onclick=x><li>c</li></ol>", '<ol start="3" type="a"><li>c</li></ol>'),
    ],
)
def test_what_becomes_of_markup(html: str, xhtml: str) -> None:
    assert body_of(html).xhtml == xhtml


def test_links_inside_the_page_keep_their_targets_under_plain_names() -> None:
    body = body_of('<p><a href="#é 1">see</a></p><h2 id="é 1">There</h2>').xhtml
    assert body == '<p><a href="#target-1">see</a></p><h2 id="target-1">There</h2>'


def test_a_link_to_the_page_itself_is_a_link_inside_it() -> None:
    body = body_of('<p><a href="https://a.example/b/#x">see</a> <b id="x">there</b></p>').xhtml
    assert body == '<p><a href="#x">see</a> <strong id="x">there</strong></p>'


def test_a_table_may_not_ask_for_a_million_columns() -> None:
    html = (
        "<table><tr><th colspan=99999999>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    assert "99999" not in body_of(html).xhtml


def test_depth_is_bounded() -> None:
    html = "<blockquote>" * 400 + "deep" + "</blockquote>" * 400
    body = body_of(html).xhtml
    assert "deep" in body
    assert body.count("<blockquote>") < 60


def test_words_of_an_unreadable_element_go_to_the_ledger() -> None:
    body = body_of("<p>a</p><select><option>North<option>South</select>")
    assert body.xhtml == "<p>a</p>"
    assert [removal.text for removal in body.ledger] == ["North South"]


def test_a_block_in_another_language_says_so() -> None:
    english = (
        "<p>The ferry left the harbour before dawn and the women on the quay watched it shrink.</p>"
    )
    french = (
        "<p>Nous avons attendu toute la nuit, et personne n’est venu nous dire que"
        " le bateau était parti.</p>"
    )
    body = body_of(english * 3 + french)
    assert body.language == "en"
    assert body.xhtml.count("<p>") == 3
    assert body.xhtml.count('<p lang="fr">') == 1


def test_a_quotation_in_another_direction_says_so() -> None:
    spoken = "وقال صاحبها إنه بناها مع أخيه في الشتاء الماضي ولن يبيعها لأحد أبدا مهما كان الثمن"
    prose = "The last boat left the harbour on Monday, and nobody thought that it would come back."
    html = f'<body><p>{prose}</p><blockquote lang="ar"><p>{spoken}</p></blockquote></body>'
    soup = BeautifulSoup(html, "lxml")
    assert soup.body is not None
    assert '<blockquote lang="ar" dir="rtl">' in normalise(soup.body).xhtml


def test_a_container_tells_its_blocks_which_way_they_are_read() -> None:
    words = "The ferry left the harbour before dawn, and nobody on the quay said anything at all."
    page = (
        f'<p>{words}</p><div dir="rtl"><p>שלום</p><ul><li>עולם</li></ul><div dir="ltr"><p>Quay</p>'
        f'</div></div><p dir="ltr">{words}</p>'
    )
    assert body_of(page).xhtml == (
        f'<p>{words}</p><p dir="rtl">שלום</p><ul dir="rtl"><li>עולם</li></ul><p>Quay</p>'
        f"<p>{words}</p>"
    )
