"""What a profile does to pictures and cover, and that it says so."""

import io
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

from exporter import images, themes
from exporter.cli.config import CHOICES
from exporter.model import Article, Asset, Capture, Edition, Metadata
from exporter.settings import Settings
from exporter.write import writer
from exporter.write.epub import profiles
from exporter.write.epub.profiles import PROFILES, Profile, fit

DRAWING = Asset("5f" * 32, "image/svg+xml", 4000, 3000, b"<svg/>" * 1000)
ROOMY = Profile("roomy", (10, 15), 10**9)
SMALL = Profile("small", (10, 15), 10**9, image_px=400)


def photograph(width: int, height: int) -> Asset:
    target = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(target, "JPEG", quality=82)
    return images.ingest(target.getvalue(), images.Form(max_px=5000))


@pytest.fixture(scope="module")
def photo() -> Asset:
    return photograph(1500, 1000)


def sides(asset: Asset) -> tuple[int, int]:
    with Image.open(io.BytesIO(asset.data)) as image:
        assert image.size == (asset.width, asset.height)
    return image.size


def test_pictures_within_the_limits_are_carried_as_they_are(photo: Asset) -> None:
    assert fit([photo, DRAWING], ROOMY).assets == {photo.key: photo, DRAWING.key: DRAWING}
    assert fit([photo], ROOMY).notes == ()


def test_a_larger_picture_is_reduced_to_the_longer_side(photo: Asset) -> None:
    fitted = fit([photo], SMALL)
    assert sides(fitted.assets[photo.key]) == (400, 267)
    assert fitted.notes == ()


def test_a_drawing_has_no_pixels_to_save() -> None:
    assert fit([DRAWING], replace(SMALL, budget=1, shrinks=True)).assets == {DRAWING.key: DRAWING}


def test_a_single_picture_of_too_many_bytes_is_encoded_again(photo: Asset) -> None:
    limit = len(photo.data) // 2
    made = fit([photo], replace(ROOMY, image_bytes=limit)).assets[photo.key]
    assert len(made.data) <= limit


def test_pictures_beyond_the_budget_are_made_to_fit_and_a_note_says_how(photo: Asset) -> None:
    budget = len(photo.data) // 2
    fitted = fit([photo], replace(ROOMY, name="kindle", budget=budget, shrinks=True))
    assert profiles.weight(fitted.assets.values()) <= budget
    (note,) = fitted.notes
    assert note.code == "size-budget"
    assert "at most 1024 px, quality 70" in note.detail


def test_what_never_fits_is_told(photo: Asset) -> None:
    (note,) = fit([photo], replace(ROOMY, budget=10, shrinks=True)).notes
    assert "--images screen" in note.detail


def test_generic_changes_nothing_and_tells(photo: Asset) -> None:
    fitted = fit([photo], replace(PROFILES["generic"], budget=10))
    assert fitted.assets == {photo.key: photo}
    assert [note.code for note in fitted.notes] == ["size-budget"]


def test_every_choice_of_the_option_is_a_profile() -> None:
    assert CHOICES["profile"] == tuple(PROFILES)
    assert Settings().profile == "generic"


@pytest.mark.parametrize("name", PROFILES)
def test_a_book_of_each_profile_is_sound_and_holds_what_the_profile_says(name: str) -> None:
    large = photograph(2400, 600)
    body = f'<figure><img src="asset:{large.key}" alt="Un quai"/></figure>'
    about = Metadata(title="Le quai", language="fr", site="Le Port")
    article = Article(about, body, (large,), (), (), Capture("a.html", "html", "0"))
    theme, settings = themes.load("classic"), Settings(profile=name)
    data = writer(".epub")(Edition.single(article), theme, settings).data
    assert writer(".epub")(Edition.single(article), theme, settings).data == data
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        (picture,) = [one for one in book.namelist() if one.startswith("EPUB/images/")]
        found = {one: Image.open(io.BytesIO(book.read(one))).size
                 for one in (picture, "EPUB/cover.jpg")}  # fmt: skip
    assert found["EPUB/cover.jpg"] == (PROFILES[name].cover or (1000, 1500))
    assert max(found[picture]) == (PROFILES[name].image_px or 2400)
