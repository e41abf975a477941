"""Editions of an earlier run that still stand, so that a job makes only the others.

Whether a format has to be made again is told by what it shows (batch.proof.looks) and by the
files that were written. The article, which all of them share, is another matter: when that has
changed no edition stands.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from exporter.batch.guard import Result
from exporter.batch.jobs import Standing
from exporter.model import MADE, SIMPLIFIED, Export
from exporter.write import WRITERS

Stamps = Mapping[str, str]  # path -> batch.proof.stamp
NONE: Final[Mapping[str, Standing]] = {}


class Earlier(NamedTuple):
    """What an earlier run has made of a job."""

    looks: Mapping[str, str]  # of each format that there is: batch.proof.look
    read: Stamps  # what it was made from
    written: Stamps  # what was made
    results: tuple[Result, ...]

    def standing(
        self, looks: Mapping[str, str], is_same: Callable[[str, str], bool]
    ) -> Mapping[str, Standing]:
        """Give the editions that are as they would be made now, by their absolute paths.

        `looks` are those asked for now; `is_same` tells whether a path still has a stamp.
        """
        if self._is_simple() and self.looks.keys() != looks.keys():
            return NONE  # it may be another format that was too much
        found = {}
        for one in made(self.results):
            for form, paths in editions(one).items():
                places = tuple(map(_place, paths))
                same = all(is_same(place, self.written.get(place, "")) for place in places)
                if form in looks and self.looks.get(form) == looks[form] and same:
                    beside = tuple(Path(path).name for path in paths[1:])
                    found[places[0]] = Standing(beside, one.unshown.get(form, ()))
        return found

    def whole(
        self,
        formats: Iterable[str],
        standing: Mapping[str, Standing],
        is_same: Callable[[str, str], bool],
    ) -> bool:
        """Tell whether nothing is left to be made: every edition stands, and what tells of it."""
        asked = tuple(formats)
        for one in made(self.results):
            there = {form: _place(paths[0]) for form, paths in editions(one).items()}
            if not all(there.get(form) in standing for form in asked):
                return False
            told = map(_place, filter(None, (one.review, one.cover)))
            if not all(is_same(path, self.written.get(path, "")) for path in told):
                return False
        return True

    def added(self, results: Iterable[Result]) -> tuple[Result, ...]:
        """Give new results with the editions of other formats that these articles have."""
        if self._is_simple():
            return tuple(results)
        before = {_stem(one): one for one in made(self.results)}
        return tuple(_added(one, before.get(_stem(one))) for one in results)

    def _is_simple(self) -> bool:
        return any(SIMPLIFIED in one.notes for one in made(self.results))


def made(results: Iterable[Result]) -> Iterator[Export]:
    """Give the outcomes of articles that have editions."""
    for one in results:
        if isinstance(one, Export) and one.status in MADE and one.files:
            yield one


def editions(one: Export) -> dict[str, tuple[str, ...]]:
    """Give an article's editions by format: the file's path, then those of folders beside it."""
    found: dict[str, list[str]] = {}
    form = ""
    for path in one.files:
        suffix = Path(path).suffix
        form = suffix[1:] if suffix in WRITERS else form
        found.setdefault(form, []).append(path)
    return {form: tuple(paths) for form, paths in found.items()}


def within(result: Result, formats: Iterable[str]) -> Result:
    """Give a result that names editions of these formats alone, in their order."""
    if not isinstance(result, Export) or not result.files:
        return result
    there = editions(result)
    unshown = {form: result.unshown[form] for form in formats if form in result.unshown}
    of_formats = set(chain.from_iterable(result.unshown.values()))
    own = (note for note in result.notes if note not in of_formats)
    return replace(
        result,
        files=tuple(path for form in formats for path in there.get(form, ())),
        notes=tuple(dict.fromkeys(chain(own, *unshown.values()))),
        unshown=unshown,
    )


def _added(result: Result, before: Export | None) -> Result:
    if before is None or not isinstance(result, Export) or SIMPLIFIED in result.notes:
        return result
    there = editions(result)
    others = {form: paths for form, paths in editions(before).items() if form not in there}
    unshown = {form: before.unshown[form] for form in others if form in before.unshown}
    return replace(
        result,
        files=(*result.files, *chain.from_iterable(others.values())),
        notes=tuple(dict.fromkeys(chain(result.notes, *unshown.values()))),
        unshown={**result.unshown, **unshown},
    )


def _stem(result: Result) -> str:
    """Give what the names of an article's editions begin with; "" where it has none."""
    if isinstance(result, Export) and result.status in MADE and result.files:
        return os.path.splitext(_place(result.files[0]))[0]  # noqa: PTH122
    return ""


def _place(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100  (no links are followed)
