"""What an EPUB says about itself: the metadata of its package document (EPUB 3.3 §5.5)."""

import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from exporter.model import Article, Edition
from exporter.write import parts
from exporter.write.epub import access, people
from exporter.write.moments import EARLIEST, calendar
from exporter.write.words import ISO_DATE
from exporter.write.xhtml import fold

# yes: "2024", "2024-05-01T10:00:00+02:00"; no: "2024-05-01T10:00" (no zone), "2024-05-01 10:00Z"
W3C_DATE: Final = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
    r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)?)?\Z"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One element of the package's metadata: a Dublin Core term, or a <meta> without one."""

    term: str | None
    value: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def identifier(edition: Edition) -> str:
    """Give the same URN for the same captures under the same title."""
    digests = [article.capture.digest for article in edition.articles]
    name = "\n".join([edition.title, *digests])
    return uuid.uuid5(uuid.NAMESPACE_URL, name.encode("utf-8", "replace").decode()).urn


def statements(edition: Edition) -> Iterator[Statement]:
    """Give what the package says of the edition, in order; empty values are left out."""
    every = (*_sources(edition), *_people(edition), *_series(edition), *_access(edition))
    for statement in every:
        value = fold(statement.value)
        if value or "content" in statement.attributes:
            yield Statement(statement.term, value, statement.attributes)


def _sources(edition: Edition) -> Iterator[Statement]:
    abouts = [article.metadata for article in edition.articles]
    spoken = [parts.language(about.language) for about in abouts]
    for language in dict.fromkeys([parts.language(edition.language), *spoken]):
        yield Statement("language", language)
    for source in dict.fromkeys(url for about in abouts for url in (about.url, about.original_url)):
        yield Statement("source", source or "")
    for publisher in dict.fromkeys(about.republisher or about.site for about in abouts):
        yield Statement("publisher", publisher or "")
    for keyword in dict.fromkeys(word for about in abouts for word in about.keywords):
        yield Statement("subject", keyword)
    if len(abouts) == 1:
        yield Statement("description", abouts[0].subtitle or "")
        yield Statement("date", _date(edition.articles[0]))
        yield Statement("rights", abouts[0].rights or "")


def _date(article: Article) -> str:
    """Give when an article was published, as precise as a W3C date may be (EPUB 3.3 §5.5.3.2)."""
    published = article.metadata.published or ""
    found = ISO_DATE.match(published)
    if found is None or int(found[1]) < EARLIEST:
        return ""
    if calendar(*found.groups()) is None:
        return found[1]
    return published if W3C_DATE.match(published) else found[0]


def _people(edition: Edition) -> Iterator[Statement]:
    counts = Counter[str]()
    for person in people.people(edition):
        counts[person.term] += 1
        key = f"{person.term}-{counts[person.term]}"
        yield Statement(person.term, person.name, {"id": key})
        yield _refined(key, "role", person.role, scheme="marc:relators")
        yield _refined(key, "file-as", person.sorted_as)


def _series(edition: Edition) -> Iterator[Statement]:
    """Give the series in EPUB 3's words, and in Calibre's, which most shelves read."""
    if not edition.series:
        return
    yield Statement(None, edition.series, {"property": "belongs-to-collection", "id": "series"})
    yield _refined("series", "collection-type", "series")
    yield _refined("series", "group-position", edition.number)
    yield Statement(None, "", {"name": "calibre:series", "content": fold(edition.series)})
    if edition.number:
        yield Statement(None, "", {"name": "calibre:series_index", "content": edition.number})


def _refined(key: str, name: str, value: str, **attributes: str) -> Statement:
    return Statement(None, value, {"refines": f"#{key}", "property": name, **attributes})


def _access(edition: Edition) -> Iterator[Statement]:
    for name, value in access.facts(edition):
        yield Statement(None, value, {"property": f"schema:{name}"})
