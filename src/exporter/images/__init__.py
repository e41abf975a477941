"""Images as all editions carry them: verified, upright, limited, as JPEG, PNG or safe SVG."""

from exporter.images.errors import ImageError
from exporter.images.form import Form, form
from exporter.images.ingest import ingest, shows_something
from exporter.images.kinds import sniff

__all__ = ["Form", "ImageError", "form", "ingest", "shows_something", "sniff"]
