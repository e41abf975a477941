"""The library's pages in a real browser: Chromium, from the disk and served, and axe-core in it."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import browsing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        bool(browsing.browser_absent()), reason=f"no browser: {browsing.browser_absent()}"
    ),
]
needs_axe = pytest.mark.skipif(
    bool(browsing.axe_absent()), reason=f"axe can't run: {browsing.axe_absent()}"
)


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Give the browser that all tests here share."""
    with browsing.chromium() as running:
        yield running


@needs_axe
def test_axe_sees_what_is_wrong(browser: "Browser", tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p style='color: #ccc'>Pale<img src='pale.png'>", "utf-8")
    with browsing.window(browser) as opened:
        opened.page.goto(page.as_uri())
        found = {barrier.split()[0] for barrier in opened.barriers()}
    assert found >= {"document-title", "html-has-lang", "image-alt", "color-contrast"}


def test_what_a_page_asks_for_and_does_wrong_is_seen(browser: "Browser", tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<meta http-equiv='Content-Security-Policy' content=\"img-src 'none'\">"
        "<img src='http://192.0.2.1/a.png'><script src='http://tracker.invalid/b.js'></script>"
        "<script>console.error('told'); throw new Error('thrown')</script>",
        "utf-8",
    )
    with browsing.window(browser) as opened:
        opened.page.goto(page.as_uri())
        opened.page.wait_for_load_state("load")
        assert set(opened.strangers()) == {
            "http://192.0.2.1/a.png", "http://tracker.invalid/b.js",
        }  # fmt: skip
        said = "\n".join(opened.errors)
    for word in ("told", "thrown", "Content Security Policy"):
        assert word in said
