"""Whatever a capture holds, an error of ours comes of it or a valid article that lost nothing.

The same draws every time; `--hypothesis-profile=wide` draws others, and twenty times as many.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make_captures as make
import saved
import strategies
import target
import trial
from exporter import dom, export, themes, write
from exporter.clean import clean
from exporter.clean.conservation import lost
from exporter.errors import CaptureError
from exporter.htmlsource import agreed
from exporter.model import Article, Capture, Edition, Learned, Metadata, Page
from exporter.read import Source, read, walk
from exporter.settings import Settings
from hostile.judge import FINDINGS
from test_epub import KEY, photograph

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
THEME = themes.load("classic")
LEARNED = Learned()
TEXTUAL = (".epub", ".html", ".md")


def many(share: int) -> settings:
    """Give the settings of a property: so many per cent of the profile's examples."""
    return settings(max_examples=settings().max_examples * share // 100)


def pages_of(files: saved.Files, folder: Path) -> Iterator[Page]:
    """Give all pages of a capture laid down in a folder; an unreadable one has none."""
    for name, body in reversed(files.items()):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(body)
    for source in walk([folder]):
        try:
            yield from read(source)
        except CaptureError:
            continue


def articles_of(files: saved.Files) -> Iterator[tuple[Page, Article]]:
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


@pytest.mark.parametrize("way", saved.WAYS)
def test_of_any_capture_comes_a_valid_article_that_lost_nothing(way: str) -> None:
    @many(60)
    @given(saved.captures(way))
    def holds(files: saved.Files) -> None:
        for page, article in articles_of(files):
            dom.validate(article.body)
            assert not lost(page.html, article)

    holds()


@many(60)
@given(strategies.pages())
def test_no_edition_of_a_page_acts(html: str) -> None:
    for page in read(Source(None, html.encode(), "page.html")):
        try:
            article = export.prepare(page, Settings())
        except CaptureError:
            continue
        assert findings(Edition.single(article), TEXTUAL) == []


@many(12)
@given(st.one_of(strategies.pages(), strategies.markdown()))
def test_no_pdf_of_a_page_acts(text: str) -> None:
    for page in read(Source(None, text.encode(), "page.md")):
        try:
            article = export.prepare(page, Settings())
        except CaptureError:
            continue
        assert findings(Edition.single(article), (".pdf",)) == []


@many(20)
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


# what fuzzing has found, each as the smallest input: the reader by its name, and the capture
FOUND = {
    "words beside a picture that stands twice": (
        "html", b"<img src=a><figure><img src=a>loose<figcaption>c</figcaption></figure>",
    ),
    "words beside the cells of a table of pictures": (
        "html", b"<table><tr><td><img><tr><td>e</td>T",
    ),
    "the same in a cell of another table": ("html", b"<td><table><tr><td><img><tr><td>r</td>e"),
    "words of a page without a body": ("html", b"<meta><ip>words<img src=a>"),
    "words of a title in the text": ("html", b"<p>words<title>title</title>"),
    "two formulas in one holder": (
        "html", b"<n class=katex><span><math>t</math></span><math></math></n>",
    ),
    "a heading that has lost its section, and more than its own words": (
        "html", b"><h1>?<figure>.<e><<footer>T",
    ),
    "a word that is too long, which a note tells": ("text", b"a-b" * 10_000),
    "a character of control after a drawing that ends in the text": (
        "html", b"<svg><p></svg>&#xF",
    ),
    "the same around a frame": (
        "html", b"<body>&#x0B;<iframe srcdoc='<p>" + b"word " * 50 + b"&amp;#31;'></iframe>&#15",
    ),
    "a file without a name in a zip": ("zip", make.zipped(("a.html", b"x"), ("\0", b"x"))),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "data"), FOUND.values(), ids=FOUND)
def test_what_was_found_is_mended(kind: str, data: bytes) -> None:
    trial.run(trial.framed(kind, data))


def test_the_seeds_of_the_fuzzer_are_captures_of_every_kind() -> None:
    kinds = Counter(trial.KINDS[seed[0]] for seed in trial.seeds())
    assert kinds.keys() == {*trial.KINDS}


def test_an_input_that_takes_too_long_is_a_finding_that_is_kept_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trial.run(trial.framed("html", make.page("Sète"))) == 1
    monkeypatch.setattr(trial, "SECONDS", 0.001)
    findings = trial.Findings(tmp_path)
    long = trial.framed("text", b"The boats come home at dawn.\n\n" * 5_000)
    findings.run(long)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [long]


def test_without_atheris_the_fuzzer_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "atheris", None)
    with pytest.raises(SystemExit, match=r"article-exporter\[fuzz\]"):
        target.main(["--minutes", "1"])


@pytest.mark.parametrize("form", ["&#{};", "&#{}", "&#x{:X};", "&#X000{:x}", "&#00{};"])
def test_no_reference_names_what_a_tree_does_not_take_back(form: str) -> None:
    codes = (*range(300), 0xD800, 0xDFFF, *range(0xFFF0, 0x10010), 0x1F6A2, 0x110000)
    source = " ".join(form.format(code) for code in codes)
    text = "".join(map(str, lxml.html.document_fromstring(f"<p>{agreed(source)}").itertext()))
    lxml.html.Element("p").text = text
    assert "é" in text
