"""The feed for reading apps keeps to RFC 4287 and OPDS 1.2, whatever pages say of themselves."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exporter.library import index, opds
from exporter.library.catalogue import Catalogue, Entry
from exporter.library.shelf import Library
from exporter.model import Export, Note

SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("opds.rng"))))
SPACES = {"a": opds.ATOM, "dc": opds.TERMS}
NASTY = "</script><!-- \u2028 ]]> & \"quoted\" 'x' \x1b <b>"


def entries(count: int) -> list[Entry]:
    return [
        Entry(
            name=f"a-{number:04}",
            title=f"{NASTY} {number}",
            formats=("epub", "pdf"),
            byline=("Ann Lee", NASTY) if number % 2 else (),
            published=f"20{number % 24:02}-05" if number % 3 else "",
            saved="" if number % 5 else "2024-02-03T04:05:06+02:00",
            language="fr" if number % 2 else "und",
            site=NASTY,
            subtitle=NASTY,
            cover=bool(number % 2),
            review=True,
        )
        for number in range(count)
    ]


def catalogue(count: int) -> Catalogue:
    made = Catalogue()
    for one in entries(count):
        made.add(one)
    made.identify("")
    return made


@pytest.mark.parametrize("count", [0, 1, opds.PAGE, opds.PAGE + 1])
def test_each_page_of_the_feed_is_valid_and_leads_to_the_next(tmp_path: Path, count: int) -> None:
    opds.write(catalogue(count), tmp_path)
    page, seen, pages = tmp_path / "opds.xml", set[str](), 0
    while True:
        tree: Any = etree.parse(str(page))
        assert SCHEMA.validate(tree), SCHEMA.error_log
        pages += 1
        seen |= set(tree.xpath("//a:entry/a:id/text()", namespaces=SPACES))
        following = tree.xpath("/a:feed/a:link[@rel='next']/@href", namespaces=SPACES)
        if not following:
            break
        page = page.parent / following[0]
    assert len(seen) == count
    assert pages == max(1, -(-count // opds.PAGE))


def test_a_shorter_feed_leaves_no_page_of_a_longer_one(tmp_path: Path) -> None:
    opds.write(catalogue(opds.PAGE + 1), tmp_path)
    opds.write(catalogue(1), tmp_path)
    assert list((tmp_path / "library").iterdir()) == []


def feed(folder: Path, *names: str) -> str:
    """Give the id of a library once articles were added to it."""
    with Library(folder) as library:
        for name in names:
            library.add(
                Export(
                    name, "exported", (str(folder / f"{name}.epub"),), name, 1, {}, {}, (), (), 0
                )
            )
            (folder / f"{name}.epub").touch()
    tree: Any = etree.parse(str(folder / "opds.xml"))
    return str(tree.xpath("string(/a:feed/a:id)", namespaces=SPACES))


def test_a_library_has_an_id_that_it_keeps_and_that_is_made_by_no_chance(tmp_path: Path) -> None:
    one, same, other = (tmp_path / name for name in "abc")
    for folder in (one, same, other):
        folder.mkdir()
    first = feed(one, "quay", "lock")
    assert first.startswith("urn:uuid:")
    assert feed(same, "lock", "quay") == first != feed(other, "quay")
    (one / "quay.epub").unlink()
    assert feed(one, "weir") == first
    catalogue_of_old = one / "library" / "catalogue.jsonl"
    catalogue_of_old.write_text('{"library":["<x>"]}\n' + catalogue_of_old.read_text("utf-8"))
    assert feed(one) != first  # what is no id is none


def test_what_pages_say_ends_no_script(tmp_path: Path) -> None:
    index.write(catalogue(3), tmp_path)
    text = (tmp_path / "index.html").read_text("utf-8")
    assert text.count("</script>") == 2
    assert "\x1b" not in text
    assert "\u2028" not in text[text.index('id="articles"') :]


def outcome(folder: Path, name: str) -> Export:
    book = folder / f"{name}.epub"
    book.write_bytes(b"book")
    notes = (Note("image-missing", "x"),)
    return Export("a.html", "exported", (str(book),), name, 9, {}, {}, notes, (), 0.0)


def test_articles_of_earlier_runs_stay_while_their_books_do(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        with Library(tmp_path) as library:
            library.add(outcome(tmp_path, name))
    (tmp_path / "two.epub").unlink()
    before = (tmp_path / "library").joinpath("two.html")
    before.write_text("what went")
    with Library(tmp_path):
        pass
    lines = (tmp_path / "library" / "catalogue.jsonl").read_text("utf-8").splitlines()
    assert [line[9:14] for line in lines[1:]] == ['one",', "three"]
    assert not before.exists()


def test_the_order_of_outcomes_changes_no_byte(tmp_path: Path) -> None:
    found = []
    for names in (("one", "two"), ("two", "one")):
        folder = tmp_path / names[0]
        folder.mkdir()
        with Library(folder) as library:
            for name in names:
                library.add(outcome(folder, name))
        places = ("index.html", "opds.xml", "library/catalogue.jsonl")
        found.append([(folder / place).read_bytes() for place in places])
    assert found[0] == found[1]


def test_a_page_of_another_is_never_taken_for_a_library(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    assert index.is_ours(page)
    index.write(catalogue(1), tmp_path)
    assert index.is_ours(page)
    page.write_text("<html>mine</html>")
    assert not index.is_ours(page)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX systems")
def test_a_feed_that_can_not_be_written_is_told_and_not_left_in_part(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path; from test_opds import *\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "made = catalogue(40); resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "opds.write(made, Path(sys.argv[1]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parent,
    )  # fmt: skip
    assert "OutputError" in ran.stderr.splitlines()[-1]
    assert not list(tmp_path.iterdir())


def test_a_page_of_a_long_library_says_what_it_searches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.write(catalogue(5), tmp_path)
    assert "Search and filters cover" not in (tmp_path / "index.html").read_text("utf-8")
    monkeypatch.setattr(index, "PAGE", 2)
    index.write(catalogue(5), tmp_path)
    first = (tmp_path / "index.html").read_text("utf-8")
    last = (tmp_path / "library" / "index-3.html").read_text("utf-8")
    assert "cover this page: articles 1 to 2 of 5" in first
    assert "cover this page: articles 5 to 5 of 5" in last
    assert first.count('href="library/index-3.html"') == 2
    assert last.count('href="../library/index-2.html"') == 2
