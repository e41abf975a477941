"""Addresses: hosts, what tells two of them to be one page's, and those of stores elsewhere."""

import re
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

# yes: "utm_source=rss", "fbclid=1"; no: "page=2", "utmost=1"
TRACKING: Final = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|xtor|at_\w+)=")
WEB: Final = frozenset({"http", "https"})
# What pathlib makes of a URL: one slash of two.
# yes: "s3:/bucket/in", "file:/home/a"; no: "c:/pages", "pages/s3:/a"
AWAY: Final = re.compile(r"([a-z][a-z0-9+.-]+):/+(.*)", re.IGNORECASE | re.DOTALL)
USUAL: Final = frozenset({None, 80, 443})  # ports


def host_of(url: str | None) -> str | None:
    """Give the host of an address without "www.", or None."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def without_fragment(url: str) -> str:
    """Give a web address without its fragment and without tracking parameters."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = [pair for pair in parts.query.split("&") if pair and not TRACKING.match(pair)]
    return urlunsplit(parts._replace(query="&".join(kept), fragment=""))


def key(url: str) -> str:
    """Give what is the same for all addresses of one page; empty for what is no web address.

    It lacks scheme, "www.", the slash at the end, fragment and tracking parameters.
    """
    try:
        parts = urlsplit(without_fragment(url))
        port = "" if parts.port in USUAL else f":{parts.port}"
    except ValueError:
        return ""
    if parts.scheme.lower() not in WEB or not parts.hostname:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    host = parts.hostname.removeprefix("www.")
    return f"{host}{port}{unquote(parts.path).rstrip('/')}{query}"


def store_url(path: PurePath) -> str | None:
    """Give the URL of the store elsewhere that a user named as a path; None for a path."""
    found = AWAY.fullmatch(path.as_posix())
    if found is None or found[1].lower() in WEB or found[1].lower() in {"file", "local"}:
        return None
    return f"{found[1].lower()}://{found[2]}"


def on_disk(path: Path) -> Path:
    """Give the path that a file: URL names; any other path is itself."""
    found = AWAY.fullmatch(path.as_posix())
    return Path(f"/{found[2]}") if found and found[1].lower() in {"file", "local"} else path
