"""What a survey costs: CPU of one page beside the bare lxml parse that it can't do without.

python -m benchmarks.survey        needs the development pages in ../shared/bench
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks import quality
from lxml import etree

from exporter.batch.survey import survey

BENCH: Final = Path(__file__).resolve().parents[2] / "shared" / "bench"
RUNS: Final = 3  # of which the quickest counts: others share the machine


def cost(work: Callable[[], object]) -> float:
    """Give the CPU milliseconds of the quickest of RUNS."""
    times = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times) * 1000


def main() -> None:
    """Print both medians over the development pages."""
    sys.path.insert(0, str(BENCH))
    import corpus  # type: ignore[import-not-found]  # noqa: PLC0415  (only with the pages)

    pages = [quality.page_of(case.html, case.url) for case in corpus.load()]
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    bare, whole = [], []
    for page in pages:
        data = page.html.encode("utf-8", "replace")
        bare.append(cost(lambda data=data: etree.fromstring(data, parser)))  # type: ignore[misc]
        whole.append(cost(lambda page=page: survey(page, "")))  # type: ignore[misc]
    median, floor = statistics.median(whole), statistics.median(bare)
    print(f"{len(pages)} pages: survey {median:.2f} ms, bare lxml parse {floor:.2f} ms (medians)")


if __name__ == "__main__":
    main()
