# ruff: noqa: E501  (a page's lines are long)
"""Headings of the article stay headings: their names, words and places tempt the judges."""

from exporter import dom
from exporter.clean import clean
from exporter.model import Capture, Learned, Page
from exporter.settings import Settings

TEXT = (
    "The ferry left the harbour before dawn, and the three women who had waited on the quay since "
    "midnight watched it shrink between the two lighthouses. None of them said anything for a while."
)


class Nothing:
    """A page saved without its pictures."""

    def find(self, url: str) -> bytes | None:  # noqa: ARG002  (the protocol's shape)
        return None


def headings(body: str) -> list[str]:
    """Give the headings of the article, in order."""
    html = (
        "<html><head><title>The last boat</title></head><body><article><h1>The last boat</h1>"
        f"<div class='entry-content'><p>{TEXT}</p>{body}</div></article></body></html>"
    )
    page = Page(html, None, None, Capture("page.html", "html", "0" * 64), Nothing())
    article = clean(page, Settings(), Learned())
    found = dom.parse(article.body).iter("h2", "h3", "h4", "h5", "h6")
    return [dom.text_of(heading) for heading in found]


def test_the_id_of_a_heading_only_repeats_its_words() -> None:
    found = headings(
        f"<h2 id='h-navigation-equipment'>Navigation equipment</h2><p>{TEXT}</p>"
        f"<h2 id='comments'>Comments in the margin</h2><p>{TEXT}</p>"
    )
    assert found == ["Navigation equipment", "Comments in the margin"]


def test_the_class_of_a_heading_still_says_what_it_is() -> None:
    assert headings(f"<h3 class='newsletter-title'>Every Friday</h3><p>{TEXT}</p>") == []


def test_a_part_named_like_the_article_keeps_its_heading() -> None:
    assert headings(f"<p>{TEXT}</p><h4>THE LAST BOAT:</h4><p>{TEXT}</p>") == ["THE LAST BOAT:"]


def test_the_headline_said_again_after_the_article_goes() -> None:
    assert headings(f"<p>{TEXT}</p><h4>The last boat</h4><a href='/share'>Send</a>") == []


def test_the_heading_of_the_notes_stays_with_them() -> None:
    found = headings(
        f"<p>{TEXT}<sup><a id='r1' href='#fn1'>1</a></sup></p><div><span>Subscribe</span></div>"
        "<h2>Footnotes</h2><ol><li id='fn1'>From the register. <a href='#r1'>↩</a></li></ol>"
    )
    assert found == ["Footnotes"]


def test_a_headings_link_to_itself_goes_and_a_link_elsewhere_stays() -> None:
    found = headings(
        f"<h2><a href='/boats'>Boats of the town</a> <a href='#boats'>¶</a></h2><p>{TEXT}</p>"
        f"<h3>Written in C#<span class='mw-editsection'>[edit]</span></h3><p>{TEXT}</p>"
    )
    assert found == ["Boats of the town", "Written in C#"]


def test_a_role_makes_a_heading() -> None:
    found = headings(
        f"<div role='heading' aria-level='3'>Boats</div><p>{TEXT}</p>"
        f"<div role='heading'><p>No heading, but a box.</p></div><p>{TEXT}</p>"
    )
    assert found == ["Boats"]
