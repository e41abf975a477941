"""Where the user keeps rules: the folders that options and the config file name, and his own."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import click

OPTION: Final = click.option(
    "--rules",
    "rules",
    metavar="FOLDER",
    multiple=True,
    type=click.Path(path_type=Path, readable=False),
    help="A folder of site rules, before those of your own.",
)


def own() -> Path:
    """Give the user's own folder of site rules; it need not exist."""
    return Path(click.get_app_dir("exporter")) / "rules"


def settled(
    named: Iterable[Path], configured: Mapping[str, Any], base: Path | None
) -> dict[str, Any]:
    """Give the settings that say where rules lie: folders named, then configured, then his own.

    What the config file says is relative to `base`, its folder.
    """
    start = base or Path()
    folders = [*named, *(start / Path(f).expanduser() for f in configured.get("rule_folders", ()))]
    if own().is_dir():
        folders.append(own())
    found: dict[str, Any] = {"rule_folders": tuple(dict.fromkeys(map(str, folders)))}
    if configured.get("site_configs"):
        found["site_configs"] = str(start / Path(configured["site_configs"]).expanduser())
    return found
