"""--fetch: what the article shows is fetched and told of, nothing else is, and never unasked."""

import json
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exporter.cli import config
from loopback import HOST, Loopback, loopback, picture

# The command as a user has it, but for an allowance that only code can give
ALLOWED = (
    "import sys\n"
    "from exporter.cli.app import main\n"
    "from exporter.fetch import Allowance\n"
    f"sys.exit(main(sys.argv[1:], Allowance(({HOST!r},))))"
)
PLAIN = "import sys\nfrom exporter.cli.app import main\nsys.exit(main(sys.argv[1:]))"
PROSE = "".join(
    f"<p>On day {day} the ferry came late, and the people on the quay of {place} talked about the"
    " wind, the price of diesel and the school that was to be closed in autumn.</p>"
    for day, place in enumerate(("Arnholm", "Bekk", "Dale", "Eid", "Fosse", "Grip"), start=2)
)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


def article(folder: Path, name: str, *figures: str) -> Path:
    page = folder / f"{name}.html"
    page.write_text(
        f"<!DOCTYPE html><html lang='en'><head><title>The ferry {name}</title></head><body>"
        f"<article><h1>The ferry {name}</h1>{PROSE}{''.join(figures)}{PROSE[:200]}</p></article>"
        "</body></html>",
        encoding="utf-8",
    )
    return page


def figure(markup: str, caption: str = "The quay in rain") -> str:
    return f"<figure>{markup}<figcaption>{caption}</figcaption></figure>"


def run(
    *arguments: str | Path, script: str = ALLOWED, code: int = 0
) -> "subprocess.CompletedProcess[str]":
    ran = subprocess.run(
        [sys.executable, "-c", script, "convert", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == code, ran.stderr
    return ran


def outcomes(folder: Path) -> dict[str, dict[str, Any]]:
    report = json.loads((folder / "report.json").read_text("utf-8"))
    return {Path(outcome["input"]).stem: outcome for outcome in report["outcomes"]}


def notes(outcome: dict[str, Any]) -> list[tuple[str, str]]:
    return [(note["code"], note["detail"]) for note in outcome["notes"]]


def test_nothing_is_asked_for_unless_it_is_said(server: Loopback, tmp_path: Path) -> None:
    page = article(tmp_path, "a", figure(f"<img src='{server.url('/image')}'>"))
    run(page, "-f", "epub", "-o", tmp_path / "out")
    assert notes(outcomes(tmp_path / "out")["a"]) == [("image-missing", server.url("/image"))]
    assert server.seen == []


def test_what_is_missing_is_fetched_and_stands_in_the_report(
    server: Loopback, tmp_path: Path
) -> None:
    page = article(tmp_path, "a", figure(f"<img src='{server.url('/moved')}'>"))
    run(page, "-f", "epub", "-o", tmp_path / "out", "--fetch", "--strict")
    outcome = outcomes(tmp_path / "out")["a"]
    ((code, detail),) = notes(outcome)
    assert code == "fetched"
    assert detail.startswith(f"{server.url('/moved')}, from {server.url('/image')} (")
    assert f"{len(picture())} bytes, sha-256 " in detail
    assert outcome["images"] == {"found": 1, "kept": 1, "missing": 0}
    with zipfile.ZipFile(outcome["files"][0]) as book:
        images = [name for name in book.namelist() if name.endswith((".png", ".jpg"))]
        assert len([name for name in images if "cover" not in name]) == 1


def test_on_the_command_line_no_private_address_is_asked(server: Loopback, tmp_path: Path) -> None:
    page = article(tmp_path, "a", figure(f"<img src='{server.url('/image')}'>"))
    run(page, "-f", "epub", "-o", tmp_path / "out", "--fetch", script=PLAIN)
    reason = "127.0.0.1 is not on the public network (127.0.0.1)"
    expected = [("image-missing", f"{server.url('/image')}: {reason}")]
    assert notes(outcomes(tmp_path / "out")["a"]) == expected
    assert server.seen == []


def test_what_can_t_be_fetched_stays_missing_with_the_reason(
    server: Loopback, tmp_path: Path
) -> None:
    page = article(
        tmp_path,
        "a",
        figure(f"<img src='{server.url('/gone')}'>", "The quay in rain"),
        figure(f"<img src='{server.url('/html')}'>", "The school in snow"),
    )
    run(page, "-f", "epub", "-o", tmp_path / "out", "--fetch", "--strict", code=3)
    outcome = outcomes(tmp_path / "out")["a"]
    assert notes(outcome) == [
        ("image-missing", f"{server.url('/gone')}: the server answers 404"),
        ("image-missing", f"{server.url('/html')}: what was sent is no image"),
    ]
    assert outcome["captions"] == {"found": 2, "kept": 2}


def test_only_what_the_article_shows_and_the_capture_lacks_is_asked_for(
    server: Loopback, tmp_path: Path
) -> None:
    teaser = (
        "<aside class='related'><h2>Read also</h2><a href='/b'><img width='300' height='200'"
        f" src='{server.url('/image-teaser')}'>The school</a></aside>"
    )
    page = article(
        tmp_path,
        "a",
        figure(f"<img src='a_files/quay.png' data-full-url='{server.url('/image-held')}'>"),
        figure(
            f"<img src='{server.url('/image-blur')}' data-src='{server.url('/image')}'>", "Snow"
        ),
        f"<img src='{server.url('/pixel?')}' width='1' height='1'>",
        teaser,
    )
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "quay.png").write_bytes(picture(90))
    run(page, "-f", "epub", "-o", tmp_path / "out", "--fetch")
    assert server.paths == ["/image"]
    assert [code for code, _ in notes(outcomes(tmp_path / "out")["a"])] == ["fetched"]


def test_an_image_that_the_capture_holds_damaged_is_fetched(
    server: Loopback, tmp_path: Path
) -> None:
    page = article(
        tmp_path, "a", figure(f"<img src='a_files/quay.png' data-src='{server.url('/image')}'>")
    )
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "quay.png").write_bytes(picture()[:200])
    run(page, "-f", "epub", "-o", tmp_path / "out", "--fetch")
    assert [code for code, _ in notes(outcomes(tmp_path / "out")["a"])] == ["fetched"]


def test_in_a_batch_each_address_is_asked_once_and_one_at_a_time(
    server: Loopback, tmp_path: Path
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(4):
        own = figure(f"<img src='{server.url(f'/slow-{number}')}'>", f"Quay {number}")
        article(pages, str(number), figure(f"<img src='{server.url('/slow')}'>"), own)
    run(pages, "-f", "epub", "-o", tmp_path / "out", "--fetch", "-j", "2", "--no-learn")
    found = outcomes(tmp_path / "out")
    assert [[code for code, _ in notes(one)] for one in found.values()] == [["fetched"] * 2] * 4
    assert sorted(server.paths) == ["/slow", "/slow-0", "/slow-1", "/slow-2", "/slow-3"]
    assert server.most_at_once == 1


def test_a_slow_server_costs_the_image_and_not_the_article(
    server: Loopback, tmp_path: Path
) -> None:
    figures = [
        figure(f"<img src='{server.url(f'/drip-{number}')}'>", f"Quay {number}")
        for number in range(3)
    ]
    page = article(tmp_path, "a", *figures)
    run(page, "-f", "epub", "-o", tmp_path / "out", "--fetch", "--timeout", "4")
    assert [code for code, _ in notes(outcomes(tmp_path / "out")["a"])] == ["image-missing"] * 3


def test_what_was_fetched_may_be_kept_for_later_runs(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    page = article(tmp_path, "a", figure(f"<img src='{server.url('/image')}'>"))
    for number in range(2):
        run(page, "-f", "epub", "-o", tmp_path / str(number), "--fetch", "--fetch-cache")
    assert server.paths == ["/image"]
    assert outcomes(tmp_path / "0")["a"]["notes"] == outcomes(tmp_path / "1")["a"]["notes"]
    ran = run(page, "-o", tmp_path / "out", "--fetch-cache", code=2)
    assert "--fetch-cache: nothing is fetched that could be kept (add --fetch)" in ran.stderr


def test_an_interrupt_ends_a_run_that_waits_for_a_server(server: Loopback, tmp_path: Path) -> None:
    page = article(tmp_path, "a", figure(f"<img src='{server.url('/silent')}'>"))
    command = [sys.executable, "-c", ALLOWED, "convert", str(page), "--fetch", "-o", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        while not server.seen and running.poll() is None:
            time.sleep(0.05)
        began = time.monotonic()
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=20)
    assert running.returncode == 130, told
    assert time.monotonic() - began < 5


def test_no_config_file_can_allow_it() -> None:
    assert not {name for name in config.known() if "fetch" in name or "network" in name}
