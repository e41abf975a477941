"""What the program says of its own work, for -v: nothing in a clean run without it."""

import logging
import sys
from typing import Final

from exporter.characters import shown

ROOT: Final = "exporter"
LEVELS: Final = (logging.WARNING, logging.INFO, logging.DEBUG)  # by the number of -v


class Plain(logging.Formatter):
    """Lines as any terminal shows them: libraries tell of pages in the pages' own words."""

    def format(self, record: logging.LogRecord) -> str:
        """Give a record's lines without what a terminal obeys."""
        return "\n".join(map(shown, super().format(record).split("\n")))


def to_stderr(verbosity: int) -> None:
    """Send our log lines of that verbosity to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain("%(message)s"))
    logger = logging.getLogger(ROOT)
    logger.handlers = [handler]
    logger.setLevel(LEVELS[min(verbosity, len(LEVELS) - 1)])
    logger.propagate = False
