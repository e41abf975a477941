"""Videos, players and frames as cards: what it was, where it was, a link to it."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs, urlsplit

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute, is_web, join
from exporter.clean.marks import new
from exporter.clean.tree import path_of
from exporter.model import Removal
from exporter.urls import host_of

PLAYERS: Final = (
    "iframe",
    "video",
    "audio",
    "object",
    "embed",
    "amp-youtube",
    "amp-iframe",
    "lite-youtube",
)
SOURCES: Final = (
    "src",
    "data-src",
    "data-lazy-src",
    "data-src-cmplz",
    "data-litespeed-src",
    "data",
    "href",
)
# frames no reader came for: advertisements, buttons, counters, forms
UNWANTED: Final = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|adservice|amazon-adsystem|taboola|outbrain|/ads?[/.?]|disqus"
    r"|facebook\.com/(?:plugins/(?:like|share|follow|page|comments)|v\d|connect)|platform\.twitter\.com/widgets"
    r"|recaptcha|consent|cookie-?(?:law|bot|notice)|newsletter|mailchimp|list-manage|paypal|helloasso|tipeee|donorbox|addthis|sharethis"
    r"|criteo|about:blank|saved_resource|scorecard|google\.com/(?:afs|recaptcha)|onetrust|subscribe|player\.ad|teads",
    re.IGNORECASE,
)
# yes: "youtube.com/embed/abc", "youtube-nocookie.com/embed/abc?x"; no: "youtube.com/user/x"
YOUTUBE: Final = re.compile(r"youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{6,20})")
VIMEO: Final = re.compile(r"player\.vimeo\.com/video/(\d+)")
DAILYMOTION: Final = re.compile(r"dailymotion\.com/(?:embed/)?video/(\w+)")
TWEET: Final = re.compile(r"platform\.(?:twitter|x)\.com/embed/[^#]*?[?&]id=(\d+)")
INSTAGRAM: Final = re.compile(r"instagram\.com/((?:p|reel|tv)/[\w-]+)/embed")
DULL: Final = re.compile(
    r"^(?:youtube video player|embedded content|iframe|video|player|.{0,3})$", re.IGNORECASE
)


def cards(root: Tag, base: str | None) -> Iterator[Removal]:
    """Put a card in the place of each embed; give the text of the ones that go."""
    for player in root.find_all(PLAYERS):
        if player.parent is None or any(up.name in PLAYERS for up in player.parents):
            continue
        address = _address(player, base)
        fallback = " ".join(player.get_text(" ").split())
        if fallback:
            yield Removal("embed", f"<{player.name}>", path_of(player), fallback)
        if address is None:
            player.extract()
            continue
        card = new("aside", "aside.embed")
        _above(player).insert_before(card)
        _write(card, player, address)
        player.extract()


def _above(player: Tag) -> Tag:
    """Give where a card may stand: outside a paragraph that holds only the player."""
    place = player
    while (
        isinstance(place.parent, Tag)
        and place.parent.name in {"p", "span", "a"}
        and place.parent.parent is not None
    ):
        if place.parent.get_text(strip=True) != player.get_text(strip=True):
            break
        place = place.parent
    return place


def _write(card: Tag, player: Tag, address: str) -> None:
    title = attribute(player, "title") or attribute(player, "aria-label")
    host = host_of(address) or ""
    line = new("p")
    link = Tag(name="a", attrs={"href": address})
    link.append(NavigableString(address if DULL.match(title) else title))
    line.append(link)
    if not DULL.match(title):
        line.append(NavigableString(f" ({host})"))
    card.append(line)


def _address(player: Tag, base: str | None) -> str | None:
    """Give the address a reader can open, or None for what nobody would."""
    if attribute(player, "width") in {"0", "1"} or attribute(player, "height") in {"0", "1"}:
        return None
    if video := attribute(player, "videoid") or (attribute(player, "data-videoid")):
        return (
            f"https://www.youtube.com/watch?v={video}"
            if re.fullmatch(r"[\w-]{6,20}", video)
            else None
        )
    sources = [attribute(player, name) for name in SOURCES]
    sources += [attribute(source, "src") for source in player.find_all("source")]
    for source in sources:
        absolute = join(base, source) if source else ""
        if is_web(absolute) and not UNWANTED.search(absolute):
            return _plain(absolute)
    return None


def _plain(address: str) -> str:
    """Give the page of a video instead of its player."""
    for pattern, page in (
        (YOUTUBE, "https://www.youtube.com/watch?v={}"), (VIMEO, "https://vimeo.com/{}"),
        (DAILYMOTION, "https://www.dailymotion.com/video/{}"),
        (TWEET, "https://twitter.com/i/status/{}"), (INSTAGRAM, "https://www.instagram.com/{}/"),
    ):  # fmt: skip
        if found := pattern.search(address):
            return page.format(found[1])
    for player, key in (("facebook.com/plugins", "href"), ("w.soundcloud.com/player", "url")):
        if player in address:
            href = parse_qs(urlsplit(address).query).get(key, [""])[0]
            return href if is_web(href) else address
    return address
