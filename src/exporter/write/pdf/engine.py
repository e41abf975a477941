"""WeasyPrint kept warm: fonts found and style sheets parsed once, editions rendered many times."""

import functools
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import cssselect2  # type: ignore[import-untyped]  # comes with weasyprint, without types
import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration

from exporter import parsing
from exporter.model import Asset
from exporter.themes import Theme
from exporter.write.pdf import counting, families, fitting, fonts, leaves, structure
from exporter.write.pdf.fetcher import NOTHING, SCHEME, AssetFetcher
from exporter.write.pdf.leaves import Leaf
from exporter.write.pdf.quick import quickened

VARIANT = "pdf/ua-1"
CLOCK = "SOURCE_DATE_EPOCH"
YEAR_2000 = "946684800"
LOGGER = logging.getLogger("weasyprint")


@dataclass(frozen=True, slots=True)
class Printed:
    """What the engine made of a document, and what it said about it."""

    data: bytes = field(repr=False)
    warnings: tuple[str, ...]
    missing: frozenset[str]  # characters for which no font has a glyph
    leaves: tuple[Leaf, ...]


class Document(weasyprint.HTML):  # type: ignore[misc]  # weasyprint is not typed
    """A document read as the XML it is: 50 times faster than by HTML's rules, and as written."""

    def __init__(self, document: str, fetcher: AssetFetcher) -> None:
        self.base_url = SCHEME
        self.url_fetcher = fetcher
        self.media_type = "print"
        root = parsing.plain(document)
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class Engine:
    """One theme, ready to print. Build it in the process that uses it, after any fork.

    Raises:
        ConfigError: the font that the user asked for is not there.

    """

    def __init__(self, theme: Theme) -> None:
        with fonts.private(theme.font_folders):
            self._fonts = FontConfiguration()
            if theme.font:
                families.check(theme.font, families.available())
        with heard() as records:
            self._css = weasyprint.CSS(
                string=theme.print_css, font_config=self._fonts, url_fetcher=NOTHING
            )
        self.style_warnings = tuple(record.getMessage() for record in records)
        self._shown = coverage(theme.font_folders)
        self._unshown: frozenset[str] = frozenset()

    def missing(self, characters: frozenset[str]) -> frozenset[str]:
        """Give those of these characters for which no font of this machine has a glyph."""
        suspects = characters - self._shown - self._unshown
        if suspects:
            probe = "".join(sorted(suspects))
            text = f"<html lang='und'><title>probe</title><p>{escape(probe)}</p></html>"
            absent = self.print(text, {}).missing & suspects
            self._unshown |= absent
            self._shown |= suspects - absent
        return characters & self._unshown

    def print(self, document: str, assets: Mapping[str, Asset], *, tagged: bool = True) -> Printed:
        """Give the PDF of an HTML document whose images are among `assets`, by address."""
        options = {"pdf_variant": VARIANT} if tagged else {}
        with heard() as records, fixed_clock(), fitting.fitted(), counting.counted(), quickened():
            laid = Document(document, AssetFetcher(assets)).render(
                stylesheets=[self._css], font_config=self._fonts, **options
            )
            finish = structure.finish if tagged else None
            data = laid.write_pdf(finisher=finish, **options)
        missing = frozenset(filter(None, map(_missing, records)))
        rest = (record for record in records if not _missing(record))
        warnings = tuple(record.getMessage() for record in rest)
        return Printed(data, warnings, missing, leaves.read(laid))


def coverage(folders: Iterable[Path]) -> frozenset[str]:
    """Give the characters that every upright text font in these folders has."""
    sets = []
    for path in (path for folder in folders for path in folder.glob("*-Regular.ttf")):
        with TTFont(path, lazy=True) as font:
            sets.append(frozenset(map(chr, font.getBestCmap())))
    return frozenset().union(*sets) | frozenset("\t\n\r")


@functools.lru_cache(maxsize=4)
def engine(theme: Theme) -> Engine:
    """Give this process's engine for a theme."""
    return Engine(theme)


def _missing(record: logging.LogRecord) -> str:
    """Give the character a record says no font has, or nothing."""
    if record.msg.startswith(".notdef") and isinstance(record.args, tuple):
        return str(record.args[0])
    return ""


class _Ear(logging.Handler):
    """Keeps what it hears."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def heard() -> Iterator[list[logging.LogRecord]]:
    """Collect WeasyPrint's warnings instead of letting them reach the user's terminal."""
    ear, propagate = _Ear(), LOGGER.propagate
    handlers = LOGGER.handlers[:]
    LOGGER.handlers[:] = [ear]
    LOGGER.propagate = False
    try:
        yield ear.records
    finally:
        LOGGER.handlers[:] = handlers
        LOGGER.propagate = propagate


@contextmanager
def fixed_clock() -> Iterator[None]:
    """Have fontTools, which subsets some fonts, date them by a constant and not by the clock."""
    before = os.environ.get(CLOCK)
    os.environ[CLOCK] = before or YEAR_2000
    try:
        yield
    finally:
        if before is None:
            del os.environ[CLOCK]
