"""Rules as data: phrase rules for boilerplate in each language, and site rules.

Both are TOML. A mistake in a file is reported with its name and line.
"""

from exporter.rules.folders import read_rule, rule_files, rules_for, site_rules
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
    "normalise",
    "phrase_book",
    "phrase_rules",
    "read_rule",
    "rule_files",
    "rules_for",
    "site_rule",
    "site_rules",
]
