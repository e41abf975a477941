"""A WACZ (a zip around WARCs, by Browsertrix or ArchiveWeb.page) -> the pages it names."""

import json
from collections.abc import Iterator
from typing import Any, Final

from exporter.model import Page
from exporter.read.archives import Members
from exporter.read.crawl import Crawl, Record, crawl
from exporter.read.source import Source
from exporter.read.store import opened
from exporter.read.warc import Reading

# WACZ 1.1.1 §5.2.2: the pages that people chose; those that a crawler found beside them
PAGES: Final = ("pages/pages.jsonl", "pages/extraPages.jsonl")
MAX_PACKAGE: Final = 2**20  # bytes of datapackage.json


def pages(source: Source, members: Members) -> Iterator[Page]:
    """Give the pages that a WACZ names; all HTML in it when it names none.

    Raises:
        CaptureError: it is damaged, or holds no page.
        MissingExtraError: warcio is not installed.

    """
    source.check_depth()
    archives = sorted(name for name in members.sizes() if name.startswith("archive/"))
    stores = [members.store(name, "member-size") for name in archives]
    recorded = crawl(stores, source)
    recorded.index.tool = _tool(members) or recorded.index.tool
    reading = Reading(source, recorded, "wacz")
    named = list(_named(members, recorded))
    if named:
        recorded.index.embedded.clear()  # someone chose these pages, however they were asked for
    yield from reading.pages(named or recorded.index.pages)


def _named(members: Members, recorded: Crawl) -> Iterator[Record]:
    """Give the records of the pages that the lists name and the crawl holds."""
    for name in PAGES:
        if name not in members.sizes():
            continue
        for line in opened(members.store(name, "index-size")):
            told = _object(line)
            url, moment = told.get("url"), told.get("ts")
            record = recorded.at(url) if isinstance(url, str) else None
            if record is not None and isinstance(url, str):
                yield record._replace(date=moment if isinstance(moment, str) else record.date)


def _tool(members: Members) -> str | None:
    software = _object(members.head("datapackage.json", MAX_PACKAGE)).get("software")
    return software if isinstance(software, str) else None


def _object(source: bytes) -> dict[str, Any]:
    try:
        told = json.loads(source)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
