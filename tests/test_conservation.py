"""Nothing is lost in silence: every character of a page is in the article or in its ledger."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter import dom, read
from exporter.clean import clean
from exporter.clean.conservation import lost
from exporter.clean.tree import strings
from exporter.clean.verdicts import Act, Decision, Rank, Verdict, settle
from exporter.errors import NoArticleError
from exporter.model import Capture, Learned, Page, Recurrence
from exporter.settings import Settings

ROOT = Path(__file__).parent.parent
BENCH = ROOT.parent / "shared" / "bench"

SENTENCES = st.sampled_from([
    "Le bac traverse la rivière chaque matin, et personne ne sait depuis quand il le fait.",
    "Partagez cet article !", "The ferry crosses the river every morning, said the old man.",
    "Lire aussi", "Advertisement", "3 mai 2021", "Moscow ( –", "x",
])  # fmt: skip
INLINE = st.sampled_from(["a", "em", "span", "strong", "br"])
BLOCK = st.sampled_from([
    "p", "div", "ul", "li", "h2", "blockquote", "figure", "figcaption", "section", "article",
    "table", "tr", "td", "nav", "aside", "footer", "noscript", "pre", "dl", "dt", "form", "button",
])  # fmt: skip
CLASSES = st.sampled_from(["", "entry-content", "share", "comments", "related-posts", "wp-caption"])


@st.composite
def elements(draw: st.DrawFn, depth: int = 4) -> str:
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(SENTENCES)
    name = draw(st.one_of(BLOCK, INLINE))
    if name == "br":
        return "<br>"
    inner = "".join(draw(st.lists(elements(depth=depth - 1), max_size=4)))
    return f'<{name} class="{draw(CLASSES)}">{inner}</{name}>'


def characters(root: Tag) -> Counter[str]:
    return Counter("".join("".join(strings(root)).split()))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(elements(), max_size=8))
def test_every_character_of_a_generated_page_is_accounted_for(parts: list[str]) -> None:
    html = f"<html><head><title>Le bac</title></head><body>{''.join(parts)}</body></html>"
    page = Page(html, None, None, capture(), NoResources())
    try:
        article = clean(page, Settings(), Learned())
    except NoArticleError:
        return
    assert not lost(html, article)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(elements(), min_size=1, max_size=6), st.data())
def test_settle_loses_nothing_whatever_the_judges_say(
    parts: list[str], data: st.DataObject
) -> None:
    soup = BeautifulSoup(f"<body>{''.join(parts)}</body>", "lxml")
    root = soup.body or soup
    before = characters(root)
    verdicts = [
        Verdict(element, f"test:{n}", "drawn", data.draw(st.floats(-1, 1)), decision)
        for n, element in enumerate(root.find_all())
        for decision in [data.draw(st.one_of(st.none(), decisions()))]
        if data.draw(st.booleans())
    ]
    ledger = settle(root, verdicts)
    after = characters(root)
    for removal in ledger:
        after.update("".join(removal.text.split()))
    assert after == before


def decisions() -> st.SearchStrategy[Decision]:
    return st.builds(Decision, st.sampled_from(Act), st.sampled_from(Rank))


@pytest.mark.parametrize("path", sorted((ROOT / "input").glob("*.*")), ids=lambda path: path.name)
def test_every_character_of_a_sample_is_accounted_for(path: Path) -> None:
    if path.is_dir():
        pytest.skip("the folder of a saved page")
    for page in read.read(read.Source(path=path, data=None, name=path.name, url=None)):
        assert not lost(page.html, clean(page, Settings(), Learned()))


ARTICLES = sorted(path for path in (ROOT / "tests" / "articles").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", ARTICLES, ids=lambda path: path.name)
@pytest.mark.parametrize("chosen", [Settings(), Settings(keep_boilerplate=True)], ids=["", "kept"])
def test_every_character_of_a_claim_s_page_is_accounted_for(folder: Path, chosen: Settings) -> None:
    html = (folder / "page.html").read_text("utf-8")
    article = clean(Page(html, None, None, capture(), NoResources()), chosen, Learned())
    assert not lost(html, article)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(elements(), min_size=1, max_size=6), st.data())
def test_the_pipeline_loses_nothing_whatever_was_learnt_and_chosen(
    parts: list[str], data: st.DataObject
) -> None:
    html = f"<html><head><title>Le bac</title></head><body>{''.join(parts)}</body></html>"
    page = Page(html, None, None, capture(), NoResources())
    texts = {paragraph.get_text() for paragraph in BeautifulSoup(html, "lxml")("p")}
    known = {
        dom.fingerprint(text): Recurrence(pages, 4, data.draw(st.integers(0, pages)), "drawn")
        for text in sorted(texts)
        for pages in [data.draw(st.integers(1, 4))]
    }
    tags = st.lists(st.sampled_from(["p", "div", "ul", "figure", "blockquote"]), max_size=2)
    chosen = Settings(keep=tuple(data.draw(tags)), drop=tuple(data.draw(tags)))
    try:
        article = clean(page, chosen, Learned({"": known}))
    except NoArticleError:
        return
    assert not lost(html, article)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))  # for as many processes
def test_every_character_of_the_development_pages_is_accounted_for(part: int) -> None:
    if not BENCH.is_dir():
        pytest.skip("needs the development pages in ../shared/bench")
    from benchmarks import quality  # noqa: PLC0415  (only with the pages)

    sys.path.insert(0, str(BENCH))
    try:
        import corpus  # type: ignore[import-not-found]  # noqa: PLC0415  (only with the pages)
    finally:
        sys.path.remove(str(BENCH))
    wrong = []
    for case in corpus.load()[part::4]:
        page = quality.page_of(case.html, case.url)
        if lost(page.html, clean(page, Settings(), Learned())):
            wrong.append(case.id)
    assert not wrong


def test_a_loss_would_be_seen() -> None:
    html = "<body><article><p>The ferry crosses the river every morning, he said.</p></article>"
    page = Page(html, None, None, capture(), NoResources())
    article = clean(page, Settings(), Learned())
    assert lost(html + "<p>zq</p>", article) == Counter("zq")


def capture() -> Capture:
    return Capture("page.html", "html", "0" * 64)


class NoResources:
    """A capture that holds nothing but its page."""

    def find(self, url: str) -> None:
        """Find nothing."""
