"""`exporter rules`: the rule files in force, and whether they are valid and do what they say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from exporter import rules
from exporter.clean import examples
from exporter.cli import options
from exporter.cli.output import say, tell
from exporter.errors import ConfigError
from exporter.rules import SiteRule


@click.group("rules", short_help="The rule files in force: list them, check them.")
def command() -> None:
    """Show the rules by which pages are cleaned: phrases by language, and rules for single sites.

    Your own site rules lie in the folder rules beside your config file, and in folders that the
    config file names as rule_folders.
    """


@command.command("list", short_help="Every rule in force.")
@click.argument("places", metavar="[FOLDER|FILE]...", nargs=-1, type=options.PATH)
@options.add(*options.COMMON)
def list_rules(places: tuple[Path, ...], **given: Any) -> int:  # noqa: ANN401  (click's values)
    """List the phrase rules and site rules, with your own and those of the places named."""
    for phrase in rules.phrase_book().rules:
        tell(f"phrase:{phrase.id}")
    for site in rules.site_rules(_places(places, given)):
        tell(f"site:{site.site}  {site.why}  [{site.source}]")
    return 0


@command.command("check", short_help="Are the rule files valid? 6 when one is not.")
@click.argument("places", metavar="[FOLDER|FILE]...", nargs=-1, type=options.PATH)
@options.add(*options.COMMON)
def check(places: tuple[Path, ...], **given: Any) -> int:  # noqa: ANN401  (click's values)
    """Read all rule files, your own and those of the places named too, and try their examples."""
    phrases = len(rules.phrase_book().rules)
    sites: list[SiteRule] = [*rules.site_rules()]
    wrong: list[ConfigError] = []
    for path in (path for place in _places(places, given) for path in rules.rule_files(place)):
        try:
            sites.append(rules.read_rule(path))
        except ConfigError as error:
            wrong.append(error)
    wrong.extend(_broken(sites))
    for mistake in wrong:
        say(f"exporter: {mistake}")
    if not given["quiet"] and not wrong:
        tried = sum(len(rule.examples) for rule in sites)
        say(f"{phrases} phrase rules and {len(sites)} site rules are valid")
        say(f"{tried} examples of site rules hold")
        for rule in sites:
            if not rule.examples:
                say(f"{rule.source}: has no example yet")
    return ConfigError.exit_code if wrong else 0


def _broken(sites: list[SiteRule]) -> Iterator[ConfigError]:
    for rule in sites:
        for found in examples.broken(rule):
            yield ConfigError(found.what, found.where, "correct the rule or its example")


def _places(named: tuple[Path, ...], given: dict[str, Any]) -> tuple[str, ...]:
    folders = (*map(str, named), *options.settings(given).rule_folders)
    return tuple(dict.fromkeys(folders))
