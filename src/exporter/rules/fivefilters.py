"""Site configs in the format of FiveFilters' Full-Text RSS, read as site rules.

A line is "directive: value"; "#" begins a comment. Values are XPath, but for strip_id_or_class
and strip_image_src, which are parts of attribute values. What concerns fetching pages from the
network means nothing here; a directive that would change the result and that we do not follow is
named in `ignored`. (https://help.fivefilters.org/full-text-rss/site-patterns.html)
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from exporter.rules.sites import Cut, Selector, SiteRule

SELECTING: Final = {"title": "title", "author": "byline", "date": "date"}
SILENT: Final = frozenset({
    "test_url", "test_contains", "tidy", "parser", "autodetect_on_failure", "autodetect_next_page",
    "single_page_link", "single_page_link_in_feed", "next_page_link", "http_header",
    "requires_login", "login_uri", "login_username_field", "login_password_field",
    "login_extra_fields", "not_logged_in_xpath", "skip_json_ld", "insert_detected_image",
    "native_ad_clue", "footnotes", "convert_double_br_tags", "if_page_contains",
})  # fmt: skip


def names_for(host: str) -> Iterator[str]:
    """Give the file names under which a host's config may lie, the nearest first.

    A name that begins with a dot is for all subdomains: ".example.org.txt".
    """
    yield f"{host}.txt"
    yield f"www.{host}.txt"
    labels = host.split(".")
    for start in range(len(labels) - 1):
        yield f".{'.'.join(labels[start:])}.txt"


def site_config(text: str, name: str, host: str) -> SiteRule:
    """Read a site config for a host; nothing in it is an error, as others wrote it."""
    lines = list(_directives(text))
    ignored: list[str] = []
    found: dict[str, list[Selector]] = {key: [] for key in ("body", *SELECTING)}
    cuts: list[Cut] = []
    whole = False
    for directive, value in lines:
        expression = _removing(directive, value)
        if directive in found and _valid(value):
            found[directive].append(Selector(value, xpath=True))
        elif expression is not None and _valid(expression):
            cuts.append(Cut(f"{directive}: {value}", Selector(expression, xpath=True)))
        elif directive == "prune":
            whole = value.lower() in {"no", "false"}
        elif directive not in SILENT:
            ignored.append(directive if directive not in found and not expression else value)
    return SiteRule(
        site=host,
        why="a site config",
        article=tuple(found["body"]),
        metadata={ours: tuple(found[theirs]) for theirs, ours in SELECTING.items()},
        remove=tuple(cuts),
        source=name,
        parts=True,
        whole=whole,
        ignored=tuple(dict.fromkeys(ignored)),
    )


def _directives(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        directive, colon, value = line.partition(":")
        name = directive.strip().lower()
        if colon and value.strip() and not name.startswith("#"):
            yield name.partition("(")[0], value.strip()


def _removing(directive: str, value: str) -> str | None:
    """Give the XPath of what a directive removes, or None when it removes nothing."""
    part = value.strip("'\"")
    quoted = f'"{part}"' if '"' not in part else f"'{part}'"
    match directive:
        case "strip":
            return value
        case "strip_id_or_class":
            return f"//*[contains(@class, {quoted}) or contains(@id, {quoted})]"
        case "strip_image_src":
            return f"//img[contains(@src, {quoted})]"
    return None


def _valid(expression: str) -> bool:
    try:
        etree.XPath(expression)
    except etree.XPathError:
        return False
    return True
