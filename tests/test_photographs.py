"""A book's photographs are read from its pieces when it is written: each is in it once, whole."""

import dataclasses
import hashlib
import io

import pikepdf
import pytest
from PIL import Image

from exporter import themes
from exporter.model import Article, Asset, Capture, Edition, Metadata
from exporter.settings import Settings
from exporter.write import pdf
from exporter.write.pdf.photographs import LEAST


def photograph(seed: int, size: tuple[int, int] = (400, 300)) -> Asset:
    grain = Image.effect_noise(size, 60).convert("RGB")
    grain.paste((seed, 90, 120), (0, 0, size[0] // 2, size[1] // 2))
    target = io.BytesIO()
    grain.save(target, "JPEG")
    data = target.getvalue()
    return Asset(hashlib.sha256(data).hexdigest(), "image/jpeg", *size, data)


FIRST, SECOND, SMALL = photograph(10), photograph(200), photograph(50, (16, 16))


def article(number: int, *shown: Asset) -> Article:
    figures = "".join(
        f'<figure><img src="asset:{one.key}" alt="A lock"/></figure>' for one in shown
    )
    about = Metadata(title=f"Story {number}", language="en")
    capture = Capture(f"{number}.html", "html", str(number) * 64)
    return Article(about, f"<p>The keeper.</p>{figures}", shown, (), (), capture)


def shown(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Give the pictures of a page's resources."""
    things = page.obj.Resources.get("/XObject", pikepdf.Dictionary())
    return [thing for thing in things.values() if thing.Subtype == pikepdf.Name.Image]


@pytest.fixture(scope="module")
def bound() -> bytes:
    told = [article(1, FIRST, SMALL), article(2, SECOND, FIRST), article(3)]
    edition = Edition.anthology(told, "Rivers")
    return pdf.write(edition, themes.load("classic"), Settings()).data


def test_each_is_in_the_book_once_as_it_was(bound: bytes) -> None:
    with pikepdf.open(io.BytesIO(bound)) as book:
        kept: dict[tuple[int, int], bytes] = {}
        for page in book.pages:
            for image in shown(page):
                kept[image.objgen] = image.read_raw_bytes()
    assert sorted(kept.values()) == sorted(one.data for one in (FIRST, SECOND, SMALL))


def test_the_file_is_sound_and_no_mark_is_left_in_use(bound: bytes) -> None:
    with pikepdf.open(io.BytesIO(bound)) as book:
        assert book.check_pdf_syntax() == []
        assert book.docinfo.Title == "Rivers"
        streams = [one for one in book.objects if isinstance(one, pikepdf.Stream)]
        assert not [one for one in streams if one.read_raw_bytes().startswith(b"%photograph")]


def test_a_picture_of_few_bytes_goes_the_common_way(bound: bytes) -> None:
    assert len(SMALL.data) < LEAST < len(FIRST.data)
    assert bound.index(SMALL.data) < bound.index(b"startxref") < bound.index(FIRST.data)


def test_a_book_without_photographs_gets_no_update() -> None:
    edition = Edition.anthology([article(1, SMALL), article(2)], "Rivers")
    data = pdf.write(edition, themes.load("classic"), Settings()).data
    assert data.count(b"startxref") == 1


def test_an_archive_has_them_too() -> None:
    edition = Edition.anthology([article(1, FIRST), article(2, SECOND)], "Rivers")
    settings = dataclasses.replace(Settings(), archive=True)
    data = pdf.write(edition, themes.load("classic"), settings).data
    with pikepdf.open(io.BytesIO(data)) as book:
        images = [image for page in book.pages for image in shown(page)]
        assert {image.read_raw_bytes() for image in images} == {FIRST.data, SECOND.data}
        assert not any(image.get("/Interpolate", False) for image in images)
