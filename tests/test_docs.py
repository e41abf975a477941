"""The README says what is true: its commands and options exist, its tables are complete."""

import re
from pathlib import Path

import click
import pytest

from exporter import errors
from exporter.cli.app import COMMANDS, command
from exporter.library.report import LOSSES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")  # yes: "[a](docs/a.md#b)"; no: "[a](#b)"
OPTION = re.compile(
    r"(?<![\w-])--?[a-z][a-z-]*"
)  # yes: "--keep", "-j"; no: "AGPL-3", "print-ready"
TARGET = re.compile(r"(?:`|^)make ([a-z]+)", re.MULTILINE)  # yes: "`make demo`"; no: "you make it"


def _options() -> set[str]:
    context = click.Context(command)
    names: set[str] = set()
    for name in COMMANDS:
        found = command.get_command(context, name)
        assert found is not None
        for parameter in found.get_params(click.Context(found)):
            names |= {*parameter.opts, *parameter.secondary_opts}
    return names


def test_each_make_target_that_the_readme_names_exists() -> None:
    targets = set(TARGET.findall(README))
    assert {"demo", "test", "check", "conformance", "soak", "clean"} <= targets
    assert {target for target in targets if f"\n{target}:" not in MAKEFILE} == set()


def test_each_subcommand_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"\bexporter ([a-z]+)\b(?=[^:\n])", _blocks()))
    assert {"convert", "explain"} <= named <= set(COMMANDS)


def test_each_option_that_the_readme_names_exists() -> None:
    text = "\n".join(line for line in README.splitlines() if "install" not in line)
    named = {option for code in re.findall(r"`([^`\n]+)`", text) for option in OPTION.findall(code)}
    named |= set(OPTION.findall(_blocks()))
    assert "--keep" in named
    assert named - _options() == set()


def test_the_readme_has_every_exit_code() -> None:
    table = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    ours = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.ExportError)
    }
    assert table == ours | {0, 1, 130}


@pytest.mark.parametrize("document", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]), ids=str)
def test_links_lead_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text("utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (document.parent / target).exists(), target


def test_each_folder_in_the_readme_exists() -> None:
    rows = re.findall(r"^\| (`[a-z/`, ]+`) \|", README, re.MULTILINE)
    folders = [name for row in rows for name in re.findall(r"`([a-z/]+)`", row)]
    assert "styles" in folders
    for folder in folders:
        assert (ROOT / folder).is_dir() or (ROOT / "src/exporter" / folder).is_dir(), folder


def _blocks() -> str:
    """Give the README's shell blocks."""
    return "\n".join(re.findall(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL))


def test_the_list_of_notes_is_the_list_of_codes_in_the_code() -> None:
    code = "\n".join(
        path.read_text("utf-8") for path in sorted((ROOT / "src" / "exporter").rglob("*.py"))
    )
    used = set(re.findall(r"\bNote\(\s*\"([a-z-]+)\"", code))
    rows = re.findall(
        r"^\| `([a-z-]+)` \|.*\| (yes)? ?\|$",
        (ROOT / "docs" / "notes.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert {name for name, _ in rows} == used
    assert {name for name, loss in rows if loss} == set(LOSSES)
