"""`--watch`: a library that is kept up to date while its folders change.

Only this module imports watchfiles.
"""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from exporter.cli.output import say
from exporter.cli.running import Run
from exporter.errors import MissingExtraError, NoArticleError, UsageError
from exporter.files import is_inside, real
from exporter.read.candidates import is_leftover

OPTION: Final = click.option(
    "--watch",
    is_flag=True,
    help="Go on: make what comes and what changes in the folder, until Ctrl-C.",
)
QUIET: Final = 500  # ms without a change after which those before are looked at, twice over
MOST: Final = 10_000  # ms for which they are gathered
ROUNDS: Final = 60  # times that a folder which never rests is waited for
PAGES: Final = frozenset({"html", "md"})  # books that would be read as pages


class Ended(NamedTuple):
    """What a run has come to."""

    code: int  # of the command
    hopeless: bool  # every later run would fail alike


class Heard:
    """Tells changes of pages from those that the run itself makes."""

    def __init__(self, run: Run) -> None:
        self._folders = frozenset(map(real, run.inputs))
        own = (run.targets.folder, run.report, run.plan.record)
        self._own = frozenset(real(path) for path in own if path is not None)

    def __call__(self, change: object, path: str) -> bool:
        """Tell whether a change concerns a page, or what lies beside one."""
        del change
        place = Path(path)
        if is_leftover(place.name):
            return False
        for above in (place, *place.parents):
            if above in self._own or above in self._folders:
                return above not in self._own
        return False


def check(run: Run) -> None:
    """See to it that folders can be watched, and that no book comes to be read as a page.

    Raises:
        UsageError: they can't, or it would.
        MissingExtraError: watchfiles is not installed.

    """
    folder = run.targets.folder
    if folder is None or not all(path.is_dir() for path in run.inputs):
        raise UsageError("only folders are watched", "--watch", "name folders of pages and -o")
    if run.caching.path is None or not run.caching.ask:
        remedy = "leave out --no-cache and --force"
        raise UsageError("all would be made anew at every change", "--watch", remedy)
    same = real(folder) in map(real, run.inputs)
    inside = is_inside(folder, *run.inputs) and PAGES.intersection(run.settings.formats)
    if same or inside or run.plan.shard is not None:
        raise UsageError("books would be taken for pages", "--watch", "name another folder with -o")
    _watchfiles()


def _watchfiles() -> Any:  # noqa: ANN401  (a module that may be absent)
    try:
        import watchfiles  # noqa: PLC0415  (an extra)
    except ImportError:
        remedy = "pip install 'article-exporter[watch]'"
        raise MissingExtraError(
            "watching needs the package watchfiles", "--watch", remedy
        ) from None
    return watchfiles


def follow(run: Run, make: Callable[[Run], Ended]) -> int:
    """Make a run, then one after each change, until Ctrl-C; give the exit code.

    What changes during a run leads to another one.
    """
    changes: Iterator[set[object]] = _watchfiles().watch(
        *map(real, run.inputs),
        watch_filter=Heard(run),
        debounce=MOST,
        step=QUIET,
        rust_timeout=QUIET,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    next(changes)  # from now on every change is heard
    while True:
        ended = _made(run, make)
        if ended.hopeless:
            say("the watch ends here: every page would fail alike")
            return ended.code
        if not run.quiet:
            say(f"watching {', '.join(map(str, run.inputs))} (Ctrl-C ends it)")
        run = dataclasses.replace(run, again=True)
        try:
            _wait(changes)
        except KeyboardInterrupt:  # nothing is under way: this is how a watch ends
            return 0


def _made(run: Run, make: Callable[[Run], Ended]) -> Ended:
    try:
        return make(run)
    except NoArticleError as error:  # pages may come
        if not run.quiet:
            say(str(error))
        return Ended(0, hopeless=False)


def _wait(changes: Iterator[set[object]]) -> None:
    """Wait for a change, and then until the folder rests: pictures are saved after their page."""
    while not next(changes):
        pass
    for _ in range(ROUNDS):
        if not next(changes):
            return
