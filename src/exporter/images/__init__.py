"""Images as both editions carry them: verified, turned upright, limited, JPEG, PNG or safe SVG."""

from exporter.images.errors import ImageError
from exporter.images.ingest import ingest, shows_something
from exporter.images.kinds import sniff

__all__ = ["ImageError", "ingest", "shows_something", "sniff"]
