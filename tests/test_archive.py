"""`--archive`: one PDF that is PDF/A-3a and PDF/UA-1, with the cleaned text inside it."""

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from PIL import Image, ImageDraw

import conformance
from exporter import dom, images, themes
from exporter.model import Article, Asset, Capture, Edition, Metadata
from exporter.settings import Settings
from exporter.write import writer
from exporter.write.pdf import archive

NEEDS_VALIDATORS = pytest.mark.skipif(
    bool(conformance.absent()), reason=f"the validators can't run: {conformance.absent()}"
)
ARCHIVE = Settings(archive=True)
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
PROSE = "The boats came back at noon, and nobody on the quay had a word for it. " * 8


def painted(mode: str) -> Asset:
    """Give a picture; in mode "RGBA" one that lets the paper through."""
    image = Image.new(mode, (300, 200))
    ImageDraw.Draw(image).ellipse((40, 40, 260, 180), fill=(200, 20, 20, 130)[: len(mode)])
    out = io.BytesIO()
    image.save(out, "PNG")
    return images.ingest(out.getvalue())


def fading() -> Asset:
    """Give a drawing that is half transparent."""
    return images.ingest(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150"><defs>'
        b'<linearGradient id="g"><stop offset="0" stop-color="red" stop-opacity=".2"/>'
        b'<stop offset="1" stop-color="blue"/></linearGradient></defs>'
        b'<rect width="200" height="100" fill="url(#g)" opacity=".5"/></svg>'
    )


def article(title: str = "Boats") -> Article:
    assets = (painted("RGBA"), painted("RGB"), fading())
    shown = "".join(
        f'<figure><img src="asset:{asset.key}" alt="A boat"/><figcaption>Boat {number}'
        f' <span class="credit">Photo: Ann Lee</span></figcaption></figure><p>{PROSE}</p>'
        for number, asset in enumerate(assets)
    )
    body = (
        f'<p>{PROSE}<span lang="fr">Voilà.</span> <a href="https://example.org/">Read on</a></p>'
        f"{shown}<table><caption>Boats</caption><thead><tr><th>Year</th><th>Boats</th></tr></thead>"
        "<tbody><tr><th>1950</th><td>4</td></tr></tbody></table><ul><li>one</li></ul>"
    )
    about = Metadata(title=title, language="en", byline=("Ann Lee",), url="https://example.org/b")
    return Article(about, body, assets, (), (), Capture("a.html", "html", "0" * 64))


def printed(*bound: Article) -> bytes:
    edition = Edition.single(bound[0]) if len(bound) == 1 else Edition.anthology(bound, "Book")
    return writer(".pdf")(edition, themes.load("classic"), ARCHIVE).data


@pytest.fixture(scope="module")
def data() -> bytes:
    return printed(article())


@pytest.fixture
def pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def test_it_claims_both_standards(pdf: pikepdf.Pdf) -> None:
    metadata = etree.fromstring(pdf.Root.Metadata.read_bytes())
    said = {name: value for element in metadata.iter() for name, value in element.attrib.items()}
    assert said[f"{PDFA}part"] == "3"
    assert said[f"{PDFA}conformance"] == "A"
    assert said[f"{PDFUA}part"] == "1"
    assert "Filter" not in pdf.Root.Metadata  # an archivist's tools read it without decoding


def test_the_cleaned_text_is_its_source(pdf: pikepdf.Pdf) -> None:
    (spec,) = pdf.Root.AF
    assert spec.AFRelationship == pikepdf.Name.Source
    assert str(pdf.Root.Names.EmbeddedFiles.Names[0]) == "boats.xhtml"
    assert spec.EF.F.Subtype == "/application/xhtml+xml"
    assert str(spec.EF.F.Params.ModDate) == "D:20000101000000Z"
    source = spec.EF.F.read_bytes()
    assert spec.EF.F.Params.Size == len(source)
    root = etree.fromstring(source)
    text = "".join(map(str, root.itertext()))
    for block in dom.plain_text(article().body).split("\n"):
        assert " ".join(block.split()) in " ".join(text.split())
    assert not list(root.iter("{*}img", "{*}script", "{*}link"))[1:]  # its canonical address alone


def test_colours_are_told_pictures_are_not_smoothed_links_print(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == pikepdf.Name.GTS_PDFA1
    assert intent.DestOutputProfile.N == 3
    pictures = [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
    ]
    assert pictures
    assert not any(picture.Interpolate for picture in pictures)
    links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert links
    assert all(link.F == 4 for link in links)


def test_a_book_holds_the_text_of_each_article() -> None:
    with pikepdf.open(io.BytesIO(printed(article("Boats"), article("Nets")))) as book:
        assert list(book.Root.Names.EmbeddedFiles.Names)[::2] == ["1-boats.xhtml", "2-nets.xhtml"]
        assert len(book.Root.AF) == 2


def test_without_archive_nothing_is_inside() -> None:
    plain = writer(".pdf")(Edition.single(article()), themes.load("classic"), Settings()).data
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        assert "/AF" not in pdf.Root


def test_another_process_makes_the_same_bytes(data: bytes, tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_archive\n"
        "import pikepdf; pikepdf.Pdf.new().open_metadata()  # which names spaces of its own\n"
        "open(sys.argv[2], 'wb').write(test_archive.printed(test_archive.article()))"
    )
    target = tmp_path / "again.pdf"
    tests = Path(__file__).parent
    paths = {"PYTHONPATH": str(tests.parent / "tools"), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", program, str(tests), str(target)]
    subprocess.run(command, check=True, env=paths)
    assert target.read_bytes() == data


@NEEDS_VALIDATORS
@pytest.mark.slow
def test_validators_find_nothing_and_would_find_something(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "whole.pdf").write_bytes(data)
    (tmp_path / "book.pdf").write_bytes(printed(article("Boats"), article("Nets")))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root.OutputIntents
        pdf.save(tmp_path / "colourless.pdf", deterministic_id=True)
    findings = conformance.validate(tmp_path.glob("*.pdf"))
    assert {finding.file.name for finding in findings} == {"colourless.pdf"}


def test_sealing_is_for_any_finished_pdf(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        archive.seal(pdf, Edition.single(article()))
        assert len(pdf.Root.AF) == 1
