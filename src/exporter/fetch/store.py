"""What was answered, one file an address: for a run all of it, for later runs the images."""

import contextlib
import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exporter import files
from exporter.errors import OutputError
from exporter.fetch.network import Fetched
from exporter.fetch.turns import digest

SUFFIX: Final = ".fetched"
DAYS: Final = 30  # an image of an earlier run is believed
BYTES: Final = 512 << 20  # kept of earlier runs
DAY: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of answers."""

    folder: Path

    def find(self, url: str) -> Fetched | None:
        """Give what was answered, if that is here and whole."""
        try:
            head, _, body = self._place(url).read_bytes().partition(b"\n")
            table = json.loads(head)
            if table["url"] != url or table["sha256"] != hashlib.sha256(body).hexdigest():
                return None
            data = body if not table["reason"] else None
            return Fetched(url, data, str(table["reason"]), str(table["came_from"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, fetched: Fetched) -> None:
        """Keep an answer; a folder that can't be written to costs the memory, not the image."""
        body = fetched.data or b""
        table = {
            "url": fetched.url,
            "reason": fetched.reason,
            "came_from": fetched.came_from,
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        with contextlib.suppress(OutputError):
            head = json.dumps(table).encode()
            files.make_folder(self.folder, files.PRIVATE)
            files.write_atomic(self._place(fetched.url), head + b"\n" + body)

    def tidy(self) -> None:
        """Remove what is too old, and the oldest where there is too much."""
        room = BYTES
        oldest = time.time() - DAYS * DAY
        with contextlib.suppress(OSError):
            names = (f"*{SUFFIX}", f"{files.PART}*")  # the latter of processes that died
            found = [(one.stat(), one) for name in names for one in self.folder.glob(name)]
            for state, path in sorted(found, key=lambda pair: -pair[0].st_mtime):
                room -= state.st_size
                if room < 0 or state.st_mtime < oldest:
                    path.unlink(missing_ok=True)

    def _place(self, url: str) -> Path:
        return self.folder / f"{digest(url)}{SUFFIX}"
