"""Every phrase rule matches its examples and none of its counter-examples."""

import pytest

from exporter import rules

RULES = rules.phrase_book().rules
MATCHES = [(rule, text) for rule in RULES for text in rule.examples]
MISSES = [(rule, text) for rule in RULES for text in rule.counter_examples]


def found(rule: rules.PhraseRule, text: str) -> bool:
    return any(match.id == rule.id for match, _ in rules.phrase_book().matches(text))


@pytest.mark.parametrize(("rule", "text"), MATCHES, ids=lambda value: getattr(value, "id", None))
def test_an_example_is_recognised(rule: rules.PhraseRule, text: str) -> None:
    assert found(rule, text)


@pytest.mark.parametrize(("rule", "text"), MISSES, ids=lambda value: getattr(value, "id", None))
def test_a_counter_example_is_not(rule: rules.PhraseRule, text: str) -> None:
    assert not found(rule, text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_shows_both_sides(rule: rules.PhraseRule) -> None:
    assert rule.examples
    assert rule.counter_examples


def test_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    "text",
    [
        "Partagez cet article\u00a0!",
        "PARTAGEZ CET ARTICLE",
        "« Partagez cet article » 👇",
        "partagez   cet\narticle",
    ],
)
def test_case_accents_spaces_and_marks_do_not_count(text: str) -> None:
    assert any(rule.kind == "share" for rule, _ in rules.phrase_book().matches(text))


def test_a_long_block_is_never_matched() -> None:
    text = "Partagez cet article. " + "Le bac traverse la rivière chaque matin. " * 10
    assert not list(rules.phrase_book().matches(text))
