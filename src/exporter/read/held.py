"""Large data: URLs -> short ones: a page's pictures stay in its file until they are asked for.

SingleFile and monolith pages are mostly pictures and fonts. As text they would be copied by
every stage, at two or four bytes a character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from exporter.limits import Limits
from exporter.model import Resources
from exporter.read.inline import inline
from exporter.read.store import Store

SHOWN: Final = 2000  # characters kept: the start of a picture still looks like one
# yes: "data:image/png;base64," and 4,000 letters   no: the same with 90, "data:text/css,a{}"
LARGE: Final = re.compile(
    rb"(data:[\w/+.-]{0,100}(?:;[\w=.-]{1,60}){0,3});base64,([A-Za-z0-9+/]{4000,}={0,2})"
)
# What would go on with a URL that is percent-encoded or wrapped over lines.
MORE: Final = frozenset(b"%-_=\r\n\t")
MARK: Final = re.compile(r"\s{0,9}data:[^,]{0,400};held=(\d{1,9});base64,")  # no: "data:;base64,"


@dataclass(frozen=True, slots=True)
class HeldResources:
    """A page's resources, with the pictures that were left in its file."""

    others: Resources
    store: Store = field(repr=False)  # the page's file
    places: tuple[tuple[int, int], ...] = field(repr=False)  # start and end of each URL
    limits: Limits = field(repr=False)

    def find(self, url: str) -> bytes | None:
        """Give the bytes behind a URL of the page, or None if not captured."""
        held = MARK.match(url)
        if held is None or int(held[1]) >= len(self.places):
            return self.others.find(url)
        start, end = self.places[int(held[1])]
        try:
            url = self.store.read_at(start, end - start).decode("ascii", "replace")
            return inline(url, self.limits)
        except OSError:
            return None


def shortened(data: bytes) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """Give a page with its large data: URLs shortened, and where each of them stands."""
    parts: list[bytes] = []
    places: list[tuple[int, int]] = []
    at = 0
    for found in _large(data):
        parts.extend((
            data[at : found.end(1)],
            b";held=%d;base64," % len(places),
            data[found.start(2) : found.start(2) + SHOWN],
        ))  # fmt: skip
        places.append(found.span())
        at = found.end()
    if not places:
        return data, ()
    parts.append(data[at:])
    return b"".join(parts), tuple(places)


def _large(data: bytes) -> Iterator[re.Match[bytes]]:
    for found in LARGE.finditer(data):
        if found.end() == len(data) or data[found.end()] not in MORE:
            yield found
