"""Whatever a capture holds, an error of ours comes of it or a valid article that lost nothing.

The same draws every time; `--hypothesis-profile=wide` draws others, and twenty times as many.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make_captures as make
import strategies
from exporter import dom, export, themes, write
from exporter.clean import clean
from exporter.clean.conservation import lost
from exporter.errors import CaptureError
from exporter.model import Article, Capture, Edition, Learned, Metadata, Page
from exporter.read import Source, read, walk
from exporter.settings import Settings
from hostile.judge import FINDINGS
from sampling import convert
from test_epub import KEY, photograph

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
THEME = themes.load("classic")
LEARNED = Learned()
TEXTUAL = (".epub", ".html", ".md")


def many(share: int) -> settings:
    """Give the settings of a property: so many per cent of the profile's examples."""
    return settings(max_examples=settings().max_examples * share // 100)


def pages_of(files: strategies.Files, folder: Path) -> Iterator[Page]:
    """Give all pages of a capture laid down in a folder; an unreadable one has none."""
    for name, body in reversed(files.items()):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(body)
    for source in walk([folder]):
        try:
            yield from read(source)
        except CaptureError:
            continue


def articles_of(files: strategies.Files) -> Iterator[tuple[Page, Article]]:
    with tempfile.TemporaryDirectory() as folder:
        for page in pages_of(files, Path(folder)):
            try:
                yield page, clean(page, Settings(), LEARNED)
            except CaptureError:
                continue


def findings(edition: Edition, suffixes: tuple[str, ...]) -> list[str]:
    """Write an edition; tell what in it could act or leads elsewhere than to the web."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "book"
        for suffix in suffixes:
            made = write.writer(suffix)(edition, THEME, Settings())
            target.with_suffix(suffix).write_bytes(made.data)
        return [
            found for suffix in suffixes for found in FINDINGS[suffix](target.with_suffix(suffix))
        ]


@pytest.mark.parametrize("way", strategies.WAYS)
def test_of_any_capture_comes_a_valid_article_that_lost_nothing(way: str) -> None:
    @many(20)
    @given(strategies.captures(way))
    def holds(files: strategies.Files) -> None:
        for page, article in articles_of(files):
            dom.validate(article.body)
            assert not lost(page.html, article)

    holds()


@many(30)
@given(strategies.pages())
def test_no_edition_of_a_page_acts(html: str) -> None:
    for page in read(Source(None, html.encode(), "page.html")):
        try:
            article = export.prepare(page, Settings())
        except CaptureError:
            continue
        assert findings(Edition.single(article), TEXTUAL) == []


@many(5)
@given(st.one_of(strategies.pages(), strategies.markdown()))
def test_no_pdf_of_a_page_acts(text: str) -> None:
    for page in read(Source(None, text.encode(), "page.md")):
        try:
            article = export.prepare(page, Settings())
        except CaptureError:
            continue
        assert findings(Edition.single(article), (".pdf",)) == []


@many(10)
@given(strategies.bodies(KEY))
def test_any_body_of_the_vocabulary_can_be_written(body: str) -> None:
    article = Article(
        Metadata(title="The river", language="en"),
        body,
        (photograph(),) if KEY in body else (),
        (),
        (),
        Capture("page.html", "html", "0" * 64),
    )
    assert findings(Edition.single(article), (*TEXTUAL, ".pdf")) == []


def test_what_a_library_logs_of_a_page_turns_no_terminal(tmp_path: Path) -> None:
    page = make.response("https://a.example/\x1b[2J x", make.HTML, make.page("Sète"))
    (tmp_path / "a.warc").write_bytes(make.info() + page)
    ran = convert(tmp_path / "a.warc", tmp_path / "out", "-v", "-f", "epub")
    assert "\\x1b[2J x" in ran.stderr
    assert "\x1b" not in ran.stderr
