"""What earlier runs have done is not done again, unless something that it comes from changed."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exporter import places
from exporter.batch import proof, records
from exporter.batch.jobs import Mark, Row, Sketch, Turn
from exporter.model import Export, Note, Removal
from sampling import INPUT, convert

TEXT = "The warden counts the boats that come back, and writes the number on the wall. " * 12
PAGE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "<p>{text}{title}</p><p><img src='{title}_files/boat.png' alt='A boat'></p></article>"
)
TITLES = ("Quay", "Lock", "Weir")
QUICK = ("--no-memory", "-q", "-f", "epub", "-j", "1")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for number, title in enumerate(TITLES):
        beside = tmp_path / "in" / f"{title}_files"
        beside.mkdir(parents=True)
        shutil.copy(next(INPUT.rglob("*.jpg")), beside / "boat.png")
        html = PAGE.format(title=title, text=TEXT.replace("boats", f"boats {number} "))
        (tmp_path / "in" / f"{title}.html").write_text(html, "utf-8")
    return tmp_path / "in"


def run(folder: Path, *options: str) -> dict[str, str]:
    """Convert a folder; give the status of each title."""
    out = folder.parent / "out"
    ran = convert(folder, out, *QUICK, *options)
    assert ran.returncode == 0, ran.stderr
    report = json.loads((out / "report.json").read_text("utf-8"))
    return {one["title"]: one["status"] for one in report["outcomes"]}


def books(folder: Path) -> dict[str, tuple[int, bytes]]:
    found = (folder.parent / "out").glob("*.epub")
    return {book.name.split("-")[0]: (book.stat().st_mtime_ns, book.read_bytes()) for book in found}


def all_are(status: str) -> dict[str, str]:
    return dict.fromkeys(TITLES, status)


def test_nothing_is_made_again_when_nothing_has_changed(folder: Path) -> None:
    assert run(folder) == all_are("exported")
    before = books(folder)
    first = json.loads((folder.parent / "out" / "report.json").read_text("utf-8"))
    assert run(folder) == all_are("unchanged")
    assert books(folder) == before
    second = json.loads((folder.parent / "out" / "report.json").read_text("utf-8"))

    def told(report: dict[str, Any]) -> list[dict[str, Any]]:
        kept = ({**one, "status": "", "seconds": 0} for one in report["outcomes"])
        return sorted(kept, key=lambda one: str(one["input"]))

    assert told(first) == told(second)


def touch(folder: Path) -> None:
    path = folder / "Lock.html"
    path.write_text(path.read_text("utf-8").replace("warden", "keeper"), "utf-8")


def take_picture(folder: Path) -> None:
    (folder / "Lock_files" / "boat.png").unlink()


def change_picture(folder: Path) -> None:
    path = folder / "Lock_files" / "boat.png"
    path.write_bytes(path.read_bytes() + b"\n")


def lose_book(folder: Path) -> None:
    next((folder.parent / "out").glob("lock-*.epub")).unlink()


def spoil_book(folder: Path) -> None:
    next((folder.parent / "out").glob("lock-*.epub")).write_bytes(b"")


CHANGES = (touch, take_picture, change_picture, lose_book, spoil_book)


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_what_has_changed_is_made_again_and_nothing_else(
    folder: Path, change: Callable[[Path], None]
) -> None:
    run(folder)
    change(folder)
    assert run(folder) == all_are("unchanged") | {"Lock": "exported"}
    cached = {name: data for name, (_, data) in books(folder).items()}
    run(folder, "--no-cache")
    assert {name: data for name, (_, data) in books(folder).items()} == cached


def test_a_picture_that_comes_later_is_seen(folder: Path) -> None:
    picture = folder / "Lock_files" / "boat.png"
    data = picture.read_bytes()
    picture.unlink()
    run(folder)
    picture.write_bytes(data)
    assert run(folder) == all_are("unchanged") | {"Lock": "exported"}


def test_other_choices_make_all_anew(folder: Path) -> None:
    run(folder)
    assert run(folder, "--theme", "eink") == all_are("exported")
    assert run(folder, "--theme", "eink") == all_are("unchanged")
    assert run(folder, "--theme", "eink", "--force") == all_are("exported")
    assert run(folder, "--theme", "eink") == all_are("unchanged")


@pytest.mark.parametrize(
    ("formats", "touched"), [("epub", {"screen.css"}), ("md", set()), ("html", {"screen.css"})]
)
def test_a_theme_that_changes_remakes_what_shows_it(
    folder: Path, formats: str, touched: set[str]
) -> None:
    theme = folder.parent / "theme"
    theme.mkdir()
    (theme / "theme.toml").write_text('base = "classic"\n', "utf-8")
    for number, name in enumerate(("print.css", "screen.css", "print.css")):
        (theme / name).write_text(f"p {{ orphans: {number + 2} }}", "utf-8")
        wanted = "exported" if not number or name in touched else "unchanged"
        assert run(folder, "-f", formats, "--theme", str(theme)) == all_are(wanted)


BOTH = ("-f", "epub,pdf")


def made_again(folder: Path, before: dict[str, int]) -> set[str]:
    """Give the kinds of the books that were written since."""
    now = times(folder)
    assert now.keys() >= before.keys()
    return {Path(name).suffix[1:] for name, time in now.items() if before.get(name) != time}


def times(folder: Path) -> dict[str, int]:
    found = (path for kind in ("epub", "pdf", "md") for path in folder.parent.glob(f"out/*.{kind}"))
    return {path.name: path.stat().st_mtime_ns for path in found}


def all_bytes(folder: Path) -> dict[str, bytes]:
    out = folder.parent / "out"
    found = [path for path in out.rglob("*") if path.is_file() and path.name != "report.json"]
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in found
        if not path.name.startswith(".exporter")
    }


def report_without_times(folder: Path) -> list[dict[str, Any]]:
    report = json.loads((folder.parent / "out" / "report.json").read_text("utf-8"))
    kept = ({**one, "status": "", "seconds": 0} for one in report["outcomes"])
    return sorted(kept, key=lambda one: str(one["input"]))


def as_from_scratch(folder: Path, *options: str) -> None:
    """See to it that everything is as one run makes it that knows nothing of earlier ones."""
    found, told = all_bytes(folder), report_without_times(folder)
    shutil.rmtree(folder.parent / "out")
    run(folder, *options, "--no-cache")
    assert all_bytes(folder) == found
    assert report_without_times(folder) == told


SHOWN = (
    (("--page-size", "a4"), {"pdf"}),
    (("--font", "sans"), {"pdf"}),
    (("--strict",), set[str]()),
    (("--links", "notes"), {"pdf"}),
    (("--profile", "kobo"), {"epub"}),
    (("--no-cover",), {"epub"}),
    (("--no-typography",), {"epub", "pdf"}),
    (("--drop-cap",), {"pdf"}),
    (("--style", "p { color: #222 }"), {"epub", "pdf"}),
)


@pytest.mark.parametrize(("option", "touched"), SHOWN[::2], ids=[one[0] for one, _ in SHOWN[::2]])
def test_an_option_remakes_the_formats_that_show_it(
    folder: Path, option: tuple[str, ...], touched: set[str]
) -> None:
    assert run(folder, *BOTH) == all_are("exported")
    before = times(folder)
    wanted = "exported" if touched else "unchanged"
    assert run(folder, *BOTH, *option) == all_are(wanted)
    assert made_again(folder, before) == touched
    assert run(folder, *BOTH, *option) == all_are("unchanged")
    as_from_scratch(folder, *BOTH, *option)


def test_what_a_format_is_said_not_to_show_it_does_not(folder: Path) -> None:
    """The table of proof.SHOWN, tried: other formats have the same bytes whatever is chosen."""
    formats = ("-f", "epub,pdf,html,md", "--no-cache")
    run(folder, *formats)
    before = all_bytes(folder)
    by_option = {option: touched for option, touched in SHOWN if len(touched) == 1}
    assert len(by_option) + len({"archive"}) == sum(map(len, proof.SHOWN.values()))
    for option, touched in {**by_option, ("--archive",): {"pdf"}}.items():
        run(folder, *formats, *option)
        books = (".epub", ".pdf", ".md", ".html")
        changed = {
            Path(name).suffix[1:]
            for name, data in all_bytes(folder).items()
            if before[name] != data and "/" not in name and name.endswith(books)
        }
        assert changed <= touched, option


def test_a_sheet_of_a_theme_remakes_the_formats_that_show_it(folder: Path) -> None:
    theme = folder.parent / "theme"
    theme.mkdir()
    (theme / "theme.toml").write_text('base = "classic"\n', "utf-8")
    asked = (*BOTH, "--theme", str(theme))
    run(folder, *asked)
    for name, touched in (("print.css", {"pdf"}), ("screen.css", {"epub"})):
        before = times(folder)
        (theme / name).write_text("p { orphans: 3 }", "utf-8")
        assert run(folder, *asked) == all_are("exported")
        assert made_again(folder, before) == touched
    as_from_scratch(folder, *asked)


def test_a_format_more_makes_that_alone(folder: Path) -> None:
    run(folder, "-f", "md,epub")
    for formats, touched in (("epub,pdf", {"pdf"}), ("html,epub,md,pdf", set[str]())):
        before = times(folder)
        assert run(folder, "-f", formats) == all_are("exported")
        assert made_again(folder, before) == touched
    told = json.loads((folder.parent / "out" / "report.json").read_text("utf-8"))["outcomes"]
    kinds = [[Path(path).suffix for path in one["files"]] for one in told]
    assert kinds == [[".html", ".epub", ".md", "", ".pdf"]] * len(TITLES)
    as_from_scratch(folder, "-f", "html,epub,md,pdf")


def test_formats_that_are_not_asked_for_stay_and_are_listed(folder: Path) -> None:
    run(folder, *BOTH)
    before, whole = times(folder), all_bytes(folder)
    assert run(folder, "-f", "epub") == all_are("unchanged")
    assert all_bytes(folder) == whole
    told = json.loads((folder.parent / "out" / "report.json").read_text("utf-8"))["outcomes"]
    assert [len(one["files"]) for one in told] == [1] * len(TITLES)
    assert run(folder, *BOTH) == all_are("unchanged")
    assert made_again(folder, before) == set()
    assert run(folder, "-f", "epub", "--profile", "kobo") == all_are("exported")
    assert all_bytes(folder)["opds.xml"] == whole["opds.xml"]
    assert run(folder, *BOTH, "--profile", "kobo") == all_are("unchanged")
    as_from_scratch(folder, *BOTH, "--profile", "kobo")
    run(folder, *BOTH, "--profile", "kobo")
    (folder / "Lock.html").unlink()
    run(folder, "-f", "epub", "--profile", "kobo", "--prune")
    assert not list((folder.parent / "out").glob("lock-*"))  # the PDF went, too


def test_one_lost_book_of_two_is_made_alone(folder: Path) -> None:
    run(folder, *BOTH)
    before = times(folder)
    next((folder.parent / "out").glob("lock-*.pdf")).unlink()
    assert run(folder, *BOTH) == all_are("unchanged") | {"Lock": "exported"}
    assert made_again(folder, before) == {"pdf"}
    touch(folder)
    before = times(folder)
    assert run(folder, *BOTH) == all_are("unchanged") | {"Lock": "exported"}
    assert made_again(folder, before) == {"epub", "pdf"}
    as_from_scratch(folder, *BOTH)


def test_a_checksum_sees_through_size_and_time(folder: Path) -> None:
    run(folder, "--checksum")
    path = folder / "Lock.html"
    status = path.stat()
    path.write_text(path.read_text("utf-8").replace("warden", "keeper"), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run(folder, "--checksum") == all_are("unchanged") | {"Lock": "exported"}
    os.utime(path)
    assert run(folder, "--checksum") == all_are("unchanged")


@pytest.mark.parametrize("content", [b"no database", None])
def test_a_broken_cache_is_made_anew(folder: Path, content: bytes | None) -> None:
    run(folder)
    path = folder.parent / "cache" / "exporter" / "cache.sqlite"
    if content is None:
        with sqlite3.connect(path) as base:
            base.execute("PRAGMA user_version = 99")
    else:
        path.write_bytes(content)
    assert run(folder) == all_are("exported")
    assert run(folder) == all_are("unchanged")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600  # it holds titles and removed texts


def test_a_cache_that_cannot_be_is_told_and_gone_without(folder: Path) -> None:
    (folder.parent / "cache").write_text("a file where a folder should be")
    ran = convert(folder, folder.parent / "out", *QUICK)
    assert ran.returncode == 0
    assert ran.stderr.startswith("the cache can't be used, so all is done anew: ")
    assert len(ran.stderr.splitlines()) == 1
    assert len(ran.stdout.splitlines()) == len(TITLES)


def test_a_failure_is_tried_again(folder: Path) -> None:
    (folder / "Empty.html").write_text("", "utf-8")
    for _ in range(2):
        ran = convert(folder, folder.parent / "out", *QUICK)
        assert ran.returncode == 1
        assert "Empty.html" in ran.stderr


def test_a_single_capture_is_always_made(folder: Path) -> None:
    assert [run(folder / "Lock.html") for _ in range(2)] == [{"Lock": "exported"}] * 2
    assert not (folder.parent / "cache").exists()


def test_no_worker_is_started_for_what_is_known(folder: Path) -> None:
    run(folder)
    code = (
        "import sys; from exporter.cli import main; code = main(sys.argv[1:])\n"
        "from exporter.batch import guard; assert not guard._CHILDREN; sys.exit(code)"
    )
    command = ["convert", str(folder), "-o", str(folder.parent / "out"), *QUICK]
    subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True)


def statuses(folder: Path, *options: str) -> dict[str, str]:
    run(folder, *options)
    report = json.loads((folder.parent / "out" / "report.json").read_text("utf-8"))
    return {one["input"]: one["status"] for one in report["outcomes"]}


def test_a_page_that_is_gone_is_told_and_its_book_stays_until_it_is_pruned(folder: Path) -> None:
    run(folder, "-f", "epub,md")
    (folder / "Lock.html").unlink()
    out = folder.parent / "out"
    before = sorted(out.iterdir())
    for _ in range(2):
        ran = convert(folder, out, *QUICK[:1], "-j", "1", "-f", "epub,md")
        assert "gone: Lock.html: its book is " in ran.stderr
        assert "lock-" not in ran.stdout
        assert sorted(out.iterdir()) == before
    assert statuses(folder, "-f", "epub,md", "--prune")["Lock.html"] == "pruned"
    assert [path for path in before if path not in set(out.iterdir())] == [
        path for path in before if path.name.startswith("lock-")
    ]
    assert "Lock.html" not in statuses(folder, "-f", "epub,md", "--prune")


def test_of_a_renamed_page_the_old_book_goes(folder: Path) -> None:
    run(folder)
    (folder / "Lock.html").rename(folder / "Old.html")
    (folder / "Lock_files").rename(folder / "Old_files")
    found = statuses(folder, "--prune")
    assert (found["Lock.html"], found["Old.html"]) == ("pruned", "exported")
    assert len(books(folder)) == len(TITLES)


def test_a_book_that_was_changed_is_not_pruned(folder: Path) -> None:
    run(folder)
    (folder / "Lock.html").unlink()
    spoil_book(folder)
    assert statuses(folder, "--prune")["Lock.html"] == "gone"
    assert len(books(folder)) == len(TITLES)


def test_nothing_is_pruned_of_a_folder_that_is_empty_or_not_there(folder: Path) -> None:
    run(folder)
    out = folder.parent / "out"
    folder.rename(folder.parent / "away")
    assert convert(folder, out, *QUICK, "--prune").returncode == 2
    folder.mkdir()
    assert convert(folder, out, *QUICK, "--prune").returncode == 4
    other = folder.parent / "other"
    shutil.copytree(folder.parent / "away", other)
    assert convert(other, out, *QUICK, "--prune").returncode == 0
    both = convert(other, out, str(folder), *QUICK, "--prune")
    assert both.returncode == 0
    assert set(books(folder)) == {"quay", "lock", "weir"}


def test_what_is_not_known_is_not_pruned(folder: Path) -> None:
    assert convert(folder, folder.parent / "out", "--prune", "--no-cache").returncode == 2


RESULTS = (
    Row(
        "a", "b", "c", (Mark("0f", 1, long=True, candidate=False, words=3),), 2,
        (Turn("s", 1, sure=True, linked=False),), ("n",),
    ),
    Sketch(
        "a", "b", 0, "n", "t", "h", 3, b"12345678", b"\0\1\2\3", 1, frozenset({"k"}), "a", "d",
        ("", "x"), 3,
    ),
    Export(
        "\udcffa", "exported", ("f",), "t", 1, {"found": 1}, {"found": 2}, (Note("a", "b"),),
        (Removal("a", "b", "c", "d\u2028"),), 0.5, ("j",), "",
        "s", ("A", "B"), "site", "2020-01-01", "2021", "fr", "https://port.example/",
        {"pdf": (Note("a", "b"),)}, "r", "c",
    ),
)  # fmt: skip


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_results_come_back_from_their_records(result: Row | Sketch | Export) -> None:
    text = records.dump(result)
    assert text is not None
    assert "\n" not in text
    assert records.load(text) == result


@pytest.mark.parametrize("text", ["", "[]", '["Row", {}]', '["Path", {}]', '["Export", 3]'])
def test_what_is_no_record_says_so(text: str) -> None:
    with pytest.raises(ValueError, match="no record"):
        records.load(text)


def test_a_stamp_tells_of_absence_change_and_content(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert proof.stamp(str(path), content=False) == proof.ABSENT
    path.write_bytes(b"1")
    one, whole = proof.stamp(str(path), content=False), proof.stamp(str(path), content=True)
    os.utime(path, ns=(1, 1))
    assert proof.stamp(str(path), content=False) == "1:1" != one
    assert proof.stamp(str(path), content=True) == whole
    inside = proof.stamp(str(tmp_path), content=False)
    (tmp_path / "b").touch()
    assert proof.stamp(str(tmp_path), content=False) != inside


@pytest.mark.parametrize(
    ("environment", "platform", "wanted"),
    [
        ({"XDG_CACHE_HOME": "/x"}, "linux", "/x/exporter"),
        ({"XDG_CACHE_HOME": "x"}, "linux", "~/.cache/exporter"),
        ({}, "darwin", "~/Library/Caches/exporter"),
        ({"LOCALAPPDATA": "/l"}, "win32", "/l/exporter/Cache"),
    ],
)
def test_the_cache_is_where_the_system_keeps_such(
    environment: dict[str, str], platform: str, wanted: str
) -> None:
    found = places.folder(places.CACHE, environment, platform)
    assert found == Path(wanted).expanduser()


RULE = """site = "{site}"
why = "A line of the house stands under each text."
[[remove]]
what = "the line of the house"
css = "p.house"
"""


def test_a_rule_that_changes_redoes_the_pages_of_its_site_alone(folder: Path) -> None:
    rules = folder.parent / "rules"
    rules.mkdir()
    for title in TITLES:
        path = folder / f"{title}.html"
        address = f"<head><link rel='canonical' href='https://{title.lower()}.example/a'>"
        path.write_text(path.read_text("utf-8").replace("<head>", address), "utf-8")
    asked = ("--rules", str(rules))
    assert run(folder, *asked) == all_are("exported")
    assert run(folder, *asked) == all_are("unchanged")
    (rules / "quay.toml").write_text(RULE.format(site="quay.example"), "utf-8")
    assert run(folder, *asked) == all_are("unchanged") | {"Quay": "exported"}
    (rules / "quay.toml").write_text(RULE.format(site="quay.example") + "# more\n", "utf-8")
    assert run(folder, *asked) == all_are("unchanged") | {"Quay": "exported"}
    (rules / "quay.toml").write_text(RULE.format(site="lock.example"), "utf-8")
    assert run(folder, *asked) == all_are("exported") | {"Weir": "unchanged"}
    (rules / "quay.toml").unlink()
    assert run(folder, *asked) == all_are("unchanged") | {"Lock": "exported"}
