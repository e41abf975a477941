"""One book of many articles: their order, its parts, a manifest, what becomes of each."""

import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from sampling import XHTML

PAGES = {
    "weir.html": ("The Weir", "2024-03-01", "https://www.river.example/weir/", "River Times"),
    "lock.html": ("A Lock in Winter", "2023-12-24", "https://river.example/lock", "River Times"),
    "mill/wheel.html": ("Étude of a Wheel", "2024-03-09", "https://mill.example/wheel", "The Mill"),
    "mill/grain.html": ("Grain", "", "https://mill.example/grain", "The Mill"),
}
SOURCES = f".//{XHTML}section[@class='sources']"
WORDS = (
    "The keeper of {0} wrote every level into a notebook, and nobody who came after him could "
    "say why he had counted the barges as well. {1}"
)


def page(name: str, links: str = "") -> str:
    title, date, url, site = PAGES[name]
    dated = f'<meta property="article:published_time" content="{date}">' if date else ""
    body = "".join(
        f"<p>{WORDS.format(title, f'That was the year {1900 + 7 * number} of {site}.')}</p>"
        for number in range(6)
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:site_name" content="{site}"><link rel="canonical" href="{url}">'
        f"{dated}</head><body><article><h1>{title}</h1>{body}{links}</article></body></html>"
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    for name in PAGES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(name), encoding="utf-8")
    return folder


def bind(
    folder: Path, *arguments: str, out: str = "book.epub"
) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "exporter", "book", "--no-memory", *arguments, "-o", out]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def contents(path: Path) -> list[str]:
    """Give the lines of an EPUB's contents, those of its articles."""
    with zipfile.ZipFile(path) as book:
        name = next(name for name in book.namelist() if name.endswith("nav.xhtml"))
        tree = etree.fromstring(book.read(name))
    nav = tree.find(f".//{XHTML}nav[@id='toc']")
    assert nav is not None
    return ["".join(map(str, link.itertext())) for link in nav.iter(f"{XHTML}a")]


def test_articles_of_a_folder_come_by_date_and_undated_ones_last(shelf: Path) -> None:
    assert bind(shelf.parent, "shelf").returncode == 0
    lines = contents(shelf.parent / "book.epub")
    assert lines[:4] == ["A Lock in Winter", "The Weir", "Étude of a Wheel", "Grain"]


def test_files_come_as_they_are_named(shelf: Path) -> None:
    assert bind(shelf, "mill/grain.html", "weir.html", "lock.html").returncode == 0
    assert contents(shelf / "book.epub")[:3] == ["Grain", "The Weir", "A Lock in Winter"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.html", ["A Lock in Winter", "The Weir"]),
        ("mill/*", ["Grain", "Étude of a Wheel"]),
        ("m*", ["Étude of a Wheel", "Grain"]),  # a folder: by date inside
        ("[lm]*", ["A Lock in Winter", "Étude of a Wheel", "Grain"]),
        ("**/w*.html", ["Étude of a Wheel", "The Weir"]),
    ],
)
def test_a_pattern_that_no_shell_expanded_is_what_it_matches(
    shelf: Path, pattern: str, expected: list[str]
) -> None:
    run = bind(shelf, pattern)
    assert run.returncode == 0, run.stderr
    assert contents(shelf / "book.epub")[: len(expected) + 1] == [*expected, "Sources"]


def test_a_pattern_that_matches_nothing_is_told(shelf: Path) -> None:
    run = bind(shelf, "weir.html", "x*.html")
    assert run.returncode == 2
    assert run.stderr == "exporter: x*.html: no such file or folder (check the name)\n"


def test_a_file_named_itself_stands_where_it_is_named(shelf: Path) -> None:
    run = bind(shelf, ".", "mill/wheel.html", "lock.html")
    assert run.returncode == 0, run.stderr
    lines = contents(shelf / "book.epub")
    assert lines[:4] == ["The Weir", "Grain", "Étude of a Wheel", "A Lock in Winter"]


def test_sites_alike_but_for_case_and_accents_stand_apart(shelf: Path) -> None:
    sites = ["Élan", "elan", "Élan"]
    for name, site in zip(PAGES, sites, strict=False):
        path = shelf / name
        path.write_text(page(name).replace(PAGES[name][3], site), encoding="utf-8")
    run = bind(shelf, *list(PAGES)[:3], "--group-by", "site")
    assert run.returncode == 0, run.stderr
    assert [line for line in contents(shelf / "book.epub") if line.lower() in {"élan", "elan"}] == [
        "elan",
        "Élan",
    ]
    with zipfile.ZipFile(shelf / "book.epub") as book:
        pages = [book.read(name) for name in book.namelist() if name.endswith(".xhtml")]
    index = next(page for page in map(etree.fromstring, pages) if page.find(SOURCES) is not None)
    assert [title.text for title in index.iterfind(f"{SOURCES}/{XHTML}h2")] == ["elan", "Élan"]
    assert bind(shelf, *list(PAGES)[:3], "--order", "site").returncode == 0
    assert contents(shelf / "book.epub")[:3] == ["A Lock in Winter", "The Weir", "Étude of a Wheel"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("title", ["A Lock in Winter", "Étude of a Wheel", "Grain", "The Weir"]),
        ("site", ["A Lock in Winter", "The Weir", "Étude of a Wheel", "Grain"]),
        ("date", ["A Lock in Winter", "The Weir", "Étude of a Wheel", "Grain"]),
    ],
)
def test_another_order_may_be_asked_for(shelf: Path, order: str, expected: list[str]) -> None:
    names = ["mill/grain.html", "weir.html", "lock.html", "mill/wheel.html"]
    assert bind(shelf, *names, "--order", order).returncode == 0
    assert contents(shelf / "book.epub")[:4] == expected


def test_the_report_tells_of_each_article_and_names_the_book(shelf: Path) -> None:
    (shelf / "empty.html").write_text("")
    run = bind(shelf, ".", "--report", "../report.json", "-o", "book.pdf")
    assert run.returncode == 1, run.stderr
    assert run.stdout.splitlines() == ["book.pdf", "book.epub"]
    outcomes = json.loads((shelf.parent / "report.json").read_text())["outcomes"]
    files = {outcome["input"]: outcome["files"] for outcome in outcomes}
    assert files == {"empty.html": [], **{key: ["book.pdf", "book.epub"] for key in PAGES}}
    assert [path.name for path in shelf.iterdir() if path.name.startswith(".")] == []


def test_an_empty_book_is_never_written(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("")
    run = bind(tmp_path, "a.html", "b.html")
    assert run.returncode == 4
    assert not (tmp_path / "book.epub").exists()


@pytest.mark.parametrize("there", ["", "new"])
def test_of_a_book_never_written_no_new_folder_stays(tmp_path: Path, there: str) -> None:
    (tmp_path / there).mkdir(exist_ok=True)
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("")
    assert bind(tmp_path, "a.html", "b.html", out="new/deep/book.epub").returncode == 4
    assert (tmp_path / "new").exists() == bool(there)
    assert not (tmp_path / "new" / "deep").exists()


def test_a_book_is_a_file_of_a_format_we_write(shelf: Path) -> None:
    assert bind(shelf, "weir.html", out="shelf/").returncode == 2
    assert bind(shelf, "weir.html", out="book.mobi").returncode == 2
    assert bind(shelf, "wier.html").returncode == 2
    assert bind(shelf, "weir.html", out="weir.html").returncode == 2


def test_the_same_bytes_with_one_worker_and_with_two(shelf: Path) -> None:
    links = '<p>See <a href="https://river.example/weir">the weir</a> and the others.</p>'
    (shelf / "lock.html").write_text(page("lock.html", links), encoding="utf-8")
    made = []
    for workers in ("1", "2"):
        assert bind(shelf, "-j", workers, ".", "-o", "book.pdf").returncode == 0
        made.append([(shelf / f"book.{kind}").read_bytes() for kind in ("epub", "pdf")])
    assert made[0] == made[1]


def test_links_between_articles_stay_in_the_book(shelf: Path) -> None:
    links = (
        '<p>See <a href="http://www.river.example/weir?utm_source=x">the weir</a>, or'
        ' <a href="https://elsewhere.example/">another</a>.</p>'
    )
    (shelf / "lock.html").write_text(page("lock.html", links), encoding="utf-8")
    assert bind(shelf, "lock.html", "weir.html").returncode == 0
    with zipfile.ZipFile(shelf / "book.epub") as book:
        tree = etree.fromstring(book.read("EPUB/article-1.xhtml"))
    hrefs = [link.get("href") for link in tree.iter(f"{XHTML}a")]
    assert "article-2.xhtml" in hrefs
    assert "https://elsewhere.example/" in hrefs
    assert not any("river.example/weir" in (href or "") for href in hrefs)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("site", ["River Times", "A Lock in Winter", "The Weir", "The Mill"]),
        ("month", ["December 2023", "A Lock in Winter", "March 2024", "The Weir"]),
        ("year", ["2023", "A Lock in Winter", "2024", "The Weir"]),
        ("folder", ["shelf", "A Lock in Winter", "The Weir", "mill"]),
    ],
)
def test_parts_have_something_in_common(shelf: Path, by: str, expected: list[str]) -> None:
    assert bind(shelf.parent, "shelf", "--group-by", by).returncode == 0
    lines = contents(shelf.parent / "book.epub")
    assert lines[: len(expected)] == expected
    if by in {"month", "year"}:
        assert lines[lines.index("Undated") + 1] == "Grain"


TOML = """
title = "Rivers and Mills"
articles = ["weir.html"]

[[parts]]
title = "Mills"
articles = ["mill/*.html", {path = "lock.html", title = "A Lock"}]
"""


@pytest.mark.parametrize("kind", ["toml", "json"])
def test_a_manifest_names_articles_parts_and_titles(shelf: Path, kind: str) -> None:
    table = tomllib.loads(TOML)
    text = TOML if kind == "toml" else json.dumps(table)
    (shelf / f"book.{kind}").write_text(text, encoding="utf-8")
    run = bind(shelf.parent, f"shelf/book.{kind}")
    assert run.returncode == 0, run.stderr
    assert "Rivers and Mills" in run.stderr
    expected = ["The Weir", "Mills", "Grain", "Étude of a Wheel", "A Lock"]
    assert contents(shelf.parent / "book.epub")[:5] == expected


NEAREST = """
articles = ["."]

[[parts]]
title = "Mills"
articles = ["mill/"]

[[parts]]
title = "Others"
articles = ["mill/w*.html", {path = "mill/grain.html", title = "Corn"}, "**/w*r.html"]
"""


def test_what_says_most_of_a_page_counts(shelf: Path) -> None:
    """A page itself, else a pattern, else the nearest folder."""
    (shelf / "mill" / "stone.html").write_text(page("lock.html").replace("Lock", "Stone"))
    (shelf / "book.toml").write_text(NEAREST, encoding="utf-8")
    run = bind(shelf, "book.toml", "--keep-duplicates")
    assert run.returncode == 0, run.stderr
    assert contents(shelf / "book.epub")[:8] == [
        "A Lock in Winter",
        "Mills",
        "A Stone in Winter",
        "Others",
        "Étude of a Wheel",
        "Corn",
        "The Weir",
        "Sources",
    ]


def test_a_manifest_may_lie_in_a_folder_whose_name_looks_like_a_pattern(shelf: Path) -> None:
    folder = shelf.rename(shelf.with_name("[2024] all*?"))
    (folder / "book.toml").write_text('articles = ["mill/*.html"]')
    run = bind(folder.parent, f"{folder.name}/book.toml")
    assert run.returncode == 0, run.stderr
    assert contents(folder.parent / "book.epub")[:2] == ["Grain", "Étude of a Wheel"]


FRENCH = (
    '<html lang="fr"><head><meta charset="utf-8"><title>Le barrage</title></head><body><article>'
    "<h1>Le barrage</h1>"
    + "<p>Le gardien notait chaque soir le niveau de l'eau dans un cahier que personne ne lisait,"
    " et nul ne savait pourquoi il avait aussi compté les péniches qui passaient.</p>"
    * 6
    + "</article></body></html>"
)


@pytest.mark.parametrize(
    ("options", "title"),
    [
        ((), "Qui a ouvert l’écluse\N{NO-BREAK SPACE}?"),
        (("--no-typography",), "Qui a ouvert l'écluse ?"),
    ],
)
def test_a_title_given_is_set_in_the_language_of_its_article(
    shelf: Path, options: tuple[str, ...], title: str
) -> None:
    (shelf / "weir.html").write_text(FRENCH, encoding="utf-8")
    text = """articles = [{path = "weir.html", title = "Qui a ouvert l'écluse ?"}, "lock.html"]"""
    (shelf / "book.toml").write_text(text, encoding="utf-8")
    run = bind(shelf, "book.toml", *options)
    assert run.returncode == 0, run.stderr
    with zipfile.ZipFile(shelf / "book.epub") as book:
        assert f">{title}</h1>" in book.read("EPUB/article-1.xhtml").decode()


@pytest.mark.parametrize("kind", ["toml", "json"])
def test_a_manifest_may_begin_with_a_byte_order_mark(shelf: Path, kind: str) -> None:
    text = 'articles = ["weir.html"]' if kind == "toml" else '{"articles": ["weir.html"]}'
    (shelf / f"book.{kind}").write_text(text, encoding="utf-8-sig")
    run = bind(shelf, f"book.{kind}")
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("text", "told", "code"),
    [
        ('titel = "x"\narticles = ["weir.html"]', "unknown key: titel (did you mean title?)", 6),
        ('title = "x"', "it names no articles", 6),
        ("articles = 7", "articles must be a list", 6),
        ("articles = [7]", "an article is a path or a table", 6),
        ('articles = [{path = "weir.html", titel = "x"}]', "did you mean title?", 6),
        ('[[parts]]\narticles = ["weir.html"]', "a part has no title", 6),
        ('articles = ["weir.html"]\norder = "colour"', "no such order: colour", 6),
        ('articles = ["weir.html"]\nlanguage = "not a lang!"', "no language: not a lang!", 6),
        ('articles = ["weir.html", "./weir.html"]', "named twice: weir.html", 6),
        ('articles = ["mill", "mill/"]', "named twice: mill", 6),
        ('articles = [{path = "mill/", title = "x"}]', "one title for many pages: mill/", 6),
        ('articles = [{path = "*.html", title = "x"}]', "one title for many pages: *.html", 6),
        ('articles = ["weir.html"]\n[[parts]]\ntitle = "Air"', "nothing in part Air", 6),
        ("articles = [", "not valid TOML", 6),
        ('articles = ["wier.html"]', "no such file or folder: wier.html", 2),
    ],
)
def test_a_wrong_manifest_is_told_in_one_line(shelf: Path, text: str, told: str, code: int) -> None:
    (shelf / "book.toml").write_text(text, encoding="utf-8")
    run = bind(shelf, "book.toml")
    assert run.returncode == code, run.stderr
    assert told in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_a_book_of_one_article_is_a_book(shelf: Path) -> None:
    assert bind(shelf, "weir.html", "-o", "book.pdf").returncode == 0
    assert contents(shelf / "book.epub")[0] == "The Weir"


def test_a_book_of_one_article_has_its_title_and_the_article_its_own(shelf: Path) -> None:
    for out in ("one.md", "one.html", "one.epub", "one.pdf"):
        told = bind(shelf, "weir.html", "--title", "My book", out=out)
        assert told.returncode == 0, told.stderr
    text = (shelf / "one.md").read_text(encoding="utf-8")
    assert [line for line in text.split("\n") if line.startswith("#")][:2] == [
        "# My book",
        '## <a id="article-1"></a>The Weir',
    ]
    tree = etree.parse(shelf / "one.html")
    assert tree.xpath("//x:h1[@class='headline']/text()", namespaces={"x": XHTML.strip("{}")}) == [
        "My book",
        "The Weir",
    ]
    with zipfile.ZipFile(shelf / "one.epub") as book:
        inside = {Path(name).name: book.read(name).decode() for name in book.namelist()[1:]
                  if name.endswith(".xhtml")}  # fmt: skip
    assert ">My book</h1>" in inside["title.xhtml"]
    assert ">The Weir</h1>" in inside["article-1.xhtml"]
    with pikepdf.open(shelf / "one.pdf") as printed, printed.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[0] == "My book"
    assert "The Weir" in titles


def test_a_book_called_as_its_article_is_the_article(shelf: Path) -> None:
    assert bind(shelf, "weir.html", "--title", "The Weir", out="one.md").returncode == 0
    text = (shelf / "one.md").read_text(encoding="utf-8")
    assert [line for line in text.split("\n") if line.startswith("#")] == ["# The Weir"]


def test_a_book_may_stand_in_a_series(shelf: Path) -> None:
    done = bind(shelf, "weir.html", "lock.html", "--series", "Rivers", "--number", "2.5")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(shelf / "book.epub") as opened:
        opf = etree.fromstring(opened.read("EPUB/content.opf"))
    said = {meta.get("property"): meta.text for meta in opf.iter("{*}meta")}
    assert (said["belongs-to-collection"], said["group-position"]) == ("Rivers", "2.5")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--number", "2"), "a number needs a series"),
        (("--series", "Rivers", "--number", "II"), "no number of a book: II"),
        (("--language", "not a lang!"), "--language: no language: not a lang! (as in fr or pt-BR)"),
    ],
)
def test_a_number_is_one_in_a_series_and_a_language_a_tag(
    shelf: Path, options: tuple[str, ...], why: str
) -> None:
    done = bind(shelf, "weir.html", *options)
    assert done.returncode == 2
    assert why in done.stderr
