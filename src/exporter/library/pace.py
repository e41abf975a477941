"""How long the articles of a run took, and which of them took notably long, in bounded room."""

import collections
import heapq
import math
from typing import Final

from exporter.model import Outcome

MOST: Final = 5  # slow pages that are named
CROWD: Final = 20  # articles; of fewer everybody sees which one is slow
LONG: Final = 5.0  # seconds
TIMES: Final = 10  # the median
STEPS: Final = 8  # of durations from one to the double of it
SHORTEST: Final = 1e-4  # seconds


class Pace:
    """What is kept of the durations of articles that were worked on."""

    def __init__(self) -> None:
        self._durations: collections.Counter[int] = collections.Counter()  # by logarithm
        self._slowest: list[tuple[float, str]] = []  # a heap, the fastest of them first

    def add(self, outcome: Outcome) -> None:
        """Take one more outcome into account; what was made earlier took no time."""
        if outcome.status == "unchanged":
            return
        seconds = max(outcome.seconds, SHORTEST)
        self._durations[math.floor(math.log2(seconds) * STEPS)] += 1
        keep = heapq.heappush if len(self._slowest) < MOST else heapq.heappushpop
        keep(self._slowest, (seconds, outcome.input))

    @property
    def median(self) -> float:
        """Give the median of the durations, to a twelfth; 0 when there are none."""
        half = self._durations.total() / 2
        for step, count in sorted(self._durations.items()):
            half -= count
            if half <= 0:
                return float(2 ** ((step + 0.5) / STEPS))
        return 0.0

    def slow(self) -> list[tuple[float, str]]:
        """Give seconds and input of what took notably long in a run of many, longest first."""
        if self._durations.total() <= CROWD:
            return []
        least = min(LONG, TIMES * self.median)
        return [one for one in sorted(self._slowest, reverse=True) if one[0] > least]
