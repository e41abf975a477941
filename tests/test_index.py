"""The index answers as the CSS engine does, for the selectors it knows."""

import pytest
from bs4 import BeautifulSoup

from exporter.clean import bylines, dating, headline, visible
from exporter.clean.captions import HOLDER, WORDS
from exporter.clean.index import Index, compiled

PAGE = """
<header class="Entry-Header"><p>Kicker</p><span id="byline-1">By Ann</span></header>
<div class="post author-box"><a rel="author nofollow" href="/author/ann/">Ann</a>
<b itemprop="author"><i itemprop="name">Ann</i></b><p class="author"><span class="fn">A</span></p>
<time class="entry-date published" datetime="2024-01-02">x</time><time>y</time></div>
<div data-testid="my-ByLine"><h1 class="entry-title">T</h1><h2>U</h2></div>
<p class="wp-caption-text">c</p><div class="wp-caption"><img></div><a rel="license" href="u">l</a>
"""
KNOWN = (
    *bylines.AUTHORS, *bylines.SIGNED, *dating.PUBLISHED, *dating.UPDATED, *dating.DATED,
    *visible.KICKERS, *visible.SUBTITLES, *HOLDER, *WORDS, '[rel~="license"][href]', "header p",
    *(selector for selectors in headline.SHOWN for selector in selectors),
)  # fmt: skip


@pytest.mark.parametrize("selector", KNOWN)
def test_the_index_selects_what_the_css_engine_selects(selector: str) -> None:
    soup = BeautifulSoup(PAGE, "lxml")
    assert Index(soup).select(selector) == list(soup.select(selector))


def test_most_selectors_find_something_on_the_page_of_this_test() -> None:
    index = Index(BeautifulSoup(PAGE, "lxml"))
    assert sum(bool(index.select(selector)) for selector in KNOWN) > 20


def test_several_selectors_give_each_element_once_in_the_order_of_the_page() -> None:
    soup = BeautifulSoup(PAGE, "lxml")
    assert Index(soup).select("time", "time[datetime]", "h1") == list(soup.select("time, h1"))


@pytest.mark.parametrize("selector", ["p > a", "li:first-child", "", "p, a", "[a^='b']"])
def test_a_selector_the_index_does_not_know_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="not a simple selector"):
        compiled(selector)
