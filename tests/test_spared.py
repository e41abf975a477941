"""`explain` tells what stayed although something spoke against it, and what saved it."""

import pytest
from bs4 import BeautifulSoup, Tag

from exporter.clean import clean
from exporter.clean.spared import spared
from exporter.clean.verdicts import Act, Decision, Rank, Verdict, settle
from exporter.model import Capture, Learned, Page, Spared
from exporter.settings import Settings
from test_recurrence import Nothing

PAGE = """<div id=root><p id=a>Alpha</p>
<div id=b>Beta <p id=c>Gamma</p></div><p id=a2>Alpha</p></div>"""
KEEP = Decision(Act.KEEP, Rank.STRUCTURE)


@pytest.fixture
def root() -> Tag:
    return one(BeautifulSoup(PAGE, "lxml"), "root")


def one(root: Tag, identifier: str) -> Tag:
    found = root.find(id=identifier)
    assert isinstance(found, Tag)
    return found


def stayed(root: Tag, *verdicts: Verdict, guarded: bool = False) -> list[Spared]:
    standing = [verdict for verdict in verdicts if not (guarded and verdict.guarded)]
    settle(root, standing)
    return list(spared(root, verdicts, guarded=guarded))


def test_too_little_evidence_is_summed_and_told(root: Tag) -> None:
    element = one(root, "a")
    (told,) = stayed(root, Verdict(element, "x", "half", 0.5), Verdict(element, "y", "less", 0.3))
    assert (told.why, told.score, told.path, told.text) == ("too little", 0.8, "p#a", "Alpha")
    assert told.evidence == "x +0.5 (half); y +0.3 (less)"


def test_what_went_was_not_spared(root: Tag) -> None:
    assert stayed(root, Verdict(one(root, "b"), "x", "all", 1.0)) == []
    assert one(root, "a")


def test_of_two_equal_blocks_the_one_that_stayed_is_told(root: Tag) -> None:
    gone = Verdict(one(root, "a"), "x", "all", 1.0)
    (told,) = stayed(root, gone, Verdict(one(root, "a2"), "x", "half", 0.5))
    assert told.path == "p#a2"


def test_what_nothing_spoke_against_is_not_told(root: Tag) -> None:
    assert stayed(root, Verdict(one(root, "a"), "quoted", "said", -0.5)) == []
    assert stayed(root, Verdict(one(root, "a"), "k", "kept", decision=KEEP)) == []


def test_what_outweighed_the_evidence_is_named(root: Tag) -> None:
    element = one(root, "a")
    (told,) = stayed(root, Verdict(element, "x", "all", 1.0), Verdict(element, "q", "said", -0.5))
    assert (told.why, told.score) == ("q", 0.5)


@pytest.mark.parametrize("accused", ["a", "b"])
def test_a_decision_that_kept_it_is_named(root: Tag, accused: str) -> None:
    element = one(root, accused)
    keep = Verdict(element, "keep:figcaption", "figcaption", decision=KEEP)
    (told,) = stayed(root, keep, Verdict(element, "x", "all", 1.0))
    assert told.why == "keep:figcaption"
    assert told.evidence.startswith("keep:figcaption keep")


def test_what_shields_it_is_named(root: Tag) -> None:
    keep = Verdict(one(root, "b"), "keep:quote", "quote", decision=KEEP)
    (told,) = stayed(root, keep, Verdict(one(root, "c"), "x", "all", 1.0))
    assert (told.why, told.text) == ("keep:quote", "Gamma")


def test_what_holds_something_kept_stays_for_its_sake(root: Tag) -> None:
    keep = Verdict(one(root, "c"), "keep:quote", "quote", decision=KEEP)
    (told,) = stayed(root, keep, Verdict(one(root, "b"), "x", "all", 1.0))
    assert (told.why, told.text) == ("keep:quote", "Gamma")


def test_the_guard_is_named(root: Tag) -> None:
    verdict = Verdict(one(root, "a"), "phrase:x", "all", 1.0, guarded=True)
    (told,) = stayed(root, verdict, guarded=True)
    assert told.why == "guard"


def test_a_long_text_is_shortened(root: Tag) -> None:
    element = one(root, "a")
    element.string = "word " * 200
    (told,) = stayed(root, Verdict(element, "x", "half", 0.5))
    assert len(told.text) <= 302
    assert told.text.endswith("word …")


def test_an_article_carries_what_was_spared() -> None:
    text = "<p>The ferry crosses the river every morning, and nobody knows since when it does.</p>"
    plea = "<blockquote><p>Share this article with a friend on Facebook!</p></blockquote>"
    html = f"<title>Ferry</title><article><h1>Ferry</h1>{text * 4}{plea}</article>"
    page = Page(html, None, None, Capture("a.html", "html", "0" * 64), Nothing())
    article = clean(page, Settings(), Learned())
    assert "Share this article" in article.body
    (told,) = article.spared
    assert told.why == "keep:blockquote"
    assert told.score >= 1.0
    assert "phrase:en." in told.evidence
