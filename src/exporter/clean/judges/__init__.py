"""The judges: each reads the tree, changes nothing, and says what speaks against an element."""

from typing import Final

from exporter.clean.judges import density, hidden, structure
from exporter.clean.verdicts import Judge

JUDGES: Final[tuple[Judge, ...]] = (
    hidden.judge,
    structure.judge,
    density.judge,
)
