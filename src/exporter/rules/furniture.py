"""How publishing systems call what is no part of an article, by kind."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from exporter import data

ENDING: Final = r"[\w-]*"
JOINT: Final = "[_-]{0,2}"


@cache
def furniture() -> Mapping[str, re.Pattern[str]]:
    """Give for each kind of furniture a pattern that finds one of its names in class and id."""
    return {kind: _pattern(table["names"]) for kind, table in data.toml("furniture.toml").items()}


def _pattern(names: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(map(_name, names))})(?:$|[\s_-])")


def _name(name: str) -> str:
    stem, star, _ = name.partition("*")
    letters = stem.rstrip("-")
    # a name that ends with "-*" needs the joint: "wpd-*" is no "wpdemo"
    joint = "[_-]" if star and stem.endswith("-") else ""
    return JOINT.join(map(re.escape, letters.split("-"))) + joint + (ENDING if star else "")
