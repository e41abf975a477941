"""`exporter rules`: the rule files in force, and whether they are valid."""

from pathlib import Path
from typing import Any

import click

from exporter import rules
from exporter.cli import options


@click.group("rules", short_help="The rule files in force: list them, check them.")
def command() -> None:
    """Show the rules by which pages are cleaned: phrases by language, and rules for single sites.

    Your own site rules lie in folders that the config file names as rule_folders.
    """


@command.command("list", short_help="Every rule in force.")
@click.argument("folders", metavar="[FOLDER]...", nargs=-1, type=options.PATH)
@options.add(*options.COMMON)
def list_rules(folders: tuple[Path, ...], **given: Any) -> int:  # noqa: ANN401  (click's values)
    """List the phrase rules and site rules, those of the FOLDERs and the config file included."""
    for phrase in rules.phrase_book().rules:
        click.echo(f"phrase:{phrase.id}")
    for site in rules.site_rules(_folders(folders, given)):
        click.echo(f"site:{site.site}  {site.why}")
    return 0


@command.command("check", short_help="Are the rule files valid? 6 when one is not.")
@click.argument("folders", metavar="[FOLDER]...", nargs=-1, type=options.PATH)
@options.add(*options.COMMON)
def check(folders: tuple[Path, ...], **given: Any) -> int:  # noqa: ANN401  (click's values)
    """Read all rule files, those of the FOLDERs and the config file included."""
    phrases = len(rules.phrase_book().rules)
    sites = len(rules.site_rules(_folders(folders, given)))
    if not given["quiet"]:
        click.echo(f"{phrases} phrase rules and {sites} site rules are valid", err=True)
    return 0


def _folders(named: tuple[Path, ...], given: dict[str, Any]) -> tuple[str, ...]:
    return (*map(str, named), *options.settings(given).rule_folders)
