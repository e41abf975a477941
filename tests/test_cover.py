"""The cover: drawn, legible, the same every time, never with boxes for letters."""

import io

import pytest
from PIL import Image

from exporter.model import Article, Asset, Capture, Edition, Metadata
from exporter.write.epub import cover

KEY = "c3" * 32


def edition(
    title: str = "Le prix du pain", site: str | None = "Le Fournil", photo: Asset | None = None
) -> Edition:
    about = Metadata(title=title, site=site, byline=("Anne Martin",), published="2024-05-01")
    body = f'<p><img src="asset:{KEY}" alt=""/></p>' if photo else "<p>x</p>"
    assets = (photo,) if photo else ()
    return Edition.single(Article(about, body, assets, (), (), Capture("a", "html", "0")))


def photograph(width: int, height: int, colour: str = "#d01010") -> Asset:
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "JPEG")
    return Asset(KEY, "image/jpeg", width, height, target.getvalue())


def drawn(book: Edition) -> Image.Image:
    image = Image.open(io.BytesIO(cover.draw(book)))
    assert (image.format, image.size, image.mode) == ("JPEG", (1000, 1500), "RGB")
    return image


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Tell whether a part of the cover is more than its ground."""
    tones = set(image.crop(box).convert("L").tobytes())
    return max(tones) - min(tones) > 60


TITLE = (92, 350, 900, 520)
SITE = (92, 120, 900, 165)
FOOT = (92, 1370, 908, 1420)


def test_a_cover_says_title_site_and_names() -> None:
    image = drawn(edition())
    assert [ink(image, box) for box in (TITLE, SITE, FOOT)] == [True, True, True]


def test_the_same_edition_has_the_same_cover() -> None:
    assert cover.draw(edition()) == cover.draw(edition())


def test_names_of_any_length_cost_no_more() -> None:
    # letter by letter these would be measured for hours
    image = drawn(edition("o" * 20_000, site="m" * 20_000))
    assert [ink(image, box) for box in (TITLE, SITE)] == [True, True]


def test_a_site_keeps_its_colours_whatever_the_title() -> None:
    grounds = {drawn(edition(title)).getpixel((5, 5)) for title in ("A", "B", "Longer title")}
    assert len(grounds) == 1


def test_a_large_photograph_fills_the_upper_part() -> None:
    photo = drawn(edition(photo=photograph(1200, 800))).crop((500, 400, 501, 401))
    red, green, _ = photo.tobytes()
    assert red > 180
    assert green < 60


@pytest.mark.parametrize(("width", "height"), [(300, 200), (3000, 500), (640, 2000)])
def test_a_small_or_odd_photograph_is_no_cover(width: int, height: int) -> None:
    plain, photo = drawn(edition()), drawn(edition(photo=photograph(width, height)))
    assert plain.tobytes() == photo.tobytes()


def test_a_broken_photograph_is_no_cover() -> None:
    broken = Asset(KEY, "image/jpeg", 1200, 800, photograph(1200, 800).data[:200])
    assert drawn(edition(photo=broken)).tobytes() == drawn(edition()).tobytes()


@pytest.mark.parametrize("title", ["a" * 400, "mot " * 300, "Anticonstitutionnellement " * 12])
def test_any_title_stays_inside_the_margins(title: str) -> None:
    image = drawn(edition(title))
    assert not ink(image, (950, 330, 1000, 1300))
    assert not ink(image, (0, 330, 80, 1300))


@pytest.mark.parametrize("title", ["東京の春", "سعر الخبز", "🍞"])
def test_a_title_we_have_no_letters_for_is_left_out_rather_than_drawn_as_boxes(title: str) -> None:
    assert not ink(drawn(edition(title)), (92, 350, 900, 372))


def test_a_fine_space_is_no_box() -> None:
    fine, folded = drawn(edition("Qui\u202f?")), drawn(edition("Qui\u00a0?"))
    assert fine.tobytes() == folded.tobytes()
