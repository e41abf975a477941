"""Each folder of tests/articles is a claim about one page: see the README there."""

from pathlib import Path

import pytest
from lxml import etree

from exporter import clean, dom, images
from exporter.model import Article, Capture, Learned, Metadata, Page
from exporter.settings import Settings

ARTICLES = Path(__file__).parent / "articles"
CLAIMS = sorted(folder.name for folder in ARTICLES.iterdir() if folder.is_dir())
ADDRESS = "https://harbour.example.org/2024/last-boat"
BLANK = bytes.fromhex("47494638396101000100000000002c00000000010001000002024401003b")
FIELDS = [
    "kicker", "title", "subtitle", "byline", "dateline", "published", "updated", "language", "dir",
    "site", "republisher", "url", "original_url", "translator", "photographers", "rights",
    "keywords", "words",
]  # fmt: skip


class Pictures:
    """What was captured beside every page: two pictures, a broken one, a blank one."""

    def find(self, url: str) -> bytes | None:
        name = url.rpartition("/")[2]
        if name in {"boat.png", "house.png"}:
            return (ARTICLES / name).read_bytes()
        if url.startswith("data:image/gif"):
            return BLANK
        return b"<html>404 Not Found</html>" if name == "broken.jpg" else None


def article_of(claim: str) -> Article:
    html = (ARTICLES / claim / "page.html").read_text(encoding="utf-8")
    page = Page(html, ADDRESS, None, Capture(f"{claim}/page.html", "html", "0" * 64), Pictures())
    return clean.clean(page, Settings(), Learned())


def body_text(article: Article) -> str:
    """Give the body one block a line, captured pictures by their file's name."""
    body = article.body
    for path in sorted(ARTICLES.glob("*.png")):
        key = images.ingest(path.read_bytes()).key
        body = body.replace(key, path.name)
    return "".join(etree.tostring(block, encoding="unicode") + "\n" for block in dom.parse(body))


def metadata_text(metadata: Metadata) -> str:
    lines = []
    for name in FIELDS:
        value = getattr(metadata, name)
        source = metadata.provenance.get(name)
        if value in {None, ()}:
            continue
        shown = list(value) if isinstance(value, tuple) else value
        written = (
            str(shown).replace("'", '"')
            if isinstance(shown, list)
            else (str(shown) if isinstance(shown, int) else f'"{shown}"')
        )
        lines.append(f"{name} = {written}" + (f"  # {source}" if source else ""))
    return "\n".join(lines) + "\n"


def ledger_text(article: Article) -> str:
    removed = [f"{entry.reason}: {entry.text}" for entry in article.ledger]
    notes = [f"note {note.code}: {note.detail}" for note in article.notes]
    return "".join(f"{line}\n" for line in removed + notes)


@pytest.mark.parametrize("claim", CLAIMS)
def test_article(claim: str, request: pytest.FixtureRequest) -> None:
    article = article_of(claim)
    dom.validate(article.body)
    made = {
        "article.xhtml": body_text(article),
        "metadata.toml": metadata_text(article.metadata),
        "ledger.txt": ledger_text(article),
    }
    folder = ARTICLES / claim
    if request.config.getoption("--update-golden"):
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")
    for name, text in made.items():
        assert text == (folder / name).read_text(encoding="utf-8"), f"{claim}/{name}"


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_picture_of_a_body_is_an_asset_or_has_a_note(claim: str) -> None:
    article = article_of(claim)
    keys = {asset.key for asset in article.assets}
    lost = [figure for figure in dom.figures(article.body) if figure.asset is None]
    assert {f.asset for f in dom.figures(article.body) if f.asset} == keys
    assert len(lost) <= len([note for note in article.notes if note.code.startswith("image-")])


def test_there_are_claims() -> None:
    assert len(CLAIMS) >= 20
