"""Rules as data: phrases of boilerplate, names of furniture in the markup, and site rules.

All are TOML. A mistake in a file is reported with its name and line.
"""

from exporter.rules.folders import read_rule, rule_files, rules_for, site_rules, texts_for
from exporter.rules.furniture import furniture
from exporter.rules.phrases import (
    KINDS,
    LONGEST,
    PhraseBook,
    PhraseRule,
    phrase_book,
    phrase_rules,
)
from exporter.rules.sites import Cut, Example, Selector, SiteRule, site_rule
from exporter.rules.words import normalise

__all__ = [
    "KINDS",
    "LONGEST",
    "Cut",
    "Example",
    "PhraseBook",
    "PhraseRule",
    "Selector",
    "SiteRule",
    "furniture",
    "normalise",
    "phrase_book",
    "phrase_rules",
    "read_rule",
    "rule_files",
    "rules_for",
    "site_rule",
    "site_rules",
    "texts_for",
]
