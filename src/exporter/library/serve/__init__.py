"""A library served to a browser or a reading app: on this machine alone, or in its network.

Files are read and sent, nothing else: no listing, no upload, no program. In the network, every
path begins with a word that nobody can guess.
"""

from exporter.library.serve.addresses import EVERY, LOOPBACK, PORT, Address, network_address, token
from exporter.library.serve.server import Library, checked, opened

__all__ = [
    "EVERY",
    "LOOPBACK",
    "PORT",
    "Address",
    "Library",
    "checked",
    "network_address",
    "opened",
    "token",
]
