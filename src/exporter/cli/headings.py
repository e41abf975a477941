"""The help of a command with many options: each option under the heading of its kind."""

from collections.abc import Mapping
from typing import Final

import click

OTHERS: Final = "General"
# heading -> the options under it, by the names of their values, in any command
HEADINGS: Final[Mapping[str, frozenset[str]]] = {
    "Output": frozenset({
        "output", "formats", "report", "json_lines", "library", "as_json", "html",
        "title", "order", "group_by", "series", "number", "language",
    }),
    "How the books look": frozenset({
        "theme", "style", "page_size", "font", "typography", "images", "archive", "profile",
        "cover", "drop_cap", "links",
    }),
    "What stays and what goes": frozenset({
        "keep", "drop", "keep_boilerplate", "url", "rules", "join", "keep_duplicates", "learn",
        "memory", "learned", "fetches", "fetch_cache", "strict", "article", "save_rule",
    }),
    "What is made anew": frozenset({"caches", "force", "checksum", "prune", "watch"}),
    "Speed and machines": frozenset({"jobs", "cluster", "cluster_storage", "shard"}),
    "Limits of what a page may cost": frozenset({"timeout", "max_memory", "stated"}),
}  # fmt: skip


class Command(click.Command):
    """A command whose help has headings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, those of a kind together; what has no kind comes last."""
        rows: dict[str, list[tuple[str, str]]] = {name: [] for name in (*HEADINGS, OTHERS)}
        for option in self.get_params(ctx):
            if (row := option.get_help_record(ctx)) is not None:
                rows[heading(option)].append(row)
        for name, inside in rows.items():
            if inside:
                with formatter.section(name):
                    formatter.write_dl(inside)


def heading(option: click.Parameter) -> str:
    """Give the heading under which an option stands."""
    return next((name for name, inside in HEADINGS.items() if option.name in inside), OTHERS)
