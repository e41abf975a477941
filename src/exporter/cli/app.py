"""The command `exporter`: its subcommands, and how every error leaves it."""

import difflib
import errno
import importlib
import os
import signal
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from exporter.cli.output import say
from exporter.errors import ExportError, InternalError, UsageError

if TYPE_CHECKING:
    from exporter import fetch

NAME: Final = "exporter"
INTERRUPTED: Final = 130
DEBUG: Final = "EXPORTER_DEBUG"  # in the environment: show tracebacks

# name -> the module that holds it, imported when asked for
COMMANDS: Final = {
    "convert": "exporter.cli.convert",
    "book": "exporter.cli.book",
    "explain": "exporter.cli.explain",
    "rules": "exporter.cli.rules",
    "serve": "exporter.cli.serve",
    "survey": "exporter.cli.survey",
    "learn": "exporter.cli.learn",
    "report": "exporter.cli.report",
    "limits": "exporter.cli.limits",
    "doctor": "exporter.cli.doctor",
}


class Commands(click.Group):
    """The subcommands, each imported when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Give the names in the order in which a reader needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (click's signature)
        """Give a subcommand by name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand; where there is none of that name, say which was meant."""
        name = args[0] if args else ""
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        close = difflib.get_close_matches(name, COMMANDS, n=1)
        if close:
            hint = f"did you mean {close[0]}?"
        elif Path(name).exists():
            hint = f"to convert it: {NAME} convert {name}"
        else:
            hint = f"commands: {', '.join(COMMANDS)}"
        raise click.UsageError(f"no such command {name!r} ({hint})", ctx)


@click.group(
    NAME,
    cls=Commands,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="article-exporter", message="%(prog)s %(version)s")
def command() -> None:
    """Turn saved web pages into books: EPUB 3 and print-ready PDF, offline.

    \b
    exporter convert page.html              one page, into output/
    exporter convert pages/ -o books/       a whole folder
    exporter convert page.html -o book.epub
    exporter book pages/ -o book.epub       many pages, one book
    exporter explain page.html              what stays, what goes, and why
    """  # noqa: D301  (click's mark for lines to be left alone is the backspace itself)


def main(arguments: Sequence[str] | None = None, allowance: "fetch.Allowance | None" = None) -> int:
    """Run a command line; give its exit code. Only tests have an allowance."""
    _hear(_end)
    try:
        code = command.main(arguments, prog_name=NAME, standalone_mode=False, obj=allowance)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  (no traceback unasked)
        line, status = _explain(error)
        say(line)
        return status
    return code if isinstance(code, int) else 0


def _hear(handler: Callable[[int, object], NoReturn]) -> None:
    """Have a handler called for each request to end that the caller wants to be heard."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup does
            signal.signal(number, handler)


def _end(number: int, frame: object) -> NoReturn:  # noqa: ARG001  (the signature of a handler)
    """Take a request to end as an interrupt: the report is finished, nothing is left behind."""
    _hear(_end_at_once)
    raise KeyboardInterrupt


def _end_at_once(number: int, frame: object) -> NoReturn:  # noqa: ARG001  (likewise)
    """End without another word: somebody asked twice. The workers end with their wires."""
    os._exit(INTERRUPTED)


def _explain(error: BaseException) -> tuple[str, int]:
    """Give the one line that tells of an error, and its exit code."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return error.format_message(), error.exit_code
        case click.ClickException():
            return _usage_line(error), error.exit_code
        case ExportError():
            return f"{NAME}: {error}", error.exit_code
        case OSError(errno=errno.ENAMETOOLONG):
            # whoever asks whether such a file is there learns that there can't be one
            long = UsageError("the name is too long", str(error.filename), "give a shorter one")
            return f"{NAME}: {long}", long.exit_code
        case KeyboardInterrupt() | click.Abort():
            return f"{NAME}: interrupted", INTERRUPTED
    if DEBUG in os.environ:
        say("".join(traceback.format_exception(error)).rstrip())
    remedy = f"this is our bug: please report it; {DEBUG}=1 shows more"
    bug = InternalError(f"{type(error).__name__}: {error}", remedy=remedy)
    return f"{NAME}: {bug}", bug.exit_code


def _usage_line(error: click.ClickException) -> str:
    """Give click's complaint as one line in our manner."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else NAME
    message = " ".join(error.format_message().split())
    message = message[:1].lower() + message[1:].rstrip(".") if message[1:2].islower() else message
    return f"{path}: {message} (see {path} --help)"
