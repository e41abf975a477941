"""`explain --html`: one page, whole in itself, that shows what stays beside what went."""

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from exporter.library import explanation
from exporter.model import Article, Asset, Capture, Metadata, Note, Removal, Spared
from exporter.review import comparison

KEY = "a" * 64
PIXEL = Asset(KEY, "image/png", 1, 1, b"\x89PNG not really")


def article(title: str = "The bridge", text: str = "It hums.") -> Article:
    return Article(
        metadata=Metadata(
            title=title, language="ar", dir="rtl", byline=("Ann Lee",), url="https://example.org/a",
            provenance={"byline": "json-ld"},
        ),
        body=f'<p id="one">{text}</p><figure><img src="asset:{KEY}" alt="A bridge"/></figure>'
        '<figure><img src="https://example.org/b.jpg" alt="Gone"/><figcaption>The mill.'
        '</figcaption></figure><p><a href="#one">up</a></p>',
        assets=(PIXEL,),
        ledger=(
            Removal("phrase:en.share", "share", "div > p", "Share <b>this</b> & that"),
            Removal("outside-article", "not in the container", "nav", "Home Contact"),
        ),
        notes=(Note("image-missing", "https://example.org/b.jpg"),),
        capture=Capture("a.html", "html", "0" * 64),
        spared=(
            Spared("keep:quote", "phrase:en.share +1.0 (share it)", 1.3, "q > p", "Share & save"),
            Spared("too little", "end +0.5 (after Related)", 0.5, "p", "A last word."),
        ),
    )  # fmt: skip


def test_a_person_is_told_what_stays_what_goes_what_stayed_against_evidence_and_notes() -> None:
    told = explanation.text(article())
    parts = ["The bridge", "What stays", "What goes", "What stays against evidence", "Notes"]
    places = [told.index(f"{part}\n" if part != parts[3] else part) for part in parts]
    assert places == sorted(places)
    for said in ("+1.3, saved by keep:quote", "Share & save", "+0.5, too little", "A last word."):
        assert said in told
    assert "against evidence" not in explanation.text(replace(article(), spared=()))


def test_programs_get_what_the_design_promises() -> None:
    assert list(explanation.table(article())) == ["metadata", "body", "figures", "ledger", "notes"]


def parsed(text: str) -> Any:  # noqa: ANN401  (lxml's stubs give XPath answers as anything)
    return html.fromstring(text)


def test_a_formula_is_shown_as_one_and_counted_as_it_reads() -> None:
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="a = b">'
        "<mi>a</mi><mo>=</mo><mi>b</mi></math>"
    )
    told = replace(article(), body=f"<p>Here {math} holds.</p>")
    assert math in comparison.page([told])
    assert "5 words" in explanation.text(told)


def test_what_went_stands_beside_what_stays_with_reason_and_evidence() -> None:
    page = parsed(comparison.page([article()]))
    stays, told = page.find(".//article"), page.find(".//div[@class='told']")
    assert stays is not None
    assert told is not None
    assert "It hums." in stays.text_content()
    assert "The mill." in stays.text_content()
    words = " ".join(told.text_content().split())
    for said in (
        "Share <b>this</b> & that",
        "phrase:en.share: share",
        "div > p",
        "image-missing",
        "2 words that stand around the article",
        "Ann Lee from json-ld",
        "a.html",
        "What stays against evidence",
        "Share & save",
        "+1.3, saved by keep:quote: phrase:en.share +1.0 (share it) – q > p",
        "+0.5, too little: end +0.5 (after Related)",
    ):
        assert said in words  # fmt: skip


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    text = comparison.page([article()])
    page = parsed(text)
    sources = page.xpath("//@src | //link/@href | //@srcset | //@poster | //@background")
    assert sources
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert page.xpath("//script | //iframe | //object | //@*[starts-with(name(), 'on')]") == []
    assert "@import" not in text
    assert "url(" not in text
    assert "default-src 'none'" in text


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "</title><b>x", "a & b", "\x0c\ufffe"]
)
def test_a_title_stays_text(title: str) -> None:
    page = parsed(comparison.page([article(title), article()]))
    assert page.xpath("//script") == []
    assert page.xpath("//b") == []
    shown = re.sub(r"[\x0c\ufffe]", "", title) or "https://example.org/a"
    assert page.xpath("//h1")[0].text_content() == shown


def test_it_can_be_read_by_everyone() -> None:
    text = comparison.page([article(), article("Another")])
    page = parsed(text)
    assert page.get("lang") == "en"
    assert page.find(".//main") is not None
    assert page.xpath("//nav/@aria-label")
    assert page.xpath("//article/@lang") == ["ar", "ar"]
    assert page.xpath("//article/@dir") == ["rtl", "rtl"]
    assert "prefers-color-scheme: dark" in text
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href[starts-with(., '#')]")} <= set(ids)


def test_the_same_article_gives_the_same_page() -> None:
    assert comparison.page([article()]) == comparison.page([article()])
