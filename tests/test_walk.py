"""walk: which files of a folder are captures, and each of them once."""

import io
import os
import sys
from pathlib import Path

import pytest

from exporter.cli.app import main
from exporter.errors import CaptureError, UsageError
from exporter.limits import USUAL
from exporter.read import Source, read, sniff, walk

PAGE = "<!DOCTYPE html><html><body><h1>Le port</h1><p>À l’aube.</p></body></html>"


def put(root: Path, *names: str, text: str = PAGE) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def names(*inputs: Path) -> list[str]:
    return [source.name for source in walk(inputs)]


def test_a_folder_is_walked_in_order_of_names_and_below(tmp_path: Path) -> None:
    put(tmp_path, "b.html", "a/z.htm", "a/b/c.xhtml", "d.txt")
    assert names(tmp_path) == ["a/b/c.xhtml", "a/z.htm", "b.html", "d.txt"]


def test_what_was_saved_beside_a_page_is_no_capture(tmp_path: Path) -> None:
    put(tmp_path, "p.html", "p_files/frame.html", "p_files/saved_resource.html", "p_files/a.css")
    put(tmp_path, "q.htm", "q-Dateien/frame.html", "r.html", "R_fichiers/frame.html")
    assert names(tmp_path) == ["p.html", "q.htm", "r.html"]


def test_a_folder_of_assets_stays_out_though_its_page_was_renamed(tmp_path: Path) -> None:
    put(tmp_path, "renamed.html", "old_files/frame.html", "old_files/style.css")
    assert names(tmp_path) == ["renamed.html"]


def test_a_folder_of_pages_is_walked_whatever_its_name(tmp_path: Path) -> None:
    put(tmp_path, "my_files/a.html", "my_files/b.html", "big_data/c.html", "big_data/x.css")
    assert names(tmp_path) == ["big_data/c.html", "my_files/a.html", "my_files/b.html"]


def test_a_folder_named_by_the_user_is_walked_whatever_its_name(tmp_path: Path) -> None:
    put(tmp_path, "p.html", "p_files/frame.html")
    assert names(tmp_path / "p_files") == ["frame.html"]


def test_twins_hidden_files_frames_and_assets_are_no_captures(tmp_path: Path) -> None:
    put(tmp_path, "p.html", "p.html.orig", "p.html~", ".hidden.html", ".git/x.html")
    put(tmp_path, "saved_resource(2).html", "robots.txt", "a.js", "b.svg", "c.json", "saved.pdf")
    assert names(tmp_path) == ["p.html"]


def test_a_page_under_an_unusual_name_is_told_by_its_content(tmp_path: Path) -> None:
    put(tmp_path, "index.html?p=12", "article", "show.php")
    put(tmp_path, "Makefile", "notes.org", text="all: none\n")
    assert names(tmp_path) == ["article", "index.html?p=12", "show.php"]


def test_each_page_comes_once(tmp_path: Path) -> None:
    put(tmp_path, "a/p.html", "q.html")
    (tmp_path / "link.html").symlink_to(tmp_path / "q.html")
    os.link(tmp_path / "q.html", tmp_path / "twin.html")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    found = names(tmp_path / "a" / "p.html", tmp_path, tmp_path / "q.html")
    assert found == [str(tmp_path / "a" / "p.html"), "link.html"]


def test_the_walk_is_lazy(tmp_path: Path) -> None:
    put(tmp_path, "a.html", "b/c.html")
    sources = walk([tmp_path])
    next(sources)
    put(tmp_path, "b/d.html")
    assert [source.name for source in sources] == ["b/c.html", "b/d.html"]


def test_a_pattern_is_expanded_and_a_name_with_brackets_is_a_name(tmp_path: Path) -> None:
    put(tmp_path, "a.html", "b.html", "c.txt", "d[1].html")
    assert len(names(tmp_path / "*.html")) == 3
    assert names(tmp_path / "d[1].html") == [str(tmp_path / "d[1].html")]


def test_a_missing_path_is_told_before_anything_is_read(tmp_path: Path) -> None:
    put(tmp_path, "a.html")
    with pytest.raises(UsageError, match=r"nowhere\.html: no such file"):
        walk([tmp_path / "a.html", tmp_path / "nowhere.html"])


def test_a_folder_without_pages_gives_nothing(tmp_path: Path) -> None:
    put(tmp_path, "a.css", "b/c.js")
    assert names(tmp_path) == []


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(PAGE.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    (source,) = walk([Path("-")])
    (page,) = read(source)
    assert (page.capture.path, page.capture.kind, page.html) == ("-", "html", PAGE)


def test_a_page_that_is_none_is_still_given_so_that_its_failure_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "b.html").symlink_to(tmp_path / "nowhere")
    put(tmp_path, "c.html")
    broken_pdf, good = walk([tmp_path])
    with pytest.raises(CaptureError, match=r"a\.html: this is a PDF"):
        list(read(broken_pdf))
    assert good.name == "c.html"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_or_file_is_a_failure_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "a.html", "b/c.html")
    (tmp_path / "a.html").chmod(0)
    (tmp_path / "b").chmod(0)
    try:
        for source in walk([tmp_path]):
            with pytest.raises(CaptureError, match="permissions"):
                list(read(source))
    finally:
        (tmp_path / "b").chmod(0o700)


def test_a_vanished_file_a_folder_and_a_fifo_are_clear_errors(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    for name, what in (("gone.html", "gone"), ("", "folder"), ("pipe.html", "regular")):
        path = tmp_path / name
        with pytest.raises(CaptureError, match=what) as raised:
            list(read(Source(path, None, str(path))))
        assert raised.value.remedy
        assert str(path) in str(raised.value)


def test_a_huge_capture_is_refused_with_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.write(PAGE.encode())
        file.truncate(USUAL.capture_size + 1)
    with pytest.raises(
        CaptureError, match=r"has 50.1 MB; the limit is 50 MB \(--limit capture-size=100MB"
    ):
        list(read(Source(path, None, "huge.html")))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<p>Un fragment.</p>", "html"),
        ("\ufeff \n<!-- x --><html>", "html"),
        ("Notice: x in y\n<!doctype HTML><html>", "html"),
        ("<my-element>x</my-element>", "html"),
        ("Un titre\n\nUne phrase.", "text"),
        ("3 < 5 et <b>gras</b>", "text"),
        ("<3 les chats", "text"),
        ("<jean@example.org> écrit", "text"),
        ('<?xml version="1.0"?><feed xmlns="x"/>', "xml"),
        (" \n\t", "empty"),
    ],
)
def test_sniff_tells_markup_from_words(text: str, kind: str) -> None:
    assert sniff(text.encode()) == kind
    if kind in {"html", "text"}:
        assert sniff("\ufeff".encode("utf-16-le") + text.encode("utf-16-le")) == kind


def test_a_link_out_of_the_folder_is_no_capture(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("<p>not for anybody")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "page.html").write_text("<p>for everybody")
    (folder / "out.html").symlink_to(tmp_path / "secret.html")
    (folder / "twin.html").symlink_to(folder / "page.html")
    assert [source.name for source in walk([folder])] == ["page.html"]
    assert [source.name for source in walk([folder / "out.html"])] == [str(folder / "out.html")]


@pytest.mark.parametrize("line", ["convert {0} -o {1}/a.epub", "book {0} -o {1}/a.epub"])
def test_a_link_round_in_a_circle_is_told_like_any_file_that_can_t_be_read(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.html").symlink_to("page.html")
    words = line.format(tmp_path / "page.html", tmp_path / "out").split()
    assert main(words) in {2, 4}
    assert "our bug" not in capsys.readouterr().err
