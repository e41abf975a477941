"""Web addresses of a page: what its relative links are relative to, and which links may stay."""

import re
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import Tag

from exporter.model import Page

WEB: Final = frozenset({"http", "https"})
LINKS: Final = WEB | {"mailto"}
# RFC 3986 §3.1. yes: "data:,", "http://["; no: "a/b:c", "1:2"
SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# yes: "%20" after a space or a quote; no: "%C3" already escaped
UNSAFE: Final = re.compile(r"[\s\"<>\\^`{|}]")


def attribute(element: Tag, name: str) -> str:
    """Give an attribute as one stripped string, empty when absent."""
    value = element.attrs.get(name)
    if isinstance(value, list):
        return " ".join(value).strip()
    return (value or "").strip()


def is_web(url: str | None) -> bool:
    """Tell whether this is a complete http or https address."""
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in WEB and bool(parts.hostname)


def has_scheme(url: str) -> bool:
    """Tell whether an address begins with a scheme, whatever follows."""
    return SCHEME.match(url) is not None


def base_of(element: Tag, page: Page) -> str | None:
    """Give the address that relative links of the page start from, or None when unknown.

    A saved page may say <base href>; else its container knows the address; else its markup does.
    """
    top = element
    while isinstance(top.parent, Tag):
        top = top.parent
    own = page.url if is_web(page.url) else _declared(top)
    base = top.find("base", href=True)
    if isinstance(base, Tag):
        joined = join(own, attribute(base, "href"))
        if is_web(joined):
            return joined
    return own


def _declared(top: Tag) -> str | None:
    canonical = top.find("link", rel="canonical", href=True)
    if isinstance(canonical, Tag) and is_web(attribute(canonical, "href")):
        return attribute(canonical, "href")
    graph = top.find("meta", property="og:url", content=True)
    if isinstance(graph, Tag) and is_web(attribute(graph, "content")):
        return attribute(graph, "content")
    return None


def join(base: str | None, url: str) -> str:
    """Give `url` made absolute against `base`; unchanged when that can't be done."""
    url = url.strip()
    try:
        return urljoin(base, url) if base else url
    except ValueError:
        return url


def link(base: str | None, href: str) -> str | None:
    """Give a link as it may stand in a body (web, mail or "#fragment"), or None."""
    href = href.strip()
    if not href or href == "#":
        return None
    if href.startswith("#"):
        return href
    absolute = join(base, "https:" + href if base is None and href.startswith("//") else href)
    try:
        parts = urlsplit(absolute)
        if base and parts.fragment and urldefrag(absolute).url == urldefrag(base).url:
            return "#" + parts.fragment
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in LINKS or (scheme in WEB and not _valid_host(absolute)):
        return None
    return UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), absolute)


def _valid_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        return False
    # yes: "example.org", "été.fr"; no: "{{host}}", "", "a b"
    return bool(parts.hostname) and not re.search(r"[^\w.\-:\[\]]", parts.netloc.rpartition("@")[2])
