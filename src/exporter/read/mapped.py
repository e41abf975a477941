"""A URL of the page -> the part of the same file that was saved under that URL."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urldefrag, urljoin

from exporter.read.filenames import Names
from exporter.read.inline import inline, is_inline
from exporter.read.resources import WHITE


@dataclass(frozen=True)
class MappedResources:
    """The parts of a capture that is one file, by their URLs."""

    parts: Mapping[str, bytes] = field(repr=False)
    base: str | None = None  # what the page's relative URLs start from

    def find(self, url: str) -> bytes | None:
        """Give the bytes saved under a URL, or None; also for data: URLs."""
        if is_inline(url):  # first: it may be long
            return inline(url)
        url = WHITE.sub("", url.strip())
        if not url or url.startswith("#"):
            return None
        for key in _keys((url, *joined(self.base, url))):
            if key in self._by_key:
                return self.parts[self._by_key[key]] or None
        return self._by_last_part(url)

    @cached_property
    def _by_key(self) -> dict[str, str]:
        keys: dict[str, str] = {}
        for url in self.parts:
            for key in _keys((url, *joined(self.base, url))):
                keys.setdefault(key, url)
        return keys

    @cached_property
    def _names(self) -> Names:
        return Names.of(self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """Last part of the URL -> URL, where no other part shares it."""
        found: dict[str, list[str]] = {}
        for url in self.parts:
            found.setdefault(unquote(_last_part(url)), []).append(url)
        return {name: urls[0] for name, urls in found.items() if name and len(urls) == 1}

    def _by_last_part(self, url: str) -> bytes | None:
        name = self._names.find(_last_part(url))
        return self.parts[self._by_name[name]] or None if name else None


def joined(base: str | None, url: str) -> tuple[str, ...]:
    """Give the absolute form of a URL, or nothing when there is no base or it is malformed."""
    try:
        return (urljoin(base, url),) if base else ()
    except ValueError:
        return ()


def _keys(urls: Iterable[str]) -> Iterator[str]:
    """Give the keys of a URL, surest first: as it is, decoded, without its scheme."""
    for url in urls:
        plain = urldefrag(url).url if "#" in url else url
        for spelling in dict.fromkeys((url, plain, unquote(plain))):
            yield spelling
            scheme, separator, rest = spelling.partition("://")
            if separator and scheme.casefold() in {"http", "https"}:
                yield f"//{rest}"
            elif spelling.startswith("//"):
                yield spelling


def _last_part(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/").rsplit("/", 1)[-1]
