"""Who took the pictures: only people, only where a credit says that they did."""

import pytest

from exporter.clean.photographers import named_in, photographers

SITE = "The Harbour Post"
NAMED = {
    "Photo : Jane Doe / AFP": ["Jane Doe"],
    "© Jean-Luc Dupont": ["Jean-Luc Dupont"],
    "Crédits photo : Marie Le Goff": ["Marie Le Goff"],
    "(Photo by Ann Lee/Getty Images)": ["Ann Lee"],
    "REUTERS/Ann Lee": ["Ann Lee"],
    "Foto: Eva Müller/dpa": ["Eva Müller"],
    "Anna Stockmann / picture alliance": ["Anna Stockmann"],
    "Photograph by Simon de la Cruz": ["Simon de la Cruz"],
    "Photos: Jane Doe and John Roe": ["Jane Doe", "John Roe"],
    "Photo by Harry Shelton on Unsplash": ["Harry Shelton"],
    "Wikimedia Commons / Jane Doe (CC BY-SA 4.0)": ["Jane Doe"],
    "© ANP / Koen van Weel": ["Koen van Weel"],
    "Photo: JANE DOE": ["Jane Doe"],
}
NOBODY = [
    "Photo : DR",
    "Foto: dpa",
    "Photo: Getty Images",
    "© Le Monde",
    "© Musée d’Orsay",
    "Photo: City Archive",
    "Photo: NASA/JPL-Caltech",
    "Photo: Harbour Post",  # the site's own
    "Image: Courtesy of the Harbour Museum",
    "Photo credit: US Navy photo by John Roe",
    "Illustration: Jane Doe",
    "Source: Jane Doe",
    "Image credit: Blue Origin",
    "Photo: Tyvak Satellite Systems",
    "Jane Doe",  # it may be a bridge
    "Photon Jane Doe",
    "Photo:",
    "",
]


@pytest.mark.parametrize("credit", NAMED)
def test_a_credit_names_who_took_the_picture(credit: str) -> None:
    assert list(photographers([credit], SITE)) == NAMED[credit]


@pytest.mark.parametrize("credit", NOBODY)
def test_agencies_museums_drawings_and_doubtful_names_are_no_photographers(credit: str) -> None:
    assert photographers([credit], SITE) == ()


def test_who_took_several_pictures_is_named_once() -> None:
    assert photographers(["© Ann Lee", "Photo: Ann Lee / AFP", "© Bo Roe"]) == ("Ann Lee", "Bo Roe")


def test_credits_are_those_of_figures_in_the_body() -> None:
    figure = (
        '<figure><img src="missing:" alt=""/><figcaption>The quay. '
        '<span class="credit">Photo: Ann Lee</span></figcaption></figure>'
    )
    assert named_in(f"<p>© Bo Roe took the boat.</p>{figure}", None) == ("Ann Lee",)
    assert named_in("<p>© Bo Roe</p>", None) == ()
