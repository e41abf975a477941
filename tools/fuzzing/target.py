"""Fuzzes read, clean and normalise with atheris, which is guided by the code that inputs reach.

    .venv/bin/python -m pip install ".[fuzz]"
    .venv/bin/python tools/fuzzing/target.py [--minutes 10] [--findings FOLDER] [--corpus FOLDER]
    .venv/bin/python tools/fuzzing/target.py --again FILE…       these inputs alone, without atheris

It begins with our own samples and captures. A finding is an error that is none of ours, a body
outside the vocabulary, text that is neither in the article nor in the ledger, or more than ten
seconds of CPU; the first input of each kind is kept in the folder of findings, which is a new one
below the system's folder for temporary files unless you name another. The corpus (the inputs that
reached something new) is thrown away unless it has a folder. Exit code 1 when there was a finding.
"""

import argparse
import importlib
import logging
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

LONGEST: Final = 60  # seconds after which libFuzzer ends an input that hears no signal
LARGEST: Final = 32_768  # bytes of an input
MEMORY: Final = 2048  # MB
ABSENT: Final = (
    "atheris is not installed: pip install 'article-exporter[fuzz]' (it exists for Linux on x86-64"
    " and Python 3.11 to 3.14). Without it: tools/fuzzing/mutate.py, or tests/test_fuzz.py"
    " --hypothesis-profile=wide."
)
# of libFuzzer; yes: "#4096 pulse  cov: 8123 ft: 20111 corp: 300/1Mb"; no: "INFO: seed"
PROGRESS: Final = re.compile(r"#(\d+)\s.*\bcov: (\d+)")
DONE: Final = re.compile(r"stat::number_of_executed_units: (\d+)")  # yes: the sum; no: "#17"


class Sums(NamedTuple):
    """What a run came to."""

    inputs: int = 0
    edges: int = 0


def main(given: Sequence[str] | None = None) -> int:
    """Fuzz for so many minutes and tell the sums; 1 when there was a finding."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=10.0)
    arguments.add_argument("--findings", type=Path)
    arguments.add_argument("--corpus", type=Path)
    arguments.add_argument("--again", type=Path, nargs="+", metavar="FILE")
    arguments.add_argument("--fuzzer", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    options = arguments.parse_args(given)
    if options.fuzzer:
        fuzz(options.findings, options.fuzzer)
    if options.again:
        return again(options.again)
    try:
        importlib.import_module("atheris")
    except ImportError:
        sys.exit(ABSENT)
    folder = options.findings or Path(tempfile.mkdtemp(prefix="exporter-findings-"))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="exporter-corpus-") as place:
        corpus = options.corpus or Path(place)
        sow(corpus)
        sums = run(60 * options.minutes, folder, corpus)
    found = sorted(folder.iterdir())
    print(f"{sums.inputs} inputs, {len(found)} findings, {sums.edges} edges of coverage")
    for finding in found:
        print(finding)
    return 1 if found else 0


def again(files: Sequence[Path]) -> int:
    """Try some inputs once more and tell what comes of each; 1 when one of them is a finding."""
    with tempfile.TemporaryDirectory() as folder:
        findings = importlib.import_module("trial").Findings(Path(folder))
        for file in files:
            findings.run(file.read_bytes())
    return 1 if findings.seen else 0


def sow(corpus: Path) -> None:
    """Write the inputs to begin with."""
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(importlib.import_module("trial").seeds()):
        (corpus / f"seed-{number:04}").write_bytes(seed)


def run(seconds: float, folder: Path, corpus: Path) -> Sums:
    """Run fuzzers one after another until the time is over; each ends with what kills it."""
    sums = Sums()
    end = time.monotonic() + seconds
    while (left := int(end - time.monotonic())) > 0:
        command = [
            sys.executable, __file__, "--findings", str(folder), "--fuzzer",
            f"-max_total_time={left}", f"-timeout={LONGEST}", f"-rss_limit_mb={MEMORY}",
            f"-max_len={LARGEST}", f"-artifact_prefix={folder}/", "-print_final_stats=1",
            str(corpus),
        ]  # fmt: skip
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as fuzzer:
            assert fuzzer.stdout is not None  # noqa: S101  (a pipe was asked for)
            inputs = edges = 0
            dying = False
            for line in fuzzer.stdout:
                if told := PROGRESS.match(line):
                    inputs, edges = int(told[1]), int(told[2])
                elif told := DONE.match(line):
                    inputs = int(told[1])
                dying |= line.startswith(("==", "Traceback"))
                if dying or "pulse" in line or line.startswith("finding-"):
                    print(line.rstrip(), flush=True)
        sums = Sums(sums.inputs + inputs, max(sums.edges, edges))
        if not inputs:
            sys.exit("the fuzzer did not start")
    return sums


def fuzz(folder: Path, options: list[str]) -> None:
    """Be the fuzzer: never returns."""
    logging.disable()  # what readers log of each input drowns what there is to tell
    import atheris  # noqa: PLC0415  (an extra)

    with atheris.instrument_imports(include=["exporter"]):
        trial = importlib.import_module("trial")
        for module in trial.READERS.values():
            importlib.import_module(module)
    bodies = [seed[1:] for seed in trial.seeds()]
    pages = trial.mutate.Pages(bodies, None)

    def mutated(data: bytes, most: int, number: int) -> bytes:
        if number % 2 and data:
            return bytes(trial.mutated(data, number, pages)[:most])
        return bytes(atheris.Mutate(data, most))

    atheris.Setup([sys.argv[0], *options], trial.Findings(folder).run, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
