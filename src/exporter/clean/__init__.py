"""Takes the article out of a page: `clean` gives it with the ledger of everything left behind."""

from exporter.clean.pipeline import clean

__all__ = ["clean"]
