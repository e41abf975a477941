"""An archive is read where it lies: nothing of it reaches the disk, and it costs what it may."""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.errors import CaptureError, LimitError
from exporter.limits import Limits
from exporter.model import Page
from exporter.read import Source, read
from hostile.ground import SECRET

PAGE = "<h1>Low water</h1><p>{text}</p>" + "<p>The river fell by night. " * 20
OUTWARD = (
    "../../up.html", "/up.html", "a/../../up.html", "..\\..\\up.html", "C:\\up.html",
    "//host/share/up.html", "~/up.html", "a/./../../../up.html",
)  # fmt: skip
LIFTED = Limits(archive_depth=9, archive_ratio=1 << 40)
SMALL = Limits(archive_depth=2, archive_members=20, archive_total=2 << 20, archive_ratio=50)


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of an archive, where one works; what must not come out is above it."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    for place in (tmp_path, tmp_path / "a", folder):
        (place / "secret.html").write_text(PAGE.format(text=SECRET))
        (place / "secret.png").write_text(SECRET)
    monkeypatch.chdir(folder)
    return folder


def zipped(*members: tuple[str, str | bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, body in members:
            archive.writestr(zipfile.ZipInfo(name), body, packed)
    return out.getvalue()


def tarred(*members: tuple[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, text in members:
            body = text.encode() if isinstance(text, str) else text
            member = tarfile.TarInfo(name)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    return out.getvalue()


def pages(folder: Path, name: str, body: bytes, limits: Limits | None = None) -> list[Page]:
    """Read an archive as the command does: a file in a folder that was named."""
    path = folder / name
    path.write_bytes(body)
    before = sorted(folder.parents[1].rglob("*"))
    found = list(read(Source(path, None, name, root=folder).within(limits or Limits())))
    assert sorted(folder.parents[1].rglob("*")) == before
    return found


@pytest.mark.parametrize(("pack", "name"), [(zipped, "a.zip"), (tarred, "a.tar")])
def test_a_member_reaches_nothing_outside_whatever_it_is_called(
    inside: Path, pack: Callable[..., bytes], name: str
) -> None:
    asks = "".join(f"<img src='{ref}'>" for ref in ("../secret.png", "../../secret.png"))
    members = [(member, PAGE.format(text=asks)) for member in OUTWARD]
    found = pages(inside, name, pack(*members, ("in.html", PAGE.format(text="in"))))
    assert len(found) > len(OUTWARD) / 2
    for page in found:
        assert SECRET not in page.html
        for up in ("", "../", "../../", "../../../", "/", f"file://{inside}/", f"{inside}/"):
            assert page.resources.find(f"{up}secret.png") is None


def test_links_pipes_and_devices_of_a_tar_are_no_files(inside: Path) -> None:
    out = io.BytesIO(tarred(("in.html", PAGE.format(text="in"))))
    kinds = {
        tarfile.SYMTYPE: "../secret", tarfile.LNKTYPE: "../secret", tarfile.FIFOTYPE: "",
        tarfile.CHRTYPE: "", tarfile.BLKTYPE: "", tarfile.DIRTYPE: "", b"Z": "",
    }  # fmt: skip
    with tarfile.open(fileobj=out, mode="a") as archive:
        for number, (kind, aim) in enumerate(kinds.items()):
            for ending in ("html", "png"):
                member = tarfile.TarInfo(f"odd-{number}.{ending}")
                member.type, member.linkname = kind, f"{aim}.{ending}" if aim else ""
                archive.addfile(member)
    found = pages(inside, "a.tar", out.getvalue())
    assert [page.capture.path for page in found] == ["a.tar/in.html"]
    assert not any(found[0].resources.find(f"odd-{number}.png") for number in range(len(kinds)))


def test_a_link_in_a_zip_is_the_words_it_holds(inside: Path) -> None:
    out = io.BytesIO(zipped(("in.html", PAGE.format(text="in"))))
    with zipfile.ZipFile(out, "a") as archive:
        for name in ("link.html", "link.png"):
            member = zipfile.ZipInfo(name)
            member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            archive.writestr(member, f"../secret.{name[5:]}")
    for page in pages(inside, "a.zip", out.getvalue()):
        assert SECRET not in page.html
        assert page.resources.find("link.png") in {None, b"../secret.png"}


def nested(depth: int) -> bytes:
    body = zipped(("in.html", PAGE.format(text="in")))
    for level in range(depth):
        body = zipped((f"{level}.zip", body))
    return body


LONG = PAGE.format(text="x" * (4 << 20))
NOISE = "".join(f"{number:07}" for number in range(100_000))
BOMBS = {
    "ratio": ("a.zip", zipped(("in.html", LONG))),
    "ratio-gzip": ("a.html.gz", gzip.compress(LONG.encode())),
    "ratio-bzip2": ("a.html.bz2", bz2.compress(LONG.encode())),
    "ratio-xz": ("a.html.xz", lzma.compress(LONG.encode())),
    "ratio-in-tar": ("a.tar", tarred(("in.html.gz", gzip.compress(LONG.encode())))),
    "members": ("a.zip", zipped(*((f"{n}.html", PAGE) for n in range(21)))),
    "members-tar": ("a.tar", tarred(*((f"{n}.html", PAGE) for n in range(21)))),
    "depth": ("a.zip", nested(3)),
    "total": ("a.zip", zipped(*((f"{n}.html", PAGE + NOISE) for n in range(5)))),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_unpacks_to_more_than_it_may_is_refused_with_its_limit(
    name: str, inside: Path
) -> None:
    file, body = BOMBS[name]
    with pytest.raises(LimitError) as caught:
        pages(inside, file, body, SMALL)
    assert f"--limit archive-{name.partition('-')[0]}=" in caught.value.remedy
    assert pages(inside, file, body, LIFTED)


def test_an_archive_that_holds_itself_comes_to_an_end(inside: Path) -> None:
    body = zipped(("in.html", PAGE.format(text="in")), ("in.zip", nested(9)))
    with pytest.raises(CaptureError):
        pages(inside, "a.zip", body)
