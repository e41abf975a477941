"""The options that commands share, and the settings they come to."""

import dataclasses
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from exporter import themes
from exporter.batch.recurrence import Plan, memory_place
from exporter.cli import away, config, folders, trust
from exporter.errors import ConfigError, UsageError
from exporter.files import user_text
from exporter.limits import USUAL, Limits, value
from exporter.settings import Settings
from exporter.urls import on_disk

Command = TypeVar("Command", bound=Callable[..., Any])

CLOCK: Final = "SOURCE_DATE_EPOCH"


class Place(click.Path):
    """A path, or a URL: of a file on this machine it is the path."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401  (click's signature)
        """Give the path."""
        return on_disk(Path(os.fsdecode(super().convert(value, param, ctx))))


class Target(Place):
    """A file to be written: what is to go to a store is sent there when the command is done."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401  (click's signature)
        """Give the path."""
        path = away.file_here(Path(os.fsdecode(click.Path.convert(self, value, param, ctx))))
        if ctx is not None and away.url_of(path):
            path.unlink(missing_ok=True)
            ctx.call_on_close(lambda: away.deliver(path))
        return path


PATH: Final = Place(path_type=Path, readable=False)  # reading tells what is wrong, and where
WRITTEN: Final = Target(path_type=Path, readable=False)

CLEANING: Final = (
    click.option("--keep", metavar="CSS", multiple=True, help="Never remove what this selects."),
    click.option("--drop", metavar="CSS", multiple=True, help="Always remove what this selects."),
    click.option(
        "--keep-boilerplate/--no-keep-boilerplate",
        default=None,
        help="Keep pleas, share lines and the like in the article.",
    ),
    click.option("--url", metavar="URL", help="The page's address, where the capture lacks it."),
    folders.OPTION,
)
LEARNING: Final = (
    click.option(
        "--join/--no-join",
        default=None,
        help="Make one article of pages 1, 2, 3 of it that were saved one by one.",
    ),
    click.option(
        "--learn/--no-learn",
        default=None,
        help="In a batch, tell boilerplate by what recurs across the pages of a site.",
    ),
    click.option(
        "--memory/--no-memory",
        default=None,
        help="Keep what was learnt of a site for later runs, and use it.",
    ),
    click.option(
        "--learned",
        metavar="FILE",
        type=PATH,
        help="Use what that learned.json of an earlier run says, and nothing else.",
    ),
)
JOBS: Final = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Workers.  [default: cores]"
)
LIMITS: Final = (
    click.option(
        "--timeout",
        metavar="SECONDS",
        type=click.FloatRange(min=0.1),
        help=f"Give an article up after this long.  [default: {USUAL.seconds:g}]",
    ),
    click.option(
        "--max-memory",
        metavar="MB",
        type=click.IntRange(min=64),
        help=f"Give an article up when it needs more.  [default: {USUAL.memory >> 20}]",
    ),
    click.option(
        "--limit",
        "stated",
        metavar="NAME=VALUE",
        multiple=True,
        help="Raise or lower another limit of what a page may cost, for pages that you trust;"
        " `exporter limits` lists them.",
    ),
)
COMMON: Final = (
    click.option(
        "--config", "config_path", type=PATH, help="Config file instead of ./exporter.toml."
    ),
    click.option("-v", "--verbose", count=True, help="Say more; twice for everything."),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
)


def add(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Give a decorator that adds options to a command, in the order given."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def settings(given: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Settings:
    """Give the settings of a run: options before the config file before the defaults.

    Raises:
        UsageError: an option makes no sense.
        ConfigError: the config file makes none.

    """
    chosen = _configured(config.find(given["config_path"]), given.get("rules", ()))
    if given.get("style"):
        given = dict(given) | {"style": style(given["style"], Path())}
    for name in config.known():
        value = given.get(name)
        if value is not None and value != ():
            chosen[name] = value
    chosen["limits"] = limits(given, chosen.get("limits", {}))
    return dataclasses.replace(Settings(), **chosen, made=made(environment))


def _configured(found: config.Found | None, rules: Iterable[Path]) -> dict[str, Any]:
    """Give what a config file says, where it says paths relative to its folder."""
    if found is None:
        return folders.settled(rules, {}, None)
    base, chosen = found.path.parent, config.load(found.path)
    if chosen.get("theme") and chosen["theme"] not in themes.names():
        chosen["theme"] = str(base / Path(chosen["theme"]).expanduser())
    if not found.trusted:
        trust.check(chosen, found.path)
    if chosen.get("style"):
        chosen["style"] = style(chosen["style"], base)
    return chosen | folders.settled(rules, chosen, base)


def style(value: str, base: Path) -> str:
    """Give the CSS text that the user means: the text itself, or that of the file named.

    Raises:
        UsageError: there is no such file.
        ConfigError: it can't be read.

    """
    if "{" in value:
        return value
    path = base / Path(value).expanduser()
    try:
        return user_text(path)
    except FileNotFoundError:
        remedy = "give a CSS file, or CSS text"
        raise UsageError("no such style sheet", str(path), remedy) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"can't be read: {error}", str(path), "it must be UTF-8 text") from error


def made(environment: Mapping[str, str] = os.environ) -> str | None:
    """Give the date that a reproducible build asks for (reproducible-builds.org, in seconds).

    Raises:
        UsageError: it is no such number.

    """
    epoch = environment.get(CLOCK)
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"{CLOCK} is no number of seconds", epoch, "unset it") from None


def plan(
    given: Mapping[str, Any], chosen: Settings, inputs: tuple[Path, ...], record: Path | None
) -> Plan:
    """Give where a run's knowledge of its pages comes from; `record` is where it is written."""
    learned = away.brought(given["learned"]) if given.get("learned") else None
    remembers = chosen.memory and learned is None
    store = memory_place(os.environ, sys.platform) if remembers else None
    return Plan(
        learn=chosen.learn,
        join=chosen.join,
        inputs=inputs,
        memory=store,
        learned=learned,
        record=record,
    )


def limits(given: Mapping[str, Any], configured: Mapping[str, float]) -> Limits:
    """Give what a page may cost: by options, else by the config file, else as usual.

    Raises:
        UsageError: there is no such limit, or it can't have that value.

    """
    values = dict(configured)
    for text in given.get("stated", ()):
        name, _, stated = text.partition("=")
        try:
            values[name.strip()] = value(name.strip(), stated)
        except ValueError as error:
            what, remedy = error.args
            raise UsageError(what, "--limit", remedy) from None
    if given.get("timeout") is not None:
        values["seconds"] = given["timeout"]
    if given.get("max_memory") is not None:
        values["memory"] = given["max_memory"] << 20
    return USUAL.having(values)
