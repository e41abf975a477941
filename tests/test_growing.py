"""The working tree is BeautifulSoup's, grown from lxml's parse; questions are answered alike."""

import itertools
import re
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from exporter.clean.growing import grow
from exporter.clean.nodes import Node
from exporter.dom import Element

PAGE = """<html lang="en"><head><title>River</title><meta name="author" content="Ann Lee">
<script type="application/ld+json">{"a": "<p>"}</script><style>p { color: red }</style></head>
<body class="home  page" id="top"><!-- no comment --><p>One <b>two</b><i></i> three.</p>
<pre>
   kept
 </pre><textarea>  </textarea><ul><li><a rel="next nofollow" href=" /été là?a=1">next</a></li>
   <li>last</li></ul><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><template><p>t</p></template>
<a name="note 1"></a><img src="a b.jpg" alt="A lock"><br><table><tr><td headers="x y">1</td></tr>
</table><o:p>&nbsp;</o:p></body></html>"""


def _document() -> Element:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)
    return lxml.html.document_fromstring(PAGE.encode(), parser=parser)


@pytest.fixture
def grown() -> BeautifulSoup:
    return grow(_document())


@pytest.fixture
def told() -> BeautifulSoup:
    return BeautifulSoup(lxml.html.tostring(_document(), encoding="unicode"), "lxml")


def _said(node: PageElement | None) -> tuple[object, ...]:
    if isinstance(node, Tag):
        return (
            node.name, dict(node.attrs), len(node.contents), node.interesting_string_types,
            _place(node.parent), _place(node.next_sibling), _place(node.previous_element),
        )  # fmt: skip
    return type(node), str(node), node and _place(node.parent)


def _place(node: PageElement | None) -> str | None:
    return None if node is None else node.name if isinstance(node, Tag) else str(node)


def test_the_tree_is_the_one_beautifulsoup_makes(grown: BeautifulSoup, told: BeautifulSoup) -> None:
    for ours, theirs in itertools.zip_longest(grown.descendants, told.descendants):
        assert _said(ours) == _said(theirs)
    assert str(grown) == str(told)


def test_an_element_has_all_that_beautifulsoup_gives_one(
    grown: BeautifulSoup, told: BeautifulSoup
) -> None:
    assert told.b is not None
    for name in vars(told.b):
        assert hasattr(grown.b, name), name


def test_an_empty_element_stays_empty() -> None:
    document = lxml.html.document_fromstring("<ul><li></li><li>a</li></ul>")
    assert [len(item.contents) for item in grow(document).find_all("li")] == [0, 1]


def test_a_tree_of_great_depth_grows() -> None:
    parser = lxml.html.HTMLParser(huge_tree=True)
    document = lxml.html.document_fromstring("<div>" * 2000 + "deep", parser=parser)
    assert len(grow(document).find_all("div")) == 2000


QUESTIONS: dict[str, Callable[[Tag], Any]] = {
    "all": lambda tag: tag.find_all(),
    "by name": lambda tag: tag.find_all("p"),
    "by a prefixed name": lambda tag: tag.find_all("o:p"),
    "by names": lambda tag: tag.find_all(("li", "td", "img")),
    "by a set of names": lambda tag: tag.find(frozenset({"rt", "b"})),
    "by a list of names": lambda tag: tag.find(["pre"]),
    "limited": lambda tag: tag.find_all("li", limit=1),
    "limited to none": lambda tag: tag.find_all("li", limit=0),
    "children only": lambda tag: tag.find_all("p", recursive=False),
    "one child only": lambda tag: tag.find("p", recursive=False),
    "with an attribute": lambda tag: tag.find_all("a", href=True),
    "with any name": lambda tag: tag.find_all(href=True),
    "without an attribute": lambda tag: tag.find("a", href=False),
    "with a value": lambda tag: tag.find("a", rel="next"),
    "of a class": lambda tag: tag.find_all(class_=True),
    "by id": lambda tag: tag.find(id="top"),
    "by attributes": lambda tag: tag.find_all("a", attrs={"name": True}),
    "by a function": lambda tag: tag.find_all(lambda found: "alt" in found.attrs),
    "with a value of a kind": lambda tag: tag.find_all(
        "script", type=re.compile("LD", re.IGNORECASE)
    ),
    "of a class of a kind": lambda tag: tag.find_all(
        None, attrs={"class": re.compile("me p|age$")}
    ),
    "with two attributes": lambda tag: tag.find_all("meta", attrs={"name": "author"}, content=True),
    "a keyed parent": lambda tag: tag.find_all("b")[0].find_parent({"p": 1, "i": 2}),
    "strings of a kind": lambda tag: tag.find_all(string=re.compile("t[wh]")),
    "a string alone": lambda tag: tag.find_all(string="last"),
    "no strings": lambda tag: tag.find_all(string=False),
    "strings of an element": lambda tag: tag.find_all("b", string="two"),
    "strings": lambda tag: tag.find_all(string=True),
    "a string": lambda tag: tag.find(string="two"),
    "nothing": lambda tag: tag.find("video"),
    "true": lambda tag: tag.find_all(True),  # noqa: FBT003
    "text": lambda tag: tag.get_text(),
    "text apart": lambda tag: tag.get_text("|", strip=True),
    "text of a script": lambda tag: tag.find_all("script")[0].get_text(),
    "text of ruby": lambda tag: [rt.get_text() for rt in tag.find_all("rt")],
    "text of a template": lambda tag: [part.get_text() for part in tag.find_all("template")],
    "a parent": lambda tag: tag.find_all("a")[0].find_parent("ul"),
    "a parent of several": lambda tag: tag.find_all("b")[0].find_parent(("body", "p")),
    "no parent": lambda tag: tag.find_all("b")[0].find_parent("table"),
    "a parent with an id": lambda tag: tag.find_all("b")[0].find_parent(id=True),
    "by CSS": lambda tag: tag.select("body.page > ul li a[rel~=nofollow]"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_the_answer_of_beautifulsoup(
    question: str, grown: BeautifulSoup, told: BeautifulSoup
) -> None:
    assert str(QUESTIONS[question](grown)) == str(QUESTIONS[question](told))


def test_an_element_that_was_searched_before_a_change_is_searched_anew(
    grown: BeautifulSoup,
) -> None:
    last = grown.find_all("li")[-1]
    last.extract()
    assert last not in grown.find_all("li")
    assert last.find_all() == []
    assert last.get_text() == "last"


def test_an_element_is_equal_to_itself_alone(grown: BeautifulSoup) -> None:
    one, other = Node(name="p"), Node(name="p")
    assert one != other
    assert one == one  # noqa: PLR0124
    assert len({one, other}) == 2
    assert grown.b == grown.b
