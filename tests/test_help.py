"""What --help says of many options is in order: each stands under the heading of its kind."""

import re
from importlib import import_module

import click
import pytest

from exporter.cli import headings
from exporter.cli.app import COMMANDS


@pytest.mark.parametrize("name", ["convert", "book", "explain", "survey", "learn"])
def test_each_option_stands_under_the_heading_of_its_kind(name: str) -> None:
    command: click.Command = import_module(COMMANDS[name]).command
    context = click.Context(
        command, info_name=name, terminal_width=80, help_option_names=["-h", "--help"]
    )
    text = command.get_help(context)
    sections = re.findall(r"^(\S[^:\n]*):$", text, re.MULTILINE)
    assert sections == [one for one in (*headings.HEADINGS, headings.OTHERS) if one in sections]
    assert len(sections) > 2
    general = text[text.index(f"\n{headings.OTHERS}:") :]
    found = re.findall(r"^  (?:-\w, )?--([\w-]+)", general, re.MULTILINE)
    assert found == ["config", "verbose", "quiet", "help"]


def test_no_heading_waits_for_an_option_that_is_gone() -> None:
    commands = [import_module(module).command for module in COMMANDS.values()]
    known = {option.name for command in commands for option in command.params}
    assert frozenset().union(*headings.HEADINGS.values()) <= known
