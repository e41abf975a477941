"""The judges: each reads the tree, changes nothing, and says what speaks against an element."""

from typing import Final

from exporter.clean.judges import (
    density,
    ends,
    heads,
    hidden,
    phrases,
    recurring,
    shelter,
    sites,
    structure,
)
from exporter.clean.verdicts import Judge

JUDGES: Final[tuple[Judge, ...]] = (
    sites.judge,
    shelter.judge,
    hidden.judge,
    structure.judge,
    heads.judge,
    phrases.judge,
    recurring.judge,
    density.judge,
    ends.judge,
)
