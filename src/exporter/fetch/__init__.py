"""The only way to the network, off by default: images that an article shows and its capture lacks.

What is asked for is decided by the finished article, so nothing is fetched for teasers and menus.
Only public addresses are asked, one connection a host at a time across all workers of a run, and
what came is a note of the article: its edition depends on more than the capture.
"""

from exporter.fetch.gather import beside, gather, told
from exporter.fetch.network import Allowance, Fetched, Limits, Network, opened

__all__ = [
    "Allowance",
    "Fetched",
    "Limits",
    "Network",
    "beside",
    "gather",
    "opened",
    "told",
]
