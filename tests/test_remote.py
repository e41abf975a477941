"""Captures and books in a store elsewhere: the same bytes as here, and errors that say where."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import remoting
from remoting import Bucket


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with remoting.serving() as address:
        yield address


@pytest.fixture
def bucket(endpoint: str, request: pytest.FixtureRequest) -> Bucket:
    name = request.node.name.replace("_", "-").rpartition("[")[0] or request.node.name
    return remoting.bucket(endpoint, name.replace("_", "-")[:60].strip("-").lower())


def books(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.epub")}


def test_pages_of_a_store_make_the_same_books_as_pages_of_a_disk(
    bucket: Bucket, tmp_path: Path
) -> None:
    bucket.put(remoting.pages(tmp_path / "pages"), "in")
    url = f"s3://{bucket.name}/in"
    here = bucket.run("convert", "pages", "-o", "here", "-f", "epub", cwd=tmp_path)
    away = bucket.run("convert", url, "-o", "away", "-f", "epub", cwd=tmp_path)
    assert (here.returncode, away.returncode) == (0, 0), away.stderr
    told = here.stderr.replace("here/report", "away/report")
    assert sorted(told.splitlines()) == sorted(away.stderr.splitlines())
    assert len(books(tmp_path / "here")) == 3
    assert books(tmp_path / "here") == books(tmp_path / "away")
    assert all("missing" not in line for line in away.stderr.splitlines())


def test_a_page_of_a_store_can_be_named_by_itself(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put(remoting.pages(tmp_path / "pages"), "in")
    url = f"s3://{bucket.name}/in/été à Brest/Une page.html"
    here = bucket.run("convert", "pages/été à Brest/Une page.html", "-o", "a.epub", cwd=tmp_path)
    away = bucket.run("convert", url, "-o", "b.epub", cwd=tmp_path)
    assert (here.returncode, away.returncode) == (0, 0), away.stderr
    assert (tmp_path / "a.epub").read_bytes() == (tmp_path / "b.epub").read_bytes()


@pytest.mark.parametrize("path", ["no-such-bucket-anywhere/in", "{}/nothing-here"])
def test_what_is_not_there_is_told(bucket: Bucket, tmp_path: Path, path: str) -> None:
    bucket.put(remoting.pages(tmp_path / "pages"), "in")
    url = f"s3://{path.format(bucket.name)}"
    done = bucket.run("convert", url, "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert url in done.stderr
    assert "no such file or folder" in done.stderr


def test_a_file_url_is_a_path(bucket: Bucket, tmp_path: Path) -> None:
    remoting.pages(tmp_path / "pages")
    given = ("convert", f"file://{tmp_path}/pages", "-o", f"file://{tmp_path}/out", "-f", "epub")
    assert bucket.run(*given, cwd=tmp_path).returncode == 0
    assert len(books(tmp_path / "out")) == 3


def test_an_unknown_kind_of_store_is_told(bucket: Bucket, tmp_path: Path) -> None:
    done = bucket.run("convert", "nosuch://a/b", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "no such kind of store" in done.stderr


def test_a_server_that_is_gone_ends_the_run_without_a_secret(tmp_path: Path) -> None:
    gone = Bucket("gone", f"http://{remoting.HOST}:9", None)
    done = gone.run("convert", "s3://gone/in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 4
    assert "the store can't be asked" in done.stderr
    assert "a-secret-word" not in done.stderr
    assert "Traceback" not in done.stderr
