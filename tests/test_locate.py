# ruff: noqa: E501, ISC004  (a page's lines are long)
"""Where the article stands: the container a page gives it, however the page is built."""

import pytest

from exporter.clean.locate import locate
from exporter.clean.tree import parse, text_of

SENTENCE = "The ferry crosses the river every morning, and nobody in the village knows since when. "
OTHER = "A school of three pupils opens again in May, said the mayor, who counted them twice. "
PROSE = f"<p>{SENTENCE * 3}</p><p>{SENTENCE * 4}</p><p>{SENTENCE * 3}</p>"
NAV = "<nav><ul><li><a href='/a'>Home</a></li><li><a href='/b'>News</a></li></ul></nav>"


def located(body: str) -> str:
    location = locate(parse(f"<html><body>{NAV}{body}<footer>Imprint</footer></body></html>"))
    assert location is not None
    return text_of(location.root)


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{PROSE}</div>",
        f"<div class='entry-content'>{PROSE}</div><div class='comments'><p>{OTHER * 20}</p></div>",
        f"<article><h1>Ferry</h1>{PROSE}</article><article><h2>School</h2><p>{OTHER * 12}</p></article>",
        f"<div itemprop='articleBody'>{PROSE}</div><div class='x'><p>{OTHER * 9}</p></div>",
        f"<div class='layout has-sidebar'>{PROSE}</div>",
        f"<div class='sidebar-page'>{PROSE}</div><aside><p>{OTHER}</p></aside>",
        f"<div><div><p>{SENTENCE * 3}</p></div><div><p>{SENTENCE * 4}</p></div>"
        f"<div><p>{SENTENCE * 3}</p></div></div>",
        f"<table><tr><td>{NAV}</td><td>{(SENTENCE * 5 + '<br><br>') * 2}</td></tr></table>",
        f"<nav><ul><li><a href='/'>Never closed</a>{PROSE}",
        f"<div class='paywall'>{PROSE}</div>",
    ],
    ids=[
        "the only prose", "comments longer than the article", "next article appended",
        "itemprop before a longer block", "a class that says what it has", "aside",
        "paragraphs in sibling containers", "a table as layout", "a nav never closed", "paywall",
    ],
)  # fmt: skip
def test_all_of_the_article_is_found(body: str) -> None:
    text = located(body)
    assert text.count("The ferry crosses the river") == 10
    assert "A school of three pupils" not in text


def test_a_page_without_text_has_no_article() -> None:
    assert locate(parse("<html><body><script>var x = 1;</script></body></html>")) is None


def test_prose_that_goes_on_in_a_block_of_the_same_name_is_found() -> None:
    shop = "<div class='offer'><a href='/1'>Boots</a> <a href='/2'>Oars</a> <a href='/3'>Ropes and knots</a></div>"
    page = f"<div class='page'><div class='block text'>{PROSE}</div>{shop * 12}<div class='block text'><p>{OTHER * 2}</p></div></div>"
    assert "counted them twice" in located(page)
    other = page.replace(f"<div class='block text'><p>{OTHER}", f"<div class='teaser'><p>{OTHER}")
    assert "counted them twice" not in located(other)
