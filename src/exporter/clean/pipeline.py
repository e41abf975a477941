"""The order in which a page becomes an article."""

import dataclasses
from collections.abc import Sequence

from bs4 import BeautifulSoup, Tag

from exporter.clean import (
    addresses,
    figures,
    metadata,
    normalise,
    paging,
    paragraphs,
    paywall,
    provenance,
    ruled,
    standfirst,
    tree,
)
from exporter.clean.context import context_of
from exporter.clean.guard import guard
from exporter.clean.judges import FRAME_JUDGES, JUDGES
from exporter.clean.locate import locate
from exporter.clean.orphans import orphans
from exporter.clean.outside import outside
from exporter.clean.pleading import pleads
from exporter.clean.runs import runs
from exporter.clean.spared import spared
from exporter.clean.thinning import grown
from exporter.clean.transcript import Transcript, transcripts
from exporter.clean.verdicts import Context, settle
from exporter.errors import NoArticleError
from exporter.model import Article, Asset, Learned, Metadata, Missing, Note, Page, Removal, Spared
from exporter.settings import Settings


def clean(page: Page, settings: Settings, learned: Learned) -> Article:
    """Take the article out of a page, with a ledger of everything that was left behind.

    Raises:
        NoArticleError: the page holds no article.

    """
    page, soup = grown(page, settings.limits)
    rule = ruled.read(soup, metadata.collect(soup, page), settings)
    about, told = rule.metadata, transcripts(soup)
    root = rule.root or _root(soup, page, told)
    paged = paging.notes(soup, page, about)
    typed = figures.type_figures(root, page, settings)
    notes = [*page.notes, *rule.notes, *paged, *typed.notes]
    found = {"images": len(root.find_all("img")), "captions": len(root.find_all("figcaption"))}
    about = standfirst.place(root, about)
    ledger = [*outside(tree.body_of(soup), root), *typed.ledger]
    paragraphs.isolate(root)
    context = dataclasses.replace(context_of(root, about, settings, learned), told=told)
    if rule.root is None and not settings.keep_boilerplate and pleads(root, context):
        raise _nothing(page)
    base = addresses.base_of(soup, page)
    about = _provenance(soup, root, context, base, notes)
    stayed = _judged(root, context, notes, ledger)
    missing = _losses(root, typed.lost, notes)
    body = normalise.normalise(root, base=base)
    if not body.xhtml:
        raise _nothing(page)
    return Article(
        metadata=metadata.finish(about, body.xhtml, body.language),
        body=body.xhtml,
        assets=_used(typed.assets, body.xhtml),
        ledger=(*ledger, *body.ledger),
        notes=tuple(notes),
        capture=page.capture,
        saved_at=page.saved_at,
        found=found,
        spared=stayed,
        missing=missing,
    )


def _root(soup: BeautifulSoup, page: Page, told: Sequence[Transcript]) -> Tag:
    location = locate(soup, told)
    if location is None:
        raise _nothing(page)
    return location.root


def _provenance(
    soup: BeautifulSoup, root: Tag, context: Context, base: str | None, notes: list[Note]
) -> Metadata:
    """Give the metadata with what the article's end says of its origin, and note the rest."""
    about, told = provenance.learn(context.metadata, root, context, base)
    notes.extend(told)
    if all(note.code != "truncated" for note in told):
        notes.extend(paywall.notes(soup, root, context))
    return about


def _judged(
    root: Tag, context: Context, notes: list[Note], ledger: list[Removal]
) -> tuple[Spared, ...]:
    """Remove what is condemned, with its entries in the ledger; give what was spared."""
    judges = FRAME_JUDGES if context.settings.keep_boilerplate else JUDGES
    verdicts = [verdict for judge in judges for verdict in judge(root, context)]
    verdicts.extend(runs(root, verdicts, context))
    standing, dropped = guard(root, verdicts, context)
    if dropped is not None:
        notes.append(Note("guard", dropped))
    ledger.extend(settle(root, standing))
    if not context.settings.keep:
        ledger.extend(orphans(root, context.blocks))
    return spared(root, verdicts, guarded=dropped is not None)


def _losses(
    root: Tag, lost: tuple[tuple[Tag, Missing], ...], notes: list[Note]
) -> tuple[Missing, ...]:
    """Give the images that are still shown, and note them: a teaser's picture is no loss."""
    shown = tuple(
        missing for image, missing in lost if any(parent is root for parent in image.parents)
    )
    notes.extend(dict.fromkeys(missing.note for missing in shown))
    return shown


def _used(assets: tuple[Asset, ...], body: str) -> tuple[Asset, ...]:
    """Give the assets that the body shows."""
    return tuple(asset for asset in assets if f"asset:{asset.key}" in body)


def _nothing(page: Page) -> NoArticleError:
    return NoArticleError(
        "holds no article",
        page.capture.path,
        "if it should, name its container with --keep or in a site rule",
    )
