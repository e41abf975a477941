"""Mirrors, as wget and HTTrack make them: a folder named as its site, below it the site's paths."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

# A folder named as a host; for Windows a "+" stands for the colon.
# yes: "port.example", "www.le-port.example:8080", "127.0.0.1+80"   no: "2024", "port_files"
HOST: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}(?:[a-z]{2,18}|\d{1,3})(?:[:+]\d{1,5})?\Z"
    r"|localhost(?:[:+]\d{1,5})?\Z",
    re.IGNORECASE,
)
# What wget adds to a page that its address did not call one (-E).
# yes: "show.php?id=1.html", "show.php@id=1.html"   no: "show.html", "me@port.html"
ADDED: Final = re.compile(
    r"([^?@]{1,200}\.\w{2,5}|[^?@]{1,200})[?@](.{0,400}=.{0,400}?)(?:\.html)?\Z"
)
# Folders that are called so for no other reason.
# yes: "www.port.example", "port.org", "127.0.0.1:8000"   no: "saved.pages", "notes.md"
SURELY: Final = re.compile(
    r"www\.|.{1,253}(?:\.(?:com|org|net|info|edu|gov)|[:+]\d+)\Z", re.IGNORECASE
)
INDEX: Final = re.compile(
    r"index\.html?\Z", re.IGNORECASE
)  # yes: "index.html"; no: "my-index.html"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies in a mirror."""

    host: str  # "port.example:8080"
    folder: PurePath  # that of the host
    below: tuple[str, ...]  # the names from there to the page

    def address(self, html: str) -> str:
        """Give the page's address on the web; http unless the page speaks of https."""
        scheme = "https" if f"https://{self.host}" in html else "http"
        *folders, name = self.below
        if INDEX.match(name):
            name = ""
        elif query := ADDED.match(name):
            name = f"{quote(query[1])}?{quote(query[2], safe='=&;,:+%')}"
        else:
            name = quote(name)
        return f"{scheme}://{self.host}/" + "/".join((*map(quote, folders), name))


def place_of(path: PurePath, root: PurePath | None, html: str) -> Place | None:
    """Give where a page lies in the mirror of a site; None outside one.

    The folder's name must leave no doubt, or the page speak of the site. Folders above
    `root`, the one that the user named, don't count; without one all do.
    """
    for folder in _folders(path, root):
        host = folder.name.replace("+", ":")
        if HOST.match(folder.name) and (SURELY.match(folder.name) or f"//{host}" in html):
            return Place(host, folder, path.relative_to(folder).parts)
    return None


def _folders(path: PurePath, root: PurePath | None) -> Iterator[PurePath]:
    """Give the folders around a page, the nearest first, down from `root` itself."""
    for folder in path.parents:
        if not folder.name:
            return
        yield folder
        if folder == root:
            return
