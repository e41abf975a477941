"""Under what went stands the rule that would keep it, and that rule keeps it."""

import pytest

from exporter.model import Removal
from exporter.review.keeping import rule
from exporter.rules.sites import site_rule

PHRASE = "phrase:fr.share"
TEXT = 'Partagez-le avec "un ami" et dites-le à tous vos voisins'


@pytest.mark.parametrize(
    ("path", "css", "starts"),
    [
        ("div.entry > p.plea", "p.plea", ""),
        ("div#promo", "div#promo", ""),
        ("div.entry > p:nth-of-type(3)", "", "partagez le avec un ami et dites le a tous"),
        ("article > p", "", "partagez le avec un ami et dites le a tous"),
    ],
)
def test_a_rule_names_the_element_or_how_it_begins(path: str, css: str, starts: str) -> None:
    lines = rule(Removal(PHRASE, "", path, TEXT), "port.example")
    assert lines is not None
    (kept,) = site_rule(lines, "rule").keep
    assert (kept.selector.text if kept.selector else "") == css
    assert kept.starts == starts


@pytest.mark.parametrize(
    ("reason", "path"),
    [("outside-article", "p"), ("alt-repeats-caption", "p"), ("user:drop", "p"), (PHRASE, "div")],
)
def test_what_no_rule_brings_back_has_none(reason: str, path: str) -> None:
    assert rule(Removal(reason, "", path, TEXT), "port.example") is None
