"""Run the hostile corpus through the installed command and judge each case.

    .venv/bin/python tests/hostile/run.py [-j 2] [--markdown FILE] [--keep FOLDER] [NAME…]

Each case lies in a fresh folder, beside canaries (files that must not come out) and with a server
of its own that must not be asked. Exit code 1 when a case was not as expected.
"""

import argparse
import os
import shutil
import sys
import sysconfig
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile.ground import Case, Traps, lay
from hostile.judge import SECONDS, judge, snapshot
from hostile.listening import listening
from hostile.make import cases
from hostile.process import Ran, run

COMMAND: Final = Path(sysconfig.get_path("scripts")) / "exporter"
GRACE: Final = (
    10.0  # s after the limit before a case is killed: by how much it was late is worth knowing
)


@dataclass(frozen=True)
class Result:
    """What became of a case."""

    case: Case
    ran: Ran
    complaints: tuple[str, ...]


def environment(traps: Traps) -> dict[str, str]:
    """Give a user of our own: a fresh home and temp folder; the canary server is the proxy."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    proxies = {
        name: traps.http("proxy")
        for name in ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy")
    }
    home, temp = str(traps.base / "home"), str(traps.base / "tmp")
    return kept | {"LC_ALL": "C.UTF-8", "HOME": home, "TMPDIR": temp} | proxies


def command(case: Case, program: Path = COMMAND) -> list[str]:
    options = case.options if "-o" in case.options else ("-o", case.output, *case.options)
    return [str(program), "convert", "-f", case.formats, *options, "--", *case.inputs]


def run_case(case: Case, folder: Path, program: Path = COMMAND) -> Result:
    """Lay a case down in a folder of its own below `folder`, run it, judge it."""
    with listening() as server:
        traps = Traps(folder / case.family / case.name / "a" / "b", server.server_port)
        traps.base.mkdir(parents=True)
        lay(case, traps)
        before = snapshot(traps.base, traps.base / case.output)
        if case.during is not None:
            Thread(target=case.during, args=(traps.base,), daemon=True).start()
        ran = run(
            command(case, program),
            traps.base,
            environment(traps),
            SECONDS + GRACE,
            rights=not case.unprivileged,
        )
        complaints = judge(case, traps, ran, server.heard, before)
        above = [
            path for path in traps.base.parents[1].rglob("*") if not path.is_relative_to(traps.base)
        ]
        complaints += [f"OUTSIDE: {path.name}" for path in above if path not in traps.base.parents]
    return Result(case, ran, tuple(complaints))


def remove(folder: Path) -> None:
    """Remove a case's folder, whatever modes it has."""
    for path, folders, _ in os.walk(folder):
        for name in folders:
            if not Path(path, name).is_symlink():
                Path(path, name).chmod(0o755)
    shutil.rmtree(folder, ignore_errors=True)


def run_all(
    chosen: Iterable[Case], jobs: int, keep: Path | None = None, program: Path = COMMAND
) -> Iterator[Result]:
    """Run cases side by side; yields in their order."""

    def one(case: Case) -> Result:
        folder = Path(tempfile.mkdtemp(prefix="hostile-"))
        try:
            result = run_case(case, folder, program)
            if keep is not None and result.complaints:
                _copy(folder / case.family, keep / case.family)
        except Exception as error:  # noqa: BLE001 - one that can't be laid down or judged has failed
            told = f"HARNESS: {type(error).__name__}: {error}"
            return Result(case, Ran(None, 0, 0, 0, "", ""), (told,))
        else:
            return result
        finally:
            remove(folder)

    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(one, chosen)


def _copy(folder: Path, where: Path) -> None:
    """Keep what a case left, as far as it can be copied: not its pipes."""
    with suppress(shutil.Error):
        shutil.copytree(
            folder,
            where,
            symlinks=True,
            dirs_exist_ok=True,
            ignore=_pipes,
            copy_function=shutil.copy,
        )


def _pipes(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_fifo()]


def table(results: list[Result]) -> Iterator[str]:
    """Give the score of each family and a line for each failure, as Markdown."""
    families: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        families[result.case.family].append(result)
    yield "| family | cases | as expected | leaks | requests | tracebacks | late | memory |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, members in (*families.items(), ("**all**", results)):
        counts = [
            sum(any(word in line for line in one.complaints) for one in members)
            for word in ("LEAK", "REQUEST", "TRACEBACK", "TIME", "MEMORY")
        ]
        good = sum(not one.complaints for one in members)
        yield f"| {name} | {len(members)} | {good} | {' | '.join(map(str, counts))} |"
    slowest = sorted(results, key=lambda one: -one.ran.seconds)[:5]
    largest = sorted(results, key=lambda one: -one.ran.peak)[:5]
    yield ""
    yield (
        "Slowest: " + ", ".join(f"{one.case.name} {one.ran.seconds:.1f} s" for one in slowest) + "."
    )
    yield (
        "Largest: "
        + ", ".join(f"{one.case.name} {one.ran.peak / 1e6:.0f} MB" for one in largest)
        + "."
    )
    yield ""
    for one in results:
        if one.complaints:
            yield f"- `{one.case.family}/{one.case.name}`: {line(one)}"


def line(result: Result) -> str:
    text = "; ".join(result.complaints[:4]) + ("; …" if len(result.complaints) > 4 else "")
    return text.replace("\n", " ")[:400]


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a tool that is read while it runs


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help="cases or families; all when none is named")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--markdown", type=Path, help="where the score goes")
    parser.add_argument("--command", type=Path, default=COMMAND, help="the exporter to be tried")
    parser.add_argument("--keep", type=Path, help="where folders of cases that failed are kept")
    given = parser.parse_args()
    chosen = [
        case for case in cases() if not given.names or {case.name, case.family} & set(given.names)
    ]
    results = []
    for result in run_all(chosen, given.jobs, given.keep, given.command):
        results.append(result)
        ran = result.ran
        mark = f"FAILED {line(result)}" if result.complaints else "ok"
        cost = f"{ran.seconds:.1f} s {ran.peak >> 20} MB exit {ran.code}"
        say(f"{result.case.family}/{result.case.name}: {cost} {mark}")
    score = "\n".join(table(results))
    say(score)
    if given.markdown:
        given.markdown.write_text(score + "\n", "utf-8")
    return int(any(result.complaints for result in results))


if __name__ == "__main__":
    sys.exit(main())
