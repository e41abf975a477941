"""What the program says of its own work, for -v: nothing in a clean run without it."""

import logging
import sys
from typing import Final

ROOT: Final = "exporter"
LEVELS: Final = (logging.WARNING, logging.INFO, logging.DEBUG)  # by the number of -v


def to_stderr(verbosity: int) -> None:
    """Send our log lines of that verbosity to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger(ROOT)
    logger.handlers = [handler]
    logger.setLevel(LEVELS[min(verbosity, len(LEVELS) - 1)])
    logger.propagate = False
