"""Applies what the user and the site rules decided."""

from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from soupsieve import SelectorSyntaxError

from exporter.clean.outline import Block
from exporter.clean.selecting import select
from exporter.clean.verdicts import Act, Context, Decision, Rank, Verdict
from exporter.errors import UsageError
from exporter.rules import Cut, normalise

USER_KEEPS: Final = Decision(Act.KEEP, Rank.USER)
USER_DROPS: Final = Decision(Act.REMOVE, Rank.USER)
RULE_KEEPS: Final = Decision(Act.KEEP, Rank.RULE)
RULE_DROPS: Final = Decision(Act.REMOVE, Rank.RULE)
WHOLE: Final = Decision(Act.KEEP, Rank.STRUCTURE)  # what is hidden still goes


def judge(root: Tag, context: Context) -> Iterator[Verdict]:
    """Give the decisions of --keep, --drop and the rules of the page's site.

    Raises:
        UsageError: a selector of the user is no CSS.

    """
    yield from _user(root, context.settings.keep, USER_KEEPS, "user:keep")
    yield from _user(root, context.settings.drop, USER_DROPS, "user:drop")
    for rule in context.site_rules:
        for number, cut in enumerate(rule.remove, 1):
            yield from _cut(root, context, f"site:{rule.site}#{number}", cut, RULE_DROPS)
        for number, cut in enumerate(rule.keep, 1):
            yield from _cut(root, context, f"site:{rule.site}#keep{number}", cut, RULE_KEEPS)
        if rule.whole:
            yield Verdict(root, f"site:{rule.site}", rule.source, decision=WHOLE)


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
    root: Tag, context: Context, reason: str, cut: Cut, decision: Decision
) -> Iterator[Verdict]:
    for start in _starts(root, context, cut):
        yield Verdict(start, reason, cut.what, decision=decision)
        if cut.extent != "element":
            for block in _following(context.blocks, start, cut.extent):
                yield Verdict(block.element, reason, cut.what, decision=decision)


def _starts(root: Tag, context: Context, cut: Cut) -> list[Tag]:
    if cut.selector is not None:
        return [tag for tag in select(root, cut.selector) if tag is not root]
    return [
        block.element
        for block in context.blocks
        if f"{normalise(block.text)} ".startswith(f"{cut.starts} ")
    ]


def _following(blocks: tuple[Block, ...], start: Tag, extent: str) -> Iterator[Block]:
    begun = False
    for block in blocks:
        chain = (block.element, *block.element.parents)
        inside = any(tag is start for tag in chain)
        if begun and not inside:
            if extent == "to-heading" and block.heading:
                return
            yield block
        begun = begun or inside
