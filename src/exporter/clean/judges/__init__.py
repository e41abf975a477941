"""The judges: each reads the tree, changes nothing, and says what speaks against an element."""

from typing import Final

from exporter.clean.judges import density, ends, heads, hidden, phrases, structure
from exporter.clean.verdicts import Judge

JUDGES: Final[tuple[Judge, ...]] = (
    hidden.judge,
    structure.judge,
    heads.judge,
    phrases.judge,
    density.judge,
    ends.judge,
)
