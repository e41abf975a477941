"""The long checks: the same bytes every time, whole books whenever a run is killed, no error.

    .venv/bin/python tools/soak.py [--rounds 20] [--kills 30] [--mutations 2000] [--no-hostile]

sameness   converts input/ again and again, on one job and on several, and compares every byte
kills      a batch of twice as many pages, killed at random moments, then run to its end
mutations  of real pages, each converted in memory: no error but those of exporter.errors
hostile    the whole hostile corpus, one case after the other: each as it should be, and in time
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "fuzzing"))

import mutate
import soaking
from exporter.write import WRITERS

INPUT = Path(__file__).resolve().parents[1] / "input"
CORPUS = INPUT.parent / "tests" / "hostile" / "run.py"
JOBS = (1, 2, 3, 4)


def digests(jobs: int) -> dict[str, str]:
    """Convert input/ into a fresh folder; give the sha-256 of each edition by name."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "exporter",
            "convert",
            str(INPUT),
            "-o",
            folder,
            "-q",
            "--no-memory",
            "--no-cache",
            "-f",
            ",".join(suffix.removeprefix(".") for suffix in WRITERS),
        ]
        subprocess.run([*command, "-j", str(jobs)], check=True, stdout=subprocess.DEVNULL)
        return {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(Path(folder).iterdir())
            if file.suffix in WRITERS
        }


def same(rounds: int) -> bool:
    """Convert input/ so many times; tell whether every byte was the same."""
    start = time.monotonic()
    first = digests(JOBS[0])
    different: set[str] = set()
    for number in range(1, rounds):
        jobs = JOBS[number % len(JOBS)]
        again = digests(jobs)
        changed = {name for name, _ in first.items() ^ again.items()}
        for name in sorted(changed - different):
            print(f"round {number + 1} (-j {jobs}): {name} differs")
        different |= changed
    seconds = time.monotonic() - start
    print(f"{rounds} rounds of {len(first)} editions ({seconds:.0f} s): {len(different)} differed")
    return bool(first) and not different


def survives(kills: int) -> bool:
    """Kill a batch so many times; tell whether nothing was ever broken and all was made."""
    with tempfile.TemporaryDirectory() as place:
        found = soaking.killed(Path(place), 2 * kills, kills, seed=1)
    print(
        f"{found.kills} SIGKILLs of a batch of {2 * kills} pages: {len(found.broken)} broken, "
        f"{found.redone} whole ones written again, the last run made all: {found.finished}, "
        f"left behind: {len(found.left)}"
    )
    return not found.broken and not found.left and found.finished


def endures() -> bool:
    """Run the hostile corpus; tell whether each case was as it should be."""
    score = [sys.executable, str(CORPUS), "--jobs", "1"]  # two at once would share their time
    return subprocess.run(score, check=False).returncode == 0


def main() -> int:
    """Do what is asked; 0 when all was as it should be."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=20)
    arguments.add_argument("--kills", type=int, default=30)
    arguments.add_argument("--mutations", type=int, default=2000)
    arguments.add_argument("--hostile", action=argparse.BooleanOptionalAction, default=True)
    options = arguments.parse_args()
    good = [same(options.rounds)] if options.rounds else []
    good += [survives(options.kills)] if options.kills else []
    good += [mutate.main(["--count", str(options.mutations)]) == 0] if options.mutations else []
    good += [endures()] if options.hostile else []
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
