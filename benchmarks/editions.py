"""What editions cost, as milliseconds of CPU and as ratios taken in one run.

    python -m benchmarks.editions [epub] [classic] [book] [--pairs 9] [--articles 500]

epub     CPU of typography, writing and lint of an EPUB of 1,000 words without images, and what
         its cover adds, in a warm process: medians, and the quickest, least disturbed by others
classic  CPU of our PDF of articles without footnotes, against bare warm WeasyPrint that prints
         the same documents with the same fonts by a sheet of ten rules
book     CPU of `exporter book` of many articles as PDF or EPUB, start and preparing included,
         against one `exporter convert` of the same captures to as many single files; peak memory
         of all its processes together (shared pages counted once: PSS)
"""

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import pages

from exporter import export, read, themes, typeset, write
from exporter.model import Article, Edition
from exporter.settings import Settings

PARTS: Final = ("epub", "classic", "book")
WARM: Final = 3
TEN_RULES: Final = """
@page { size: A5; margin: 21mm 18mm 20mm; @bottom-center { content: counter(page) } }
html { font: 10pt/13.6pt "Source Serif 4", serif; text-align: justify; hyphens: auto }
h1 { font-size: 21pt; line-height: 24pt; text-align: left }
h2, h3 { font-size: 13pt; break-after: avoid; text-align: left }
p { margin: 0; text-indent: 1.3em }
figure { margin: 13.6pt 0; break-inside: avoid }
img { max-width: 100%; max-height: 128mm }
figcaption { font: 8pt/11pt "Source Sans 3", sans-serif; text-align: left }
table { border-collapse: collapse; font-size: 8.4pt }
pre { font: 7.6pt/10.6pt "Source Code Pro", monospace; white-space: pre-wrap }
"""
EXTRAS: Final = """<h2>What the keeper wrote</h2>
<ul><li>The level at dawn, at noon and at dusk.</li><li>The names of the barges.</li></ul>
<blockquote><p>Water "remembers" every summer, he used to say,
and so do those who wait.</p></blockquote>
<p>He kept <a href="https://river.example/notebooks/1921/level-at-the-lock">the notebooks</a> and
<a href="https://river.example/photographs/">the photographs</a> in one box.</p>
<table><thead><tr><th>Day</th><th>Level</th></tr></thead>
<tbody><tr><td>Monday</td><td>1.20 m</td></tr>
<tr><td>Tuesday</td><td>1.14 m</td></tr></tbody></table>
<pre><code>level = gauge.read()
print(f"{day}: {level:.2f} m")</code></pre>
"""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", default=PARTS)
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--articles", type=int, default=500)
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="exporter-editions-") as place:
        folder = Path(place)
        if "epub" in asked.parts:
            epub(folder, asked.pairs * 5)
        if "classic" in asked.parts:
            classic(folder, asked.pairs)
        if "book" in asked.parts:
            book(folder, asked.articles)


def prepared(folder: Path, kinds: tuple[str, ...], *, typography: bool) -> Iterator[Article]:
    """Give the articles of generated pages of 1,000 words: plain, with photographs, with all."""
    for kind in kinds:
        captures = folder / kind
        if not captures.exists():
            pages.generate(captures, 1)
            page = captures / "page-000.html"
            html = page.read_text(encoding="utf-8")
            if kind != "photographs":
                html = _without_figures(html)
            if kind == "everything":
                html = html.replace("</article>", f"{EXTRAS}</article>")
            page.write_text(html, encoding="utf-8")
        for source in read.walk([captures]):
            for found in read.read(source):
                yield export.prepare(found, Settings(typography=typography))


def _without_figures(html: str) -> str:
    before, *rest = html.split("<figure>")
    return before + "".join(part.partition("</figure>")[2] for part in rest)


def epub(folder: Path, runs: int) -> None:
    """Print what an EPUB costs once its article is clean, and its cover."""
    (article,) = prepared(folder, ("plain",), typography=False)
    theme = themes.load("classic")
    make = write.writer(".epub")

    def bound(settings: Settings) -> Callable[[], object]:
        return lambda: make(Edition.single(typeset.typeset(article)), theme, settings)

    words = article.metadata.words
    without, spent = timed(bound(Settings(cover=False)), runs), timed(bound(Settings()), runs)
    for name, times, bar in (("without cover", without, 15), ("with cover", spent, 35)):
        median, least = 1000 * statistics.median(times), 1000 * min(times)
        print(f"epub    {words} words {name}: {median:.1f} ms, quickest {least:.1f} (bar {bar})")


def timed(act: Callable[[], object], runs: int) -> list[float]:
    """Give the CPU seconds of each run in a warm process."""
    for _ in range(WARM):
        act()
    times = []
    for _ in range(runs):
        gc.collect()
        before = time.process_time()
        act()
        times.append(time.process_time() - before)
    return times


def classic(folder: Path, pairs: int) -> None:
    """Print the ratio of our PDFs to bare WeasyPrint's, document by document."""
    import weasyprint  # noqa: PLC0415  (slow, and not wanted by the other parts)
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    from exporter.write.pdf import fonts  # noqa: PLC0415
    from exporter.write.pdf.document import document  # noqa: PLC0415
    from exporter.write.pdf.fetcher import AssetFetcher, address  # noqa: PLC0415
    from exporter.write.xhtml import markup  # noqa: PLC0415

    theme, settings = themes.load("classic"), Settings()
    make = write.writer(".pdf")
    with fonts.private(theme.font_folders):
        configuration = FontConfiguration()
    css = weasyprint.CSS(string=TEN_RULES, font_config=configuration)
    every = []
    for article in prepared(folder, ("plain", "photographs", "everything"), typography=True):
        edition = Edition.single(article)
        assets = {address(asset): asset for asset in article.assets}
        html = markup(document(edition, settings, theme.measure))

        def bare(html: str = html, assets: object = assets) -> object:
            fetcher = AssetFetcher(assets)  # type: ignore[arg-type]
            page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="asset:")
            return page.write_pdf(
                stylesheets=[css], font_config=configuration, pdf_variant="pdf/ua-1"
            )

        def ours(edition: Edition = edition) -> object:
            return make(edition, theme, settings)

        timed(ours, 1)
        timed(bare, 1)
        ratios = []
        for _ in range(pairs):
            mine, its = timed_once(ours), timed_once(bare)
            ratios.append(mine / its)
        every.append(statistics.median(ratios))
        print(f"classic {'ratios':8} {' '.join(f'{ratio:.2f}' for ratio in sorted(ratios))}")
    shown = ", ".join(f"{ratio:.2f}" for ratio in every)
    print(f"classic medians: plain, photographs, everything: {shown} (bar 1.15)")


def timed_once(act: Callable[[], object]) -> float:
    """Give the CPU seconds of one run."""
    gc.collect()
    before = time.process_time()
    act()
    return time.process_time() - before


def book(folder: Path, count: int) -> None:
    """Print what one book of many articles costs beside as many single ones."""
    captures = folder / "many"
    pages.generate(captures, count)
    for suffix in ("pdf", "epub"):
        target = folder / f"book.{suffix}"
        apart = folder / f"single-{suffix}"
        bound = _run(["book", str(captures), "-o", str(target), "--title", "The river"])
        single = _run(["convert", str(captures), "-f", suffix, "-o", str(apart)])
        size = sum(path.stat().st_size for path in apart.glob(f"*.{suffix}"))
        print(
            f"book    {count} articles, {suffix}: {bound.cpu:.1f} s CPU, singles"
            f" {single.cpu:.1f} s: ratio {bound.cpu / single.cpu:.2f} (bar 1.2);"
            f" {bound.wall:.0f} s wall, singles {single.wall:.0f} s"
        )
        print(
            f"book    peak {bound.peak >> 20} MB in all (bar 500), largest process"
            f" {bound.largest >> 20} MB; file of {target.stat().st_size >> 20} MB,"
            f" singles {size >> 20} MB"
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took, all its processes together."""

    cpu: float  # seconds
    wall: float  # seconds
    peak: int  # bytes, the proportional set sizes summed
    largest: int  # bytes, of the largest process


def _run(arguments: list[str]) -> Cost:
    """Run our command and watch it."""
    command = [sys.executable, "-c", "from exporter.cli import main; main()", *arguments]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with subprocess.Popen(
        [*command, "-q", "--no-memory"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as running:
        peak = largest = 0
        while running.poll() is None:
            sizes = [_proportional(process) for process in _family(running.pid)]
            peak, largest = max(peak, sum(sizes)), max(largest, *sizes, 0)
            time.sleep(0.2)
        said = running.stderr.read() if running.stderr else b""
    if running.returncode:
        sys.exit(said.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(cpu, time.monotonic() - began, peak, largest)


def _family(process: int) -> Iterator[int]:
    """Give a process and all that it started, as Linux lists them."""
    yield process
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in listed.read_text().split():
                yield from _family(int(child))


def _proportional(process: int) -> int:
    """Give the memory of a process in bytes, shared pages divided among those that share them."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    return 0


if __name__ == "__main__":
    main()
