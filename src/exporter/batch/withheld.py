"""Duplicates are withheld until the capture that stands for them is a book; else they are books.

So a capture that fails after all takes none down with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from exporter.batch import engine
from exporter.batch.jobs import Convert, Job, Sketch
from exporter.model import Export, Failure, Note, Outcome

if TYPE_CHECKING:
    from exporter.batch.alike import Group


@dataclass(slots=True)
class Withheld:
    """The duplicates of a run."""

    groups: "Sequence[Group]" = ()
    pages: dict[str, set[int]] = field(default_factory=dict)  # by capture
    jobs: dict[str, Job] = field(default_factory=dict)  # that would have exported them
    elsewhere: frozenset[str] = frozenset()  # chosen captures that other shards make books of

    @classmethod
    def of_groups(cls, groups: "Sequence[Group]") -> Self:
        """Withhold all captures of an article but the fullest."""
        pages: dict[str, set[int]] = {}
        for group in groups:
            for sketch in group.others:
                pages.setdefault(sketch.source, set()).add(sketch.index)
        return cls(groups, pages)

    def of(self, capture: str, job: Job) -> frozenset[int]:
        """Give the pages of a capture that are withheld; `job` would have exported them."""
        pages = frozenset(self.pages.get(capture, ()))
        if pages:
            self.jobs[capture] = job
        return pages

    def outcomes(self, jobs: Iterable[Convert], pool: engine.Pool) -> Iterator[Outcome]:
        """Give the outcomes of all jobs as they come, then those of what was withheld.

        When an error ends the run early nothing is said of them, as of all that was not begun.
        """
        asked = {group.chosen.name for group in self.groups}
        asked.update(group.chosen.capture for group in self.groups)
        done: set[str] = set()
        failed: set[str] = set()
        for outcome in engine.run(jobs, pool):
            yield outcome
            if engine.hopeless(outcome):
                self.groups = ()
            if outcome.input in asked and outcome.status != "skipped":
                (failed if isinstance(outcome, Failure) else done).add(outcome.input)
        left: dict[str, set[int]] = {}
        for group in self.groups:
            name = group.chosen.name
            here = group.chosen.capture not in self.elsewhere
            if not here or (name in done and not failed & {name, group.chosen.capture}):
                yield from (_duplicate(sketch, group.chosen) for sketch in group.others)
                continue
            for sketch in group.others:
                left.setdefault(sketch.source, set()).add(sketch.index)
        yield from engine.run(self._again(left), pool)

    def _again(self, left: dict[str, set[int]]) -> Iterator[Convert]:
        """Give the jobs that export pages which were withheld for a capture that failed."""
        for capture, pages in sorted(left.items()):
            job = self.jobs.get(capture)
            if isinstance(job, Convert):
                yield replace(job, apart=frozenset(), only=frozenset(pages))


def _duplicate(sketch: Sketch, chosen: Sketch) -> Export:
    """Give the outcome of a duplicate."""
    fewer = len(sketch.assets) - len(chosen.assets)
    lost = f"; {fewer} pictures more than that holds" if fewer > 0 else ""
    return Export(
        input=sketch.name,
        status="duplicate",
        files=(),
        title=sketch.title,
        words=sketch.length,
        images={},
        captions={},
        notes=(Note("duplicate", f"its text is that of {chosen.name}{lost}"),),
        removed=(),
        seconds=0.0,
        duplicate_of=chosen.name,
    )
