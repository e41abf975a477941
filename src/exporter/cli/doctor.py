"""`exporter doctor`: tells whether everything is there that conversions need."""

import importlib
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Final

import click

from exporter import themes
from exporter.cli.output import tell
from exporter.errors import ExportError
from exporter.model import Article, Capture, Edition, Metadata
from exporter.settings import Settings
from exporter.themes import Theme
from exporter.write import WRITERS, writer

DISTRIBUTION: Final = "article-exporter"
PACKAGES: Final = ("beautifulsoup4", "lxml", "Pillow", "EbookLib", "click", "rich")
PANGO: Final = (
    "install Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0,"
    " dnf install pango harfbuzz, or brew install pango"
)
SUBSETTER: Final = (
    "PDFs take 2 to 6 times as long: apt-get install libharfbuzz-subset0,"
    " dnf install harfbuzz, or brew install harfbuzz"
)
MARKS: Final = {True: "ok", None: "slow", False: "FAILS"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    state: str
    fine: bool | None = True  # None: it works, but not as well as it could
    remedy: str = ""


@click.command("doctor", short_help="Is everything there that conversions need?")
def command() -> int:
    """Look at the interpreter, the libraries, the fonts and the writers; 0 when all is well."""
    found = []
    for check in (python, packages, looks, engine, editions):
        for finding in check():
            found.append(finding)
            advice = f"  ({finding.remedy})" if finding.remedy else ""
            tell(f"{MARKS[finding.fine]:<6} {finding.what}: {finding.state}{advice}")
    return 0 if all(finding.fine is not False for finding in found) else 7


def python() -> Iterator[Finding]:
    """Look at ourselves and the interpreter."""
    try:
        yield Finding("exporter", metadata.version(DISTRIBUTION))
    except metadata.PackageNotFoundError:
        yield Finding("exporter", "not installed, runs from its source folder")
    yield Finding("Python", f"{platform.python_version()} on {platform.system()}, {sys.executable}")


def packages() -> Iterator[Finding]:
    """Look at the packages we stand on."""
    for name in PACKAGES:
        try:
            yield Finding(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "not installed", fine=False, remedy=f"pip install {name}")


def looks() -> Iterator[Finding]:
    """Look at the themes and their fonts."""
    try:
        for name in themes.names():
            folders = themes.load(name).font_folders
            fonts = sum(1 for folder in folders for _ in folder.glob("*.ttf"))
            yield Finding(f"theme {name}", f"{fonts} fonts")
    except ExportError as error:
        yield Finding("themes", error.what, fine=False, remedy=error.remedy)


def engine() -> Iterator[Finding]:
    """Look at the PDF engine and the system libraries it loads."""
    try:
        health = importlib.import_module("exporter.write.pdf.health")
    except (ImportError, OSError) as error:  # OSError: a system library is missing
        reason = " ".join(str(error).split())[:200]
        yield Finding("PDF engine", f"does not load: {reason}", fine=False, remedy=PANGO)
        return
    for name, version in health.versions().items():
        yield Finding(name, version)
    if health.has_subsetter():
        yield Finding("libharfbuzz-subset", "found")
    else:
        yield Finding("libharfbuzz-subset", "not found", fine=None, remedy=SUBSETTER)


def editions() -> Iterator[Finding]:
    """Have every writer make a small book in memory."""
    try:
        theme = themes.load(Settings().theme)
    except ExportError:
        return  # said already
    for suffix in WRITERS:
        yield _try(suffix, theme)


def _try(suffix: str, theme: Theme) -> Finding:
    try:
        size = len(writer(suffix)(EDITION, theme, Settings()).data)
    except Exception as error:  # noqa: BLE001  (whatever it is, it is the finding)
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return Finding(f"a book as {suffix}", reason, fine=False, remedy="install again")
    return Finding(f"a book as {suffix}", f"{size} bytes")


EDITION: Final = Edition.single(
    Article(
        metadata=Metadata(title="A page to try", language="en"),
        body="<p>Office, naïve, cœur: a line of text with ligatures and accents.</p>",
        assets=(),
        ledger=(),
        notes=(),
        capture=Capture("doctor", "html", "0" * 64),
    )
)
