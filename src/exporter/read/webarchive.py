"""Safari's webarchive, binary or XML -> its page."""

import plistlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.parsers.expat import ExpatError

from exporter.errors import CaptureError
from exporter.model import Page
from exporter.read.decode import decode
from exporter.read.html import base_href
from exporter.read.mapped import MappedResources, joined
from exporter.read.source import Source


def read(source: Source) -> Iterator[Page]:
    """Give the page of a webarchive.

    Raises:
        CaptureError: the file can't be read, is damaged or another property list.

    """
    data = source.load()
    archive = _archive(data, source.name)
    main = archive["WebMainResource"]
    html = _bytes(main)
    if not html.strip():
        raise CaptureError("the webarchive's page is empty", source.name, "save the page again")
    label = main.get("WebResourceTextEncodingName")
    decoded = decode(html, label if isinstance(label, str) else None)
    address = main.get("WebResourceURL")
    url = address if isinstance(address, str) and address.startswith("http") else None
    base = base_href(decoded.text) or ""
    yield Page(
        html=decoded.text,
        url=source.url or url,
        saved_at=None,
        capture=replace(source.capture("webarchive", data), tool="WebKit"),
        resources=MappedResources.of(
            dict(_parts(archive)), next(iter(joined(url, base)), None), source.limits
        ),
        notes=decoded.notes,
    )


def _archive(data: bytes, where: str) -> dict[str, Any]:
    """Give the property list, checked to be a webarchive; plistlib itself refuses entities."""
    try:
        found = plistlib.loads(data)
    except (plistlib.InvalidFileException, ExpatError, ValueError, LookupError) as error:
        raise CaptureError("the webarchive is damaged", where, "save the page again") from error
    except (AttributeError, TypeError, OverflowError, RecursionError) as error:
        # plistlib lets these out on hostile structures
        raise CaptureError("the webarchive is damaged", where, "save the page again") from error
    if not isinstance(found, dict) or not isinstance(found.get("WebMainResource"), dict):
        raise CaptureError(
            "this is a property list, not a saved page", where, "save the page as HTML"
        )
    return found


def _parts(archive: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    for part in _list(archive, "WebSubresources"):
        if isinstance(part, dict) and isinstance(url := part.get("WebResourceURL"), str):
            yield url, _bytes(part)
    for frame in _list(archive, "WebSubframeArchives"):
        if isinstance(frame, dict):
            main = frame.get("WebMainResource")
            if isinstance(main, dict) and isinstance(url := main.get("WebResourceURL"), str):
                yield url, _bytes(main)
            yield from _parts(frame)


def _list(archive: dict[str, Any], key: str) -> list[Any]:
    found = archive.get(key)
    return found if isinstance(found, list) else []


def _bytes(resource: dict[str, Any]) -> bytes:
    found = resource.get("WebResourceData")
    return found if isinstance(found, bytes) else b""
