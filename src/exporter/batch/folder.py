"""The story of a batch: survey every page, learn what recurs, convert each with what was learnt."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from exporter.batch import engine, recurrence
from exporter.batch.jobs import Convert, Targets
from exporter.model import Outcome
from exporter.read import walk
from exporter.settings import Settings

DEFAULTS: Final = Settings()


def convert_all(
    inputs: Iterable[Path | str], folder: Path | str, settings: Settings = DEFAULTS
) -> Iterator[Outcome]:
    """Make an edition of each article in files and folders, on all cores, as they finish.

    What recurs across the pages of a site is learnt from these pages alone: the user's memory is
    the command's, not this function's.

    Raises:
        UsageError: a named path does not exist.

    """
    paths = tuple(Path(named) for named in inputs)
    targets = Targets(folder=Path(folder))
    slots = engine.cores()
    plan = recurrence.Plan(
        learn=settings.learn,
        join=settings.join,
        compared=None if settings.keep_duplicates else settings,
        inputs=paths,
    )
    with (
        engine.local(slots) as pool,
        recurrence.known(lambda: walk(paths), plan, pool) as known,
    ):
        jobs = (
            job
            for source in walk(paths)
            for job in known.share(
                Convert(source, settings, targets=targets, identity=engine.identity(source, paths))
            )
        )
        yield from known.withheld.outcomes(jobs, pool)
