"""The cover: drawn, legible, the same every time, never with boxes for letters."""

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from exporter.model import Article, Asset, Capture, Edition, Metadata
from exporter.write.epub import cover
from exporter.write.epub.cover import faces, lines

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
    assert (image.format, image.mode) == ("JPEG", "RGB")
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


def test_a_title_nobody_has_letters_for_is_left_out_rather_than_drawn_as_boxes() -> None:
    assert not ink(drawn(edition("\ue000\ue001")), (92, 350, 900, 372))


@pytest.mark.parametrize(
    "sign", ["🍞", "👩🏽\u200d🍳", "\ue000", "\u2063", "©\ufe0f 🥖", "\U000e0101"]
)
def test_a_sign_without_a_glyph_is_left_out_and_the_rest_is_drawn(sign: str) -> None:
    found = faces.legible("title", f"Le prix {sign} du pain")
    assert found is not None
    face, text = found
    assert faces.face("title", text) == face
    assert text.split()[:2] == ["Le", "prix"]
    assert text.split()[-2:] == ["du", "pain"]
    book = edition(f"Le prix {sign} du pain", f"Le Fournil {sign}")
    assert [ink(drawn(book), box) for box in (TITLE, SITE, FOOT)] == [True, True, True]


def test_a_title_of_nothing_but_signs_without_glyphs_has_no_rest() -> None:
    assert faces.legible("title", "\ue000 \ue001\u200d") is None


@pytest.mark.parametrize("title", ["東京の春", "سعر الخبز", "מחיר הלחם", "Цена хлеба", "Τιμή"])
def test_a_title_in_another_script_is_drawn_where_some_font_has_its_letters(title: str) -> None:
    found = faces.face("title", title)
    without = drawn(edition("\ue000"))
    assert (drawn(edition(title)).tobytes() != without.tobytes()) == (found is not None)


@pytest.mark.skipif(sys.platform == "win32", reason="the trap is a script for a shell")
@pytest.mark.parametrize("path", [".", ""])
def test_a_program_in_the_working_folder_is_not_asked_for_fonts(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / faces.FINDER
    trap.write_text("#!/bin/sh\n: > here\n")
    trap.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", path)
    faces.legible("title", "\u0e19\u0e49\u0e33 water")  # Thai: ours has no such letters
    assert [one.name for one in tmp_path.iterdir()] == [faces.FINDER]


@pytest.mark.parametrize("script", ["Цена", "Τιμή", "Prix", "Łódź"])
def test_our_own_fonts_have_latin_greek_and_cyrillic(script: str) -> None:
    found = faces.face("title", script)
    assert found is not None
    assert not found.shaped


def test_what_is_read_from_the_right_begins_there() -> None:
    book = replace(edition("Pain"), language="he")
    assert ink(drawn(book), (700, 350, 908, 480))
    assert not ink(drawn(book), (92, 350, 400, 480))


def test_scripts_without_spaces_break_anywhere_but_before_what_closes() -> None:
    found = faces.face("title", "Pain")
    assert found is not None
    broken = lines.fill("東京の春、東京の春。" * 4, found, [60], (500, 2000)).lines
    assert len(broken) > 1
    assert "".join(broken) == "東京の春、東京の春。" * 4
    assert not [line for line in broken if line[0] in "、。"]


@pytest.mark.parametrize("size", [(1600, 2560), (1264, 1680), (1000, 1500)])
def test_a_cover_is_drawn_in_the_size_asked_for(size: tuple[int, int]) -> None:
    image = Image.open(io.BytesIO(cover.draw(edition(photo=photograph(1200, 800)), size)))
    assert image.size == size
    x, y = size[0] // 2, size[1] // 4
    red, green, _ = image.crop((x, y, x + 1, y + 1)).tobytes()
    assert (red > 180, green < 60) == (True, True)


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(1500, 1000, (1217, 1826)), (1024, 768, (934, 1401)), (1000, 1400, (1000, 1500))],
)
def test_a_cover_shows_the_pixels_of_a_photograph_that_is_about_as_wide(
    width: int, height: int, size: tuple[int, int]
) -> None:
    noise = Image.effect_noise((width, height), 60).convert("RGB")
    target = io.BytesIO()
    noise.save(target, "JPEG", quality=95)
    photo = Asset(KEY, "image/jpeg", width, height, target.getvalue())
    image = Image.open(io.BytesIO(cover.draw(edition(photo=photo))))
    assert image.size == size
    high = image.height // 2
    left, top = round((width - size[0]) / 2), round((height - image.height * cover.PHOTO) * 0.35)
    before = Image.open(target).crop((left, top, left + size[0], top + high))
    after = image.crop((0, 0, size[0], high))
    differences = ImageChops.difference(before.convert("L"), after.convert("L"))
    assert ImageStat.Stat(differences).mean[0] < 8  # of 256 shades; resized it is above 20


@pytest.mark.parametrize(("width", "height"), [(700, 500), (1600, 1600)])
def test_a_photograph_of_another_size_is_made_to_fit(width: int, height: int) -> None:
    image = Image.open(io.BytesIO(cover.draw(edition(photo=photograph(width, height)))))
    assert image.size == (1000, 1500)


def test_a_book_of_many_shows_pictures_of_three() -> None:
    photos = [photograph(1200, 800, colour) for colour in ("#d01010", "#10d010", "#1010d0")]
    keys = [f"{number}c" * 32 for number in range(3)]
    texts = [
        replace(
            edition(photo=replace(photo, key=key)).articles[0],
            body=f'<p><img src="asset:{key}" alt=""/></p>',
        )
        for photo, key in zip(photos, keys, strict=True)
    ]
    image = drawn(Edition("Recueil", tuple(texts), "fr", "2024"))
    places = ((300, 400), (800, 200), (800, 600))
    shown = [image.crop((x, y, x + 1, y + 1)).tobytes() for x, y in places]
    assert [max(range(3), key=list(pixel).__getitem__) for pixel in shown] == [0, 1, 2]


def test_after_a_broken_photograph_the_next_one_is_taken() -> None:
    broken = Asset("d4" * 32, "image/jpeg", 1200, 800, photograph(1200, 800).data[:200])
    book = edition(photo=photograph(1200, 800))
    (text,) = book.articles
    body = f'<p><img src="asset:{broken.key}" alt=""/></p>{text.body}'
    both = replace(book, articles=(replace(text, body=body, assets=(broken, *text.assets)),))
    assert drawn(both).tobytes() == drawn(book).tobytes()


def test_a_fine_space_is_no_box() -> None:
    fine, folded = drawn(edition("Qui\u202f?")), drawn(edition("Qui\u00a0?"))
    assert fine.tobytes() == folded.tobytes()
