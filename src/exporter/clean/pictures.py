"""Which file of the capture an <img> shows, whatever trick the page loads it with."""

import hashlib
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from bs4 import Tag

from exporter import images
from exporter.clean.addresses import UNSAFE, attribute, has_scheme, is_web, join
from exporter.errors import LimitError
from exporter.model import Asset, Missing, Note, Page
from exporter.settings import Settings

LAZY: Final = (
    "data-src", "data-lazy-src", "data-original", "data-orig-file", "data-large-file",
    "data-lazy", "data-hi-res-src", "data-full-url", "data-image", "data-url", "data-img-src",
    "data-echo", "data-actualsrc", "data-runner-src", "data-default-src", "data-medium-file",
    "data-lazyload", "data-cfsrc", "data-native-src", "data-original-src", "data-delayed-url",
    "data-img-url",
)  # fmt: skip
SRCSETS: Final = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set")
# an address of a srcset with what stands before it; yes: "a.jpg", ", a,b.jpg"; no: ", "
CANDIDATE: Final = re.compile(r"[\s,]*([^\s,]\S*)")
# how large it is, up to the next one; yes: " 2x,", " 800w", ","; no: " 2x 3x,"
SIZED: Final = re.compile(r"(?:\s+(\d{1,6}(?:\.\d{1,6})?)([wxh]))?\s*(?:,|\Z)")
# yes: "blank.gif", "spacer.png", "pixel.gif", "1x1.png"; no: "pixel-7-review.jpg"
BLANK: Final = re.compile(
    r"(?:^|[/_-])(?:blank|spacer|transparent|placeholder|pixel|clear|empty|1x1|grey|gray|lazy[_-]?load"
    r"|dummy|trans|px)(?:[_-]?\d{1,4})?\.(?:gif|png|svg|jpe?g|webp)(?:\?|\Z)", re.IGNORECASE,
)  # fmt: skip
TRACKERS: Final = re.compile(
    r"doubleclick\.net|google-analytics|/pixel\?|scorecardresearch|quantserve|pixel\.wp\.com"
    r"|stats\.wp\.com|feedburner\.com/~|feedsportal|facebook\.com/tr\b|counter\.|/beacon|/impression"
    r"|xiti\.com|estat\.com|mc\.yandex|chartbeat|ebuzzing", re.IGNORECASE,
)  # fmt: skip
# yes: class "avatar photo", "wp-smiley", "site-logo"; no: "photo-avatarfilm"
DECOR: Final = re.compile(
    r"(?:^|[\s_-])(?:avatar|gravatar|icon|icone|emoji|smiley|logo|sprite|spinner|loader|badge)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
EMOJI: Final = re.compile(r"(?:^|\s)(?:emoji|wp-smiley)(?:\s|$)", re.IGNORECASE)
NOWHERE: Final = "missing:/"  # what dom.SRC allows for an image without any usable address
TINY_URL: Final = 1500  # characters of a data: address
WIDTH: Final = re.compile(r"\d{1,4}\Z", re.ASCII)  # px; yes: "640"; no: "100%", "auto"
SPECK: Final = 2  # px
SMALL: Final = 48  # px: an icon, unless the text speaks through it


class Album:
    """The images of one page: looks each address up once and keeps what was made of it."""

    def __init__(self, page: Page, settings: Settings, base: str | None) -> None:
        self.assets: dict[str, Asset] = {}
        self.lost: list[tuple[Tag, Missing]] = []  # images without an asset
        self.base = base
        self._page = page
        self._limits = settings.limits
        self._placed = 0
        self._form = images.form(settings)
        self._known: dict[str, Asset | str | None] = {}  # asset, why it is broken, or not there
        self._taken: dict[bytes, Asset | str] = {}  # the same by the digest of the file

    def place(self, image: Tag) -> Asset | None:
        """Point an <img> to its asset and give that; to its web address when there is none.

        Beyond the limit of pictures none is looked for.
        """
        self._placed += 1
        if self._placed > self._limits.pictures:
            image["src"] = ""
            return None
        broken, speck = "", False
        shown: Asset | None = None
        urls = candidates(image)
        for url in urls:
            found = self._find(url)
            if isinstance(found, Asset):
                if max(found.width, found.height) <= SPECK:
                    speck = True
                    continue
                if self._holds_place(image, url, found):
                    shown = found if _full_size(image, found) else None
                    continue
                return self._shown(image, self._largest(image, found))
            if isinstance(found, str):
                broken = broken or f"{_short(url)} {found}"
        if shown is not None:
            return self._shown(image, shown)
        if speck and len(urls) == 1:
            image["src"] = ""  # a dot that was saved: nothing is missing
            return None
        address = next(iter(self._web(image)), NOWHERE)
        note = (
            Note("image-broken", broken)
            if broken
            else Note("image-missing", _short(address.removeprefix(NOWHERE)))
        )
        self.lost.append((image, Missing(note, tuple(self._remote(image)))))
        image["src"] = address
        return None

    def _shown(self, image: Tag, found: Asset) -> Asset:
        self.assets[found.key] = found
        image["src"] = f"asset:{found.key}"
        image["width"], image["height"] = str(found.width), str(found.height)
        return found

    def _largest(self, image: Tag, found: Asset) -> Asset:
        """Give the largest picture of the sizes on offer that the capture has, or the one found."""
        others = (self._find(url) for url in sizes(image))
        largest = next((other for other in others if isinstance(other, Asset)), found)
        return largest if largest.width > found.width else found

    def told(self) -> Iterator[str]:
        """Give the details of notes that say what was left out."""
        if self._placed > self._limits.pictures:
            told = f"of {self._placed:,} pictures the last were left out, their captions kept"
            yield self._limits.told("pictures", told, self._placed)

    def holds(self, url: str) -> bool:
        """Tell whether the capture has a picture worth showing behind an address."""
        found = self._find(url) if url else None
        return isinstance(found, Asset) and max(found.width, found.height) > SMALL

    def _find(self, url: str) -> Asset | str | None:
        if url not in self._known:
            self._known[url] = self._ingest(url)
        return self._known[url]

    def _ingest(self, url: str) -> Asset | str | None:
        try:
            data = self._held(url)
        except LimitError as error:
            return f"{error.what} ({error.remedy})"
        if data is None:
            return None
        digest = hashlib.sha256(data).digest()
        if digest not in self._taken:  # the sizes on offer are often one file
            self._taken[digest] = self._taken_in(data)
        return self._taken[digest]

    def _held(self, url: str) -> bytes | None:
        data = self._page.resources.find(url)
        if data is None and not url.lower().startswith("data:"):
            absolute = join(self.base, url)
            data = self._page.resources.find(absolute) if absolute != url else None
        return data

    def _taken_in(self, data: bytes) -> Asset | str:
        try:
            return images.ingest(data, self._form)
        except images.ImageError as error:
            return str(error)

    @staticmethod
    def _holds_place(image: Tag, url: str, found: Asset) -> bool:
        """Tell whether this is only shown until the real image is loaded."""
        if url != attribute(image, "src") or not any(
            attribute(image, name) for name in LAZY + SRCSETS[1:]
        ):
            return False
        small = max(found.width, found.height) <= SMALL or len(found.data) < 200  # noqa: PLR2004
        return (
            bool(BLANK.search(url))
            or (url.startswith("data:") and (small or len(url) < TINY_URL))
            or small
        )

    def _remote(self, image: Tag) -> Iterator[str]:
        """Give where an image may be had on the web: before the lazy ones there is a stand-in."""
        lazy = [url for name in LAZY if (url := attribute(image, name))]
        for url in dict.fromkeys(join(self.base, url) for url in (*lazy, *candidates(image))):
            if is_web(url) and not BLANK.search(url):
                yield url

    def _web(self, image: Tag) -> Iterator[str]:
        urls = [url for url in candidates(image) if url[:5].lower() != "data:"]
        for url in sorted(urls, key=lambda url: bool(BLANK.search(url))):
            absolute = join(self.base, url)
            if is_web(absolute):
                yield UNSAFE.sub(lambda sign: quote(sign[0]), absolute)
            elif not has_scheme(absolute):
                yield NOWHERE + quote(absolute.lstrip("./"), safe="/%")


def _full_size(image: Tag, found: Asset) -> bool:
    """Tell whether what looks like a stand-in is the picture, loaded before the page was saved.

    A stand-in is a drawing, one colour, or far smaller than the place it holds.
    """
    declared = attribute(image, "width")
    size = int(declared) if WIDTH.match(declared) else 0
    return SMALL < size <= found.width and images.shows_something(found)


def candidates(image: Tag) -> list[str]:
    """Give the addresses an <img> may be found under: its src, lazy attributes, srcset by size."""
    urls = [attribute(image, name) for name in ("src", *LAZY)]
    urls += sizes(image)
    return [url for url in dict.fromkeys(urls) if url and url not in {"#", "about:blank"}]


def sizes(image: Tag) -> list[str]:
    """Give the addresses of an image's sizes, the largest first."""
    sized = [size for name in SRCSETS for size in srcset(attribute(image, name))]
    return [url for _, url in sorted(sized, key=lambda pair: -pair[0])]


def srcset(value: str) -> Iterator[tuple[float, str]]:
    """Give (size, address) for each candidate of a srcset."""
    place = 0
    while found := CANDIDATE.match(value, place):
        address = found[1].rstrip(",")
        place = found.start(1) + len(address)
        if sized := SIZED.match(value, place):
            place = sized.end()
            yield float(sized[1] or 1) * (1000 if sized[2] == "x" else 1), address


def _short(url: str) -> str:
    return url if len(url) <= 200 else url[:197] + "..."  # noqa: PLR2004


def told_size(image: Tag) -> int | None:
    """Give the longer side in px as the markup tells it."""
    sides = [
        int(found[1])
        for name in ("width", "height")
        if (found := re.match(r"(\d{1,5})(?:px)?\Z", attribute(image, name)))
    ]
    return max(sides) if sides else None


def is_tracker(image: Tag) -> bool:
    """Tell whether an <img> is there to be loaded, not to be seen."""
    urls = candidates(image)
    if not urls or any(TRACKERS.search(url) for url in urls):
        return True
    if all(BLANK.search(url) for url in urls if not url.startswith("data:")) and not any(
        url.startswith("data:") for url in urls
    ):
        return True
    size = told_size(image)
    return size is not None and size <= SPECK and len(urls) == 1


def is_decor(image: Tag, size: int | None, told: int | None) -> bool:
    """Tell an icon, avatar or logo by its longer side (px), as it is and as the page tells it."""
    names = f"{attribute(image, 'class')} {attribute(image, 'id')}"
    if size is None or told is not None:
        size = min(size or 10**6, told or 10**6)
    if DECOR.search(names):
        return size > 10**5 or size <= 4 * SMALL
    return size <= SMALL
