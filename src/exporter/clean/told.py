"""Where a page says what it is: JSON-LD, meta elements, its markup, read once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup

from exporter.clean import jsonld
from exporter.clean.addresses import attribute
from exporter.clean.index import Index

DUBLIN: Final = re.compile(r"\A(dc|dcterms):")  # yes: "dc:creator"; no: "og:title"
Meta = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of itself, and the tree it says it in."""

    nodes: Sequence[jsonld.Node]  # every JSON-LD node of the page
    node: jsonld.Node  # the one of its article; empty when none
    meta: Meta
    soup: BeautifulSoup
    index: Index
    saved_at: str | None = None  # ISO 8601

    def first(self, *names: str) -> str | None:
        """Give what the first of some meta elements says that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)


def meta_of(soup: BeautifulSoup) -> Meta:
    """Give the page's meta elements by lower-case name, in order."""
    table: dict[str, list[str]] = {}
    for element in soup.find_all("meta"):
        text = " ".join(attribute(element, "content").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            for name in attribute(element, key).lower().split() if text else ():
                table.setdefault(DUBLIN.sub(r"\1.", name), []).append(text)
    return table
