"""The long check: convert input/ many times, on one job and on several, and compare every byte.

.venv/bin/python tools/soak.py [ROUNDS]
"""

import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from exporter.write import WRITERS

INPUT = Path(__file__).resolve().parents[1] / "input"
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
            "-f",
            ",".join(suffix.removeprefix(".") for suffix in WRITERS),
        ]
        subprocess.run([*command, "-j", str(jobs)], check=True, stdout=subprocess.DEVNULL)
        return {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(Path(folder).iterdir())
            if file.suffix in WRITERS
        }


def main(rounds: int) -> int:
    """Run the rounds; 0 when every byte was the same."""
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
    return 1 if different or not first else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
