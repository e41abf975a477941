"""Boilerplate becomes provenance: what the tail says before it goes.

"Read the original here" is the article's original address, "Traduit par X" a contributor, a
copyright line the rights, a paywall line the note that the text is truncated.
"""

import dataclasses
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from bs4 import Tag

from exporter import dom, rules
from exporter.clean import paywall, signature, sitename
from exporter.clean.addresses import attribute, is_web, join
from exporter.clean.outline import Block, blocks
from exporter.clean.translators import translator
from exporter.clean.verdicts import Context
from exporter.model import Metadata, Note
from exporter.urls import host_of

WEB: Final = re.compile(r"https?://[^\s<>()«»\"“”]+[^\s<>()«»\"“”.,;:!?]")

PARAGRAPHS: Final = frozenset({"p", "div"})


def learn(
    metadata: Metadata, root: Tag, context: Context, base: str | None
) -> tuple[Metadata, tuple[Note, ...]]:
    """Give the metadata with what the article's blocks say of its origin, and notes."""
    found: dict[str, Any] = {}
    notes: list[Note] = []
    for block in context.blocks:
        if block.words > rules.LONGEST:
            continue
        if name := translator(block.text):
            found.setdefault("translator", name)
        if block.order > context.first:
            notes.extend(_origin(block, context, base, found))
    if "original_url" not in found:
        found |= _below(root, context, base)
    found = {field: value for field, value in found.items() if not getattr(metadata, field)}
    if (not metadata.byline or _by_the_site(metadata)) and (signed := signature.find(context)):
        found["byline"] = signed
    if "original_url" in found:
        notes = [note for note in notes if note.code != "original-link-unknown"]
    origin = {**metadata.provenance, **dict.fromkeys(found, "tail")}
    learnt = dataclasses.replace(metadata, **found, provenance=origin)
    return told_apart(learnt), _once(notes)


def _origin(
    block: Block, context: Context, base: str | None, found: dict[str, Any]
) -> Iterator[Note]:
    """Put what one block says of the article's origin into `found`, and give notes."""
    kinds = {rule.kind for rule, _ in rules.phrase_book().matches(block.text)}
    if "source" in kinds and not context.metadata.original_url and "original_url" not in found:
        if link := _link(block, base, context.site):
            found["original_url"] = link
        else:
            yield Note("original-link-unknown", block.text)
    if "rights" in kinds:
        found.setdefault("rights", block.text)
    if "paywall" in kinds and context.tail(block) and paywall.breaks_off(block.text):
        yield Note("truncated", block.text)


def _below(root: Tag, context: Context, base: str | None) -> dict[str, str]:
    """Give the original address that stands right below the article, outside its container.

    Only paragraphs beside the container speak of the article; from a heading, a list or a box on
    the page speaks of others.
    """
    for sibling in root.next_siblings:
        within = blocks(sibling) if isinstance(sibling, Tag) else []
        if within and (len(within) > 1 or within[0].element.name not in PARAGRAPHS):
            break
        for block in within:
            kinds = {rule.kind for rule, _ in rules.phrase_book().matches(block.text)}
            if "source" in kinds and (link := _link(block, base, context.site)):
                return {"original_url": link}
    return {}


def told_apart(metadata: Metadata) -> Metadata:
    """Give the metadata with the site an article was taken from told apart from who took it.

    A web archive keeps pages, it publishes none.
    """
    first, here = metadata.original_url, metadata.url
    origin = metadata.provenance.get("original_url")
    if not first or not here or origin == "archive" or sitename.same_owner(first, here):
        return metadata
    if sitename.likeness(metadata.site, first) > sitename.likeness(metadata.site, here):
        republisher, site = host_of(here) or "", metadata.site  # it kept the name, too
    else:
        republisher, site = metadata.site or host_of(here) or "", host_of(first) or ""
    return dataclasses.replace(
        metadata,
        site=site,
        republisher=republisher,
        provenance={
            **metadata.provenance,
            "republisher": metadata.provenance.get("site", "url"),
            "site": "original_url",
        },
    )


def _by_the_site(metadata: Metadata) -> bool:
    """Tell whether nobody but the site itself signs."""
    site = dom.squash(metadata.site or "")
    return bool(site) and all(dom.squash(name) == site for name in metadata.byline)


def _link(block: Block, base: str | None, site: str | None) -> str | None:
    for anchor in block.element.find_all("a", href=True):
        address = join(base, attribute(anchor, "href"))
        if _elsewhere(address, site):
            return address
    return next(
        (found[0] for found in WEB.finditer(block.text) if _elsewhere(found[0], site)), None
    )


def _elsewhere(address: str, site: str | None) -> bool:
    """Tell whether this is the address of a page on another site, not of that site's front."""
    return is_web(address) and host_of(address) != site and bool(urlsplit(address).path.strip("/"))


def _once(notes: list[Note]) -> tuple[Note, ...]:
    seen: dict[str, Note] = {}
    for note in notes:
        seen.setdefault(note.code, note)
    return tuple(seen.values())
