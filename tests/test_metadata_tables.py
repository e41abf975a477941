"""The tables of tests/metadata: names, dates, titles, bylines and sites as pages write them."""

import json
import tomllib
from html import escape
from pathlib import Path
from typing import Any

import pytest

from exporter.clean import clean, dates, metadata, names, tree
from exporter.model import Capture, Learned, Metadata, Page
from exporter.settings import Settings

TABLES = Path(__file__).parent / "metadata"
SITE = "The Harbour Post"
SAVED = "2024-05-23T10:00:00+00:00"


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


def rows(name: str, *sections: str) -> list[tuple[str, Any]]:
    return [
        row
        for section, cases in table(name).items()
        if not sections or section in sections
        for row in cases.items()
    ]


class Nothing:
    def find(self, url: str) -> bytes | None:
        del url
        return None


def read(head: str, body: str, url: str | None = "https://post.example.org/boat") -> Metadata:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    page = Page(html, url, None, Capture("page.html", "html", "0" * 64), Nothing())
    return metadata.collect(tree.parse(html), page)


@pytest.mark.parametrize(("written", "people"), rows("names"))
def test_the_people_in_a_byline(written: str, people: list[str]) -> None:
    assert list(names.people([written], site=SITE)) == people


@pytest.mark.parametrize(("written", "iso"), rows("dates", "any-page"))
def test_a_date_as_written(written: str, iso: str) -> None:
    assert (dates.parse(written) or "") == iso


@pytest.mark.parametrize(("written", "iso"), rows("dates", "american-page"))
def test_a_date_as_americans_write_it(written: str, iso: str) -> None:
    assert (dates.parse(written, month_first=True) or "") == iso


@pytest.mark.parametrize(("address", "iso"), rows("dates", "address"))
def test_a_date_in_an_address(address: str, iso: str) -> None:
    assert (dates.from_url(address) or "") == iso


@pytest.mark.parametrize(("written", "iso"), rows("dates", "saved-2024-05-23T10-00"))
def test_a_day_told_from_the_day_of_saving(written: str, iso: str) -> None:
    assert (dates.relative(written, SAVED) or "") == iso


@pytest.mark.parametrize(("line", "published", "updated"), table("changes")["lines"])
def test_the_day_of_a_change_is_told_from_that_of_publication(
    line: str, published: str, updated: str
) -> None:
    found = read("", f"<h1>Boat</h1><div>{line}</div>", None)
    assert (found.published or "", found.updated or "") == (published, updated)


@pytest.mark.parametrize("case", table("titles")["case"], ids=lambda case: case["claim"])
def test_the_headline(case: dict[str, Any]) -> None:
    head = f"<title>{case['title']}</title>"
    for name, key in (("og:site_name", "site"), ("og:title", "og")):
        if key in case:
            head += f'<meta property="{name}" content="{escape(case[key])}">'
    if "crumb" in case:
        steps = [{"@type": "ListItem", "name": "Home"}, {"item": {"name": case["crumb"]}}]
        node = {"@type": "BreadcrumbList", "itemListElement": steps}
        head += f'<script type="application/ld+json">{json.dumps(node)}</script>'
    body = case.get("body", "") + "".join(f"<h1>{text}</h1>" for text in case.get("h1", ()))
    assert read(head, body).title == case["wanted"]


@pytest.mark.parametrize("case", table("bylines")["case"], ids=lambda case: case["claim"])
def test_who_signs(case: dict[str, Any]) -> None:
    head = f'<meta property="og:site_name" content="{SITE}">' + case.get("head", "")
    if "ld" in case:
        head += f'<script type="application/ld+json">{case["ld"]}</script>'
    assert list(read(head, case.get("body", "")).byline) == case["wanted"]


@pytest.mark.parametrize(("said", "url", "name"), table("sites")["names"])
def test_what_a_site_is_called(said: str, url: str, name: str) -> None:
    head = f'<meta property="og:site_name" content="{said}">' if said else ""
    assert read(head, "", url).site == name


TEXT = """
<p>The boat left the harbour before dawn, and the three women who had waited on the quay since
midnight watched it shrink between the two lights. None of them spoke for a long while.</p>
<p>They had come, the eldest explained later, because the company had promised that the last boat
of the season would carry the letters. It carried none, and its office has been shut since.</p>
<p>A list of names is left on the door, written in pencil, which the rain of this autumn is slowly
washing away. Nobody has thought of covering it, or of copying the names while one can.</p>"""


@pytest.mark.parametrize("case", table("origins")["case"], ids=lambda case: case["claim"])
def test_where_an_article_comes_from(case: dict[str, Any]) -> None:
    head = f'<title>The last boat</title><meta property="og:site_name" content="{SITE}">'
    head += case.get("head", "")
    if "ld" in case:
        head += f'<script type="application/ld+json">{case["ld"]}</script>'
    body = case.get("above", "") + TEXT + case.get("below", "")
    html = f"""<html><head>{head}</head><body><article><h1>The last boat of all</h1>
        <div class="entry-content">{body}</div></article>{case.get("behind", "")}</body></html>"""
    url = case.get("saved", "https://post.example.org/boat")
    page = Page(html, url, None, Capture("page.html", "html", "0" * 64), Nothing())
    article = clean(page, Settings(), Learned())
    about = article.metadata
    assert [note.code for note in article.notes] == case.get("notes", [])
    for field in ("original_url", "republisher", "translator"):
        if field == "republisher" and about.original_url and field not in case:
            continue
        assert getattr(about, field) == case.get(field), field
    assert list(about.byline) == case.get("byline", [])
    assert about.site == case.get("site", about.site)
    assert about.url == case.get("url", about.url)
    stated = {name for name in about.provenance if getattr(about, name)}
    assert {"title", "site", "url"} <= stated == set(about.provenance)
