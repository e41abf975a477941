"""The dates of editions, which come as precise as pages are."""

from datetime import UTC, datetime
from typing import Final

from exporter.model import EPOCH
from exporter.write.words import ISO_DATE

EARLIEST: Final = 1000  # a year before has fewer digits, and is no year of a page


def moment(iso: str) -> datetime:
    """Give an ISO 8601 date, of any precision, as a moment in UTC; of what is none, EPOCH."""
    found = ISO_DATE.match(iso)
    try:
        exact = datetime.fromisoformat(iso) if iso else None
    except ValueError:
        exact = calendar(*found.groups()) if found else None
    if exact is None or exact.year < EARLIEST:
        exact = datetime.fromisoformat(EPOCH)
    return exact.replace(tzinfo=exact.tzinfo or UTC).astimezone(UTC)


def calendar(year: str, month: str | None, day: str | None) -> datetime | None:
    """Give midnight in UTC of the first day meant; None where the calendar has no such day."""
    try:
        return datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
    except ValueError:  # the 31st of February
        return None
