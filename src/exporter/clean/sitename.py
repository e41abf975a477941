"""What a site is called: without its slogan, and never as an address where a name is known."""

import re
from collections.abc import Iterable
from typing import Final

from exporter.dom import squash
from exporter.urls import host_of

BAR: Final = re.compile(r"\s*[|»•]\s*")
DASH: Final = re.compile(r"\s+[-–—:]\s+")  # yes: "The Post – News from the sea"; no: "Le Mans-Soir"
# an archive's address holds that of the page; yes: "/web/20070228213001/http://www.post.example/"
ARCHIVED: Final = re.compile(
    r"\Ahttps?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/(https?:/{1,2}.+)\Z"
)
# second-level names under which anybody may register
SHARED: Final = frozenset(
    {"co", "com", "org", "net", "gov", "edu", "ac", "gouv", "or", "ne", "nom"}
)
# where everybody's site is a name below one domain
HOSTS: Final = frozenset({
    "github.io", "gitlab.io", "netlify.app", "vercel.app", "pages.dev", "web.app", "blogspot.com",
    "wordpress.com", "substack.com", "medium.com", "tumblr.com", "over-blog.com", "canalblog.com",
    "hypotheses.org", "wixsite.com", "weebly.com", "ghost.io", "livejournal.com", "typepad.com",
})  # fmt: skip
SMALL: Final = 3  # letters of a word that stands in many addresses
# what a site calls a part of itself; yes: "Blog"; no: "The Pear Blog"
SECTIONS: Final = frozenset(
    {"blog", "news", "home", "startseite", "accueil", "homepage", "website"}
)


def tidy(names: Iterable[tuple[str, str]], url: str | None) -> tuple[str, str] | None:
    """Give the best of some (name, source), as people call the site; None when there is none."""
    host = squash(host_of(url) or "")
    found = [(_short(name, host), source) for name, source in names if name.strip()]
    found = [(name, source) for name, source in found if name]
    good = (pair for pair in found if squash(pair[0]) not in SECTIONS)
    return next(good, found[0] if found else None)


def _short(name: str, host: str) -> str:
    """Give a name without its slogan; an address as its host."""
    name = " ".join(name.split())
    if re.match(r"https?://|www\.", name):
        address = name if "://" in name else f"http://{name}"
        name = host_of(BAR.split(address)[0].split()[0]) or name
    name = BAR.split(name)[0].strip(" -–—:|")
    cut = DASH.search(name)
    if cut and squash(name[: cut.start()]) and squash(name[: cut.start()]) in host:
        return name[: cut.start()]
    return name


def original(url: str | None) -> str | None:
    """Give the address of the page that a web archive kept, or None."""
    found = ARCHIVED.match(url or "")
    return re.sub(r"\A(https?):/{1,2}", r"\1://", found[1]) if found else None


def same_owner(one: str | None, other: str | None) -> bool:
    """Tell whether two addresses are of one name: "m.post.example" and "www.post.co.uk"."""
    return _brand(one) == _brand(other)


def _brand(url: str | None) -> str:
    """Give the part of an address that its owner chose: "example" of "www.example.co.uk"."""
    parts = (host_of(url) or "").split(".")
    if len(parts) > 2 and ".".join(parts[-2:]) in HOSTS:  # noqa: PLR2004
        return parts[-3]
    known = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in SHARED  # noqa: PLR2004
    return parts[-3 if known else max(-2, -len(parts))]


def likeness(site: str | None, url: str | None) -> float:
    """Give the share of a site's name that is in an address: "Courier-Post", courier.example."""
    words = [word for word in re.findall(r"\w+", (site or "").casefold()) if len(word) > SMALL]
    address = squash(host_of(url) or "")
    return sum(squash(word) in address for word in words) / len(words) if words else 0
