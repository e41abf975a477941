"""A share of a run's captures, for one of several machines that know nothing of each other."""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Shard:
    """The captures of which the hash of the relative path falls on a number, from 1."""

    number: int
    of: int

    def holds(self, name: str) -> bool:
        """Tell whether a capture is in it, by its path in the folder that was named."""
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1

    @property
    def stem(self) -> str:
        """How files call it."""
        return f"{self.number}-of-{self.of}"

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


class Piece(NamedTuple):
    """A page of an article that was saved page by page."""

    capture: str  # engine.place of its capture
    place: int  # in its capture
    number: int  # in the article, from 1
    pages: int  # that its capture holds
    name: str = ""  # the capture's path in the folder that was named
