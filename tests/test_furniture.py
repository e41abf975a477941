"""The names by which the markup calls what is no part of an article."""

import pytest

from exporter import data
from exporter.rules import furniture

TABLE = data.toml("furniture.toml")


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, table in TABLE.items() for name in table["examples"]]
)
def test_a_name_tells_its_kind(kind: str, name: str) -> None:
    assert furniture()[kind].search(f"block {name.lower()}")


@pytest.mark.parametrize(
    "name", [name for table in TABLE.values() for name in table["counter_examples"]]
)
def test_a_name_that_only_looks_like_one_tells_nothing(name: str) -> None:
    assert [kind for kind, words in furniture().items() if words.search(name)] == []


@pytest.mark.parametrize("kind", TABLE)
def test_every_name_is_found_as_written(kind: str) -> None:
    pattern = furniture()[kind]
    lost = [name for name in TABLE[kind]["names"] if not pattern.search(name.replace("*", "x"))]
    assert lost == []


def test_a_hyphen_stands_for_every_joint() -> None:
    share = furniture()["share"]
    for name in ("share-bar", "share_bar", "share__bar", "sharebar"):
        assert share.search(name)
    assert not share.search("sharesbars")
