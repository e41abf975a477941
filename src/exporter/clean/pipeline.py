"""The order in which a page becomes an article."""

import dataclasses

from exporter.clean import addresses, normalise, paragraphs, tree
from exporter.clean.judges import JUDGES
from exporter.clean.locate import locate
from exporter.clean.outside import outside
from exporter.clean.runs import runs
from exporter.clean.context import context_of
from exporter.clean.verdicts import settle
from exporter.errors import NoArticleError
from exporter.model import Article, Learned, Metadata, Page, Settings


def clean(page: Page, settings: Settings, learned: Learned) -> Article:
    """Take the article out of a page, with a ledger of everything that was left behind.

    Raises:
        NoArticleError: the page holds no article.

    """
    soup = tree.parse(page.html)
    metadata = Metadata()
    location = locate(soup)
    if location is None:
        raise NoArticleError(
            "holds no article",
            page.capture.path,
            "if it should, name its container in a site rule or with --keep",
        )
    root = location.root
    ledger = outside(tree.body_of(soup), root)
    paragraphs.isolate(root)
    context = context_of(root, metadata, settings, learned)
    verdicts = [verdict for judge in JUDGES for verdict in judge(root, context)]
    verdicts.extend(runs(root, verdicts))
    removed = settle(root, verdicts)
    body = normalise.normalise(root, base=addresses.base_of(soup, page))
    return Article(
        metadata=dataclasses.replace(metadata, language=body.language or "und"),
        body=body.xhtml,
        assets=(),
        ledger=(*ledger, *removed, *body.ledger),
        notes=page.notes,
        capture=page.capture,
        saved_at=page.saved_at,
    )
