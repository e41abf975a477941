"""Counts what a capture unpacks to, so that a small file never becomes an endless one."""

from collections.abc import Iterator
from typing import Final

from exporter.errors import LimitError
from exporter.limits import Limits

FREE: Final = 1 << 20  # bytes that may come of nearly nothing: a long page of one letter packs well


class Meter:
    """What was unpacked of one capture and the archives in it; each part counts once."""

    def __init__(self) -> None:
        self._total = 0
        self._counted: set[str] = set()

    def through(
        self, blocks: Iterator[bytes], allowed: tuple[Limits, str], where: str, packed: int
    ) -> Iterator[bytes]:
        """Give blocks as they are unpacked from so many bytes, as long as they are not too many.

        `allowed` has the limits and the name of the one for this part.

        Raises:
            LimitError: there are more than a limit allows.

        """
        limits, name = allowed
        size = 0
        counts = where not in self._counted
        self._counted.add(where)
        for block in blocks:
            size += len(block)
            self._total += len(block) * counts
            self._check(size, packed, where, limits)
            if size > limits.of(name):
                raise limits.error(name, "this is too large, unpacked", where)
            yield block

    def _check(self, size: int, packed: int, where: str, limits: Limits) -> None:
        if error := too_dense(size, packed, where, limits):
            raise error
        if self._total > limits.archive_total:
            raise limits.error("archive-total", "the archive is too large, unpacked", where)


def too_dense(size: int, packed: int, where: str, limits: Limits) -> LimitError | None:
    """Give the error that so many bytes came from so few; None where they may."""
    if size <= FREE or size <= limits.archive_ratio * max(packed, 1):
        return None
    what = "this unpacks to many times its size, as bombs do"
    return limits.error("archive-ratio", what, where, size // max(packed, 1))
