"""What mutated pages have found, each as the smallest page that showed it; and a few new ones."""

import contextlib

import pytest
from bs4 import Tag

import mutate
from exporter import export
from exporter.clean import hero, pictures, tree
from exporter.errors import CaptureError
from exporter.read import Source, read
from exporter.settings import Settings

SETTINGS = Settings(formats=("epub",))
PROSE = (
    "<p>" + "The lock keeper wrote the level of the river into a book every morning. " * 8 + "</p>"
)
MARKUP = {
    "a title that never ends": f"<title>{'a word - ' * 30_000}",
    "a title of bars": f"<title>{'one two three | ' * 5_000}</title>",
    "an address that is none": "<img src='//[::1/a.png' alt='A'><img data-src='http://[' alt='B'>",
    "a character named after a script": "<script>x</script>&#1;<b>y</b><style></style>&#11;z",
}


def book(html: str) -> str:
    """Write an EPUB, which its own check has to pass; give the body."""
    (page,) = read(Source(None, html.encode(), "page.html"))
    assert mutate.convert(html.encode(), "page.html", SETTINGS) == 1
    return export.prepare(page, SETTINGS).body


@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP)
def test_a_page_that_once_failed_is_a_book(markup: str) -> None:
    assert "lock keeper" in book(f"<html lang='en'><h1>The lock</h1>{PROSE}{markup}{PROSE}</html>")


def test_a_picture_in_what_holds_the_article_does_not_move_it_into_itself() -> None:
    html = (
        "<body><main><h1>A</h1><figure class='featured-image'><img src='a.jpg' width=640>"
        "<div id='article'><p>Few words.</p></div></figure></main></body>"
    )
    soup = tree.parse(html)
    root = soup.find(id="article")
    assert isinstance(root, Tag)
    hero.fetch(root)
    assert root.get_text() == "Few words."
    assert "body" in {above.name for above in root.parents}


def test_words_below_the_picture_that_are_the_article_stay_there() -> None:
    html = (
        "<body><main><h1>A</h1><img class='hero-image' src='a.jpg' width=640>"
        "<div id='article' class='caption'>Few words.</div></main></body>"
    )
    root = tree.parse(html).find(id="article")
    assert isinstance(root, Tag)
    hero.fetch(root)
    assert root.get_text() == "Few words."
    assert "body" in {above.name for above in root.parents}


def test_sizes_of_a_picture_are_read_in_one_pass() -> None:
    for value in ("a" * 200_000 + " 1", "a " * 100_000, ",a" * 100_000, " " * 200_000 + "1w 2"):
        assert len(list(pictures.srcset(value))) <= 1


@pytest.mark.parametrize("number", range(40))
def test_a_mutated_sample_fails_with_an_error_of_ours_or_not_at_all(number: int) -> None:
    pages = mutate.found([mutate.ROOT / "input"])
    data = mutate.mutated(number, pages)
    with contextlib.suppress(CaptureError):  # our bugs are none
        mutate.convert(data, "mutation.html", SETTINGS)
