"""How fast the library's page opens: five thousand articles from the disk, in Chromium.

    PYTHONPATH=tools/conforming python -m benchmarks.browser [ARTICLES] [LOADS]

Prints the milliseconds until the first content is painted and until all of the first cards are
there: median, least and most of several loads, each in a window of its own.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.library import ARTICLES, outcomes

import browsing
from exporter.library.shelf import Library

LOADS = 9


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    loads = int(sys.argv[2]) if len(sys.argv) > 2 else LOADS  # noqa: PLR2004  (the second word)
    with tempfile.TemporaryDirectory() as place, browsing.chromium() as running:
        folder = Path(place)
        with Library(folder) as library:
            for outcome in outcomes(folder, count):
                library.add(outcome)
        painted, ready = [], []
        for _ in range(loads):
            with browsing.window(running) as opened:
                painted.append(browsing.opening(opened, folder / "index.html"))
                ready.append(opened.page.evaluate("performance.timing.domComplete"
                    " - performance.timing.navigationStart"))  # fmt: skip
        for name, found in (("first content", painted), ("all cards", ready)):
            print(
                f"{count} articles, {name}: median {statistics.median(found):.0f} ms, "
                f"{min(found):.0f} to {max(found):.0f}"
            )


if __name__ == "__main__":
    main()
