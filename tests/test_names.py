"""Names of files made of a page's words: safe on every system, one for each, below their folder."""

import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exporter import beside, export, naming
from exporter.characters import named
from exporter.cli.app import main
from exporter.errors import OutputError, UsageError
from exporter.files import BESIDE
from exporter.model import Article, Capture, Edition, Metadata
from exporter.rules.saving import save
from exporter.settings import Settings
from exporter.write import WRITERS
from printing import photograph

SLUGS = {
    "L'été à Paris !": "l-ete-a-paris",
    "Don’t we know it’s over": "dont-we-know-its-over",
    "Aujourd’hui, l’an neuf": "aujourd-hui-l-an-neuf",
    "ŒUVRES de Łódź, Straße 7": "oeuvres-de-lodz-strasse-7",
    "日本語のタイトル": "日本語のタイトル",
    "Привет, мир: йод": "привет-мир-йод",
    "हिन्दी में": "हिन्दी-में",
    "שָׁלוֹם עולם": "שָׁלוֹם-עולם",
    "İstanbul": "istanbul",
    "Ｆｕｌｌ ｗｉｄｔｈ": "full-width",
    'a/b\\c:d*e?f"g<h>i|j': "a-b-c-d-e-f-g-h-i-j",
    "../../etc/passwd": "etc-passwd",
    "I ❤\ufe0f books": "i-books",
    "\u0301 \u0302": "untitled",
    "\u3164\ufe0f": "untitled",
    "...": "untitled",
    "": "untitled",
    "CON": "con-",
    "COM¹": "com1-",
    "lpt1": "lpt1-",
    "Console": "console",
    "tab\tnew\nline\x00nul": "tab-new-line-nul",
    "zero\u200bwidth \u202eover\u202c": "zerowidth-over",
}
# as Windows reads a name: what stands before the first dot, without spaces at its end
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
PIECES = (
    "con", "NUL", "CONIN$", "Com1", "lpt³", "aux", ".", "..", " ", "/", "\\", ":", "~", "-",
    "\x00", "\x1b[31m", "\u202e", "\u200d", "\ufe0f", "\u0301", "é", "e\u0301", "Å", "ς", "ſ", "ß",
    "İ", "ı", "ﬁ", "日本", "한", "\u1112\u1161\u11ab", "हि", "🏮", "👩\u200d🚒", "\ud800", "\udc80",
    "\ufffe", "\u3164", "’s", "'T", "_files",
    "report.json", "x" * 90, "é" * 60, "日" * 40, "🏮" * 50,
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(st.characters(codec=None), max_size=9))
TITLES = TEXTS.map("".join) | st.text(st.characters(codec=None), max_size=400)
PICTURE = photograph(30, 20)


def complaints(name: str) -> Iterator[str]:
    """Give what some system has against a name, told by the rules of systems and not by ours."""
    if len(name.encode()) > 120:  # fails for half a pair, too
        yield "too long"
    if re.search(r'[<>:"/\\|?*]', name) or not name.isprintable():
        yield "signs"
    if name[-1:] in {"", ".", " "} or name[:1] in {".", " ", "-", "~"}:
        yield "ends"
    if name.partition(".")[0].rstrip(" ").casefold() in DEVICES:
        yield "device"
    if unicodedata.normalize("NFC", name) != name:
        yield "another form"
    if unicodedata.category(name[0])[0] == "M":
        yield "a mark without its letter"


def same(name: str) -> str:
    """Give what systems that tell names by neither case nor form of letters make of one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", name).casefold())


@pytest.mark.parametrize(("title", "stem"), SLUGS.items())
def test_a_title_becomes_a_readable_stem(title: str, stem: str) -> None:
    assert naming.slug(title) == stem


@settings(max_examples=500, deadline=None)
@given(TITLES, TEXTS.map("".join), st.integers(2, 999))
def test_any_title_becomes_names_that_are_safe_everywhere(
    title: str, identity: str, number: int
) -> None:
    for stem in (naming.slug(title), naming.unique_stem(title, identity)):
        for name in (
            *(f"{stem}{suffix}" for suffix in WRITERS),
            *(f"{stem}{more}{BESIDE}" for more in ("", f"-{number}")),
        ):
            assert list(complaints(name)) == []
            assert naming.is_safe(name)
    attached = f"{naming.ascii_slug(title)}.xhtml"
    assert list(complaints(attached)) == []
    assert attached.isascii()


@given(TITLES)
def test_a_title_has_one_name_in_whatever_form_its_letters_come(title: str) -> None:
    stems = {
        naming.slug(unicodedata.normalize(form, title)) for form in ("NFC", "NFD", "NFKC", "NFKD")
    }
    assert stems == {naming.slug(title)}


@given(TITLES)
def test_the_name_of_a_name_is_the_name(title: str) -> None:
    once = naming.slug(title)
    assert naming.slug(once) == once


def test_a_long_title_is_cut_between_words() -> None:
    stem = naming.slug("mot juste " * 40)
    assert stem.endswith(("-mot", "-juste"))


def test_of_many_pages_of_one_title_no_two_share_a_name() -> None:
    count = 40_000  # with six digits fifty would
    stems = {same(naming.unique_stem("News", f"{number}.html")) for number in range(count)}
    assert len(stems) == count


def article(title: str, path: str) -> Article:
    body = f'<figure><img src="asset:{PICTURE.key}" alt=""/></figure><p>Low water.</p>'
    about = Metadata(title=named(title) or "x", language="en")
    return Article(about, body, (PICTURE,), (), (), Capture(path, "html", "0" * 64))


# of captures their paths, which hold no NUL, and of captures of several pages those after the first
PLACES = st.tuples(
    TITLES.map(lambda path: path.replace("\0", "") or "p"), st.none() | st.integers(1, 999)
)


@given(TITLES, st.lists(PLACES, max_size=6, unique=True))
@example("a", [("x#1", None), ("x", 1), ("X", 1), ("x1", None), ("1x", None)])
@example("a", [("é", None), ("e\u0301", None), ("É", None)])
def test_no_two_articles_of_a_run_share_a_name_on_any_system(
    title: str, places: list[tuple[str, int | None]]
) -> None:
    stems = {same(export.name(article(title, "p"), number, path)) for path, number in places}
    assert len(stems) == len(places)


@given(TITLES, st.lists(TITLES, max_size=6))
@example("a", ["x#1", "x"])
@example("a", ["1\0x", "x"])
@example("a", ["x", "x", "x"])
def test_no_two_pages_of_a_capture_share_a_name_whatever_they_call_their_places(
    title: str, paths: list[str]
) -> None:
    stems = {same(export.name(article(title, path), page)) for page, path in enumerate(paths)}
    assert len(stems) == len(paths)


def made(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if not path.is_dir()}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TITLES, TITLES), min_size=1, max_size=3))
@example([("../../../up", "a"), ("/up", "b"), ("..\\..\\up", "c")])
@example([("~root", "a"), ("C:\\up", "b"), ("a/../b", "c")])
def test_whatever_is_written_lies_in_the_output_folder_under_a_safe_name(
    found: list[tuple[str, str]],
) -> None:
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "a" / "b" / "out"
        told = set()
        for title, path in found:
            bound = article(title, path)
            stem = export.name(bound, None, path)
            targets = [out / f"{stem}{suffix}" for suffix in (".html", ".md", ".epub")]
            told |= {one for one, _ in export.publish(Edition.single(bound), targets, Settings())}
        files = made(Path(place))
        assert files
        for file in files:
            assert [one for part in file.relative_to(out).parts for one in complaints(part)] == []
            assert told & {file, file.parent}
        assert len({same(str(file)) for file in files}) == len(files)


def test_pictures_have_another_folder_where_a_page_has_its_own(tmp_path: Path) -> None:
    title = "x" * 300
    stem = export.name(article(title, "a"), None, "a")
    for number in ("", *(f"-{number}" for number in range(2, 12))):
        (tmp_path / f"{stem}{number}_files").mkdir()
        (tmp_path / f"{stem}{number}_files" / "boat.jpg").touch()
    list(export.publish(Edition.single(article(title, "a")), [tmp_path / f"{stem}.md"], Settings()))
    (folder,) = [path.parent for path in made(tmp_path) if beside.PICTURE.match(path.name)]
    assert folder.name == f"{stem}-12_files"
    assert list(complaints(folder.name)) == []


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Give a folder outside the output folder, with a file in it."""
    (tmp_path / "out").mkdir()
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / f"{'0' * beside.KEY}.jpg").write_bytes(b"mine")
    return folder


def published(out: Path, *suffixes: str) -> list[Path]:
    targets = [out / f"low-water{suffix}" for suffix in suffixes]
    edition = Edition.single(article("Low water", "a"))
    return [path for path, _ in export.publish(edition, targets, Settings())]


def test_a_link_with_the_name_of_a_book_becomes_the_book(elsewhere: Path) -> None:
    out, mine = elsewhere.parent / "out", next(elsewhere.iterdir())
    for suffix in (".epub", ".html", ".md"):
        (out / f"low-water{suffix}").symlink_to(mine)
    (out / "low-water_files").mkdir()
    (out / "low-water_files" / f"{PICTURE.key[: beside.KEY]}.jpg").symlink_to(mine)
    published(out, ".epub", ".html", ".md")
    assert len(made(out)) == 4
    assert not any(path.is_symlink() for path in made(out))
    assert mine.read_bytes() == b"mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_with_the_name_of_a_book_becomes_the_book(tmp_path: Path) -> None:
    for suffix in (".epub", ".html", ".md"):
        os.mkfifo(tmp_path / f"low-water{suffix}")
    published(tmp_path, ".epub", ".html", ".md")
    assert all(path.is_file() for path in made(tmp_path))


@pytest.mark.parametrize("aim", ["elsewhere", "elsewhere/new", "."])
def test_pictures_do_not_follow_a_link_out_of_the_output_folder(elsewhere: Path, aim: str) -> None:
    out = elsewhere.parent / "out"
    (out / "low-water_files").symlink_to(elsewhere.parent / aim)
    before = made(elsewhere.parent)
    if aim == ".":  # what is not ours lies there: the pictures get a folder of their own
        published(out, ".md")
        assert (out / "low-water-2_files").is_dir()
        assert made(elsewhere.parent) - before == made(out)
        return
    with pytest.raises(OutputError, match="a link that leads out of the output folder") as caught:
        published(out, ".epub", ".md")
    assert caught.value.where == str(out / "low-water_files")
    assert made(elsewhere.parent) == before
    assert published(out, ".epub") == [out / "low-water.epub"]  # it needs no such folder


def test_pictures_that_go_are_not_removed_through_a_link(elsewhere: Path) -> None:
    out, mine = elsewhere.parent / "out", next(elsewhere.iterdir())
    (out / "low-water_files").symlink_to(elsewhere)
    (out / "low-water.md").write_text(f"![](low-water_files/{mine.name})", "utf-8")
    with pytest.raises(OutputError):
        published(out, ".md")
    assert mine.exists()


@pytest.mark.parametrize("site", ["con.example", "nul", "com1.example", f"{'a' * 60}." * 3 + "ex"])
def test_a_site_whose_name_makes_no_file_s_gets_no_rule_file(site: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the name of the site makes no file's"):
        save(tmp_path, site, (), ("p",))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "line", ["convert {0} -o {1}", "convert {0} --report {1}", "book {0} -o {1}/a.epub"]
)
def test_a_name_that_no_system_takes_is_the_user_s_to_mend(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.html").write_text("<p>Low water.</p>", "utf-8")
    words = line.format(tmp_path / "page.html", tmp_path / ("x" * 300)).split()
    assert main(words) in {UsageError.exit_code, OutputError.exit_code}
    assert "the name is too long" in capsys.readouterr().err
    assert made(tmp_path) == {tmp_path / "page.html"}
