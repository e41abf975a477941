"""`exporter explain`: what would stay of a page and what would go, and why."""

import dataclasses
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from exporter import files, log
from exporter.batch import engine, recurrence
from exporter.batch.jobs import Explain
from exporter.characters import escaped
from exporter.cli import away, headings, options
from exporter.cli.elsewhere import staged, walk
from exporter.cli.output import say, tell
from exporter.errors import NoArticleError, UsageError
from exporter.library import explanation
from exporter.model import Article, Failure
from exporter.read import Source
from exporter.settings import Settings

Found = Article | Failure


@click.command(
    "explain", cls=headings.Command, short_help="What stays of a page, what goes, and why."
)
@click.argument("path", metavar="INPUT", type=options.PATH)
@options.add(
    click.option("--json", "as_json", is_flag=True, help="Print an object for programs."),
    click.option(
        "--article",
        metavar="N",
        type=click.IntRange(min=1),
        help="Only the Nth article of a capture that holds several.",
    ),
    click.option(
        "--html",
        "html",
        metavar="FILE",
        type=options.WRITTEN,
        help="Write it as one page: the article, and beside it what went and why.",
    ),
    click.option(
        "--save-rule",
        is_flag=True,
        help="Keep --keep and --drop as a rule for the page's site.",
    ),
    *options.CLEANING,
    *options.LEARNING,
    *options.LIMITS,
    *options.COMMON,
)
def command(path: Path, *, as_json: bool, article: int | None, **given: Any) -> int:  # noqa: ANN401  (click's values)
    """Show the article that INPUT holds, what was removed from it with the reason, and notes."""
    log.to_stderr(given["verbose"])
    settings = options.settings(given)
    results = list(prepared(path, settings, given))
    if article is not None:
        results = [_nth(results, article, path)]
    articles = [result for result in results if isinstance(result, Article)]
    failures = [result for result in results if isinstance(result, Failure)]
    if given["save_rule"] and not failures:
        from exporter.cli.saving import save_rule  # noqa: PLC0415  (brings the whole cleaner)

        save_rule(articles, given)
    show(articles, html=given["html"], as_json=as_json, several=len(results) > 1)
    for failure in failures:
        say(f"failed: {failure.error}")
    return max((failure.error.exit_code for failure in failures), default=0)


def show(articles: list[Article], *, html: Path | None, as_json: bool, several: bool) -> None:
    """Print the articles explained, or write them as a page and print where it is.

    Raises:
        OutputError: the page can't be written.

    """
    if not articles:
        return
    if html is not None:
        from exporter.review import comparison  # noqa: PLC0415  (brings the rules)

        files.write_atomic(html, comparison.page(articles).encode())
    if as_json:
        tables = [explanation.table(found) for found in articles]
        tell(_json(tables if several else tables[0]))
    elif html is not None:
        tell(away.named(html))
    else:
        tell("\n\n".join(explanation.text(found) for found in articles))


def prepared(path: Path, settings: Settings, given: dict[str, Any]) -> Iterator[Found]:
    """Give the articles of a capture, or of the captures in a folder, in their order."""
    sources = walk([path], settings.limits)
    first = next(sources, None)
    if first is None:
        raise NoArticleError("no saved pages in it", str(path), "name a page or a folder of pages")
    plan = dataclasses.replace(options.plan(given, settings, (path,), None), keep=False)

    def again() -> Iterator[Source]:
        inputs = [path] if path != Path("-") else []  # standard input can be read but once
        return (_addressed(source, given["url"]) for source in walk(inputs))

    with (
        engine.local(1) as workers,
        staged(workers, [path]) as pool,
        recurrence.known(again, plan, pool, settings.limits) as known,
    ):
        for note in known.notes:
            say(note)
        for source in itertools.chain((first,), sources):
            job = Explain(_addressed(source, given["url"]), settings)
            for share in known.share(job):
                yield from engine.run((share,), pool)


def _addressed(source: Source, url: str | None) -> Source:
    return dataclasses.replace(source, url=url or source.url)


def _nth(results: list[Found], number: int, path: Path) -> Found:
    if number > len(results):
        count = "1 article" if len(results) == 1 else f"{len(results)} articles"
        raise UsageError(f"there is no article {number}", str(path), f"it holds {count}")
    return results[number - 1]


def _json(value: object) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, indent=2))
