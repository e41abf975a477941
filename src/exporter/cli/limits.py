"""`exporter limits`: what a page may cost, and how to let it cost more."""

from typing import Any, Final

import click

from exporter import amounts
from exporter.cli import options
from exporter.cli.output import tell
from exporter.limits import ROWS, Row

HEAD: Final = "NAME                 LIMIT             OF"


@click.command("limits", short_help="What may a page cost, and what becomes of one beyond that?")
@options.add(*options.LIMITS, *options.COMMON)
def command(**given: Any) -> int:  # noqa: ANN401  (click's values)
    """List the limits, as the config file and the options set them.

    A page that is beyond one says so in its report or error. For pages that you trust, --limit
    NAME=VALUE and the table [limits] of the config file raise it; `none` lifts it.
    """
    chosen = options.settings(given).limits
    tell("\n".join((HEAD, *(_line(row, chosen.of(row.name)) for row in ROWS.values()))))
    return 0


def _line(row: Row, value: float) -> str:
    shown = amounts.shown(value, row.unit)
    return f"{row.name:<20} {shown:<17} {row.bounds}; beyond: {row.beyond}"
