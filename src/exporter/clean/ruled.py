"""What site rules say of a page before anything is judged: where the article is, who wrote it."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag

from exporter import rules
from exporter.clean import dates, names
from exporter.clean.selecting import select, values
from exporter.clean.tree import body_of, text_of
from exporter.model import Metadata, Note
from exporter.rules import Selector, SiteRule
from exporter.settings import Settings
from exporter.urls import host_of


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules of a page's site come to."""

    metadata: Metadata
    root: Tag | None  # the article's container, where a rule knows it
    notes: tuple[Note, ...]


def read(soup: BeautifulSoup, metadata: Metadata, settings: Settings) -> Ruled:
    """Give what the rules of the page's site say, the user's before the packaged.

    Raises:
        ConfigError: a rule file is wrong.

    """
    host = host_of(metadata.url)
    if not host:
        return Ruled(metadata, None, ())
    found = rules.rules_for(host, settings.rule_folders, settings.site_configs)
    root, unmatched = locate(soup, found)
    ignored = tuple(
        Note("site-config-ignored", f"{rule.source}: {', '.join(rule.ignored)}")
        for rule in found
        if rule.ignored
    )
    return Ruled(metadata_of(soup, metadata, found), root, (*ignored, *unmatched))


def locate(soup: BeautifulSoup, found: Sequence[SiteRule]) -> tuple[Tag | None, tuple[Note, ...]]:
    """Give the article's container as the first rule with one that fits says, or None.

    With a note for each rule whose selectors find nothing with words in it.
    """
    notes: list[Note] = []
    body = body_of(soup)
    for rule in found:
        for selector in rule.article:
            tags = [tag for tag in select(body, selector) if text_of(tag)]
            if tags:
                return (_gathered(soup, tags) if rule.parts else tags[0]), tuple(notes)
        if rule.article:
            told = ", ".join(selector.text for selector in rule.article)
            notes.append(Note("site-rule-unmatched", f"{rule.source}: {told}"))
    return None, tuple(notes)


def _gathered(soup: BeautifulSoup, tags: list[Tag]) -> Tag:
    """Give one element that holds all the tags: the first one's place is where it stands."""
    inside = {id(tag) for tag in tags}
    parts = [tag for tag in tags if not any(id(parent) in inside for parent in tag.parents)]
    if len(parts) == 1:
        return parts[0]
    whole = soup.new_tag("div")
    parts[0].insert_before(whole)
    for part in parts:
        whole.append(part.extract())
    return whole


def metadata_of(soup: BeautifulSoup, metadata: Metadata, found: Sequence[SiteRule]) -> Metadata:
    """Give the metadata with what the rules select in place of what the page states."""
    told: dict[str, Any] = {}
    for rule in found:
        for field, selectors in rule.metadata.items():
            for selector in selectors:
                name, value = _field(field, soup, selector, metadata.site)
                if value and name not in told:
                    told[name] = value
    if not told:
        return metadata
    origin = {**metadata.provenance, **dict.fromkeys(told, "rule")}
    return dataclasses.replace(metadata, **told, provenance=origin)


def _field(
    field: str, soup: BeautifulSoup, selector: Selector, site: str | None
) -> tuple[str, object]:
    texts = values(soup, selector)
    match field:
        case "title":
            return "title", next(iter(texts), "")
        case "byline":
            return "byline", names.people(texts, site=site) or tuple(texts)
        case _:
            return "published", next((date for text in texts if (date := dates.parse(text))), None)
