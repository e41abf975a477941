# ruff: noqa: E501  (a page's lines are long)
"""A site's own words go wherever they stand; the same words told, asked or cited stay."""

import re

import pytest
from benchmarks.quality import page_of

from exporter.clean import clean
from exporter.model import Learned
from exporter.settings import Settings

LONG = (
    "The ferry crosses the river every morning, and nobody in the village knows since when it "
    "has done so, or who paid for the first boat that lay at the old landing below the mill. "
)


def body_of(before: str = "", after: str = "") -> str:
    prose = f"<p>{LONG * 2}</p>" * 4
    page = f"<html lang='en'><body><article><h1>Ferry</h1>{before}{prose}{after}</article></body></html>"
    return clean(page_of(page.encode(), None), Settings(), Learned()).body


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote class='instagram-media'><p>View this post on Instagram</p></blockquote>",
        "<p>© Rivers Media Ltd 2022</p>",
        "<p>(MORE: <a href='/x'>The mill burns down</a>)</p>",
        "<p><a href='/x'>« The wooden bridge</a> | <a href='/y'>The great flood »</a></p>",
        "<p>Page 1 of 3 – <a href='/2'>Next</a></p>",
        "<p>Since 2004 we have published without ads. Please support us with a donation.</p>",
        "<p>This slideshow requires JavaScript.</p>",
    ],
)
def test_what_a_site_says_below_its_article_goes(html: str) -> None:
    assert body_of(after=html).rstrip().endswith("the mill.</p>")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p><a href='/n'>News</a> &gt; <a href='/n/l'>Local news</a></p>", "Local news"),
        ("<p>By Ann Lowe | 3 May 2021 | 6 min</p>", "6 min"),
        ("<p>12 November 2022 | 07:12 – Reading time: 3 minutes</p>", "07:12"),
        ("<p>Prefer to listen? An audio version of this article is here.</p>", "listen"),
    ],
)
def test_what_a_site_says_above_its_article_goes(html: str, words: str) -> None:
    assert words not in body_of(before=html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Why did you close the comments?</p>",
        "<p>First published in The Review, vol. 7, 1951.</p>",
        "<p>The regulator fined the airline over cookies it set without your consent.</p>",
        "<p>Share it with your friends, says the mechanic, or keep it.</p>",
        "<p>Further reading</p><ul><li>Ann Lowe, Narrow Boats, 1944.</li><li>Bo Fry, Locks, 1966.</li></ul>",
        "<blockquote><p>View this post as you would view a wall, he wrote on Instagram.</p></blockquote>",
    ],
)
def test_the_same_words_asked_told_or_cited_stay(html: str) -> None:
    for words in re.findall(r">([^<>]+)</(?:p|li)>", html):
        assert words in body_of(after=html)


def test_a_photographers_mark_above_the_text_is_no_copyright_line() -> None:
    assert "© Ann Lowe 2018" in body_of(before="<p>© Ann Lowe 2018</p>")


@pytest.mark.parametrize(
    "html",
    [
        "<p>6 replies to “The ferry of Alma”</p>",
        "<p>Un commentaire sur « Le bac d’Alma »</p>",
        "<p>Print Send by email PDF version</p>",
        "<p>Drucken Per E-Mail senden PDF-Version</p>",
    ],
)
def test_labels_below_an_article_go_though_nothing_sets_them_apart(html: str) -> None:
    assert body_of(after=html).rstrip().endswith("the mill.</p>")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Some thoughts on “The ferry of Alma”</p>",
        "<p>Six replies to “Hamlet” were printed</p>",
        "<p>Print send by email pdf version</p>",
        "<p>Follow us, the bargemen would call, and bring the rope.</p>",
        "<p>This tale was first published in Low Water, summer 2021.</p>",
        "<p>Dit verhaal verscheen eerder in Laag Water, herfst 2021.</p>",
        "<p>Verder lezen</p><ul><li>A. Kalf, <em>De pont</em>, Oever 1954.</li><li>B. Maas, <em>Het veer</em>, 2003.</li></ul>",
        "<p>Zum Weiterlesen</p><ul><li>A. Lau: <em>Die Fähre</em>. Bremen 1954.</li></ul>",
        "<p>Da allora il nostro gruppo tiene aperta la chiusa, e il gruppo cresce.</p>",
        "<p>Depuis, nuestro grupo cuida la barca, y el grupo crece.</p>",
    ],
)
def test_words_like_a_label_or_an_invitation_stay_when_they_are_none(html: str) -> None:
    kept = body_of(after=html)
    assert re.sub(r"<[^>]+>", "", html)[:20] in re.sub(r"<[^>]+>|\n", "", kept)
