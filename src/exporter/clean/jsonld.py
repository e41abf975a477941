"""What a page says about its article in JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bs4 import BeautifulSoup

from exporter.clean.addresses import attribute
from exporter.urls import without_fragment

Node = Mapping[str, Any]
EMPTY: Final[Node] = {}
# yes: "NewsArticle", "BlogPosting", "Report"; no: "BreadcrumbList", "WebPage"
ARTICLE: Final = re.compile(r"(?:.*Article|.*Posting|Report|Recipe|Review|HowTo|ClaimReview)\Z")
PAGE: Final = re.compile(r"(?:WebPage|ItemPage|AboutPage|CreativeWork|VideoObject)\Z")
CRUMBS: Final = re.compile(r"BreadcrumbList\Z")
CONTROL: Final = re.compile(r"[\x00-\x1f]+")
WRAPPING: Final = re.compile(r"\A\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[)|(?:\]\]>|-->)\s*;?\s*\Z")
DEEPEST: Final = 8


def read(soup: BeautifulSoup) -> list[Node]:
    """Give every node of the page's JSON-LD, outer ones first."""
    return [node for script in _scripts(soup) for node in _nodes(_parsed(script), 0)]


def article(nodes: Sequence[Node], url: str | None) -> Node:
    """Give the node that describes the page's article, its authors resolved; empty when none."""
    by_id = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    articles = [node for node in nodes if _is(node, ARTICLE) and _says_something(node)]
    if not articles:
        articles = [node for node in nodes if _is(node, PAGE) and "datePublished" in node]
    if not articles:
        return EMPTY
    chosen = next((node for node in articles if url and _about(node, url)), articles[0])
    return {key: _resolved(value, by_id) for key, value in chosen.items()}


def breadcrumb(nodes: Sequence[Node]) -> str | None:
    """Give what the last of the page's breadcrumbs is called: the page itself, mostly."""
    for node in nodes:
        steps = node.get("itemListElement") if _is(node, CRUMBS) else None
        if isinstance(steps, list) and steps and isinstance(steps[-1], dict):
            return first(steps[-1].get("name") or steps[-1].get("item"))
    return None


def _scripts(soup: BeautifulSoup) -> Iterator[str]:
    for script in soup.find_all("script", type=True):
        if "ld+json" in attribute(script, "type").lower():
            yield script.string or script.get_text()


def _parsed(text: str) -> Any:  # noqa: ANN401  (JSON)
    text = WRAPPING.sub("", WRAPPING.sub("", text)).strip().rstrip(";")
    for candidate in (text, CONTROL.sub(" ", text), re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[Node]:  # noqa: ANN401
    """Give every node, outer ones first."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value or "@id" in value:
            yield value
        for key in (
            "@graph",
            "mainEntity",
            "mainEntityOfPage",
            "itemListElement",
            "hasPart",
            "author",
        ):
            if key in value and isinstance(value[key], list | dict):
                yield from _nodes(value[key], depth + 1)


def _is(node: Node, kind: re.Pattern[str]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(name, str) and kind.match(name.rpartition("/")[2])
        for name in (types if isinstance(types, list) else [types])
    )


def _says_something(node: Node) -> bool:
    return any(key in node for key in ("headline", "name", "datePublished", "author"))


def _about(node: Node, url: str) -> bool:
    page = node.get("mainEntityOfPage")
    places = [node.get("url"), node.get("@id"), page]
    if isinstance(page, dict):
        places += [page.get("@id"), page.get("url")]
    plain = _plain(url)
    return any(isinstance(place, str) and _plain(place) == plain for place in places)


def _plain(url: str) -> str:
    return re.sub(r"\Ahttps?://(?:www\.)?", "", without_fragment(url)).rstrip("/")


def _resolved(value: Any, by_id: Mapping[str, Node]) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_resolved(part, by_id) for part in value]
    if isinstance(value, dict) and "name" not in value and value.get("@id") in by_id:
        return by_id[value["@id"]]
    return value


def texts(value: Any) -> list[str]:  # noqa: ANN401
    """Give the names or words in a value: a string, a node with a name, or a list of either."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, dict):
        return texts(value.get("name") or value.get("@value"))
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return []


def first(value: Any) -> str | None:  # noqa: ANN401
    """Give the first text in a value, if any."""
    found = texts(value)
    return found[0] if found else None


def persons(value: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401
    """Give the names of the persons in a value, and apart those of the organisations."""
    parts = value if isinstance(value, list) else [value]
    people = [part for part in parts if not (isinstance(part, dict) and _is(part, ORGANISATION))]
    return texts(people), texts([part for part in parts if part not in people])


ORGANISATION: Final = re.compile(r".*Organi[sz]ation|Corporation|WebSite")
