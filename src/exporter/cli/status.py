"""The exit code of a run from its outcomes."""

from dataclasses import dataclass, field
from typing import Final

from exporter.batch import engine
from exporter.errors import ExportError, InternalError, LossError, NoArticleError, OutputError
from exporter.library.report import losses
from exporter.model import Export, Failure, Outcome

DONE: Final = 0
SOME_FAILED: Final = 1
OURS: Final = InternalError.exit_code
OUTPUT: Final = OutputError.exit_code
LOSS: Final = LossError.exit_code
NOTHING: Final = NoArticleError.exit_code
NO_WORK: Final = frozenset({"skipped", "gone", "pruned"})  # outcomes of no page worked on
# What ends a batch as it ends a single run: every article would have met it.
FOR_ALL: Final = frozenset({2, 6})


@dataclass(slots=True)
class Status:
    """What the outcomes so far mean for the exit code."""

    strict: bool
    alone: bool  # a single capture was named; it is a batch all the same if it holds several
    codes: set[int] = field(default_factory=set)
    count: int = 0
    lost: bool = False
    hopeless: bool = False  # every later article would fail alike

    def add(self, outcome: Outcome) -> None:
        """Take one more outcome into account."""
        self.count += outcome.status not in NO_WORK
        self.hopeless |= engine.hopeless(outcome)
        match outcome:
            case Failure(error=error):
                self.codes.add(error.exit_code)
            case Export(notes=notes):
                self.lost |= bool(losses(notes))

    def fail(self, error: ExportError) -> None:
        """Take an error of the run itself into account."""
        self.codes.add(error.exit_code)

    def exit_code(self) -> int:
        """Give the exit code: 5 > 2, 6 > 70 > 1 > 3 > 0, or a single capture's own."""
        if not self.count and not self.codes:
            return NOTHING
        for code in (OUTPUT, *sorted(FOR_ALL), OURS):
            if code in self.codes:
                return code
        if self.codes:
            return max(self.codes) if self.alone and self.count == 1 else SOME_FAILED
        return LOSS if self.lost and self.strict else DONE
