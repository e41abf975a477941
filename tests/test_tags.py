"""The tags of a PDF: what a screen reader hears of languages, figures, tables, lists and links."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pytest
from lxml import etree
from PIL import Image

from exporter import images, themes
from exporter.model import Article, Asset, Capture, Edition, Metadata
from exporter.settings import Settings
from exporter.write import writer

PROSE = "The boats came back at noon, and nobody on the quay had a word for it. " * 8
DC = "{http://purl.org/dc/elements/1.1/}"
SHOWING = frozenset({"Tj", "TJ", "'", '"', "Do", "sh", "f", "F", "f*", "B", "S", "s", "b"})


@dataclass
class Node:
    """A tag: its name, what it says, and what is in it."""

    name: str
    tag: pikepdf.Object
    kids: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Node"]:
        if self.name == name:
            yield self
        for kid in self.kids:
            yield from kid.all(name)


def tree(tag: pikepdf.Object) -> Node:
    kids = tag.get("/K", pikepdf.Array())
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    found = [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return Node(str(tag.get("/S", ""))[1:], tag, [tree(kid) for kid in found])


def picture() -> Asset:
    out = io.BytesIO()
    Image.radial_gradient("L").save(out, "JPEG")
    return images.ingest(out.getvalue())


def body(asset: Asset) -> str:
    shown = (
        f'<figure><img src="asset:{asset.key}" alt="{{}}"/><figcaption>The quay at noon.'
        ' <span class="credit">Photo: Ann Lee</span></figcaption></figure>'
    )
    return (
        f"<p>{PROSE}</p>{shown.format('Two boats')}<p>{PROSE}</p>{shown.format('')}"
        '<p>He said <q lang="fr">c’est fini</q>, and <span lang="el">τέλος</span>, and'
        ' <em>left</em> the <code>quay()</code>.</p><blockquote lang="de"><p>Alles aus.</p>'
        '</blockquote><p>See <a href="#end">the end of it</a> and'
        ' <a href="https://example.org/a">the page</a>.</p>'
        "<table><caption>Boats</caption><thead><tr><th>Year</th><th>Boats</th></tr></thead><tbody>"
        "<tr><th>1950</th><td>4</td></tr><tr><th>1960</th><td>6</td></tr></tbody></table>"
        "<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul><dl><dt>Quay</dt><dd>Here.</dd></dl>"
        f'<hr/><h2 id="end">The end</h2><p>{PROSE}</p><pre><code>a = 1</code></pre>'
    )


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    asset = picture()
    about = Metadata(title="Boats", language="en", byline=("Ann Lee",), site="The Harbour Post")
    article = Article(about, body(asset), (asset,), (), (), Capture("a.html", "html", "0" * 64))
    settings = Settings(typography=False)
    data = writer(".pdf")(Edition.single(article), themes.load("classic"), settings).data
    return pikepdf.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def root(pdf: pikepdf.Pdf) -> Node:
    return tree(pdf.Root.StructTreeRoot)


def test_a_picture_has_its_words_and_its_caption_beside_it(root: Node) -> None:
    figures = list(root.all("Figure"))
    assert [str(figure.tag.Alt) for figure in figures] == [
        "Two boats",
        "The quay at noon. Photo: Ann Lee",
    ]
    assert all(figure.tag.A.BBox for figure in figures)
    pairs = [node for node in root.all("Div") if any(kid.name == "Figure" for kid in node.kids)]
    assert len(pairs) == len(figures)
    assert all(len(list(pair.all("Caption"))) == 1 for pair in pairs)


def test_words_of_another_language_say_which(pdf: pikepdf.Pdf, root: Node) -> None:
    assert str(pdf.Root.Lang) == "en"
    spoken = {
        (node.name, str(node.tag.Lang))
        for name in ("Quote", "Span", "BlockQuote", "P", "Div", "Art", "Sect")
        for node in root.all(name)
        if "/Lang" in node.tag
    }
    assert {("Quote", "fr"), ("Span", "el"), ("BlockQuote", "de")} <= spoken
    assert not any(language == "en" for _, language in spoken)


def test_what_goes_on_over_a_page_is_one(pdf: pikepdf.Pdf, root: Node) -> None:
    assert len(pdf.pages) > 2
    assert len(list(root.all("Art"))) == 1
    pages = [{kid.tag.Pg.objgen for kid in node.kids} for node in root.all("P")]
    assert max(len(found) for found in pages) == 2  # a paragraph stands on two pages
    assert len(pages) < 20


def test_each_tag_knows_what_holds_it(root: Node) -> None:
    def check(node: Node) -> None:
        for kid in node.kids:
            assert kid.tag.P.objgen == node.tag.objgen
            check(kid)

    check(root)


def test_phrases_have_names(root: Node) -> None:
    assert len(list(root.all("Code"))) >= 2
    assert not [node for node in root.all("NonStruct") for kid in node.kids if kid.name == "Quote"]


def test_headings_of_a_table_say_what_they_head(root: Node) -> None:
    (table,) = root.all("Table")
    assert [str(head.tag.A.Scope) for head in table.all("TH")] == [
        "/Column", "/Column", "/Row", "/Row",
    ]  # fmt: skip
    assert len(list(table.all("Caption"))) == 1
    assert all("/ID" in head.tag for head in table.all("TH"))
    assert all(len(cell.tag.A.Headers) for cell in table.all("TD"))


def test_lists_have_labels_and_bodies(root: Node) -> None:
    items = list(root.all("LI"))
    assert items
    for item in items:
        assert {kid.name for kid in item.kids} <= {"Lbl", "LBody"}
    assert all({kid.name for kid in one.kids} <= {"LI", "L"} for one in root.all("L"))


def test_links_say_where_they_lead(pdf: pikepdf.Pdf) -> None:
    links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
    said = [str(link.Contents) for link in links if "/Dest" in link]
    assert "the end of it" in said
    assert not any(text.startswith("a1-") for text in said)
    assert all("/StructParent" in link for link in links)


def test_no_two_tags_share_an_id(root: Node) -> None:
    names = [str(node.tag.ID) for name in ("Note", "TH") for node in root.all(name)]
    assert len(names) == len(set(names))


def test_all_that_is_shown_is_tagged_or_an_artifact(pdf: pikepdf.Pdf) -> None:
    heads = 0
    for page in pdf.pages:
        marks: list[str] = []
        for instruction in pikepdf.parse_content_stream(page):
            sign = str(instruction.operator)
            if sign in {"BDC", "BMC"}:
                marks.append(str(instruction.operands[0]))
                heads += marks[-1] == "/Artifact"
            elif sign == "EMC":
                marks.pop()
            elif sign in SHOWING:
                assert marks, f"{sign} outside any mark"
        assert not marks
        assert page.obj.Tabs == "/S"
    assert heads


def test_the_title_is_told(pdf: pikepdf.Pdf) -> None:
    metadata = etree.fromstring(pdf.Root.Metadata.read_bytes())
    assert "".join(map(str, next(metadata.iter(f"{DC}title")).itertext())) == "Boats"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
