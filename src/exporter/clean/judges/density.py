"""Weighs blocks that are links and little else: menus, teasers, lists of related articles."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bs4 import Tag

from exporter.clean import sitename
from exporter.clean.addresses import attribute
from exporter.clean.outline import Block
from exporter.clean.verdicts import Context, Verdict
from exporter.urls import host_of

TITLE: Final = 4  # words of a link that is another article's headline
SENTENCE_END: Final = re.compile(r"[.?!…]['\"’”»)\]]*$")  # yes: "so."; no: "Read this"
BOLD: Final = ("b", "strong")
ARROW: Final = re.compile(r"(?:>{1,3}|»|→|›|➔|►)\s*$")  # yes: "Read it all >>"; no: "a > b"
PARTS: Final = 3
LINKED: Final = 0.8  # share of a block's words


def judge(_root: Tag, context: Context) -> Iterator[Verdict]:
    """Give evidence against blocks that are mostly links; more where the article has ended."""
    runs = list(_runs(context))
    spared = _subheadings([run[0] for run in runs if len(run) == 1], context)
    for run in runs:
        if run[0].order in spared or _references(run, context):
            continue
        if len(run) == 1 and _interrupts(run[0], context):
            yield Verdict(
                run[0].element, "density:cross-link", "links to another article", 1.0, guarded=True
            )
            continue
        score = 1.0 if len(run) > 1 or _section(run[0], context) or _points_on(run[0]) else 0.7
        if not (context.tail(run[0]) or context.head(run[-1])):
            score -= 0.4 if len(run) > 2 else 0.6  # noqa: PLR2004
        for block in run:
            evidence = f"{block.density:.0%} of {block.words} words linked, {len(run)} in a row"
            if id(block.element) in context.alone:
                yield Verdict(block.element, "density:links", evidence, score, guarded=True)


def _points_on(block: Block) -> bool:
    """Tell whether a link ends with an arrow: it leads on, whatever it says."""
    return not block.heading and ARROW.search(block.text) is not None


def _section(block: Block, context: Context) -> bool:
    """Tell whether a link above the article names the section it stands in."""
    return (
        context.head(block)
        and block.words < TITLE
        and not block.heading
        and block.element.name != "li"
    )


def _references(run: Sequence[Block], context: Context) -> bool:
    """Tell whether a list under a heading of the article names places on many other sites.

    What a site recommends leads to itself; what it shares on has no heading of the article's.
    """
    before = context.blocks[run[0].order - 1] if run[0].order else None
    if before is None or not before.heading or context.tail(run[0]):
        return False
    anchors = [block.element.find("a", href=True) for block in run]
    hosts = {host_of(attribute(a, "href")) for a in anchors if isinstance(a, Tag)} - {None}
    return len(hosts) > PARTS and not any(SHARED.search(str(host)) for host in hosts)


# yes: "www.facebook.com", "api.whatsapp.com"; no: "facebookery.org"
SHARED: Final = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|t|telegram|instagram)\.(?:com|me|org)$"
)


def _interrupts(block: Block, context: Context) -> bool:
    """Tell whether a link to another page of the site stands alone between two paragraphs."""
    if block.words < TITLE or block.heading or SENTENCE_END.search(block.text):
        return False
    if block.element.name not in {"p", "div"} or id(block.element) not in context.alone:
        return False
    around = context.blocks[max(0, block.order - 1) : block.order + 2]
    if not all(other.prose for other in around if other is not block):
        return False
    anchor = block.element.find("a", href=True)
    host = host_of(attribute(anchor, "href")) if isinstance(anchor, Tag) else None
    return host is None or (
        context.site is not None
        and sitename.same_owner(f"https://{host}", f"https://{context.site}")
    )


def _subheadings(singles: Sequence[Block], context: Context) -> frozenset[int]:
    """Give the order of the bold links that head the parts of a round-up, three or more."""
    bold = [
        block.order
        for block in singles
        if not block.text.isupper()
        and block.element.find(BOLD) is not None
        and _interrupts(block, context)
    ]
    return frozenset(bold) if len(bold) >= PARTS else frozenset()


def _runs(context: Context) -> Iterator[list[Block]]:
    run: list[Block] = []
    for block in context.blocks:
        if block.density >= LINKED:
            run.append(block)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run
