"""The words we print ourselves, in the language of the edition."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from exporter import data

FALLBACK: Final = "en"
# yes: "2024-05-03T10:00:00+02:00", "2024-05", "2024"; no: "May 2024"
ISO_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words: `words["contents"]`, dates, lists of names."""

    language: str  # BCP 47, primary subtag: that of the words, not that of the asker
    table: Mapping[str, Any]

    def __getitem__(self, key: str) -> str:
        return str(self.table[key])

    def kind(self, kind: str) -> str:
        """Give the words for a kind of thing left out."""
        kinds = self.table["kinds"]
        return str(kinds.get(kind, kinds["other"]))

    def date(self, iso: str) -> str:
        """Give an ISO 8601 date in words, as precise as it is; anything else as it stands."""
        found = ISO_DATE.match(iso)
        if not found:
            return iso
        year, month, day = found.groups()
        if month is None or not 1 <= int(month) <= len(self.table["months"]):
            return year
        parts = {"year": year, "month": self.table["months"][int(month) - 1]}
        pattern = str(self.table["date"])
        if day is None:
            return f"{parts['month']} {year}"
        number = self.table["first"] if int(day) == 1 else str(int(day))
        return pattern.format(day=number, **parts)

    def names(self, names: Sequence[str]) -> str:
        """Give a list of names: "A", "A and B", "A, B and C"."""
        if len(names) < 2:  # noqa: PLR2004  (two names need a conjunction)
            return "".join(names)
        return f"{', '.join(names[:-1])} {self['and']} {names[-1]}"


@cache
def words(language: str) -> Words:
    """Give the words of a language (BCP 47); of English when we have no table for it."""
    primary = language.lower().split("-")[0]
    known = primary if primary in data.names("words") else FALLBACK
    return Words(known, data.toml("words", f"{known}.toml"))
