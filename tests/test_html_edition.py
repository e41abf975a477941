"""The HTML edition: one file, nothing it asks for, and an article that can be read out of it."""

import base64
import dataclasses
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree

from exporter import prepare, themes
from exporter.model import Article, Capture, Edition, Metadata
from exporter.read import read, walk
from exporter.settings import Settings
from exporter.write import writer
from exporter.write.html import page

SAMPLES = sorted((Path(__file__).parent.parent / "input").glob("*.html"))
SETTINGS = Settings(learn=False, memory=False)
XHTML = "{http://www.w3.org/1999/xhtml}"


def articles(path: Path) -> Iterator[Article]:
    for source in walk([path]):
        for found in read(source):
            yield prepare(found, SETTINGS)


def made(*bound: Article, title: str = "A book") -> str:
    edition = Edition.single(bound[0]) if len(bound) == 1 else Edition.anthology(bound, title)
    return writer(".html")(edition, themes.load("classic"), SETTINGS).data.decode()


@pytest.fixture(scope="module", params=SAMPLES, ids=[path.stem for path in SAMPLES])
def article(request: pytest.FixtureRequest) -> Article:
    return next(articles(request.param))


class Addresses(HTMLParser):
    """Collects what a page would load, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            if name in {"src", "srcset", "data", "poster", "background"}:
                self.loaded.append(value or "")
            assert not name.startswith("on")


def test_it_loads_nothing_and_runs_nothing(article: Article) -> None:
    text = made(article)
    seen = Addresses()
    seen.feed(text)
    assert all(address.startswith("data:image/") for address in seen.loaded)
    assert not seen.names & {"script", "iframe", "object", "embed", "form", "base"}
    assert "default-src 'none'" in text
    assert not re.search(r"url\(|@import", text)


def test_html_and_xml_parsers_read_the_same(article: Article) -> None:
    text = made(article)
    as_xml = etree.fromstring(text.encode())
    as_html = etree.HTML(text)
    assert as_xml.tag == f"{XHTML}html"
    mine = ["".join(map(str, body.itertext())).split() for body in as_xml.iter(f"{XHTML}body")]
    theirs = ["".join(map(str, body.itertext())).split() for body in as_html.iter("body")]
    assert mine == theirs


def test_pictures_captions_and_landmarks_are_inside(article: Article) -> None:
    root = etree.fromstring(made(article).encode())
    for image in root.iter(f"{XHTML}img"):
        assert image.get("alt") is not None
        _, _, encoded = image.get("src", "").partition("base64,")
        assert any(asset.data == base64.b64decode(encoded) for asset in article.assets)
    assert len(root.findall(f".//{XHTML}main")) == 1
    assert len(list(root.iter(f"{XHTML}h1"))) == 2  # the headline, and the colophon's
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for link in root.iter(f"{XHTML}a"):
        href = link.get("href", "")
        assert href[1:] in ids if href.startswith("#") else link.get("rel") == "noopener noreferrer"


def test_read_again_it_gives_the_same_article(article: Article, tmp_path: Path) -> None:
    if any(figure.note.code for figure in article.missing):
        pytest.skip("an image that was never there is told of in words")
    (tmp_path / "again.html").write_text(made(article), encoding="utf-8")
    again = next(articles(tmp_path / "again.html"))
    assert folded(again.body) == folded(article.body)
    assert told(again.metadata) == told(article.metadata)
    assert {asset.key for asset in again.assets} == {asset.key for asset in article.assets}
    assert again.saved_at == article.saved_at


def folded(body: str) -> str:
    return body.replace("\u202f", "\u00a0").replace("\u2009", "\u00a0")


def told(about: Metadata) -> dict[str, object]:
    return {
        field.name: getattr(about, field.name)
        for field in dataclasses.fields(about)
        if field.name != "provenance"
    }


def test_no_fine_space_is_left(article: Article) -> None:
    assert not re.search("[\u202f\u2009]", made(article))


def test_a_book_has_contents_and_keeps_the_notes_of_its_articles_apart() -> None:
    bound = [next(articles(path)) for path in SAMPLES[:3]]
    root = etree.fromstring(made(*bound).encode())
    nav = next(root.iter(f"{XHTML}nav"))
    assert [link.get("href") for link in nav.iter(f"{XHTML}a")] == [
        "#article-1", "#article-2", "#article-3",
    ]  # fmt: skip
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_an_id_of_the_page_is_never_given_again() -> None:
    headings = "".join(
        f'<h2 id="{name}">One</h2><p>Two.</p>' for name in ("article-1", "article-1x")
    )
    body = headings + '<h2>Three</h2><h2 id="heading-3">Four</h2><p><a href="#article-1">up</a></p>'
    about = Metadata(title="Ids", language="en")
    single = Article(about, body, (), (), (), Capture("a.html", "html", "0"))
    for bound in ((single,), (single, single)):
        root = etree.fromstring(made(*bound).encode())
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert len(ids) == 5 * len(bound) - (len(bound) - 1) * 2


def test_a_style_sheet_of_the_reader_s_can_t_end_the_style(article: Article) -> None:
    edition = Edition.single(article)
    css = 'p::before { content: "]]></style><script>alert(1)</script>" }'
    text = page(edition, css)
    etree.fromstring(text.encode())
    seen = Addresses()
    seen.feed(text)
    assert "script" not in seen.names


def test_the_same_article_gives_the_same_bytes(article: Article) -> None:
    assert made(article) == made(article)


def test_captures_are_found_as_ours(article: Article, tmp_path: Path) -> None:
    (tmp_path / "again.html").write_text(made(article), encoding="utf-8")
    source = next(iter(walk([tmp_path / "again.html"])))
    assert next(iter(read(source))).capture.tool == "exporter"
