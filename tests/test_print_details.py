"""Small things of the printed page: a large first letter, listings, the code of the source."""

import dataclasses
import re
from pathlib import Path

import pytest
import segno

from exporter import dom, themes
from exporter.dom import Element
from exporter.model import Article, Edition
from exporter.settings import Settings
from exporter.write import pdf
from exporter.write.pdf import initials, listings
from exporter.write.pdf.document import document
from printing import SENTENCE, article, needs_pdftotext, opened, printed, roles, text

URL = "https://a.example/low-water"


def initial(body: str) -> str | None:
    root = dom.parse(body)
    initials.enlarge(root)
    span = root.find(".//span")
    assert dom.text_of(root) == dom.text_of(dom.parse(body))
    return None if span is None else span.text


@pytest.mark.parametrize(
    ("start", "large"),
    [
        ("The river", "T"),
        ("“The river", "“T"),
        ("«\u202fÉté", "«\u202fÉ"),
        ("¿Qué", "¿Q"),
        ("Река", "Р"),
        ("7 rivers", None),
        ("— Low", None),
        ("漁村の川", None),
        ("<em>The</em> river", None),
    ],
)
def test_the_first_letter_is_large_with_the_mark_before_it(start: str, large: str | None) -> None:
    assert initial(f"<p>{start} {SENTENCE}</p>") == large


@pytest.mark.parametrize("body", ["<p>Low.</p>", f"<h2>Low</h2><p>{SENTENCE}</p>", ""])
def test_only_a_first_paragraph_of_some_length_has_a_large_letter(body: str) -> None:
    assert initial(body) is None


def test_standfirst_and_opening_picture_stand_before_the_text() -> None:
    picture = "<figure><figcaption>At noon.</figcaption></figure>"
    before = f'<p class="standfirst">Late. {SENTENCE}</p>{picture}'
    assert initial(f"{before}<p>{SENTENCE}</p>") == "T"


@needs_pdftotext
@pytest.mark.parametrize("theme", themes.names())
def test_the_word_of_a_large_letter_stays_whole(theme: str, tmp_path: Path) -> None:
    edition = Edition.single(article(f"<p>Riverside {SENTENCE * 3}</p>"))
    rendition = pdf.write(edition, themes.load(theme), Settings(drop_cap=True))
    assert "Riverside" in text(rendition, tmp_path)


def hung(code: str) -> Element:
    root = dom.parse(f"<pre><code>{code}</code></pre>")
    listings.hang(root, 20)
    return root[0][0]


def test_long_lines_of_a_listing_hang_and_the_others_stay() -> None:
    code = hung("one\n\n" + "two " * 8 + "\nthree\nfour")
    assert [(span.get("class"), span.text) for span in code] == [("line", "two " * 8)]
    assert (code.text or "").strip() == "one"
    assert code[0].tail == "three\nfour"


@pytest.mark.parametrize("listing", ["one\ntwo", "one " * 9 + "<em>two</em>"])
def test_a_listing_of_short_lines_or_of_more_than_text_is_left_alone(listing: str) -> None:
    assert not hung(listing).findall("span")


@needs_pdftotext
def test_code_is_copied_with_its_hyphens_and_no_sign_of_ours(tmp_path: Path) -> None:
    options = " ".join(f"--option-number-{number}" for number in range(12))
    body = f"<p>Say <code>{options}</code>.</p><pre>x = 1\nexporter {options}\n\ty = 2</pre>"
    read = " ".join(text(printed(body), tmp_path).split())
    squeezed = read.replace(" ", "")
    assert squeezed.count(options.replace(" ", "")) == 2
    assert "x=1exporter" in squeezed


def about(url: str, original_url: str | None = None) -> Article:
    plain = article("<p>Low.</p>")
    told = dataclasses.replace(plain.metadata, url=url, original_url=original_url)
    return dataclasses.replace(plain, metadata=told)


def titles(root: Element) -> list[str]:
    return [str(name.text) for name in root.iter("{http://www.w3.org/2000/svg}title")]


def test_the_colophon_carries_the_address_of_the_original_as_a_code() -> None:
    one = Edition.single(about(url="https://b.example/copy", original_url=URL))
    assert titles(document(one, Settings(), 66)) == [f"Original: {URL}"]
    saved = Edition.single(about(url=URL))
    assert titles(document(saved, Settings(), 66)) == [f"Saved from: {URL}"]


@pytest.mark.parametrize(
    ("url", "mode"),
    [("file:///x.html", "notes"), (f"{URL}?{'q' * 250}", "notes"), (URL, "none")],
    ids=["no web address", "too long for so small a code", "addresses unwanted"],
)
def test_no_code_where_none_would_be_read(url: str, mode: str) -> None:
    edition = Edition.single(about(url=url))
    assert titles(document(edition, Settings(links=mode), 66)) == []


def test_the_code_is_a_figure_with_an_alternative_text() -> None:
    edition = Edition.single(about(url=URL))
    rendition = pdf.write(edition, themes.load("classic"), Settings())
    book = opened(rendition)
    (figure,) = [element for role, element in roles(book) if role == "/Figure"]
    assert str(figure["/Alt"]) == f"Saved from: {URL}"
    assert rendition.notes == ()


def test_the_code_shows_the_squares_of_its_address() -> None:
    (drawing,) = document(Edition.single(about(url=URL)), Settings(), 66).iter("{*}svg")
    size = int(drawing.get("viewBox", "").split()[2])
    (path,) = drawing.iter("{*}path")
    dark = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path.get("d", ""))
        for step in range(int(width))
    }
    wanted = list(segno.make(URL, error="l", micro=False, mask=3).matrix_iter(border=2))
    assert len(wanted) == size
    assert dark == {(x, y) for y, row in enumerate(wanted) for x, on in enumerate(row) if on}
