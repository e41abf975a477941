"""Books on their way to a store: each article's files are sent while the next is made.

The store is what counts: what an earlier run made and it has not, or has otherwise, is sent again.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from exporter import files
from exporter.errors import ExportError, OutputError
from exporter.model import MADE, Export, Failure, Outcome
from exporter.remote.listings import Listings
from exporter.remote.stores import opened, shown

THREADS: Final = 8  # files on their way at once
WAITING: Final = 32  # articles whose files are on their way
IN_VAIN: Final = 5  # articles in a row that the store did not take, after which it takes none
REMEDY: Final = "check the bucket's name, the credentials in the environment and the connection"


class Sending:
    """A mirror's files under way to the store that it stands for."""

    def __init__(self, url: str, folder: Path, *, keeps: bool) -> None:
        """Get ready to send the files of `folder`, and without `keeps` to remove what is sent.

        Raises:
            UsageError: there is no such kind of store.
            MissingExtraError: the package for it is not installed.

        """
        self._folder = folder
        self._keeps = keeps
        self._url = url
        self._store, self._root = opened(url)
        self._listings = Listings(self._store, self._root)
        self._vain = 0

    def __enter__(self) -> Self:
        """See whether the store can be asked, and has the bucket.

        Raises:
            OutputError: it can't, or has not.

        """
        bucket = self._root.partition("/")[0]
        try:
            found = not self._store.is_flat or self._store.entry(bucket) is not None
        except OSError as error:
            raise _error("the store can't be asked", self._url, error) from error
        if not found:
            raise OutputError("no such bucket", shown(self._url), REMEDY)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="send")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Let what is under way arrive; of a run that broke off, what has not begun stays here."""
        self._threads.shutdown(cancel_futures=error is not None)

    def names(self) -> Iterable[str]:
        """Give the names in the store's folder.

        Raises:
            OutputError: the store can't tell.

        """
        try:
            return [entry.name for entry in self._store.listed(self._root)]
        except OSError as error:
            raise _error("the store can't be asked", self._url, error) from error

    def bring(self, *paths: Path) -> None:
        """Bring files of the mirror as the store has them; what it has not is removed here.

        Raises:
            OutputError: one can't be brought.

        """
        for path in paths:
            files.make_folder(path.parent)
            try:
                if self._store.entry(self._place(path)) is None:
                    path.unlink(missing_ok=True)
                    continue
                with files.replacing(path) as partial:
                    self._store.fetch(self._place(path), partial)
            except OSError as error:
                raise _error("can't be brought from the store", self._told(path), error) from error

    def has(self, path: Path) -> bool:
        """Tell whether the store had a file of the mirror when its folder was listed.

        Raises:
            OutputError: the store can't tell.

        """
        try:
            return self._listings.entry(self._place(path)) is not None
        except OSError as error:
            raise _error("the store can't be asked", self._told(path), error) from error

    def send(self, path: Path) -> None:
        """Send a file of the mirror.

        Raises:
            OutputError: it can't be sent.

        """
        try:
            self._store.put(path, self._place(path))
            if not self._keeps:
                path.unlink()
        except OSError as error:
            raise _error("can't be sent to the store", self._told(path), error) from error

    def remove(self, path: Path) -> None:
        """Remove a file from the store, if it is there.

        Raises:
            OutputError: it can't be removed.

        """
        try:
            self._store.remove(self._place(path))
        except OSError as error:
            raise _error("can't be removed from the store", self._told(path), error) from error

    def sent(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Give outcomes, in their order, once the files that they name are in the store.

        Raises:
            OutputError: it takes nothing any more.

        """
        under_way: deque[tuple[Outcome, Future[Outcome]]] = deque()
        for outcome in outcomes:
            under_way.append((outcome, self._threads.submit(self._arrived, outcome)))
            while under_way and (len(under_way) > WAITING or under_way[0][1].done()):
                yield self._counted(*under_way.popleft())
        while under_way:
            yield self._counted(*under_way.popleft())

    def _counted(self, made: Outcome, future: "Future[Outcome]") -> Outcome:
        sent = future.result()
        if sent is made:
            self._vain = 0
        elif isinstance(sent, Failure):
            self._vain += 1
            if self._vain == IN_VAIN:
                raise sent.error
        return sent

    def _arrived(self, outcome: Outcome) -> Outcome:
        """Bring the store up to date with an outcome; give what it is then."""
        if not isinstance(outcome, Export):
            return outcome
        named = filter(None, (*outcome.files, outcome.review, outcome.cover))
        paths = [path for path in map(Path, named) if path.is_relative_to(self._folder)]
        whole = list(_whole(paths)) if outcome.status in MADE else []
        try:
            for note in outcome.notes if outcome.status not in MADE else ():
                if note.code == "book-removed":
                    self.remove(Path(note.detail))
            for path in whole:
                if outcome.status == "exported" or not self._is_there(path):
                    self.send(path)
        except ExportError as error:
            for path in whole:  # nobody takes it for made
                path.unlink(missing_ok=True)
            return Failure(outcome.input, error, outcome.seconds)
        return outcome

    def _is_there(self, path: Path) -> bool:
        """Tell whether the store has a file as it is here."""
        here = path.stat()
        try:
            there = self._store.entry(self._place(path))
        except OSError as error:
            raise _error("the store can't be asked", self._told(path), error) from error
        if there is None or there.size != here.st_size:
            return False
        return there.when is None or there.when >= int(here.st_mtime)

    def _place(self, path: Path) -> str:
        return f"{self._root}/{path.relative_to(self._folder).as_posix()}"

    def _told(self, path: Path) -> str:
        return f"{self._url}/{path.relative_to(self._folder).as_posix()}"


def _whole(paths: Iterable[Path]) -> Iterator[Path]:
    """Give the files among paths, and those in folders among them."""
    for path in paths:
        if path.is_dir():
            yield from (Path(above, name) for above, _, names in os.walk(path) for name in names)
        elif path.is_file():
            yield path


def _error(what: str, where: str, error: OSError) -> OutputError:
    return OutputError(f"{what}: {error.strerror or error}", shown(where), REMEDY)
