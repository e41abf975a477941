"""Takes the article out of a page: `clean` gives it with the ledger of everything left behind.

`omit` gives it without its pictures.
"""

from exporter.clean.omission import omit
from exporter.clean.pipeline import clean

__all__ = ["clean", "omit"]
