"""What cleaning costs: beside the BeautifulSoup parse and two other extractors, and as pages grow.

    python -m benchmarks.quality --time [--step 1]     needs the pages in ../shared/bench

speed   CPU of one page, the quickest of three, all programs in turn on the same page
growth  real pages repeated up to 20 MB: CPU, and peak memory of a process of its own
dense   pages of 20 MB that are tags and little else
"""

import argparse
import dataclasses
import gc
import importlib
import json
import re
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks import quality
from bs4 import BeautifulSoup

from exporter.clean import clean
from exporter.errors import NoArticleError
from exporter.model import Learned, Page
from exporter.settings import Settings

BENCH: Final = Path(__file__).resolve().parents[2] / "shared" / "bench"
RUNS: Final = 3
SIZES: Final = (1, 5, 20)  # MB
GROWN: Final = 4  # pages
TENTH: Final = 9  # of ten quantiles: the ninth
BODY: Final = re.compile(r"<body[^>]*>", re.IGNORECASE)  # yes: "<body class='a'>"; no: "<br>"
# one of the page's units, repeated to the size wanted
DENSE: Final = {
    "bold words": "<b>x</b>",
    "nested blocks": "<div>a ",
    "paragraphs": "<p>Some words, here.</p>",
    "broken lines": "A line of text, so.<br><br>",
    "links in a list": "<li><a href='/x'>one two three four</a></li>",
    "rows of a table": "<tr><td>a</td></tr>",
    "figures": "<figure><img src='x.jpg'><figcaption>A caption, so.</figcaption></figure>",
}
LEAD: Final = "<h1>The river</h1><p>" + "Words of an article, which are many. " * 30 + "</p>"


def main() -> None:
    """Print all tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--time", action="store_true", help="as benchmarks.quality spells it")
    arguments.add_argument("--step", type=int, default=1, help="every how many pages")
    arguments.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.child:
        print(json.dumps(_measured(options.child[0], float(options.child[1]))))
        return
    warnings.simplefilter("ignore")  # BeautifulSoup's, about XHTML
    _speed(_cases()[:: options.step])
    _growth()
    _dense()


def _cases() -> list[Any]:
    sys.path.insert(0, str(BENCH))
    corpus = importlib.import_module("corpus")
    return list(corpus.load())


def _speed(cases: list[Any]) -> None:
    programs = _programs()
    times: dict[str, list[float]] = {name: [] for name in programs}
    for case in cases:
        page = quality.page_of(case.html, case.url)
        for name, run in programs.items():
            times[name].append(min(_cost(run, page) for _ in range(RUNS)))
    parse = times["BeautifulSoup parse"]
    print(f"\n| program, {len(cases)} pages | ms, median | times the parse | nine in ten under |")
    print("|---|---|---|---|")
    for name, costs in times.items():
        ratios = [cost / floor for cost, floor in zip(costs, parse, strict=True)]
        tenth = statistics.quantiles(ratios, n=10)[TENTH - 1]
        median = statistics.median(costs) * 1000
        print(f"| {name} | {median:.1f} | {statistics.median(ratios):.2f} | {tenth:.2f} |")


def _programs() -> dict[str, Callable[[Page], object]]:
    """Give what is timed; an extractor that is not installed is named and left out."""
    found: dict[str, Callable[[Page], object]] = {
        "BeautifulSoup parse": lambda page: BeautifulSoup(page.html, "lxml"),
        "exporter, clean": _cleaned,
    }
    try:
        trafilatura = importlib.import_module("trafilatura")
    except ImportError:
        print('trafilatura is not installed: pip install "exporter[bench]"')
    else:
        found["trafilatura, extract"] = lambda page: trafilatura.extract(
            page.html, url=page.url, include_images=True, include_links=True, with_metadata=True
        )
    try:
        readability = importlib.import_module("readability")
    except ImportError:
        print('readability-lxml is not installed: pip install "exporter[bench]"')
    else:
        found["readability-lxml, summary"] = lambda page: readability.Document(page.html).summary()
    return found


def _cleaned(page: Page) -> list[str]:
    """Clean a page and give the codes of its notes."""
    try:
        return [note.code for note in clean(page, Settings(), Learned()).notes]
    except NoArticleError:
        return ["no article"]


def _cost(run: Callable[[Page], object], page: Page) -> float:
    gc.collect()
    began = time.process_time()
    run(page)
    return time.process_time() - began


def _growth() -> None:
    cases = _cases()
    print("\n| page, repeated | MB | s | s/MB | peak MB | above start, times the size | notes |")
    print("|---|---|---|---|---|---|---|")
    for case in cases[:: len(cases) // GROWN][:GROWN]:
        for size in SIZES:
            _row(case.id, size)


def _dense() -> None:
    print("\n| dense page | MB | s | s/MB | peak MB | above start, times the size | notes |")
    print("|---|---|---|---|---|---|---|")
    for name in DENSE:
        _row(name, SIZES[-1])


def _row(name: str, size: float) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.cost", "--child", name, str(size)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        print(f"| {name} | {size} | failed: {ran.stderr.strip().splitlines()[-1:]} |")
        return
    told = json.loads(ran.stdout.splitlines()[-1])
    size, seconds, peak = told["size"], told["seconds"], told["peak"]
    figures = f"{size:.1f} | {seconds:.1f} | {seconds / size:.2f} | {peak:.0f}"
    above = (peak - told["start"]) / size
    print(f"| {name} | {figures} | {above:.1f} | {', '.join(told['notes'])} |", flush=True)


def _measured(name: str, size: float) -> dict[str, Any]:
    """Give what cleaning one grown page costs this process: seconds and MB."""
    page = _dense_page(name, size) if name in DENSE else _repeated(name, size)
    start = _peak()
    began = time.process_time()
    notes = _cleaned(page)
    return {
        "size": len(page.html.encode("utf-8", "replace")) / 1e6,
        "seconds": time.process_time() - began,
        "peak": _peak(),
        "start": start,
        "notes": sorted(set(notes) - {"image-missing"}),
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _repeated(name: str, size: float) -> Page:
    case = next(case for case in _cases() if case.id == name)
    page = quality.page_of(case.html, case.url)
    opening = BODY.search(page.html)
    start = opening.end() if opening else 0
    end = page.html.lower().rfind("</body>")
    head, body, foot = page.html[:start], page.html[start:end], page.html[end:]
    times = max(1, round(size * 1e6 / len(body.encode("utf-8", "replace"))))
    return dataclasses.replace(page, html=head + body * times + foot)


def _dense_page(name: str, size: float) -> Page:
    unit = DENSE[name]
    html = (
        f"<html><body><article>{LEAD}{unit * round(size * 1e6 / len(unit))}</article></body></html>"
    )
    return quality.page_of(html.encode(), "https://example.org/river")


if __name__ == "__main__":
    main()
