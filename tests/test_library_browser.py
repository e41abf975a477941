"""The library's pages in a real browser: Chromium, from the disk and served, and axe-core in it."""

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import pytest
from benchmarks.library import outcomes
from PIL import Image

import browsing
from exporter.library.shelf import Library
from sampling import INPUT, convert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

MANY: Final = 5_000
SECOND: Final = 1_000  # ms

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


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the library of the sample pages."""
    folder = tmp_path_factory.mktemp("library") / "out"
    ran = convert(INPUT, folder, "--no-memory", "--no-cache", "-q", "-f", "epub")
    assert ran.returncode == 0, ran.stderr
    return folder


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the library of five thousand articles."""
    folder = tmp_path_factory.mktemp("many")
    cover = folder / "library" / "cover.jpg"
    cover.parent.mkdir()
    Image.new("RGB", (160, 240), "teal").save(cover)
    with Library(folder) as library:
        for outcome in outcomes(folder, MANY):
            library.add(outcome)
            cover.with_name(f"{Path(outcome.files[0]).stem}.jpg").hardlink_to(cover)
    return folder


def titles(opened: browsing.Window) -> list[str]:
    return opened.page.locator("#cards a.title").all_inner_texts()


def is_clean(opened: browsing.Window) -> None:
    assert opened.errors == []
    assert opened.strangers() == []


def test_five_thousand_articles_are_there_at_once(browser: "Browser", many: Path) -> None:
    with browsing.window(browser) as opened:
        painted = browsing.opening(opened, many / "index.html")
        assert opened.page.locator("#count").inner_text().startswith("5,000")
        assert titles(opened)
        is_clean(opened)
    assert painted < 3 * SECOND  # machines are noisy; benchmarks/browser.py has the figure


def test_search_filter_and_order(browser: "Browser", many: Path) -> None:
    with browsing.window(browser) as opened:
        page = opened.page
        page.goto((many / "index.html").as_uri())
        page.get_by_label("Search").fill("number 1234 ")
        page.wait_for_function("document.querySelectorAll('#cards > li').length === 1")
        assert "1234" in titles(opened)[0]
        page.get_by_label("Search").fill("no such words")
        page.wait_for_function("document.querySelectorAll('#cards > li').length === 0")
        page.get_by_role("button", name="Show all").click()
        page.get_by_label("Language").select_option("fr")
        page.wait_for_function("document.querySelector('#count').innerText.startsWith('1,667')")
        page.get_by_label("Order").select_option("oldest")
        page.get_by_label("Site").select_option(index=1)
        assert "language=fr" in page.url
        before = titles(opened)
        page.reload()  # the address keeps what was chosen
        page.wait_for_selector("#cards a.title")
        assert titles(opened) == before
        is_clean(opened)


def test_a_book_and_what_went_of_its_article(browser: "Browser", made: Path) -> None:
    with browsing.window(browser) as opened:
        page = opened.page
        page.goto((made / "index.html").as_uri())
        card = page.locator("#cards > li", has_text="The Harbour That Learned to Listen")
        book = card.get_by_role("link", name="EPUB").get_attribute("href")
        assert book is not None
        with zipfile.ZipFile(made / unquote(book)) as epub:
            assert epub.read("mimetype") == b"application/epub+zip"
        assert page.evaluate("document.querySelector('.cover img').naturalWidth") > 0
        card.get_by_role("link", name="removed").click()
        assert page.get_by_text("inscrivez-vous à notre newsletter").is_visible()
        keep = page.locator("details", has_text="Keep this").first
        keep.locator("summary").click()
        rule = keep.locator("code").inner_text()
        is_clean(opened)
    path = made.parent / "rule.toml"
    path.write_text(rule, "utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "exporter", "rules", "check", str(path)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr


def test_all_of_it_works_by_the_keyboard(browser: "Browser", made: Path) -> None:
    with browsing.window(browser) as opened:
        page = opened.page
        page.goto((made / "index.html").as_uri())
        page.keyboard.press("/")
        page.keyboard.type("vergers")
        page.wait_for_function("document.querySelectorAll('#cards > li').length === 1")
        for _ in range(40):
            page.keyboard.press("Tab")
            reached = page.evaluate("document.activeElement.innerText || ''")
            if reached.startswith("EPUB"):
                break
        assert reached.startswith("EPUB")
        outline = page.evaluate(
            "(s => s.outlineStyle + s.boxShadow)(getComputedStyle(document.activeElement))"
        )
        assert outline != "nonenone"
        is_clean(opened)


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1200, 800), (360, 700)], ids=["wide", "phone"])
def test_axe_finds_nothing(
    browser: "Browser", made: Path, many: Path, scheme: browsing.Scheme, size: tuple[int, int]
) -> None:
    reviews = sorted((made / "library").glob("*.html"))
    assert reviews
    for page in (made / "index.html", many / "index.html", *reviews):
        with browsing.window(browser, scheme, size) as opened:
            opened.page.goto(page.as_uri())
            assert opened.barriers() == [], page.name
            is_clean(opened)


def test_a_library_that_is_served_looks_the_same(browser: "Browser", made: Path) -> None:
    served = subprocess.Popen(
        [sys.executable, "-m", "exporter", "serve", str(made)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert served.stdout is not None
        address = served.stdout.readline().strip()
        with browsing.window(browser) as opened:
            opened.page.goto(address)
            opened.page.wait_for_selector("#cards a.title")
            assert len(titles(opened)) == len(list(made.glob("*.epub")))
            is_clean(opened)
    finally:
        served.terminate()
        served.wait(10)
        assert served.stdout is not None
        served.stdout.close()
