"""What an EPUB says of itself: people, series, access, direction."""

from dataclasses import replace

import pytest

from exporter.model import Article, Asset, Capture, Edition, Metadata
from exporter.write.epub import access, package, people
from exporter.write.epub.package import Statement

KEY = "b2" * 32
ABOUT = Metadata(title="T", language="fr")
PHOTO = Asset(KEY, "image/jpeg", 900, 600, b"")


def article(
    body: str = "<p>x</p>", assets: tuple[Asset, ...] = (), about: Metadata = ABOUT
) -> Article:
    return Article(about, body, assets, (), (), Capture("a.html", "html", "0"))


def said(edition: Edition) -> list[Statement]:
    return list(package.statements(edition))


def refined(statements: list[Statement], key: str) -> dict[str, str]:
    return {
        one.attributes["property"]: one.value
        for one in statements
        if one.attributes.get("refines") == f"#{key}"
    }


def test_each_person_has_a_role_and_a_place_in_the_catalogue() -> None:
    about = replace(
        ABOUT,
        byline=("Simone de Beauvoir", "Collectif"),
        translator="Jean Petit, Ann Lee",
        photographers=("Bo Roe",),
    )
    found = said(Edition.single(article(about=about)))
    named = [(one.term, one.value) for one in found if one.term in {"creator", "contributor"}]
    assert named == [
        ("creator", "Simone de Beauvoir"),
        ("creator", "Collectif"),
        ("contributor", "Jean Petit"),
        ("contributor", "Ann Lee"),
        ("contributor", "Bo Roe"),
    ]
    assert refined(found, "creator-1") == {"role": "aut", "file-as": "Beauvoir, Simone de"}
    assert refined(found, "creator-2") == {"role": "aut"}
    roles = [refined(found, f"contributor-{number}")["role"] for number in (1, 2, 3)]
    assert roles == ["trl", "trl", "pht"]


@pytest.mark.parametrize(
    ("name", "language", "sorted_as"),
    [
        ("Jane Doe", "en", "Doe, Jane"),
        ("Jean-Luc O’Neill", "fr", "O’Neill, Jean-Luc"),
        ("J. K. Rowe", "en", "Rowe, J. K."),
        ("Honoré de Balzac", "fr", "Balzac, Honoré de"),
        ("Vincent van Gogh", "nl", "Gogh, Vincent van"),
        ("Marie Le Goff", "fr", "Le Goff, Marie"),
        ("Mary Ann Evans", "en", "Evans, Mary Ann"),
        ("Лев Толстой", "ru", "Толстой, Лев"),
        ("Ana Ruiz", "es", "Ruiz, Ana"),
        ("Gabriel Ruiz Mar", "es", ""),  # "Ruiz Mar, Gabriel" or "Mar, Gabriel Ruiz"
        ("AFP", "fr", ""),
        ("Le Monde avec AFP", "fr", ""),
        ("村上春樹", "ja", ""),
        ("Collectif", "fr", ""),
        ("la rédaction", "fr", ""),
    ],
)
def test_names_are_sorted_by_family_unless_that_is_a_guess(
    name: str, language: str, sorted_as: str
) -> None:
    assert people.sorted_as(name, language) == sorted_as


def test_a_republisher_is_the_publisher_and_the_original_a_source() -> None:
    about = replace(
        ABOUT,
        site="L’Écho",
        republisher="Le Relais",
        url="https://relais.example/a",
        original_url="https://echo.example/a",
        rights="CC BY 4.0",
        subtitle="Un chapeau.",
    )
    found = [(one.term, one.value) for one in said(Edition.single(article(about=about)))]
    for statement in (
        ("publisher", "Le Relais"),
        ("source", "https://relais.example/a"),
        ("source", "https://echo.example/a"),
        ("rights", "CC BY 4.0"),
        ("description", "Un chapeau."),
    ):
        assert statement in found


def test_a_series_is_said_for_new_shelves_and_for_old_ones() -> None:
    edition = Edition("T", (article(), article()), "fr", "2024", series="Rivières", number="2")
    found = said(edition)
    (series,) = [one for one in found if one.attributes.get("id") == "series"]
    assert series.value == "Rivières"
    assert series.attributes["property"] == "belongs-to-collection"
    assert refined(found, "series") == {"collection-type": "series", "group-position": "2"}
    calibre = {one.attributes["name"]: one.attributes["content"] for one in found
               if "name" in one.attributes}  # fmt: skip
    assert calibre == {"calibre:series": "Rivières", "calibre:series_index": "2"}


def test_a_book_of_no_series_says_nothing_of_one() -> None:
    text = str(said(Edition.single(article())))
    assert "series" not in text
    assert "collection" not in text


def facts(*articles: Article) -> set[tuple[str, str]]:
    return set(access.facts(Edition("T", articles, "fr", "2024")))


def shown(alt: str) -> Article:
    return article(f'<figure><img src="asset:{KEY}" alt="{alt}"/></figure>', (PHOTO,))


def test_a_book_of_words_is_read_as_words() -> None:
    found = facts(article())
    assert ("accessModeSufficient", "textual") in found
    assert ("accessMode", "visual") not in found
    assert ("accessibilityFeature", "alternativeText") not in found


def test_alternative_texts_are_claimed_when_every_picture_has_one() -> None:
    found = facts(shown("Un four"), article())
    assert ("accessMode", "visual") in found
    assert ("accessibilityFeature", "alternativeText") in found
    assert ("accessModeSufficient", "textual") in found


def test_one_picture_without_a_text_and_words_do_not_suffice() -> None:
    found = facts(shown("Un four"), shown(""))
    assert ("accessibilityFeature", "alternativeText") not in found
    assert ("accessModeSufficient", "textual,visual") in found
    assert ("accessModeSufficient", "textual") not in found


def test_readings_of_characters_are_a_feature() -> None:
    ruby = article("<p><ruby>漢<rt>kan</rt></ruby></p>")
    assert ("accessibilityFeature", "rubyAnnotations") in facts(ruby)


def test_nothing_moves_or_sounds_and_no_standard_is_claimed() -> None:
    found = said(Edition.single(shown("Un four")))
    assert ("accessibilityHazard", "none") in facts(shown("Un four"))
    assert all("conformsTo" not in one.attributes.get("property", "") for one in found)
