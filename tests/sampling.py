"""What the tests on samples and editions share: the command, and how to read its books."""

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
INPUT = ROOT / "input"
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, slots=True)
class Book:
    """Both editions of one sample, what the report says of it, and what `explain` says."""

    epub: Path
    pdf: Path
    outcome: dict[str, Any]

    def documents(self) -> list[Any]:
        """Give the EPUB's documents, parsed, without the navigation."""
        with zipfile.ZipFile(self.epub) as archive:
            names = [name for name in archive.namelist() if name.endswith(".xhtml")]
            trees = [etree.fromstring(archive.read(name)) for name in names]
        return [tree for tree in trees if tree.find(f".//{XHTML}nav") is None]

    def epub_text(self) -> str:
        """Give all that a reader of the EPUB can read."""
        bodies = [tree.find(f"{XHTML}body") for tree in self.documents()]
        return "\n".join("".join(body.itertext()) for body in bodies)

    def pdf_text(self) -> str:
        """Give all that a reader of the PDF can read."""
        run = subprocess.run(
            ["pdftotext", str(self.pdf), "-"], capture_output=True, text=True, check=True
        )
        return run.stdout


def convert(source: Path, target: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a user would."""
    command = [sys.executable, "-m", "exporter", "convert", str(source), "-o", str(target)]
    return subprocess.run([*command, *options], capture_output=True, text=True, check=False)
