"""Where a library is served, under which names it may be asked for, and the word that opens it.

A page of some other site can have a browser ask our address under a name of its own (DNS
rebinding). Whoever asks says under which name: only ours are answered.
"""

import contextlib
import ipaddress
import secrets
import socket
from dataclasses import dataclass
from typing import Final

LOOPBACK: Final = "127.0.0.1"
EVERY: Final = "0.0.0.0"  # noqa: S104  (asked for with --lan, behind a token)
PORT: Final = 8755
HTTP: Final = 80
TOKEN: Final = 16  # bytes of chance
# Nothing is sent there: the system only says from which address it would (RFC 5737, TEST-NET-1).
ELSEWHERE: Final = ("192.0.2.1", 9)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a library is to be found."""

    host: str  # what the server binds
    port: int  # 0: any that is free
    token: str = ""  # the first name of every path; empty: none is needed

    def url(self, host: str = "") -> str:
        """Give the address of the library's page, under a name of this machine."""
        port = "" if self.port == HTTP else f":{self.port}"
        return f"http://{host or self.host}{port}/{f'{self.token}/' if self.token else ''}"

    def answers_to(self, host: str) -> bool:
        """Tell whether a Host header names this address, not another site's name for it."""
        name, _, port = host.rpartition(":") if ":" in host else (host, "", str(HTTP))
        if port != str(self.port):
            return False
        name = name.lower().removesuffix(".")
        if self.host == EVERY:
            return _is_number(name) or name in {"localhost", *own_names()}
        return name in {self.host, "localhost"}

    def opens(self, path: str) -> str | None:
        """Give a request's path without "/" and token; None: it has another token, or none."""
        start, rest = path[:1], path[1:]
        if start != "/":
            return None
        if not self.token:
            return rest
        given, slash, rest = rest.partition("/")
        right = secrets.compare_digest(given.encode("utf-8", "replace"), self.token.encode())
        return rest if right and slash else None


def token() -> str:
    """Give a word that nobody can guess."""
    return secrets.token_urlsafe(TOKEN)


def network_address() -> str:
    """Give the address under which others in the network find this machine; empty: none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:  # no network
            return ""
        found: str = probe.getsockname()[0]
    return "" if ipaddress.ip_address(found).is_loopback else found


def own_names() -> frozenset[str]:
    """Give how this machine calls itself, also in the network at home (RFC 6762)."""
    name = socket.gethostname().lower().removesuffix(".local")
    return frozenset({name, f"{name}.local"})


def _is_number(name: str) -> bool:
    """Tell whether a host is an address in numbers, which no rebinding can name."""
    with contextlib.suppress(ValueError):
        ipaddress.IPv4Address(name)
        return True
    return False
