# ruff: noqa: E501  (a page's lines are long)
"""What a page tells machines of its text confirms the article, and never becomes it."""

import json
from collections.abc import Mapping

from benchmarks.quality import page_of

from exporter.clean import clean
from exporter.model import Article, Learned
from exporter.settings import Settings

FIRST = "The ferry crosses the river every morning, and nobody in the village knows since when it has done so, or who paid for the boat."
SECOND = "A second boat was bought in spring, smaller than the first, and it has lain at the landing without a captain ever since."
THIRD = "On Sundays the warden rings the bell twice, once for the boat and once for those who have missed it and wait on the quay."
LAST = "Nobody has ever asked him why, and he would not say."


def article_of(body: str, told: Mapping[str, object] | None = None) -> Article:
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Ferry",
        **(told or {}),
    }
    page = (
        f"<html lang='en'><head><title>Ferry</title><script type='application/ld+json'>{json.dumps(node)}</script></head>"
        f"<body>{body}</body></html>"
    )
    return clean(page_of(page.encode(), "https://news.example/2020/ferry"), Settings(), Learned())


def test_text_after_the_end_of_what_is_told_goes() -> None:
    tail = "<p>More boats, more quays, more bells: <a href='/shop'>our shop</a> has them all.</p>"
    body = f"<article><h1>Ferry</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{LAST}</p>{tail}</article>"
    whole = {"articleBody": f"{FIRST} {SECOND} {THIRD} {LAST}"}
    assert "our shop" not in article_of(body, whole).body
    assert "would not say" in article_of(body, whole).body
    assert "our shop" in article_of(body).body


def test_a_told_text_that_was_cut_short_says_nothing_of_the_end() -> None:
    body = (
        f"<article><h1>Ferry</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{LAST}</p></article>"
    )
    cut = {"articleBody": f"{FIRST} {SECOND} {THIRD[:60]}…"}
    summary = {"articleBody": FIRST}
    for told in (cut, summary):
        assert "would not say" in article_of(body, told).body


def test_the_steps_and_the_ingredients_of_a_recipe_are_both_found() -> None:
    rows = "".join(
        f"<tr><td>{amount}</td><td>{name}</td></tr>"
        for amount, name in (
            ("125 g", "flour"),
            ("65 g", "sugar"),
            ("3 pots", "sour cream"),
            ("2 tins", "tangerines"),
            ("1 pinch", "salt"),
            ("500 ml", "milk"),
        )
    )
    steps = f"<div class='steps'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
    page = f"<div><h1>Cake</h1><div><table>{rows}</table></div><section class='entry-content'>{steps}</section></div><div><p>{LAST}</p></div>"
    told = {
        "@type": "Recipe",
        "recipeIngredient": [
            "125 g flour",
            "65 g sugar",
            "3 pots sour cream",
            "2 tins tangerines",
            "1 pinch salt",
            "500 ml milk",
        ],
        "recipeInstructions": [
            {"@type": "HowToStep", "text": step} for step in (FIRST, SECOND, THIRD)
        ],
    }
    assert "sour cream" not in article_of(page).body
    body = article_of(page, told).body
    assert "sour cream" in body
    assert "rings the bell twice" in body


def test_what_is_told_and_not_shown_is_not_taken() -> None:
    body = f"<article><h1>Ferry</h1><p>{FIRST}</p><p>{SECOND}</p></article>"
    assert (
        "rings the bell" not in article_of(body, {"articleBody": f"{FIRST} {SECOND} {THIRD}"}).body
    )


def test_soft_hyphens_are_no_part_of_a_word() -> None:
    body = article_of(f"<article><p>The can&shy;di\u00adda&#173;cy. {FIRST}</p></article>").body
    assert "The candidacy." in body


def test_prose_that_leads_nowhere_stays_after_a_text_told_to_the_end_of_a_paragraph() -> None:
    lines = "<p>“Did you see it?” she asked him then.</p><p>“No,” he said, and went.</p>"
    body = f"<article><h1>Ferry</h1><p>{FIRST}</p><p>{SECOND}</p>{lines}</article>"
    assert "went" in article_of(body, {"articleBody": f"{FIRST} {SECOND}"}).body
