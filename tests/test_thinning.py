"""A page of very many elements costs bounded time: it loses markup, with a note, and no word."""

import sys
import time
from types import FrameType
from typing import TYPE_CHECKING

import lxml.html
import pytest

from exporter.clean import clean, tree
from exporter.clean.thinning import thin
from exporter.limits import USUAL
from exporter.model import Article, Capture, Learned, Note, Page
from exporter.read.frames import with_frames
from exporter.read.indexes import is_index
from exporter.settings import Settings

if TYPE_CHECKING:
    from _typeshed import TraceFunction

MOST = USUAL.elements
OTHER = "Old people remembered a year like it, long before the dam was built. " * 4
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
    page = thin(_saved(html), USUAL)
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
    assert "the limit is 40,000 (--limit elements=50000, if you trust it)" in note.detail


def test_after_the_limit_words_stay_without_markup_and_images_are_counted() -> None:
    many = "".join(f"<div>w{number}</div>" for number in range(MOST))
    html = _page(f"<p>{PROSE}</p>{many}<p>a &lt;b&gt; c</p><img src='late.jpg'><p>end</p>")
    thinned, (note,) = _thin(html)
    assert _elements(thinned) <= MOST + 2
    said = _words(thinned)
    assert said[-5:] == [f"w{MOST - 1}", "a", "<b>", "c", "end"]
    assert len(said) == len(PROSE.split()) + MOST + 4
    assert "1 images were lost" in note.detail


def test_no_word_is_lost_in_what_is_nested_too_deep() -> None:
    html = _page(f"<p>{PROSE}</p>" + "".join(f"<div>w{number} " for number in range(MOST)))
    thinned, notes = _thin(html)
    assert notes
    assert len(_words(thinned)) == len(PROSE.split()) + MOST


@pytest.mark.parametrize("deep", ["div", "b", "blockquote", "table><tr><td", "ul><li", "em><q"])
def test_the_sentence_in_a_hundred_thousand_elements_stands_in_the_article(deep: str) -> None:
    names = deep.split("><")
    opened, closed = f"<{deep}>", "".join(f"</{name}>" for name in reversed(names))
    times = 100_000 // len(names)
    started = time.process_time()
    said = "Nobody along the banks could say why the river ran so low that summer."
    article = _cleaned(_page(f"<p>{PROSE}</p>{opened * times}{said}{closed * times}<p>{PROSE}</p>"))
    assert time.process_time() - started < 8
    assert said in article.body
    assert PROSE.strip() in article.body
    assert {note.code for note in article.notes} == {"simplified"}
    assert "--limit" in article.notes[0].detail


@pytest.mark.parametrize("depth", [121, 1000, 2047, 2048, 2049, 5000])
def test_what_stands_deeper_than_the_limit_keeps_its_paragraphs(depth: int) -> None:
    inside = f"<p>{PROSE}</p><p>{OTHER}</p>"
    article = _cleaned(_page(f"<article>{'<div>' * depth}{inside}{'</div>' * depth}</article>"))
    assert article.body.count("<p>") == 2
    (note,) = article.notes
    assert note.code == "simplified"
    assert note.detail.startswith(f"elements stand {depth + 4} deep")


def test_fonts_that_are_opened_without_end_take_no_block_and_no_image_with_them() -> None:
    lines = "".join(f"<h3>Part {n}</h3><p><font size=2><i>{PROSE}" for n in range(300))
    article = _cleaned(_page(f"<h1>River</h1>{lines}<p>{OTHER}<img src=a.jpg alt=low width=600>"))
    assert [note.code for note in article.notes] == ["image-missing"]  # no words lost their form
    assert article.body.count("<h2>Part") + article.body.count("<h3>Part") == 300
    assert article.body.count("<p") >= 300
    assert 'alt="low"' in article.body


def test_blocks_beyond_the_depth_stay_apart() -> None:
    inside = "".join(f"<div>{PROSE}</div>" for _ in range(5)) + f"<ul><li>{PROSE}<li>{PROSE}</ul>"
    article = _cleaned(_page("<div>" * 3000 + inside))
    assert article.body.count("<p>") == 7


def test_an_element_of_very_many_attributes_is_read_with_the_first_of_them() -> None:
    many = " ".join(f"a{number}" for number in range(100_000))
    started = time.process_time()
    article = _cleaned(_page(f"<p lang=en {many} class='x>y'>{PROSE}</p><p>{PROSE}</p>"))
    assert time.process_time() - started < 5
    assert article.body.count(PROSE.strip()) == 2
    (note,) = article.notes
    assert "an element has 100002 attributes" in note.detail
    assert "--limit attributes=" in note.detail


@pytest.mark.parametrize("depth", [1000, 3000])
def test_a_page_deep_enough_to_be_cut_is_no_index_and_its_frames_stay_shut(depth: int) -> None:
    links = "<a href=/a>one</a><a href=/b>two</a><a href=/c>three</a>"
    html = _page(f"{links}<iframe srcdoc='<p>{PROSE * 9}'></iframe>{'<div>' * depth}<p>{PROSE}")
    assert not is_index(html)
    opened = with_frames(_saved(html))
    assert PROSE.strip() in " ".join(_words(thin(opened, USUAL).html))


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
