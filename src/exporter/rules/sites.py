"""Site rules: what is known about the pages of one site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from exporter.errors import ConfigError
from exporter.rules import reading
from exporter.rules.words import normalise

EXTENTS: Final = ("element", "to-end", "to-heading")
FIELDS: Final = ("title", "byline", "date")  # what [metadata] may select
KEYS: Final = frozenset({"site", "why", "article", "metadata", "remove", "keep", "example"})
EXAMPLE_KEYS: Final = frozenset({"html", "removes", "keeps", *FIELDS})


@dataclass(frozen=True, slots=True)
class Selector:
    """What selects elements of a page."""

    text: str
    xpath: bool = False  # else CSS


@dataclass(frozen=True, slots=True)
class Cut:
    """One removal or keeping of a site rule."""

    what: str  # printed in the ledger
    selector: Selector | None = None
    starts: str = ""  # the words a block starts with, normalised; where there is no selector
    extent: str = "element"  # one of EXTENTS


@dataclass(frozen=True, slots=True)
class Example:
    """A snippet that the rule must treat as it says."""

    html: str
    removes: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)  # of FIELDS
    where: str = ""  # "file:line"


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What is known about the pages of one site and its subdomains."""

    site: str
    why: str = ""
    article: tuple[Selector, ...] = ()  # the article's container: the first that fits
    metadata: Mapping[str, tuple[Selector, ...]] = field(default_factory=dict)  # of FIELDS
    remove: tuple[Cut, ...] = ()
    keep: tuple[Cut, ...] = ()
    examples: tuple[Example, ...] = ()
    source: str = ""  # the file
    parts: bool = False  # all elements that `article` selects are the article, not the first alone
    whole: bool = False  # evidence removes nothing from the article: the rule says all
    ignored: tuple[str, ...] = ()  # what the file says beyond what we understand


def site_rule(text: str, name: str) -> SiteRule:
    """Read a site rule.

    Raises:
        ConfigError: it is no TOML, or says something a site rule can't say.

    """
    table = reading.toml(text, name)
    for key in table:
        reading.known({key: None}, KEYS, reading.place(text, key, name))
    return SiteRule(
        site=site_of(table, text, name),
        why=reading.string(table, "why", reading.place(text, "why", name)),
        article=_selectors(table, "article", reading.place(text, "article", name)),
        metadata=_metadata(table, text, name),
        remove=_cuts(table, "remove", text, name),
        keep=_cuts(table, "keep", text, name),
        examples=_examples(table, text, name),
        source=name,
    )


def site_of(table: reading.Table, text: str, name: str) -> str:
    """Give the host that a rule file is about, without "www.".

    Raises:
        ConfigError: it says none.

    """
    site = table.get("site")
    if not isinstance(site, str) or not site.strip():
        where = reading.place(text, "site", name)
        raise ConfigError("a site rule needs its site", where, 'add site = "example.org"')
    return site.strip().lower().removeprefix("www.")


def covers(site: str, host: str) -> bool:
    """Tell whether a host is the site's or a subdomain of it."""
    return host == site or host.endswith(f".{site}")


def _metadata(table: reading.Table, text: str, name: str) -> dict[str, tuple[Selector, ...]]:
    entry = table.get("metadata", {})
    where = reading.place(text, "metadata", name)
    if not isinstance(entry, dict):
        raise ConfigError("metadata is no table", where, "write [metadata]")
    reading.known(entry, FIELDS, where)
    return {key: _selectors(entry, key, reading.place(text, key, name)) for key in entry}


def _cuts(table: reading.Table, key: str, text: str, name: str) -> tuple[Cut, ...]:
    return tuple(_cut(entry, where) for entry, where in reading.tables(table, key, text, name))


def _cut(entry: dict[str, Any], where: str) -> Cut:
    reading.known(entry, {"what", "css", "starts", "extent"}, where)
    css = reading.string(entry, "css", where)
    starts = reading.string(entry, "starts", where)
    extent = entry.get("extent", "element")
    if bool(css) == bool(starts):
        raise ConfigError("needs css or starts, not both", where, 'add css = "div.share"')
    if starts and not normalise(starts):
        raise ConfigError("starts has no words", where, "write how the block starts")
    if extent not in EXTENTS:
        raise ConfigError(f"extent {extent!r} is unknown", where, " | ".join(EXTENTS))
    return Cut(
        what=reading.string(entry, "what", where) or css or starts,
        selector=_selector(css, where) if css else None,
        starts=normalise(starts),
        extent=extent,
    )


def _examples(table: reading.Table, text: str, name: str) -> tuple[Example, ...]:
    return tuple(
        _example(entry, where) for entry, where in reading.tables(table, "example", text, name)
    )


def _example(entry: dict[str, Any], where: str) -> Example:
    reading.known(entry, EXAMPLE_KEYS, where)
    found = Example(
        html=reading.string(entry, "html", where),
        removes=reading.strings(entry, "removes", where),
        keeps=reading.strings(entry, "keeps", where),
        metadata={key: reading.string(entry, key, where) for key in FIELDS if key in entry},
        where=where,
    )
    if not found.html or not (found.removes or found.keeps or found.metadata):
        remedy = 'add html = "…", and removes = ["…"] or keeps = ["…"]'
        raise ConfigError("an example needs a snippet and what becomes of it", where, remedy)
    return found


def _selectors(entry: reading.Table, key: str, where: str) -> tuple[Selector, ...]:
    return tuple(_selector(css, where) for css in reading.strings(entry, key, where))


def _selector(css: str, where: str) -> Selector:
    # slow, and a process that reads no page reads no rule either
    import soupsieve  # noqa: PLC0415

    try:
        soupsieve.compile(css)
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as error:
        reason = str(error).partition("\n")[0]
        raise ConfigError(f"{css!r} is no CSS selector", where, reason) from error
    return Selector(css)
