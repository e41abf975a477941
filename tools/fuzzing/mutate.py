"""Mutated real pages, each read, cleaned and written as EPUB: no error may escape but our own.

    .venv/bin/python tools/fuzzing/mutate.py [--count 24000] [--first 0] [--log FILE] [PAGES...]

PAGES are files and folders of saved pages (.html, .html.gz); without any, those of
../shared/bench, else those of input/. A mutation is told by its number: `--first 17 --count 1`
repeats one. Prints a line for each finding and the sums; exit code 1 when there was one.
"""

import argparse
import collections
import gzip
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from exporter import export, themes, write
from exporter.errors import ExportError, InternalError
from exporter.model import Edition
from exporter.read import Source, read
from exporter.settings import Settings

ROOT: Final = Path(__file__).resolve().parents[2]
BENCH: Final = ROOT.parent / "shared" / "bench" / "corpora"
LONGEST: Final = 20.0  # seconds that a page may take
LARGEST: Final = 400_000  # bytes of a page: many pages tell more than large ones
EVERY: Final = 1000  # mutations after which progress is told
TAGS: Final = (
    b"table tr td p div span a b i ul li h1 h2 figure figcaption img svg math select option form "
    b"template noscript iframe br hr pre code blockquote section article dl dt dd head body html "
    b"style script title textarea button object video picture source ruby rt center font frameset"
).split()
NASTY: Final = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80\xae",
    b"&#0;",
    b"&#xD800;", b"&#xFFFE;", b"&#x110000;", b"&amp;&lt;&", b"]]>", b"<!--", b"--!>", b"<![CDATA[",
    b"<?xml version='1.0' encoding='utf-16'?>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", b"\x1b[2J",
    b"<base href='file:///etc/'>", b"<meta charset='utf-7'>", b"<meta charset='hz-gb-2312'>",
    b"<plaintext>", b"<svg><foreignObject><p>x</svg>", b"<math><mi><table><mglyph>", b"\xc2\x85",
    b"<img src='data:image/png;base64,AAAA'>", b"<img srcset=', , 2x'>", b"<a href='//[::1'>x</a>",
    b"<time datetime='0000-99-99T99:99'>", b"<td colspan=99999999 rowspan=0>", b"<ol start=-1e9>",
    b'<script type="application/ld+json">{"@graph":[[{"@type":[1]}]]}</script>', b"\xef\xbf\xbe",
    b"<html lang='x-\xc3\xa9'>", b"<meta property='og:url' content='http://['>",
)  # fmt: skip


class Pages(NamedTuple):
    """What is mutated, and with what."""

    pages: Sequence[bytes]
    dice: random.Random

    def place(self, data: bytes | bytearray) -> int:
        """Give a place in the data, or its end."""
        return self.dice.randint(0, len(data))

    def tag(self, data: bytes) -> tuple[int, int]:
        """Give where one of the tags begins and ends; an empty place where there is none."""
        start = data.find(b"<", self.place(data))
        end = data.find(b">", start)
        return (start, end + 1) if 0 <= start < end else (0, 0)


def flip(data: bytes, pages: Pages) -> bytes:
    """Change some bytes into others."""
    out = bytearray(data)
    for _ in range(pages.dice.randint(1, 40) if out else 0):
        out[pages.dice.randrange(len(out))] = pages.dice.randrange(256)
    return bytes(out)


def drop_tags(data: bytes, pages: Pages) -> bytes:
    """Leave out some tags."""
    for _ in range(pages.dice.randint(1, 60)):
        start, end = pages.tag(data)
        data = data[:start] + data[end:]
    return data


def double_tags(data: bytes, pages: Pages) -> bytes:
    """Write a tag many times."""
    start, end = pages.tag(data)
    return data[:start] + data[start:end] * pages.dice.choice((2, 30, 400)) + data[end:]


def swap_blocks(data: bytes, pages: Pages) -> bytes:
    """Put a part of one page into another."""
    other = pages.dice.choice(pages.pages)
    start = pages.place(other)
    at = pages.place(data)
    return data[:at] + other[start : start + pages.dice.randint(1, 20_000)] + data[at:]


def truncate(data: bytes, pages: Pages) -> bytes:
    """Break off."""
    return data[: pages.place(data)]


def behead(data: bytes, pages: Pages) -> bytes:
    """Begin later."""
    return data[pages.place(data) :]


def repeat(data: bytes, pages: Pages) -> bytes:
    """Write a stretch several times."""
    start = pages.place(data)
    stretch = data[start : start + pages.dice.randint(1, 3000)]
    return data[:start] + stretch * pages.dice.randint(2, 20) + data[start:]


def nasty(data: bytes, pages: Pages) -> bytes:
    """Put what readers stumble over into some places."""
    for _ in range(pages.dice.randint(1, 12)):
        at = pages.place(data)
        data = data[:at] + pages.dice.choice(NASTY) + data[at:]
    return data


def nest(data: bytes, pages: Pages) -> bytes:
    """Open elements that nobody closes, or close what nobody opened."""
    for _ in range(pages.dice.randint(1, 30)):
        tag = pages.dice.choice(TAGS)
        form = pages.dice.choice((b"<%s>", b"</%s>", b"<%s ", b"<%s/>", b"<%s id=a id=a class='x"))
        at = pages.place(data)
        data = data[:at] + (form % tag) * pages.dice.choice((1, 1, 3, 150)) + data[at:]
    return data


def rename(data: bytes, pages: Pages) -> bytes:
    """Call all elements of a name by another."""
    old, new = pages.dice.choice(TAGS), pages.dice.choice(TAGS)
    for mark in (b"<", b"</"):
        data = data.replace(mark + old, mark + new)
    return data


def recode(data: bytes, pages: Pages) -> bytes:
    """Write the text in another encoding than the page states."""
    name = pages.dice.choice(("utf-16", "utf-32", "latin-1", "cp1251", "shift_jis", "utf-7"))
    return data.decode("utf-8", "replace").encode(name, "replace")


def unquote(data: bytes, pages: Pages) -> bytes:
    """Leave out some of the quotation marks and signs of markup."""
    sign = pages.dice.choice((b'"', b"'", b">", b"=", b"/"))
    parts = data.split(sign)
    return b"".join(part + sign * (pages.dice.random() > 0.1) for part in parts)


MUTATIONS: Final[Sequence[Callable[[bytes, Pages], bytes]]] = (
    flip, drop_tags, double_tags, swap_blocks, truncate, behead, repeat, nasty, nest, rename,
    recode, unquote,
)  # fmt: skip


def mutated(number: int, pages: Sequence[bytes]) -> bytes:
    """Give the mutation of that number."""
    dice = random.Random(number)  # noqa: S311  (the same one every time)
    at_hand = Pages(pages, dice)
    data = dice.choice(pages)
    for mutation in dice.choices(MUTATIONS, k=dice.randint(1, 4)):
        data = mutation(data, at_hand)
    return data


def found(places: Sequence[Path]) -> list[bytes]:
    """Give the pages at these places, the small ones."""
    usual = [BENCH] if BENCH.is_dir() else [ROOT / "input"]
    files = [
        file
        for place in places or usual
        for file in (sorted(place.rglob("*")) if place.is_dir() else [place])
        if file.name.endswith((".html", ".htm", ".html.gz"))
    ]
    pages = (
        gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files
    )
    return [page for page in pages if len(page) <= LARGEST]


def convert(data: bytes, name: str, settings: Settings) -> int:
    """Read, clean and write a page as EPUB, in memory; give how many books it came to."""
    theme, count = themes.chosen(settings), 0
    for page in read(Source(None, data, name)):
        edition = Edition.single(export.prepare(page, settings))
        write.writer(".epub")(edition, theme, settings)
        count += 1
    return count


def late(*_: object) -> None:
    """End a page that takes too long."""
    raise TimeoutError(f"longer than {LONGEST:g} s")


def place(error: BaseException) -> str:
    """Give where in our code an error came from, and its kind: by which findings are told apart."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "exporter" in Path(frame.filename).parts] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}: {type(error).__name__}"


def outcomes(numbers: range, pages: Sequence[bytes]) -> Iterator[tuple[int, str, str, float]]:
    """Give each mutation's number, what became of it, the finding if it is one, and its seconds."""
    settings = Settings(formats=("epub",))
    signal.signal(signal.SIGALRM, late)
    for number in numbers:
        data = mutated(number, pages)
        began = time.process_time()
        finding, name = "", "book"
        signal.setitimer(signal.ITIMER_REAL, LONGEST)
        try:
            convert(data, f"mutation-{number}.html", settings)
        except InternalError as error:
            name, finding = "finding", f"{error}"
        except ExportError as error:
            name = error.code
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            name, finding = "finding", f"{place(error)}: {error}"
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        yield number, name, finding, time.process_time() - began


def main(given: Sequence[str] | None = None) -> int:
    """Mutate and convert; 1 when there was a finding."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("pages", type=Path, nargs="*")
    arguments.add_argument("--count", type=int, default=24_000)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--log", type=Path)
    options = arguments.parse_args(given)
    pages = found(options.pages)
    print(f"{len(pages)} pages, {sum(map(len, pages)) >> 10} kB")
    counts: collections.Counter[str] = collections.Counter()
    seconds: list[float] = []
    log = options.log.open("w", buffering=1) if options.log else sys.stdout
    for number, name, finding, took in outcomes(
        range(options.first, options.first + options.count), pages
    ):
        counts[name] += 1
        seconds.append(took)
        if finding:
            print(f"{number}: {finding}", file=log)
        if sum(counts.values()) % EVERY == 0:
            print(f"{sum(counts.values())}: {dict(counts)}", file=log, flush=True)
    print(f"{sum(counts.values())} mutations: {dict(counts)}", file=log)
    seconds.sort()
    middle, worst = seconds[len(seconds) // 2], seconds[-1]
    print(f"CPU: median {1000 * middle:.0f} ms, longest {worst:.1f} s", file=log)
    return 1 if counts["finding"] else 0


if __name__ == "__main__":
    sys.exit(main())
