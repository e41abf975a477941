"""What a library costs: run with a number of articles, it prints seconds, memory and size."""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from exporter.library.shelf import Library
from exporter.model import Export, Note

ARTICLES = 5000


def outcomes(folder: Path, count: int) -> Iterator[Export]:
    """Give the outcomes of a run that was never made."""
    for number in range(count):
        yield Export(
            input=f"pages/{number}.html",
            status="exported",
            files=tuple(str(folder / f"an-article-{number}.{form}") for form in ("epub", "pdf")),
            title=f"How the harbour of the town number {number} learned to listen",
            words=900 + number % 700,
            images={},
            captions={},
            notes=(Note("image-missing", "x"),) if number % 9 == 0 else (),
            removed=(),
            seconds=0.0,
            byline=(f"Author {number % 400}",),
            site=f"Site {number % 60}",
            published=f"20{number % 25:02}-{1 + number % 12:02}-{1 + number % 28:02}",
            language=("fr", "en", "de")[number % 3],
            url=f"https://port.example/{number}",
            review="r",
            cover="c",
        )


def main() -> None:
    """Write the library of a folder in a temporary place."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        with Library(folder) as library:
            for outcome in outcomes(folder, count):
                library.add(outcome)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        size = (folder / "index.html").stat().st_size
        print(f"{count} articles: {seconds:.2f} s, {seconds / count * 1e6:.0f} µs each")
        print(f"memory: {before >> 10} MB before, {peak >> 10} MB at most")
        print(f"index.html: {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
