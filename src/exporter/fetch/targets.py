"""Whom an address means, and whether that may be asked: only the public web, and no secrets.

The name is resolved here and the connection made to what was checked, so that a name server can't
answer once for the check and otherwise for the connection.
"""

import ipaddress
import queue
import socket
import threading
from collections.abc import Collection
from typing import Final

import httpx

from exporter.fetch.network import NotFetchedError

PORTS: Final = {"http": 80, "https": 443}
FIRST_FREE: Final = 1024  # ports below belong to mail, files and the like (RFC 6335 §6)
MOST: Final = 3  # addresses of one name that are tried
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
# What Python's releases judge differently, and what carries an IPv4 address inside
CLOSED: Final = tuple(
    map(
        ipaddress.ip_network,
        (
            "100.64.0.0/10",  # carrier NAT, RFC 6598
            "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4",
            "::/8",  # IPv4-compatible and IPv4-mapped, loopback, unspecified
            "64:ff9b::/96", "64:ff9b:1::/48",  # NAT64: the inner address may be anything
            "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",  # Teredo and the like, 6to4
            "3fff::/20", "5f00::/16", "fec0::/10",
        ),
    )
)  # fmt: skip


def target(url: str | httpx.URL) -> httpx.URL:
    """Give the address to ask.

    Raises:
        NotFetchedError: it is none of the web, or carries what we must not send.

    """
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise NotFetchedError("is no valid address") from None
    if found.scheme not in PORTS:
        raise NotFetchedError("is neither http nor https")
    if found.userinfo:
        raise NotFetchedError("carries a user name")
    if not found.host:
        raise NotFetchedError("names no host")
    port = port_of(found)
    if port < FIRST_FREE and port not in PORTS.values():
        raise NotFetchedError(f"port {port} is not the web's")
    return found.copy_with(fragment=None)


def host_of(url: httpx.URL) -> str:
    """Give the host as it goes over the wire."""
    return url.raw_host.decode("ascii")


def port_of(url: httpx.URL) -> int:
    """Give the port that is meant."""
    return PORTS[url.scheme] if url.port is None else url.port


def addresses(url: httpx.URL, seconds: float, allowed: Collection[str]) -> list[str]:
    """Give the addresses of a host, all of them public or allowed.

    Raises:
        NotFetchedError: there are none, or one is not public.

    """
    found = _resolved(host_of(url), port_of(url), seconds)
    for address in found:
        if address not in allowed and not is_public(address):
            raise NotFetchedError(f"{host_of(url)} is not on the public network ({address})")
    return found[:MOST]


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to a machine that anybody may ask."""
    try:
        ip: IPAddress = ipaddress.ip_address(address)
    except ValueError:
        return False  # with a zone, "fe80::1%eth0", too
    if (
        ip.is_private
        or ip.is_loopback
        or ip.is_link_local
        or ip.is_multicast
        or ip.is_reserved
        or ip.is_unspecified
    ):
        return False
    return ip.is_global and not any(ip in network for network in CLOSED)


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """Ask the system's resolver, which knows no time limit of its own."""
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            answers.put([])
        else:
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        raise NotFetchedError(f"looking up {host} took too long") from None
    if not found:
        raise NotFetchedError(f"there is no host {host}")
    return found
