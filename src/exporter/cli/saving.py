"""`explain --save-rule`: the choices of a command line kept for the next page of the site."""

from collections.abc import Mapping, Sequence
from typing import Any

from exporter.cli import folders
from exporter.cli.output import say
from exporter.errors import UsageError
from exporter.model import Article
from exporter.rules.saving import save
from exporter.urls import host_of


def save_rule(articles: Sequence[Article], given: Mapping[str, Any]) -> None:
    """Write --keep and --drop as a rule of the articles' site, and say where.

    Raises:
        UsageError: there is nothing to save, or nobody knows the site.
        ConfigError: the site's rule file is wrong.
        OutputError: it can't be written.

    """
    keep, drop = given["keep"], given["drop"]
    if not keep and not drop:
        raise UsageError("there is no choice to save", "--save-rule", "add --drop or --keep")
    sites = dict.fromkeys(host_of(article.metadata.url) for article in articles)
    known = [site for site in sites if site]
    if not known:
        raise UsageError("the page's site is unknown", "--save-rule", "name it with --url")
    folder = given["rules"][0] if given["rules"] else folders.own()
    for site in known:
        path, added = save(folder, site, keep, drop)
        told = "nothing new for" if not added else "saved in"
        say(f"{told} {path}")
