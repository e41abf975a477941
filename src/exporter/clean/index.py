"""Elements by name, class and attribute, found in one pass over a tree and asked many times.

The cleaner asks a page for some sixty simple selectors. soupsieve walks the whole tree for each
and costs 0.3 s before its first answer; it stays for what users and site rules write.
"""

import bisect
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from exporter.clean.addresses import attribute

# yes: 'a[href*="/author/"]', ".author .fn", 'time[class*="publi" i]'; no: "p > a", "li:first-child"
PART: Final = re.compile(
    r'\.(?P<class>[\w-]+)|\[(?P<attr>[\w-]+)(?:(?P<how>[~*]?=)"(?P<value>[^"]*)"(?P<fold> i)?)?\]'
)
COMPOUND: Final = re.compile(
    r'(?P<name>[a-z][a-z0-9]*)?(?P<rest>(?:\.[\w-]+|\[[\w-]+(?:[~*]?="[^"]*"(?: i)?)?\])*)\Z'
)
HOW: Final = {None: "", "=": "=", "~=": "~", "*=": "*"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing an attribute must say: "~" a word, "*" a part, "=" all of it, "" anything."""

    attr: str
    how: str
    value: str
    fold: bool = False

    def holds(self, said: str) -> bool:
        """Tell whether an attribute's value meets the condition."""
        said = said.lower() if self.fold else said
        match self.how:
            case "~":
                return self.value in said.split()
            case "*":
                return self.value in said
            case "=":
                return self.value == said
            case _:
                return True


@dataclass(frozen=True, slots=True)
class Compound:
    """An element's name, or none, and its conditions."""

    name: str
    conditions: tuple[Condition, ...]

    def allows(self, tag: Tag) -> bool:
        """Tell whether an element that meets the first condition is meant."""
        if self.name and tag.name != self.name:
            return False
        return all(
            condition.attr in tag.attrs and condition.holds(attribute(tag, condition.attr))
            for condition in self.conditions[1:]
        )


@functools.lru_cache(maxsize=256)
def compiled(selector: str) -> tuple[Compound, ...]:
    """Give a selector as its compounds, outermost first.

    Raises:
        ValueError: it says more than names, classes, attributes and descendants.

    """
    return tuple(_compound(text) for text in re.split(r" (?![^\[]*\])", selector))


def _compound(text: str) -> Compound:
    found = COMPOUND.match(text)
    if not text or found is None:
        raise ValueError(f"not a simple selector: {text!r}")
    conditions = []
    for part in PART.finditer(found["rest"]):
        if part["class"]:
            conditions.append(Condition("class", "~", part["class"]))
        else:
            how, fold = HOW[part["how"]], bool(part["fold"])
            value = part["value"] or ""
            conditions.append(Condition(part["attr"], how, value.lower() if fold else value, fold))
    return Compound(found["name"] or "", tuple(conditions))


class Index:
    """The elements below a root as they were when it was built."""

    def __init__(self, root: Tag) -> None:
        self._tags = [tag for tag in root.descendants if isinstance(tag, Tag)]
        self._ends = _ends(self._tags)
        self._names: dict[str, list[int]] = {}
        self._said: dict[str, dict[str, list[int]]] = {}  # attribute -> value -> places
        self._parted: dict[tuple[str, str], dict[str, list[int]]] = {}  # see _values
        for place, tag in enumerate(self._tags):
            self._names.setdefault(tag.name, []).append(place)
            for name in tag.attrs:
                values = self._said.setdefault(name, {})
                values.setdefault(attribute(tag, name), []).append(place)

    def select(self, *selectors: str) -> list[Tag]:
        """Give the elements that any of the selectors means, in the order of the page."""
        places = {place for selector in selectors for place in self._places(compiled(selector))}
        return [self._tags[place] for place in sorted(places)]

    def _places(self, compounds: tuple[Compound, ...]) -> list[int]:
        found: list[int] = []
        spans: list[tuple[int, int]] | None = None
        for compound in compounds:
            found = [
                place
                for place in self._candidates(compound)
                if compound.allows(self._tags[place]) and (spans is None or _inside(place, spans))
            ]
            if not found:
                break
            spans = self._spans(found)
        return found

    def _candidates(self, compound: Compound) -> Iterable[int]:
        """Give the elements that meet the first condition: a page has few different classes."""
        if not compound.conditions:
            return self._names.get(compound.name, ())
        first = compound.conditions[0]
        if first.how in {"~", "="} and not first.fold:
            return self._values(first.attr, first.how).get(first.value, ())
        return [
            place
            for said, places in self._values(first.attr, "i" if first.fold else "=").items()
            if first.holds(said)
            for place in places
        ]

    def _values(self, attr: str, how: str) -> dict[str, list[int]]:
        """Give the places of each value ("="), each value in lower case ("i") or word ("~")."""
        told = self._said.get(attr, {})
        if how == "=":
            return told
        parted = self._parted.get((attr, how))
        if parted is None:
            parted = self._parted[attr, how] = {}
            for said, places in told.items():
                for part in dict.fromkeys(said.split()) if how == "~" else (said.lower(),):
                    parted.setdefault(part, []).extend(places)
        return parted

    def _spans(self, places: Iterable[int]) -> list[tuple[int, int]]:
        """Give what stands in these elements, each run of the page once."""
        spans: list[tuple[int, int]] = []
        for place in sorted(places):
            if not spans or place >= spans[-1][1]:
                spans.append((place, self._ends[place]))
        return spans


def _ends(tags: list[Tag]) -> list[int]:
    """Give, for each element, the place of the first that no longer stands in it."""
    ends = [len(tags)] * len(tags)
    around: list[int] = []
    for place, tag in enumerate(tags):
        while around and tags[around[-1]] is not tag.parent:
            ends[around.pop()] = place
        around.append(place)
    return ends


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    number = bisect.bisect_left(spans, (place,)) - 1
    return number >= 0 and place < spans[number][1]
