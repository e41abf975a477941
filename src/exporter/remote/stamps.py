"""What tells the content of files in stores from another, for a cache: folders are listed once."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from exporter.batch.proof import ABSENT
from exporter.remote.listings import Listings
from exporter.remote.walk import looked
from exporter.urls import store_url


class Stamps:
    """The stamps of what lies in the folders that the user named."""

    def __init__(self, inputs: Iterable[Path]) -> None:
        """Ask the stores for these folders.

        Raises:
            CaptureError: a store can't be asked.
            MissingExtraError: the package for it is not installed.

        """
        self._listings: list[Listings] = [looked(url)[0] for url in map(store_url, inputs) if url]

    def __call__(self, url: str) -> str:
        """Give the stamp of a file, or of a folder with what lies in it.

        Raises:
            OSError: the store can't tell.

        """
        for listings in self._listings:
            if (path := listings.path(url)) is not None:
                entry = listings.entry(path)
                if entry is None:
                    return ABSENT
                return _listed(listings, path) if entry.is_folder else entry.told
        return ABSENT


def _listed(listings: Listings, folder: str) -> str:
    names = "/".join(listings.folder(folder))
    return f"folder:{hashlib.sha256(names.encode()).hexdigest()[:16]}"
