"""Elements by name, class and attribute, found in one pass over a tree and asked many times.

The cleaner asks a page for some sixty simple selectors. soupsieve walks the whole tree for each
and costs 0.3 s before its first answer; it stays for what users and site rules write.
"""

import functools
import re
from collections.abc import Iterable, Iterator
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

    def matches(self, tag: Tag) -> bool:
        """Tell whether an element is meant."""
        if self.name and tag.name != self.name:
            return False
        return all(
            condition.attr in tag.attrs and condition.holds(attribute(tag, condition.attr))
            for condition in self.conditions
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
        self._tags: list[Tag] = []
        self._names: dict[str, list[int]] = {}
        self._said: dict[str, dict[str, list[int]]] = {}  # attribute -> value -> places
        for place, tag in enumerate(tag for tag in root.descendants if isinstance(tag, Tag)):
            self._tags.append(tag)
            self._names.setdefault(tag.name, []).append(place)
            for name in tag.attrs:
                values = self._said.setdefault(name, {})
                values.setdefault(attribute(tag, name), []).append(place)

    def select(self, *selectors: str) -> list[Tag]:
        """Give the elements that any of the selectors means, in the order of the page."""
        places = {place for selector in selectors for place in self._places(compiled(selector))}
        return [self._tags[place] for place in sorted(places)]

    def _places(self, compounds: tuple[Compound, ...]) -> Iterator[int]:
        *outer, last = compounds
        for place in self._candidates(last):
            tag = self._tags[place]
            if last.matches(tag) and _stands_in(tag, outer):
                yield place

    def _candidates(self, compound: Compound) -> Iterable[int]:
        """Give where to look: a page has few different classes, and many elements."""
        if not compound.conditions:
            return self._names.get(compound.name, ())
        first = compound.conditions[0]
        return [
            place
            for said, places in self._said.get(first.attr, {}).items()
            if first.holds(said)
            for place in places
        ]


def _stands_in(tag: Tag, outer: list[Compound]) -> bool:
    wanted = list(outer)
    for parent in tag.parents:
        if not wanted:
            return True
        if wanted[-1].matches(parent):
            wanted.pop()
    return not wanted
