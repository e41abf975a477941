"""One trial: bytes become a capture, its pages articles, and whatever is wrong is an error.

The first byte of an input chooses the reader, the others are the capture: so a fuzzer need not
find the signature of a zip before it can try what is in it.
"""

import gzip
import hashlib
import io
import random
import signal
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import mutate
from exporter import dom
from exporter.clean import clean
from exporter.clean.conservation import lost
from exporter.errors import CaptureError
from exporter.model import Learned
from exporter.read import READERS, Source, read, sniff
from exporter.read.signatures import ZIP_END, is_self_extracting
from exporter.settings import Settings

# None: told by its bytes, as all that users give is; what is packed tells its kind by them alone
KINDS: Final = (*sorted({*READERS} - {"compressed"}), None)
SECONDS: Final = 10.0  # of CPU that an input may take
SMALL: Final = 60_000  # bytes of a seed: small inputs are tried more often
NAMES: Final = ("input/*.*", "tests/captures/**/*", "tests/articles/*/page.html")
BROKEN: Final = (zlib.error, zipfile.BadZipFile, RuntimeError)  # of a member: encrypted
SETTINGS: Final = Settings()
NOTHING: Final = Learned()


class LossError(AssertionError):
    """Text of a page is neither in its article nor in the ledger."""

    def __init__(self, gone: Counter[str]) -> None:
        super().__init__("".join(sorted(gone.elements())))
        self.size = gone.total().bit_length()  # losses of other sizes are other findings


def run(data: bytes) -> int:
    """Read, clean and normalise an input; give how many articles it came to.

    Raises:
        TimeoutError: it takes too much CPU.
        LossError: text was lost.
        Exception: anything but an error of ours is a finding, as is an invalid body.

    """
    signal.signal(signal.SIGPROF, mutate.late)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        with suppress(CaptureError):
            return _articles(data)
        return 0
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _articles(data: bytes) -> int:
    count = 0
    kind = KINDS[data[0] % len(KINDS)] if data else None
    for page in read(Source(None, data[1:], "input"), kind=kind):
        with suppress(CaptureError):
            article = clean(page, SETTINGS, NOTHING)
            dom.validate(article.body)
            if gone := lost(page.html, article):
                raise LossError(gone)
            count += 1
    return count


def seeds() -> Iterator[bytes]:
    """Give inputs to begin with: our own samples and captures, those that are small."""
    for pattern in NAMES:
        for path in sorted(mutate.ROOT.glob(pattern)):
            if path.is_file() and path.stat().st_size <= SMALL and (kind := _kind(path)):
                yield framed(kind, path.read_bytes())


def framed(kind: str, capture: bytes) -> bytes:
    """Give the input that is a capture of that kind."""
    return bytes((KINDS.index(kind if kind in KINDS else None),)) + capture


def _kind(path: Path) -> str | None:
    data = path.read_bytes()
    kind = "markdown" if path.suffix == ".md" else sniff(data)
    if kind == "html" and is_self_extracting(data, data[-ZIP_END:]):
        return "singlefilez"
    return kind if kind in READERS else None


def mutated(data: bytes, number: int, pages: mutate.Pages) -> bytes:
    """Give an input that differs from another as pages do: by tags, not by bits.

    What is packed is mutated inside, where a changed bit would only break the packing.
    """
    dice = random.Random(number)  # noqa: S311  (the same one every time)
    at_hand = pages._replace(dice=dice)
    first, body = data[:1], data[1:]
    try:
        if body.startswith(b"PK"):
            return first + _zipped(body, at_hand)
        if body.startswith(b"\x1f\x8b"):
            return first + gzip.compress(_changed(gzip.decompress(body), at_hand), mtime=0)
    except (OSError, EOFError, ValueError, LookupError, NotImplementedError, *BROKEN):
        pass
    return first + _changed(body, at_hand)


def _changed(data: bytes, pages: mutate.Pages) -> bytes:
    return pages.dice.choice(mutate.MUTATIONS)(data, pages)


def _zipped(archive: bytes, pages: mutate.Pages) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as members:
        files = {name: members.read(name) for name in members.namelist()}
    name = pages.dice.choice(sorted(files))
    files[name] = _changed(files[name], pages)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as members:
        for name, body in files.items():
            members.writestr(zipfile.ZipInfo(name), body)
    return out.getvalue()


class Findings:
    """Keeps the first input of each kind of finding in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: set[str] = set()  # names of files

    def run(self, data: bytes) -> None:
        """Try an input; keep it when something is wrong that was not seen before."""
        try:
            run(data)
        except Exception as error:  # noqa: BLE001  (any is a finding)
            place = f"{mutate.place(error)}{getattr(error, 'size', '')}"
            name = hashlib.sha256(place.encode()).hexdigest()[:12]
            file = self.folder / f"finding-{name}"
            self.seen.add(name)
            if not file.exists():
                file.write_bytes(data)
                print(f"{file.name}: {place}: {str(error)[:200]!r}", flush=True)
