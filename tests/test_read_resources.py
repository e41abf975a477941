"""resources: nothing outside the capture is ever read, whatever a page asks for."""

import base64
import os
import pickle
from pathlib import Path

import pytest

from exporter.errors import LimitError
from exporter.limits import USUAL
from exporter.model import Page
from exporter.read import Source, read, walk

PICTURE = b"\x89PNG\r\n\x1a\n picture"
SECRET = b"secret"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Give a page in a folder of its own, with a secret outside that."""
    folder = tmp_path / "saved"
    (folder / "p_files").mkdir(parents=True)
    (folder / "p.html").write_text("<p>x</p><img src='p_files/a.png'>", encoding="utf-8")
    (folder / "p_files" / "a.png").write_bytes(PICTURE)
    (tmp_path / "secret.png").write_bytes(SECRET)
    return folder / "p.html"


def page_of(path: Path) -> Page:
    (page,) = read(Source(path, None, path.name))
    return page


def test_a_resource_of_the_folder_is_found(saved: Path) -> None:
    assert page_of(saved).resources.find("p_files/a.png") == PICTURE


@pytest.mark.parametrize(
    "url",
    [
        "../secret.png",
        "p_files/../../secret.png",
        "%2e%2e/secret.png",
        "..\\secret.png",
        "..%5Csecret.png",
        "{outside}/secret.png",
        "file://{outside}/secret.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
        "p_files/link.png",
        "p_files/door/secret.png",
        "p_files/pipe.png",
        "p_files/a.png\0",
        "p_files/" + "x" * 5000,
        "a/" * 3000 + "b.png",
        "p.html",
        ".",
        "./p_files/",
        "blob:https://port.example/1",
        "mailto:a@b.c",
    ],
)
def test_nothing_outside_and_nothing_odd_is_read(saved: Path, url: str) -> None:
    folder = saved.parent / "p_files"
    outside = saved.parent.parent
    (folder / "link.png").symlink_to(outside / "secret.png")
    (folder / "door").symlink_to(outside, target_is_directory=True)
    os.mkfifo(folder / "pipe.png")
    assert page_of(saved).resources.find(url.replace("{outside}", str(outside))) is None


def test_a_companion_folder_that_is_a_link_out_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.png").write_bytes(SECRET)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "p.html").write_text("<p>x</p>", encoding="utf-8")
    (tmp_path / "in" / "p_files").symlink_to(tmp_path / "elsewhere")
    resources = page_of(tmp_path / "in" / "p.html").resources
    assert resources.find("p_files/a.png") is None
    assert resources.find("https://port.example/a.png") is None


def test_a_link_inside_the_folder_is_fine(saved: Path) -> None:
    (saved.parent / "p_files" / "b.png").symlink_to("a.png")
    assert page_of(saved).resources.find("p_files/b.png") == PICTURE


def test_an_empty_resource_is_none_and_a_huge_one_is_told(saved: Path) -> None:
    folder = saved.parent / "p_files"
    (folder / "empty.png").touch()
    with (folder / "huge.png").open("wb") as file:
        file.truncate(USUAL.resource_size + 1)
    assert page_of(saved).resources.find("p_files/empty.png") is None
    with pytest.raises(LimitError, match=r"huge.png: has 50.1 MB; the limit is 50 MB"):
        page_of(saved).resources.find("p_files/huge.png")


def test_a_mirror_reaches_up_to_the_folder_that_the_user_named(tmp_path: Path) -> None:
    site = tmp_path / "mirror" / "port.example"
    (site / "2024" / "05").mkdir(parents=True)
    (site / "uploads").mkdir()
    (site / "2024" / "05" / "p.html").write_text("<p>x</p>", encoding="utf-8")
    (site / "uploads" / "a.png").write_bytes(PICTURE)
    (tmp_path / "secret.png").write_bytes(SECRET)
    (source,) = walk([tmp_path / "mirror"])
    (page,) = read(source)
    for url in (
        "../../uploads/a.png",
        "/uploads/a.png",
        "https://port.example/uploads/a.png",
        "//port.example/uploads/a.png?w=1",
    ):
        assert page.resources.find(url) == PICTURE, url
    assert page.resources.find("../../../../secret.png") is None


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("data:image/png;base64," + base64.b64encode(PICTURE).decode(), PICTURE),
        ("data:image/png;base64," + base64.urlsafe_b64encode(PICTURE).decode(), PICTURE),
        ("data:;base64,aGVs\n bG8", b"hello"),
        ("data:;base64,aGVsbG8%3D", b"hello"),
        ("DATA:image/svg+xml;utf8,%3Csvg/%3E", b"<svg/>"),
        ("data:,a%20b", b"a b"),
        ("data:image/png;base64,", None),
        ("data:no-comma", None),
        ("data:,\ud800", b"?"),
    ],
)
def test_data_urls_carry_their_bytes(url: str, data: bytes | None) -> None:
    (page,) = read(Source(None, b"<p>x</p>", "-"))
    assert page.resources.find(url) == data


def test_a_data_url_over_the_limit_is_told() -> None:
    (page,) = read(Source(None, b"<p>x</p>", "-"))
    with pytest.raises(LimitError, match="--limit resource-size=100MB"):
        page.resources.find("data:," + "x" * (USUAL.resource_size + 1))


def test_a_page_crosses_processes_with_its_resources(saved: Path) -> None:
    page = page_of(saved)
    page.resources.find("p_files/a.png")
    assert pickle.loads(pickle.dumps(page)).resources.find("p_files/a.png") == PICTURE  # noqa: S301
