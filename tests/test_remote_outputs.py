"""Books that go to a store: the same bytes as in a folder, sent once, and errors that say where."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import remoting
from remoting import Bucket

BOOKS = ("-f", "epub,html")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with remoting.serving() as address:
        yield address


@pytest.fixture
def bucket(endpoint: str, request: pytest.FixtureRequest) -> Bucket:
    return remoting.bucket(endpoint, request.node.name[5:65].replace("_", "-").strip("-").lower())


def here(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def without_reports(found: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in found.items() if not name.startswith("report")}


def statuses(found: dict[str, bytes], name: str = "report.json") -> list[str]:
    return sorted(one["status"] for one in json.loads(found[name])["outcomes"])


def when(bucket: Bucket, under: str) -> dict[str, Any]:
    found = bucket.client.list_objects_v2(Bucket=bucket.name, Prefix=under)["Contents"]
    return {one["Key"]: one["LastModified"] for one in found if one["Key"].endswith(".epub")}


def test_a_store_gets_what_a_folder_gets_and_only_once(bucket: Bucket, tmp_path: Path) -> None:
    remoting.pages(tmp_path / "pages")
    url = f"s3://{bucket.name}/library"
    bucket.run("convert", "pages", "-o", "out", *BOOKS, cwd=tmp_path)
    first = bucket.run("convert", "pages", "-o", url, *BOOKS, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    found = bucket.get("library")
    assert without_reports(found) == without_reports(here(tmp_path / "out"))
    printed = {f"{url}/{name}" for name in found if name.endswith((".epub", ".html"))}
    assert set(first.stdout.split()) == {one for one in printed if one.count("/") == 4} - {
        f"{url}/index.html"
    }
    assert f"see {url}/report.json" in first.stderr
    assert f"{url}/library/" in found["report.json"].decode()
    assert "/cache/" not in found["report.json"].decode()
    made = when(bucket, "library")
    time.sleep(1.1)  # the store tells whole seconds
    again = bucket.run("convert", "pages", "-o", url, *BOOKS, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert statuses(bucket.get("library")) == ["unchanged"] * 3
    assert when(bucket, "library") == made


def test_what_a_store_has_lost_is_sent_again(bucket: Bucket, tmp_path: Path) -> None:
    remoting.pages(tmp_path / "pages")
    given = ("convert", "pages", "-o", f"s3://{bucket.name}/a", "-f", "epub")
    bucket.run(*given, cwd=tmp_path)
    before = bucket.get("a")
    lost = next(name for name in before if name.endswith(".epub"))
    bucket.client.delete_object(Bucket=bucket.name, Key=f"a/{lost}")
    assert bucket.run(*given, cwd=tmp_path).returncode == 0
    assert without_reports(bucket.get("a")) == without_reports(before)


def test_another_machine_adds_to_the_library(bucket: Bucket, tmp_path: Path) -> None:
    pages = remoting.pages(tmp_path / "pages")
    (tmp_path / "more").mkdir()
    (pages / "notes.md").rename(tmp_path / "more" / "notes.md")
    url = f"s3://{bucket.name}/a"
    bucket.run("convert", "pages", "-o", url, "-f", "epub", cwd=tmp_path)
    before = bucket.get("a")
    shutil.rmtree(tmp_path / "cache")
    bucket.run("convert", "more", "-o", url, "-f", "epub", cwd=tmp_path)
    lines = bucket.get("a")["library/catalogue.jsonl"].decode().splitlines()
    assert lines[0] == before["library/catalogue.jsonl"].decode().splitlines()[0]
    assert len(lines) == 4
    assert bucket.get("a")["opds.xml"].count(b"<entry") == 3


def test_from_store_to_store_a_changed_picture_makes_its_book_anew(
    bucket: Bucket, tmp_path: Path
) -> None:
    bucket.put(remoting.pages(tmp_path / "pages"), "in")
    given = ("convert", f"s3://{bucket.name}/in", "-o", f"s3://{bucket.name}/out", "-f", "epub")
    assert bucket.run(*given, cwd=tmp_path).returncode == 0
    assert bucket.run(*given, cwd=tmp_path).returncode == 0
    assert statuses(bucket.get("out")) == ["unchanged"] * 3
    data = (tmp_path / "pages" / "été à Brest" / "Une page_files" / "a b.png").read_bytes()
    bucket.client.put_object(Bucket=bucket.name, Key="in/images/rain.png", Body=data)
    assert bucket.run(*given, cwd=tmp_path).returncode == 0
    assert statuses(bucket.get("out")) == ["exported", "unchanged", "unchanged"]


def test_without_a_cache_nothing_stays_on_this_machine(bucket: Bucket, tmp_path: Path) -> None:
    remoting.pages(tmp_path / "pages")
    given = ("convert", "pages", "-o", f"s3://{bucket.name}/a", "-f", "epub", "--no-cache")
    assert bucket.run(*given, cwd=tmp_path).returncode == 0
    assert sum(name.endswith(".epub") for name in bucket.get("a")) == 3
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []


def test_single_files_go_to_stores(bucket: Bucket, tmp_path: Path) -> None:
    remoting.pages(tmp_path / "pages")
    url = f"s3://{bucket.name}"
    page = "pages/rain.html"
    given = ("-o", f"{url}/a/rain.epub", "--report", f"{url}/b/report.json")
    done = bucket.run("convert", page, *given, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{url}/a/rain.epub\n"), done.stderr
    bucket.run("convert", page, "-o", "rain.epub", cwd=tmp_path)
    assert bucket.get("a") == {"rain.epub": (tmp_path / "rain.epub").read_bytes()}
    assert list(bucket.get("b")) == ["report.json"]
    assert bucket.run("explain", page, "--html", f"{url}/c/a.html", cwd=tmp_path).returncode == 0
    assert list(bucket.get("c")) == ["a.html"]
    several = ("-o", f"{url}/a/rain.epub", "-o", f"{url}/b/rain.pdf")
    refused = bucket.run("convert", page, *several, cwd=tmp_path)
    assert (refused.returncode, "several folders" in refused.stderr) == (2, True)


def test_a_book_is_bound_from_a_store_and_into_one(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put(remoting.pages(tmp_path / "pages"), "pages")
    url = f"s3://{bucket.name}"
    away = bucket.run("book", f"{url}/pages", "-o", f"{url}/b/book.epub", cwd=tmp_path)
    assert (away.returncode, away.stdout) == (0, f"{url}/b/book.epub\n"), away.stderr
    assert bucket.run("book", "pages", "-o", "book.epub", cwd=tmp_path).returncode == 0
    assert bucket.get("b")["book.epub"] == (tmp_path / "book.epub").read_bytes()


def test_shards_of_a_store_come_to_one_library_there(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put(remoting.pages(tmp_path / "pages"), "in")
    url = f"s3://{bucket.name}"
    parts = [f"{url}/parts/{number}" for number in (1, 2)]
    for number, part in enumerate(parts, 1):
        given = ("survey", f"{url}/in", "--shard", f"{number}/2", "-o", part)
        assert bucket.run(*given, cwd=tmp_path).returncode == 0
    assert bucket.run("learn", *parts, "-o", f"{url}/learned", cwd=tmp_path).returncode == 0
    for number in (1, 2):
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)  # as on two machines
        shard = ("--shard", f"{number}/2", "--learned", f"{url}/learned")
        done = bucket.run("convert", f"{url}/in", *shard, "-o", f"{url}/out", *BOOKS, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    shutil.rmtree(tmp_path / "cache")
    merged = bucket.run("report", "--merge", f"{url}/out", cwd=tmp_path)
    assert (merged.returncode, f"see {url}/out/report.json" in merged.stderr) == (0, True)
    bucket.run("convert", f"{url}/in", "-o", "whole", *BOOKS, cwd=tmp_path)
    assert without_reports(bucket.get("out")) == without_reports(here(tmp_path / "whole"))


def test_books_whose_pages_are_gone_go_from_the_store(bucket: Bucket, tmp_path: Path) -> None:
    pages = remoting.pages(tmp_path / "pages")
    given = ("convert", "pages", "-o", f"s3://{bucket.name}/a", "-f", "epub")
    bucket.run(*given, cwd=tmp_path)
    (pages / "notes.md").unlink()
    told = bucket.run(*given, cwd=tmp_path)
    assert f"gone: notes.md: its book is s3://{bucket.name}/a/notes-" in told.stderr
    assert bucket.run(*given, "--prune", cwd=tmp_path).returncode == 0
    found = bucket.get("a")
    assert [name for name in found if "notes" in name] == []
    assert found["opds.xml"].count(b"<entry") == 2


def test_a_bucket_that_is_not_there_is_told_before_anything_is_made(
    bucket: Bucket, tmp_path: Path
) -> None:
    remoting.pages(tmp_path / "pages")
    done = bucket.run("convert", "pages", "-o", "s3://no-such-bucket/a", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (5, "")
    assert "s3://no-such-bucket/a: no such bucket" in done.stderr


def test_a_store_that_can_not_be_asked_is_told(tmp_path: Path) -> None:
    remoting.pages(tmp_path / "pages")
    gone = Bucket("gone", f"http://{remoting.HOST}:9", None)
    done = gone.run("convert", "pages", "-o", "s3://gone/a", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (5, "")
    assert "s3://gone/a: the store can't be asked" in done.stderr
    assert "a-secret-word" not in done.stderr


def test_without_the_extra_a_store_is_refused(bucket: Bucket, tmp_path: Path) -> None:
    remoting.pages(tmp_path / "pages")
    (tmp_path / "fsspec.py").write_text("raise ImportError")  # the working folder comes first
    done = bucket.run("convert", "pages", "-o", f"s3://{bucket.name}/a", cwd=tmp_path)
    assert (done.returncode, "article-exporter[remote]" in done.stderr) == (7, True)


def test_a_store_that_goes_away_ends_the_run_and_loses_nothing(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(40):
        (pages / f"{number}.html").write_text(remoting.page(f"Page {number}", ""), "utf-8")
    given = ("convert", "pages", "-f", "epub", "--keep-duplicates", "--no-learn")
    with remoting.serving() as address:
        bucket = remoting.bucket(address, "brief")
        command = bucket.begin(*given, "-o", "s3://brief/a", cwd=tmp_path)
        while not bucket.get("a") and command.poll() is None:
            time.sleep(0.02)
    _, said = command.communicate(timeout=100)
    assert command.returncode == 5, said
    assert "can't be sent to the store" in said
    with remoting.serving() as address:
        bucket = remoting.bucket(address, "brief")
        again = bucket.run(*given, "-o", "s3://brief/a", cwd=tmp_path)
        assert again.returncode == 0, again.stderr
        found = bucket.get("a")
    assert {"exported", "unchanged"} >= set(statuses(found))
    whole = bucket.run(*given, "-o", "whole", cwd=tmp_path)
    assert whole.returncode == 0
    assert without_reports(found) == without_reports(here(tmp_path / "whole"))
