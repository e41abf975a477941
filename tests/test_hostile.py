"""A part of the hostile corpus, from every family; `make soak` runs the whole of it."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from hostile.ground import Case
from hostile.make import cases
from hostile.run import run_case

EVERY = 20  # one case of so many: the whole takes a quarter of an hour


def chosen() -> Iterator[Case]:
    families: dict[str, list[Case]] = defaultdict(list)
    for case in cases():
        families[case.family].append(case)
    for members in families.values():
        yield from members[::EVERY]


@pytest.mark.skipif(sys.platform != "linux", reason="watches processes and rights as Linux does")
@pytest.mark.parametrize("case", list(chosen()), ids=lambda case: f"{case.family}/{case.name}")
def test_a_hostile_case_does_no_more_than_it_may(case: Case, tmp_path: Path) -> None:
    result = run_case(case, tmp_path)
    # how long it took says more of the machine than of the program: `make soak` counts that, too
    assert not [told for told in result.complaints if not told.startswith("TIME")], result.ran.err


def test_the_corpus_is_large_and_its_names_are_its_own() -> None:
    names = [(case.family, case.name) for case in cases()]
    assert len(names) == len(set(names)) > 150
