"""Every theme prints every sample: no warning, nothing off the page, our fonts, legible type."""

import functools
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from exporter import export, themes
from exporter.model import Article, Capture, Edition, Metadata, Rendition
from exporter.read import read, walk
from exporter.settings import Settings
from exporter.write import pdf
from exporter.write.epub import lint
from printing import needs_pdftotext, opened, photograph
from sampling import INPUT, ROOT

pytestmark = [pytest.mark.xdist_group("themes"), needs_pdftotext]

SIZES = {  # mm
    "classic": (148, 210),
    "a4": (210, 297),
    "letter": (216, 279),
    "large-print": (210, 297),
    "compact": (210, 297),
    "eink": (90, 122),
}
SMALLEST = {"large-print": 16, "compact": 6, "eink": 6, "classic": 6, "a4": 6, "letter": 6}  # pt
SPECIMEN = ROOT / "tools" / "specimen" / "page.html"
LINE = "The river was low that year and nobody could say whether it would rise again. "
PHOTO = photograph(600, 900)
EVERYTHING = f"""
<p>Greek <em>αβγ</em>, Cyrillic Жук и <strong>лук</strong>, “quotes”, 12 « € »<sup>e</sup>,
H<sub>2</sub>O, <code>x = 1</code>, <mark>marked</mark>, <small>small</small>,
<a href="https://river.example/{"a-long-path/" * 12}">a link</a>.</p>
<h2>A heading</h2><h3>Below</h3><h4>Deeper</h4><h5>Deepest</h5><p>{LINE * 4}</p>
<aside class="pull-quote"><p>“It will rise.”</p></aside>
<blockquote><p>A line,<br/>and another.</p></blockquote><hr/>
<ul><li>one<ul><li>two<ol><li>three</li></ol></li></ul></li></ul>
<dl><dt>Lock</dt><dd>{LINE}</dd></dl>
<figure><img src="asset:{PHOTO.key}" alt="x"/><figcaption>{LINE}
<span class="credit">Photo: Ann Keeper</span></figcaption></figure>
<figure><img src="https://a.example/x.jpg" alt="A map"/></figure>
<div class="embed"><p>Video: https://video.example/watch?v={"x" * 60}</p></div>
<table><caption>Levels</caption>{("<tr>" + "<td>a longer value</td>" * 6 + "</tr>") * 3}</table>
<table>{("<tr>" + "<td>a much longer value</td>" * 9 + "</tr>") * 3}</table>
<pre><code>{"def level(lock): return lock.water  # " * 4}</code></pre>
<p>A note<a class="noteref" href="#n" id="r">1</a>.</p>
<section class="footnotes"><ol><li id="n">{LINE}
<a class="backlink" href="#r">↩</a></li></ol></section>
"""
SCRIPTS = {  # language -> direction, a sentence
    "ar": ("rtl", "البحر لا يتأخر أبدا، وإن الورق هو الذي يتأخر عنه كل يوم."),
    "he": ("rtl", "הים אינו מאחר לעולם, ורק הנייר מאחר אחריו יום יום."),
    "ja": ("ltr", "海は決して遅れない、と番人は言った。"),
    "hi": ("ltr", "समुद्र कभी देर नहीं करता।"),
}


@functools.cache
def samples() -> tuple[Article, ...]:
    """Give the articles of input/, and one that has all that an article can have."""
    pages = [page for source in walk([INPUT, SPECIMEN]) for page in read(source)]
    about = Metadata(title=LINE * 2, language="en", kicker="River", subtitle=LINE, site="Times")
    everything = Article(about, EVERYTHING, (PHOTO,), (), (), Capture("p.html", "html", "0" * 64))
    return (*(export.prepare(page, Settings()) for page in pages), everything)


@functools.cache
def foreign() -> tuple[Article, ...]:
    """Give an article in each script that the bundled fonts lack."""
    articles = []
    for language, (direction, sentence) in SCRIPTS.items():
        body = f"<h2>{sentence}</h2>" + f"<p>{f'{sentence} ' * 6}</p>" * 3
        body += f"<ul><li>{sentence}</li></ul><blockquote><p>{sentence}</p></blockquote>"
        about = Metadata(title=sentence, language=language, dir=direction, published="2024-09-21")
        articles.append(Article(about, body, (), (), (), Capture("p.html", "html", "0" * 64)))
    return tuple(articles)


@functools.cache
def book(theme: str) -> Rendition:
    """Give all samples as one book of a theme: a book costs less than its articles apart."""
    edition = Edition("All", samples(), "en", "2024-05-03")
    return pdf.write(edition, themes.load(theme), Settings())


@pytest.fixture(params=themes.names())
def theme(request: pytest.FixtureRequest) -> str:
    """Give each theme."""
    return str(request.param)


def _read(command: str, rendition: Rendition, folder: Path, *options: str) -> str:
    """Give what a reader of PDFs says of a book."""
    path = folder / "book.pdf"
    path.write_bytes(rendition.data)
    output = {"pdftotext": ["-"], "pdftohtml": []}[command]
    ran = subprocess.run([command, *options, str(path), *output], check=True, capture_output=True)
    return ran.stdout.decode()


def boxes(rendition: Rendition, folder: Path) -> Iterator[tuple[float, ...]]:
    """Give for each word where it stands, and the size of its page: x, x, y, y, width, height."""
    width = height = 0.0
    for line in _read("pdftotext", rendition, folder, "-bbox").splitlines():
        numbers = dict(re.findall(r'(\w+)="([\d.-]+)"', line))
        if line.strip().startswith("<page"):
            width, height = float(numbers["width"]), float(numbers["height"])
        elif line.strip().startswith("<word"):
            corners = [float(numbers[name]) for name in ("xMin", "xMax", "yMin", "yMax")]
            yield (*corners, width, height)


def type_of(rendition: Rendition, folder: Path) -> list[tuple[int, str]]:
    """Give size, in pt, and colour of all type that a book uses."""
    told = _read("pdftohtml", rendition, folder, "-xml", "-i", "-zoom", "1", "-stdout")
    specs = [dict(re.findall(r'(\w+)="([^"]*)"', spec)) for spec in told.split("<fontspec")[1:]]
    return [(int(spec["size"]), spec["color"]) for spec in specs]


def contrast(colour: str) -> float:
    """Give the contrast of a colour, "#rrggbb", with white (WCAG 2.2, relative luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    light = sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (light + 0.05)


def test_a_theme_of_ours_is_in_the_table() -> None:
    assert set(themes.names()) == set(SIZES)


def test_no_sample_makes_the_engine_warn(theme: str) -> None:
    assert book(theme).notes == ()


def test_pages_have_the_themes_size(theme: str) -> None:
    opening = opened(book(theme))
    width, height = opening.pages[0].mediabox[2:]
    assert (round(float(width) * 25.4 / 72), round(float(height) * 25.4 / 72)) == SIZES[theme]


def test_nothing_stands_off_the_page(theme: str, tmp_path: Path) -> None:
    words = list(boxes(book(theme), tmp_path))
    assert len(words) > 3000
    for left, right, top, bottom, width, height in words:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height


def test_latin_greek_and_cyrillic_are_set_in_the_bundled_fonts(theme: str) -> None:
    everything = opened(book(theme))
    names = {
        str(thing["/FontName"]).partition("+")[2]
        for thing in everything.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    }
    assert names
    assert all(name.startswith("Source") for name in names), names


def test_no_type_is_too_small(theme: str, tmp_path: Path) -> None:
    sizes = {size for size, _ in type_of(book(theme), tmp_path)}
    assert min(sizes) >= SMALLEST[theme], sorted(sizes)


@pytest.mark.parametrize(("theme", "least"), [("large-print", 7), ("eink", 7), ("classic", 4.5)])
def test_type_stands_out_from_paper(theme: str, least: float, tmp_path: Path) -> None:
    colours = {colour for _, colour in type_of(book(theme), tmp_path)}
    assert colours
    assert {colour for colour in colours if contrast(colour) < least} == set()


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#ffffff") == pytest.approx(1)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


def test_other_scripts_are_shown_or_noted(theme: str, tmp_path: Path) -> None:
    edition = Edition("Scripts", foreign(), "en", "2024-05-03")
    rendition = pdf.write(edition, themes.load(theme), Settings())
    assert {note.code for note in rendition.notes} <= {"glyph-missing"}
    shown = _read("pdftotext", rendition, tmp_path)
    for note in rendition.notes:  # the machine lacks a font: a box says so
        assert note.detail.startswith("U+")
        assert "□" in shown
    for _, right, _, bottom, width, height in boxes(rendition, tmp_path):
        assert right <= width
        assert bottom <= height


def test_a_book_of_a_theme_is_the_same_bytes_each_time() -> None:
    edition = Edition.single(samples()[-1])
    books = [pdf.write(edition, themes.load("large-print"), Settings()).data for _ in range(2)]
    assert books[0] == books[1]


@pytest.mark.parametrize("said", ["90x120mm", "a3", "a5 landscape"])
def test_any_page_size_holds_the_whole_article(said: str, tmp_path: Path) -> None:
    theme = themes.load("classic", page_size=said)
    rendition = pdf.write(Edition.single(samples()[-1]), theme, Settings())
    assert rendition.notes == ()
    for left, right, top, bottom, width, height in boxes(rendition, tmp_path):
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height


def test_nothing_stands_over_what_opens_a_page(tmp_path: Path) -> None:
    body = f"<p>{LINE}</p>" * 40 + f"<h2>Then</h2><p>{LINE}</p>"
    about = Metadata(title="Low water", language="en", site="Times")
    articles = [Article(about, body, (), (), (), Capture("p.html", "html", "0" * 64))] * 2
    edition = Edition("Waters", tuple(articles), "en", "2024-05-03")
    pages = _read("pdftotext", pdf.write(edition, themes.load("classic"), Settings()), tmp_path)
    openings = [page for page in pages.split("\f") if "Times" in page and "nobody" in page]
    assert [page.split()[:2] for page in openings] == [["Low", "water"]] * 2
    assert [page.lower().count("low water") for page in openings] == [1, 1]


def test_the_lint_of_epubs_finds_nothing_in_a_themes_sheet(theme: str) -> None:
    assert list(lint.style(themes.load(theme).screen_css)) == []
