"""Validate editions: EPUBCheck, Ace, the veraPDF engine and checks of our own.

    .venv/bin/python tools/conformance.py [--large] [--no-ace] [FILE_OR_FOLDER...]

Without a name it makes editions of input/, of one capture of each kind, of pages in five scripts
and one with every construct, in each theme and profile and with each option, for archives, as
books, and of nasty bodies; --large makes a book of 100 and 250 such bodies, and shows Ace every
EPUB instead of a choice.

Prints a row for each file, its findings below, and the sums. Exit code 0: no finding; 1: some;
2: a validator or a JDK is absent, or there was nothing to check. Ace is left out, and that said,
where Node or Chromium is not there.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "conforming"))

import cases
import inspection
from validators import PACKAGES, Finding, absent, ace, ace_absent, validate

__all__ = ["Finding", "absent", "ace", "ace_absent", "editions", "validate"]
LARGE = {False: (8, 40), True: (100, 250)}  # articles of the book, nasty bodies
A_FEW = 4  # books of each folder that Ace sees


def editions(places: Iterable[Path]) -> list[Path]:
    """Give the EPUBs and PDFs at these places, folders with all they hold."""
    found: list[Path] = []
    for place in places:
        inside = place.rglob("*") if place.is_dir() else [place]
        found += [file for file in inside if file.suffix in PACKAGES]
    return sorted(found)


def make(folder: Path, *, large: bool) -> None:
    """Make what there is to check."""
    articles, oddities = LARGE[large]
    for case in cases.cases(folder / "captures", articles):
        print(f"making {case.name}", file=sys.stderr)
        case.run(folder / "made")
    print("making oddities", file=sys.stderr)
    cases.write_oddities(folder / "made" / inspection.ODDITIES, range(oddities))


def check(files: Sequence[Path], *, accessible: Sequence[Path]) -> list[Finding]:
    """Give all findings; Ace sees the books in `accessible`."""
    found = validate(files)
    found += [finding for file in files for finding in inspection.inspect(file)]
    found += ace(accessible)
    return found


def chosen(files: Sequence[Path]) -> list[Path]:
    """Give a few books of each folder."""
    folders: dict[Path, list[Path]] = {}
    for file in files:
        if file.suffix == ".epub":
            folders.setdefault(file.parent, []).append(file)
    return [file for inside in folders.values() for file in inside[:A_FEW]]


def report(files: Sequence[Path], findings: Sequence[Finding], seen: Sequence[Path]) -> None:
    """Print the table, the findings and the sums."""
    names = {file: f"{file.parent.name}/{file.name}" for file in files}
    width = max(map(len, names.values()))
    for file in files:
        own = [finding for finding in findings if finding.file.resolve() == file.resolve()]
        print(f"{names[file]:<{width}}  {len(own) or 'valid':>6}")
        for finding in own:
            print(finding)
    bad = {finding.file.resolve() for finding in findings}
    for suffix, name in ((".epub", "EPUBCheck 5.3.0, our lint"), (".pdf", "veraPDF, our checks")):
        checked = [file for file in files if file.suffix == suffix]
        wrong = [file for file in checked if file.resolve() in bad]
        print(f"{name}: {len(checked)} checked, {len(wrong)} with findings")
    skipped = ace_absent()
    print(f"Ace: SKIPPED, {skipped}" if skipped else f"Ace 1.4.6: {len(seen)} checked")


def main(arguments: Sequence[str]) -> int:
    """Validate what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="*", type=Path)
    parser.add_argument("--large", action="store_true", help="100 articles, 250 bodies, all to Ace")
    parser.add_argument("--no-ace", action="store_true", help="leave Ace out")
    parser.add_argument("--keep", type=Path, help="make the editions here, and keep them")
    asked = parser.parse_args(arguments)
    if lacks := absent():
        print(f"conformance: {lacks}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        places = list(asked.places)
        if not places:
            scratch = asked.keep or Path(folder)
            make(scratch, large=asked.large)
            places = [scratch / "made"]
        files = editions(places)
        if not files:
            print("conformance: nothing to check", file=sys.stderr)
            return 2
        seen = files if asked.large or asked.places else chosen(files)
        seen = [] if asked.no_ace or ace_absent() else [f for f in seen if f.suffix == ".epub"]
        findings = check(files, accessible=seen)
        report(files, findings, seen)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
