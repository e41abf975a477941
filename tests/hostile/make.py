"""All cases of the hostile corpus, and a way to look at one.

    .venv/bin/python tests/hostile/make.py FOLDER [NAME…]

lays the cases that are named into FOLDER/FAMILY/NAME, with their canaries; all of them when none
is named, which takes some hundred megabytes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile.families import (
    active,
    bombs_files,
    bombs_markup,
    broken_archives,
    encodings,
    filesystem,
    leaks_captures,
    leaks_html,
    leaks_style,
    malformed,
    names,
)
from hostile.ground import Case, Traps, lay

FAMILIES = (
    leaks_html, leaks_style, leaks_captures, bombs_markup, bombs_files, encodings, names, active,
    malformed, broken_archives, filesystem,
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Give every case; `family/name` is unique."""
    for family in FAMILIES:
        yield from family.CASES


def main() -> None:
    folder, *wanted = sys.argv[1:]
    for case in cases():
        if not wanted or case.name in wanted:
            lay(case, Traps(Path(folder).resolve() / case.family / case.name, 9))


if __name__ == "__main__":
    main()
