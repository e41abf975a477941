"""`exporter serve`: a library in the browser, or on a phone or e-reader in the same network."""

import io
import sys
from pathlib import Path

import click
import segno

from exporter import log
from exporter.cli import options
from exporter.cli.output import say, tell
from exporter.errors import UsageError
from exporter.library import serve
from exporter.library.serve import EVERY, LOOPBACK, PORT, Address, Library

CATALOGUE = "opds.xml"
WHITE_ON_BLACK = "\033[97;40m{}\033[0m"  # the code's light squares are drawn


@click.command("serve", short_help="A library for your browser, phone or e-reader.")
@click.argument("folder", metavar="[OUTPUT]", type=options.PATH, default=Path("output"))
@click.option(
    "--port",
    metavar="NUMBER",
    type=click.IntRange(1, 65535),
    help=f"Be found there and nowhere else.  [default: {PORT}, or another that is free]",
)
@click.option(
    "--lan", is_flag=True, help="Serve your network, too, under an address nobody can guess."
)
@click.option("-v", "--verbose", count=True, help="Say what is asked for.")
def command(folder: Path, port: int | None, *, lan: bool, verbose: int) -> None:
    """Serve the library in a folder that `exporter convert` made, until you press Ctrl+C.

    Only this machine is served. With --lan all machines in your network are: whoever has the
    address that is printed can read the whole folder, in clear text, until you stop.
    """
    log.to_stderr(verbose)
    place = serve.checked(folder)
    host = _reached() if lan else LOOPBACK
    wanted = Address(EVERY if lan else LOOPBACK, port or PORT, serve.token() if lan else "")
    with serve.opened(place, wanted, another=port is None) as library:
        _announce(library, host)
        library.serve_forever()


def _reached() -> str:
    """Give the address under which the network finds us."""
    host = serve.network_address()
    if not host:
        remedy = "connect it to one, or leave --lan out"
        raise UsageError("this machine is in no network", "--lan", remedy)
    return host


def _announce(library: Library, host: str) -> None:
    """Tell where the library is, before the first request comes."""
    url = library.address.url(host)
    tell(url)
    if (library.folder / CATALOGUE).is_file():
        say(f"for reading apps (OPDS): {url}{CATALOGUE}")
    if library.address.token and sys.stdout.isatty() and sys.stderr.isatty():
        click.echo(_code(url), err=True)
    say("Ctrl+C ends it")


def _code(url: str) -> str:
    """Give a QR code for a terminal, whatever its colours are."""
    drawn = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(drawn, compact=True)
    return "\n".join(map(WHITE_ON_BLACK.format, drawn.getvalue().splitlines()))
