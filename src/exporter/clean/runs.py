"""A second pass over the verdicts: pleas come in runs at the tail."""

from collections.abc import Iterator, Sequence

from bs4 import Tag

from exporter.clean.verdicts import Context, Verdict


def runs(root: Tag, verdicts: Sequence[Verdict], context: Context) -> Iterator[Verdict]:
    """Give evidence against what stands between condemned neighbours after the last long text."""
    yield from ()
