"""Site rules: what is known about the pages of one site."""

from dataclasses import dataclass
from typing import Any, Final

from exporter.errors import ConfigError
from exporter.rules import reading
from exporter.rules.words import normalise

EXTENTS: Final = frozenset({"element", "to-end", "to-heading"})


@dataclass(frozen=True, slots=True)
class Cut:
    """One removal or keeping of a site rule."""

    what: str  # printed in the ledger
    css: str = ""
    starts: str = ""  # the words a block starts with
    extent: str = "element"  # "element" | "to-end" | "to-heading"


@dataclass(frozen=True, slots=True)
class Example:
    """A snippet that the rule must treat as it says."""

    html: str
    removes: tuple[str, ...]
    keeps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What is known about the pages of one site and its subdomains."""

    site: str
    why: str = ""
    article: tuple[str, ...] = ()  # CSS of the article's container, the first that fits
    remove: tuple[Cut, ...] = ()
    keep: tuple[Cut, ...] = ()
    examples: tuple[Example, ...] = ()

    def covers(self, host: str) -> bool:
        """Tell whether a host belongs to the site."""
        return host == self.site or host.endswith(f".{self.site}")


def site_rule(text: str, name: str) -> SiteRule:
    """Read a site rule.

    Raises:
        ConfigError: it is no TOML, or says something a site rule can't say.

    """
    table = reading.toml(text, name)
    reading.known(table, {"site", "why", "article", "remove", "keep", "example"}, name)
    if not isinstance(table.get("site"), str):
        raise ConfigError("a site rule needs its site", name, 'add site = "example.org"')
    return SiteRule(
        site=table["site"].lower(),
        why=str(table.get("why", "")),
        article=reading.strings(table, "article", reading.place(text, "article", name)),
        remove=_cuts(table, "remove", text, name),
        keep=_cuts(table, "keep", text, name),
        examples=tuple(
            Example(
                str(entry.get("html", "")),
                reading.strings(entry, "removes", name),
                reading.strings(entry, "keeps", name),
            )
            for entry, _ in reading.tables(table, "example", text, name)
        ),
    )


def _cuts(table: dict[str, Any], key: str, text: str, name: str) -> tuple[Cut, ...]:
    cuts = []
    for entry, where in reading.tables(table, key, text, name):
        reading.known(entry, {"what", "css", "starts", "extent"}, where)
        cut = Cut(
            what=str(entry.get("what", entry.get("css", entry.get("starts", "")))),
            css=str(entry.get("css", "")),
            starts=normalise(str(entry.get("starts", ""))),
            extent=str(entry.get("extent", "element")),
        )
        if bool(cut.css) == bool(cut.starts):
            raise ConfigError("needs css or starts, not both", where, 'add css = "div.share"')
        if cut.extent not in EXTENTS:
            raise ConfigError(f"extent {cut.extent!r} is unknown", where, " | ".join(EXTENTS))
        cuts.append(cut)
    return tuple(cuts)
