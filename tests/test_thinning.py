"""A page of very many elements costs bounded time: it loses markup, with a note, and no word."""

import sys
from types import FrameType
from typing import TYPE_CHECKING

import lxml.html
import pytest

from exporter.clean import clean, tree
from exporter.clean.thinning import MOST, thin
from exporter.model import Article, Capture, Learned, Note, Page, Settings

if TYPE_CHECKING:
    from _typeshed import TraceFunction

PROSE = "The river ran low that summer, and nobody along its banks could say why. " * 4


class _NoResources:
    def find(self, url: str) -> bytes | None:  # noqa: ARG002
        return None


def _page(body: str) -> str:
    return f"<html><head><title>River</title></head><body>{body}</body></html>"


def _saved(html: str) -> Page:
    return Page(
        html=html,
        url="https://example.org/river",
        saved_at=None,
        capture=Capture("river.html", "html", "0" * 64),
        resources=_NoResources(),
    )


def _thin(html: str) -> tuple[str, tuple[Note, ...]]:
    page = thin(_saved(html))
    return page.html, page.notes


def _cleaned(html: str) -> Article:
    return clean(_saved(html), Settings(), Learned())


def _elements(html: str) -> int:
    return sum(1 for _ in lxml.html.document_fromstring(html).iter())


def _words(html: str) -> list[str]:
    return tree.text_of(tree.body_of(tree.parse(html))).split()


def test_a_page_of_few_elements_stays_as_it_is() -> None:
    html = _page(f"<p>{PROSE}</p>" * 100)
    assert _thin(html) == (html, ())


def test_signs_that_are_no_elements_do_not_count() -> None:
    html = _page(f"<p>{PROSE}</p><!--{'<b>' * (MOST + 1)}-->")
    assert _thin(html) == (html, ())


def test_what_only_sets_type_goes_first_and_is_enough_here() -> None:
    html = _page(f"<p>{PROSE}</p><p>{'<b>so </b>' * (MOST + 1)}</p><h2>After</h2>")
    thinned, (note,) = _thin(html)
    assert _elements(thinned) < 10
    assert "<h2>After</h2>" in thinned
    assert _words(thinned) == [*PROSE.split(), *["so"] * (MOST + 1), "After"]
    assert note.code == "simplified"
    assert f"{MOST + 1} that only set type" in note.detail


def test_after_the_limit_words_stay_without_markup_and_images_are_counted() -> None:
    many = "".join(f"<div>w{number}</div>" for number in range(MOST))
    html = _page(f"<p>{PROSE}</p>{many}<p>a &lt;b&gt; c</p><img src='late.jpg'><p>end</p>")
    thinned, (note,) = _thin(html)
    assert _elements(thinned) <= MOST
    said = _words(thinned)
    assert said[-5:] == [f"w{MOST - 1}", "a", "<b>", "c", "end"]
    assert len(said) == len(PROSE.split()) + MOST + 4
    assert "1 images were lost" in note.detail


def test_no_word_is_lost_in_what_is_nested_too_deep() -> None:
    html = _page(f"<p>{PROSE}</p>" + "".join(f"<div>w{number} " for number in range(MOST)))
    thinned, notes = _thin(html)
    assert notes
    assert len(_words(thinned)) == len(PROSE.split()) + MOST


def test_a_script_stays_a_script() -> None:
    told = '{"@type": "Article", "headline": "A < B"}'
    script = f'<script type="application/ld+json">{told}</script><style>p > b {{}}</style>'
    html = _page(f"{script}<p>{PROSE}</p>" + "<i>so </i>" * (MOST + 1) + "<script>x()</script>")
    thinned, _ = _thin(html)
    assert told in thinned
    assert "p > b" not in " ".join(_words(thinned))
    assert "x()" not in " ".join(_words(thinned))


def test_an_article_says_that_its_page_was_simplified_and_keeps_all_words() -> None:
    article = _cleaned(
        _page(f"<article><h1>River</h1><p>{PROSE}{'<b>x</b> ' * MOST}</p></article>")
    )
    assert [note.code for note in article.notes] == ["simplified"]
    assert article.body.count("x") + sum(r.text.count("x") for r in article.ledger) == MOST


UNITS = {
    "paragraphs": "<p>The river ran low, and nobody could say why.</p>",
    "lines": "The river ran low, and nobody could say why.<br><br>",
    "list items": "<li><a href='/low'>The river ran low</a></li>",
    "table rows": "<tr><td>low</td><td>river</td></tr>",
    "figures": "<figure><img src='a.jpg'><figcaption>Low, so.</figcaption></figure>",
    "cards": "<div class='related'><p>The river ran low</p></div>",
}
AROUND = {"list items": ("<ul>", "</ul>"), "table rows": ("<table>", "</table>")}


@pytest.mark.parametrize("unit", UNITS)
def test_a_page_four_times_as_long_takes_about_four_times_the_steps(unit: str) -> None:
    before, after = AROUND.get(unit, ("", ""))
    page, longer = (
        _page(f"<article><p>{PROSE}</p>{before}{UNITS[unit] * count}{after}</article>")
        for count in (100, 400)
    )
    _steps(page)  # what is done once only
    assert _steps(longer) < 5.5 * _steps(page)


def _steps(html: str) -> int:
    """Count the lines that cleaning runs, each turn of a loop anew."""
    steps = 0

    def trace(_frame: FrameType, _event: str, _argument: object) -> "TraceFunction":
        nonlocal steps
        steps += 1
        return trace

    sys.settrace(trace)
    try:
        _cleaned(html)
    finally:
        sys.settrace(None)
    return steps
