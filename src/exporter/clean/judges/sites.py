"""Applies what the user and the site rules decided."""

from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from soupsieve import SelectorSyntaxError

from exporter.clean.outline import Block
from exporter.clean.verdicts import Act, Context, Decision, Rank, Verdict
from exporter.errors import ConfigError, UsageError
from exporter.rules import Cut, SiteRule, normalise

USER_KEEPS: Final = Decision(Act.KEEP, Rank.USER)
USER_DROPS: Final = Decision(Act.REMOVE, Rank.USER)
RULE_KEEPS: Final = Decision(Act.KEEP, Rank.RULE)
RULE_DROPS: Final = Decision(Act.REMOVE, Rank.RULE)


def judge(root: Tag, context: Context) -> Iterator[Verdict]:
    """Give the decisions of --keep, --drop and the rules of the page's site.

    Raises:
        UsageError: a selector of the user is no CSS.
        ConfigError: a selector of a site rule is no CSS.

    """
    yield from _user(root, context.settings.keep, USER_KEEPS, "user:keep")
    yield from _user(root, context.settings.drop, USER_DROPS, "user:drop")
    for rule in context.site_rules:
        for decision, cuts in ((RULE_KEEPS, rule.keep), (RULE_DROPS, rule.remove)):
            for number, cut in enumerate(cuts, 1):
                yield from _cut(root, context, rule, (number, cut, decision))


def _user(
    root: Tag, selectors: tuple[str, ...], decision: Decision, reason: str
) -> Iterator[Verdict]:
    for selector in selectors:
        try:
            found = root.select(selector)
        except (SelectorSyntaxError, NotImplementedError) as error:
            raise UsageError(
                f"{selector!r} is no CSS selector", f"--{reason[5:]}", "for example div.share"
            ) from error
        for element in found:
            yield Verdict(element, reason, selector, decision=decision)


def _cut(
    root: Tag, context: Context, rule: SiteRule, numbered: tuple[int, Cut, Decision]
) -> Iterator[Verdict]:
    number, cut, decision = numbered
    reason = f"site:{rule.site}#{number}"
    if cut.css:
        try:
            starts = list(root.select(cut.css))
        except (SelectorSyntaxError, NotImplementedError) as error:
            raise ConfigError(f"{cut.css!r} is no CSS selector", rule.site, str(error)) from error
    else:
        starts = [
            block.element
            for block in context.blocks
            if normalise(block.text).startswith(cut.starts)
        ]
    for start in starts:
        yield Verdict(start, reason, cut.what, decision=decision)
        if cut.extent != "element":
            for block in _following(context.blocks, start, cut.extent):
                yield Verdict(block.element, reason, cut.what, decision=decision)


def _following(blocks: tuple[Block, ...], start: Tag, extent: str) -> Iterator[Block]:
    begun = False
    for block in blocks:
        inside = block.element is start or start in block.element.parents
        if begun and not inside:
            if extent == "to-heading" and block.heading:
                return
            yield block
        begun = begun or inside
