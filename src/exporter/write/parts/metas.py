"""What a page of ours says of itself in its head, in the names that other programs read."""

from collections.abc import Iterator

from exporter.model import Article, Edition
from exporter.write.parts.imprint import program


def metas(edition: Edition) -> Iterator[tuple[str, str]]:
    """Give names and values of <meta> elements: of the edition, and of an article that is alone."""
    abouts = [article.metadata for article in edition.articles]
    for author in dict.fromkeys(name for about in abouts for name in about.byline):
        yield "author", author
    if keywords := dict.fromkeys(word for about in abouts for word in about.keywords):
        yield "keywords", ", ".join(keywords)
    if not edition.is_book:
        yield from _alone(edition.articles[0])
    yield "generator", program()


def _alone(article: Article) -> Iterator[tuple[str, str]]:
    about = article.metadata
    rows = (
        ("description", about.subtitle),
        ("og:title", about.title),
        ("og:site_name", about.site),
        ("article:published_time", about.published),
        ("article:modified_time", about.updated),
        ("dcterms.publisher", about.republisher or about.site),
        ("dcterms.contributor", about.translator),
        ("dcterms.source", about.url),
        ("exporter-original", about.original_url),
        ("dcterms.rights", about.rights),
        ("exporter-url", about.url),  # where it was saved from, and when: as savers note it
        ("exporter-date", article.saved_at),
    )
    for name, value in rows:
        if value:
            yield name, value
