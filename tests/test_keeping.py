"""What the user says about boilerplate goes before what the judges think."""

from collections.abc import Callable

import pytest

from exporter import dom
from exporter.clean import clean
from exporter.model import Article, Capture, Learned, Page
from exporter.settings import Settings

HTML = (
    "<html><body><article><h1>Rain on the river</h1>"
    f"<p>{'The river ran low that summer and nobody could say when it would rise. ' * 6}</p>"
    "<p class='note'>The keeper wrote every level into his notebook.</p>"
    f"<p>{'Barges waited in line below the lock for water. ' * 8}</p>"
    "<p>Share this article with a friend!</p></article></body></html>"
)


class Nothing:
    def find(self, url: str) -> bytes | None:
        del url
        return None


@pytest.fixture
def cleaned() -> Callable[[Settings], Article]:
    page = Page(HTML, None, None, Capture("a.html", "html", "0" * 64), Nothing())
    return lambda settings: clean(page, settings, Learned())


def test_a_plea_goes_unless_boilerplate_is_kept(cleaned: Callable[[Settings], Article]) -> None:
    assert "Share this" not in dom.plain_text(cleaned(Settings()).body)
    assert "Share this" in dom.plain_text(cleaned(Settings(keep_boilerplate=True)).body)


def test_keeping_boilerplate_keeps_no_second_headline(
    cleaned: Callable[[Settings], Article],
) -> None:
    assert "Rain on the river" not in cleaned(Settings(keep_boilerplate=True)).body


def test_drop_holds_beside_keep_boilerplate(cleaned: Callable[[Settings], Article]) -> None:
    settings = Settings(keep_boilerplate=True, drop=("p.note",))
    text = dom.plain_text(cleaned(settings).body)
    assert "notebook" not in text
    assert "Share this" in text


def test_a_missing_picture_is_noted_only_where_the_article_shows_it() -> None:
    teaser = '<div class="related-posts"><a href="/b"><img src="b.jpg" alt="B"></a> Another</div>'
    figure = '<figure><img src="a.jpg" alt="A"><figcaption>The lock.</figcaption></figure>'
    html = HTML.replace("<p>Share", f"{figure}{teaser}<p>Share")
    page = Page(html, None, None, Capture("a.html", "html", "0" * 64), Nothing())
    article = clean(page, Settings(), Learned())
    assert [(note.code, note.detail) for note in article.notes] == [("image-missing", "a.jpg")]
