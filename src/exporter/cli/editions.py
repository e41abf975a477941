"""The options that say how an edition looks, for every command that makes one."""

from typing import Final

import click

from exporter.cli import config

OPTIONS: Final = (
    click.option("--theme", metavar="NAME", help="The look, or a folder that holds a theme."),
    click.option("-s", "--style", metavar="CSS", help="A CSS file, or CSS text, on top of it."),
    click.option("--page-size", metavar="SIZE", help='Of the PDF: "a4", "letter", "148x210mm".'),
    click.option("--font", metavar="FAMILY", help="Of the PDF's text; or serif, sans, mono."),
    click.option(
        "--typography/--no-typography", default=None, help="Set quotes and spaces by language."
    ),
    click.option(
        "--images",
        type=click.Choice(config.CHOICES["images"]),
        help="Small ones for screens, gray ones for e-ink, or none.  [default: full]",
    ),
    click.option(
        "--archive/--no-archive",
        default=None,
        help="Make the PDF one for archives, PDF/A-3a, with the cleaned text inside.",
    ),
    click.option(
        "--profile",
        type=click.Choice(config.CHOICES["profile"]),
        help="What the EPUB is read with.  [default: generic]",
    ),
    click.option("--cover/--no-cover", default=None, help="Give each EPUB a cover."),
    click.option(
        "--drop-cap/--no-drop-cap", default=None, help="Begin a PDF's articles with a large letter."
    ),
    click.option(
        "--links",
        type=click.Choice(config.CHOICES["links"]),
        help="How a PDF prints where links lead.  [default: endnotes]",
    ),
)
