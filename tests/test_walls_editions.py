"""No edition of a hostile page holds anything that acts, or a word or picture from beside it.

The pages are those of the hostile corpus that want to act or to take something along: one book of
each kind is made of all of them, and read as the corpus reads what the command makes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter import export, prepare
from exporter.errors import ExportError
from exporter.model import Article, Edition
from exporter.read import read, walk
from exporter.settings import Settings
from hostile.families import active, leaks_html, leaks_style
from hostile.ground import Traps, lay
from hostile.judge import FINDINGS

CASES = [*active.CASES, *leaks_html.CASES, *leaks_style.CASES]
NOBODY = 9  # the port of the discard service: what is asked there is not answered
# all pages in a PDF take a hundred seconds; the corpus itself prints each
EACH = {".pdf": 20}
SETTINGS = Settings(learn=False, memory=False)


def articles(folder: Path) -> Iterator[Article]:
    for case in CASES:
        traps = Traps(folder / case.family / case.name, NOBODY)
        lay(case, traps)
        for source in walk([traps.base / name for name in case.inputs]):
            try:
                for page in read(source):
                    yield prepare(page, SETTINGS)
            except ExportError:  # that of a page without an article
                assert case.expected.books != 1


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    return list(articles(tmp_path_factory.mktemp("hostile")))


@pytest.mark.parametrize("suffix", FINDINGS)
def test_what_wanted_to_act_does_not_stand_in_any_edition(
    suffix: str, found: list[Article], tmp_path: Path
) -> None:
    assert len(found) > 0.9 * len(CASES)
    target = tmp_path / f"book{suffix}"
    book = Edition.anthology(found[:: EACH.get(suffix, 1)], "Lanterns")
    list(export.publish(book, [target], SETTINGS))
    assert list(FINDINGS[suffix](target)) == []
