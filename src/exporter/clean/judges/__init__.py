"""The judges: each reads the tree, changes nothing, and says what speaks against an element."""

from typing import Final

from exporter.clean.judges import (
    authors,
    controls,
    density,
    ends,
    heads,
    hidden,
    phrases,
    recurring,
    shelter,
    sites,
    structure,
    teasers,
    transcripts,
)
from exporter.clean.verdicts import Judge

JUDGES: Final[tuple[Judge, ...]] = (
    sites.judge,
    shelter.judge,
    hidden.judge,
    structure.judge,
    heads.judge,
    authors.judge,
    phrases.judge,
    recurring.judge,
    density.judge,
    controls.judge,
    teasers.judge,
    ends.judge,
    transcripts.judge,
)
# with --keep-boilerplate: what the user and site rules say, what the page itself hides, and the
# headline and byline that stand in the metadata already
FRAME_JUDGES: Final[tuple[Judge, ...]] = (sites.judge, shelter.judge, hidden.judge, heads.judge)
