"""A URL of the page -> the part of the same file that was saved under that URL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin

from exporter.limits import USUAL, Limits
from exporter.read.filenames import Names
from exporter.read.inline import inline, is_inline
from exporter.read.resources import WHITE

MAX_GUESSES: Final = 20_000  # parts of an archive beyond which a name alone says nothing


class Parts:
    """What a capture holds, by URL: many pages share one index of it."""

    def __init__(self, bodies: Mapping[str, bytes], base: str | None = None) -> None:
        """Take the bodies, which may be read on demand; relative URLs start from `base`."""
        self.bodies = bodies
        self.base = base

    def find(self, url: str) -> bytes | None:
        """Give the bytes saved under a URL, however it is spelled; None when there are none."""
        if url in self.bodies:
            return self.bodies[url] or None
        key = self._by_key.get(_key(url))
        return self.bodies[key] or None if key is not None else None

    def find_by_name(self, url: str) -> bytes | None:
        """Give the bytes of the one part that has the same last name, or None."""
        name = self._names.find(_last_part(url))
        return self.bodies[self._by_name[name]] or None if name else None

    @cached_property
    def _by_key(self) -> dict[str, str]:
        keys: dict[str, str] = {}
        for url in self.bodies:
            keys.setdefault(_key(url), url)
        for url in self.bodies if self.base else ():
            for absolute in joined(self.base, url):
                keys.setdefault(_key(absolute), url)
        return keys

    @cached_property
    def _names(self) -> Names:
        return Names.of(self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """Last part of the URL -> URL, where no other part shares it."""
        if len(self.bodies) > MAX_GUESSES:
            return {}
        found: dict[str, list[str]] = {}
        for url in self.bodies:
            found.setdefault(unquote(_last_part(url)), []).append(url)
        return {name: urls[0] for name, urls in found.items() if name and len(urls) == 1}


@dataclass(frozen=True, slots=True)
class MappedResources:
    """The parts of a capture that is one file, as one of its pages asks for them."""

    parts: Parts = field(repr=False)
    base: str | None = None  # what the page's relative URLs start from
    limits: Limits = field(default=USUAL, repr=False)

    @classmethod
    def of(cls, bodies: Mapping[str, bytes], base: str | None, limits: Limits) -> "MappedResources":
        """Give the resources of a capture with a single page."""
        return cls(Parts(bodies, base), base, limits)

    def find(self, url: str) -> bytes | None:
        """Give the bytes saved under a URL, or None; also for data: URLs."""
        if is_inline(url):  # first: it may be long
            return inline(url, self.limits)
        url = WHITE.sub("", url.strip())
        if not url or url.startswith("#"):
            return None
        for spelling in (url, *joined(self.base, url)):
            if (found := self.parts.find(spelling)) is not None:
                return found
        return self.parts.find_by_name(url)


def joined(base: str | None, url: str) -> tuple[str, ...]:
    """Give the absolute form of a URL, or nothing when there is no base or it is malformed."""
    try:
        return (urljoin(base, url),) if base else ()
    except ValueError:
        return ()


def _key(url: str) -> str:
    """Give a URL as all spellings of it share it: decoded, without fragment and web scheme."""
    plain = unquote(urldefrag(url).url if "#" in url else url)
    scheme, separator, rest = plain.partition("://")
    if not separator or scheme.casefold() not in {"http", "https"}:
        return plain
    host, slash, path = rest.partition("/")
    return f"//{host.casefold()}{slash}{path}"


def _last_part(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/").rsplit("/", 1)[-1]
