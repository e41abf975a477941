"""The errors a user can meet, each with the exit code of the command that fails with it.

    ExportError
    ├── UsageError          2   what was asked makes no sense
    ├── LossError           3   something was lost and --strict was given
    ├── CaptureError        4   unreadable capture
    │   ├── NoArticleError  4   readable, but nothing in it is an article
    │   └── LimitError      4   it would cost more than a limit allows
    ├── OutputError         5   cannot write
    │   └── DiskFullError   5   ... and no later write can succeed either
    ├── ConfigError         6   bad rule, theme or config
    │   └── ClusterError    6   a cluster that can't be used, or is gone
    ├── MissingExtraError   7   an optional dependency is not installed
    └── InternalError      70   our bug: an edition that fails our own lint, a dead worker

Every message has three parts: what happened, where, and what the user can do.
"""

from typing import ClassVar


class ExportError(Exception):
    """Something the user can act on: what happened, where it happened, what to do about it."""

    exit_code: ClassVar[int] = 70
    code: ClassVar[str] = "error"

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where, remedy)  # all three, so that pickling rebuilds the error
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{self.what}{advice}"


class UsageError(ExportError):
    """The command was asked for something that makes no sense, or a named path is absent."""

    exit_code = 2
    code = "usage"


class LossError(ExportError):
    """Something of the page was lost, and the user asked for that to be a failure."""

    exit_code = 3
    code = "loss"


class CaptureError(ExportError):
    """The capture can't be read."""

    exit_code = 4
    code = "capture"


class NoArticleError(CaptureError):
    """The capture was read, but holds no article."""

    code = "no-article"


class LimitError(CaptureError):
    """The capture, or a part of it, is beyond a limit of the table in `limits`."""

    code = "limit"


class OutputError(ExportError):
    """An edition can't be written where it should go."""

    exit_code = 5
    code = "output"


class DiskFullError(OutputError):
    """The disk is full: the whole run stops, because no later write can succeed."""

    code = "disk-full"


class ConfigError(ExportError):
    """A rule file, theme or config file is wrong."""

    exit_code = 6
    code = "config"


class ClusterError(ConfigError):
    """The cluster that should do the work can't be used, or is gone: the whole run stops."""

    code = "cluster"


class MissingExtraError(ExportError):
    """The feature needs an optional dependency that is not installed."""

    exit_code = 7
    code = "missing-extra"


class InternalError(ExportError):
    """Our bug: please report it."""

    exit_code = 70
    code = "internal"
