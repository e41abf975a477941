"""A batch leaves a library: a page to search, a catalogue for reading apps, what went of each."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from exporter.read import walk
from sampling import INPUT, convert

QUICK = ("--no-memory", "--no-cache", "-q", "-f", "epub,html")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    ran = convert(INPUT, folder, *QUICK)
    assert ran.returncode == 0, ran.stderr
    return folder


def rows(page: Path) -> list[list[Any]]:
    """Give the table in a page: what its script reads."""
    tree: Any = html.parse(str(page))
    found: list[list[Any]] = json.loads(tree.xpath("//script[@id='articles']")[0].text)
    return found


def test_a_batch_lists_each_article_with_links_that_lead_somewhere(shelf: Path) -> None:
    report = json.loads((shelf / "report.json").read_text("utf-8"))
    listed = {row[0]: row for row in rows(shelf / "index.html")}
    assert len(listed) == len(report["outcomes"])
    for outcome in report["outcomes"]:
        row = listed[Path(outcome["files"][0]).stem]
        assert row[1:4] == [outcome["title"], outcome["byline"], outcome["site"] or ""]
        for path in (*outcome["files"], outcome["review"], outcome["cover"]):
            assert Path(path).is_file(), path
        for suffix in row[7]:
            assert (shelf / f"{row[0]}.{suffix}").is_file()


def test_no_page_refers_to_anything_outside(shelf: Path) -> None:
    for page in (shelf / "index.html", *(shelf / "library").glob("*.html")):
        tree: Any = html.parse(str(page))
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "default-src 'none'" in policy
        assert tree.xpath("//@src[not(starts-with(., 'data:'))] | //@srcset | //iframe") == []
        assert not re.search(r"url\(|@import", "".join(tree.xpath("//style/text()")))


def test_a_single_capture_writes_no_library(tmp_path: Path) -> None:
    ran = convert(INPUT / "horlogerie.html", tmp_path / "out", *QUICK)
    assert ran.returncode == 0
    assert not (tmp_path / "out" / "index.html").exists()
    assert not (tmp_path / "out" / "library").exists()


def test_a_batch_without_library_writes_none(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(INPUT / "horlogerie.html", tmp_path / "in")
    ran = convert(tmp_path / "in", tmp_path / "out", *QUICK, "--no-library")
    assert ran.returncode == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "report.json",
        *(Path(line).name for line in ran.stdout.splitlines()),
    }


def test_the_catalogue_has_an_entry_for_each_article(shelf: Path) -> None:
    feed: Any = etree.parse(str(shelf / "opds.xml")).getroot()
    names = {row[0] for row in rows(shelf / "index.html")}
    hrefs = feed.xpath(
        "//a:link[@rel='http://opds-spec.org/acquisition']/@href",
        namespaces={"a": "http://www.w3.org/2005/Atom"},
    )
    assert {f"{name}.{form}" for name in names for form in ("epub", "html")} == set(hrefs)


def test_a_library_among_pages_is_no_page(shelf: Path) -> None:
    found = {source.name for source in walk([shelf])}
    assert found
    assert "index.html" not in found
    assert not any(name.startswith("library/") for name in found)
