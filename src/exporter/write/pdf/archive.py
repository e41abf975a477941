"""A finished PDF made fit for archives: PDF/A-3a beside the PDF/UA-1 it is, its source inside it.

What ISO 19005-3 asks beyond tags and fonts, which are there: what device colours mean, no smoothed
pictures, links that print, an identifier, and metadata that claims both standards. Nothing on the
page changes.
"""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pikepdf
import weasyprint
from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf, String

from exporter import naming, parsing
from exporter.model import Article, Edition
from exporter.write import html, parts
from exporter.write.moments import moment

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PDFUA: Final = "http://www.aiim.org/pdfua/ns/id/"
SRGB: Final = Path(weasyprint.__file__).parent / "pdf" / "sRGB2014.icc"
PRINTED: Final = 4  # an annotation's flag (ISO 32000-1, table 165)
# PDF/A knows no name of PDF/UA's, so the metadata must explain the one it uses (ISO 19005-3 §6.6.2)
CLAIMS: Final = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  pdfaid:part="3" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def archived(data: bytes, edition: Edition) -> bytes:
    """Give the PDF of an edition as one for archives."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        seal(pdf, edition)
        pdf.save(out, deterministic_id=True, min_version="1.7")
    return out.getvalue()


def seal(pdf: Pdf, edition: Edition) -> None:
    """Make an open PDF/UA-1 file one for archives; it must be saved with an identifier."""
    _say_colours(pdf)
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image:
            thing.Interpolate = False
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            annotation.F = PRINTED
    _attach(pdf, edition)
    _claim(pdf)


def _say_colours(pdf: Pdf) -> None:
    """Say that device colours are sRGB (ISO 19005-3 §6.2.3)."""
    profile = pdf.make_stream(SRGB.read_bytes(), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _attach(pdf: Pdf, edition: Edition) -> None:
    """Put the cleaned text of each article into the file, as the source of what it shows."""
    date = String(f"{moment(edition.made):D:%Y%m%d%H%M%SZ}")
    names, attached = Array(), Array()
    for name, article in sorted(_sources(edition)):
        source = html.page(Edition.single(article, edition.made)).encode()
        spec = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(name),
                UF=String(name),
                Desc=String(parts.headline(article)),
                AFRelationship=Name.Source,
                EF=Dictionary(F=_embedded(pdf, source, date)),
            )
        )
        names.extend([String(name), spec])
        attached.append(spec)
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=names))
    pdf.Root.AF = attached


def _sources(edition: Edition) -> Iterator[tuple[str, Article]]:
    """Give each article with the name of its file, which sorts as the articles do."""
    digits = len(str(len(edition.articles)))
    for number, article in enumerate(edition.articles, 1):
        stem = naming.ascii_slug(parts.headline(article))
        first = f"{number:0{digits}}-" if len(edition.articles) > 1 else ""
        yield f"{first}{stem}.xhtml", article


def _embedded(pdf: Pdf, source: bytes, date: String) -> pikepdf.Object:
    stream = pdf.make_stream(source, Type=Name.EmbeddedFile)
    stream.Subtype = Name("/application/xhtml+xml")
    checksum = hashlib.md5(source, usedforsecurity=False).digest()
    stream.Params = Dictionary(
        Size=len(source), CheckSum=String(checksum), CreationDate=date, ModDate=date
    )
    return stream


def _claim(pdf: Pdf) -> None:
    """Say in the metadata which standards the file keeps to."""
    tree = parsing.ours(pdf.Root.Metadata.read_bytes())
    claimed = next(tree.iter(f"{{{RDF}}}Description"))
    claimed.attrib.pop(f"{{{PDFUA}}}part", "")  # by the engine
    for described in list(parsing.ours(CLAIMS)):
        claimed.addprevious(described)
    packet = etree.tostring(tree.getroottree(), encoding="utf-8")
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
