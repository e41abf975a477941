"""The XHTML fragments that both writers put together: title block, body, contents, colophon.

Elements and classes a theme can style; everything else is the body's own (dom.VOCABULARY,
dom.CLASSES):

    header.title-block       p.kicker · h1.headline · p.standfirst · p.byline · p.translation
                             p.dateline (span.place, time) · p.source (span.site, a)
    span.image-absent        in place of an image that the capture lacks, with its alt text
    nav.contents             h1 · h2 for each part · ol > li > a.title, span.byline
    section.sources          h1 · h2 for each site · div.entry (p > a.title · p.facts)
    section.credits          h1 · div.entry (p > a.title · ul): who made the pictures
    section.colophon         h1 · div.entry (dl.facts > dt, dd) · p.made-with

and for paper alone (write/pdf):

    span.address, a.address  a web address: no hyphen where it breaks
    a.link-mark              the number of a link's address, behind its text
    section.links            h2 · ol > li > a.link-number, a.address: addresses after the body
    span.link-note           an address for the foot of the page: a.link-number, a.address
    span.page-note           a note for the foot of the page: a.note-number, text or p
    pre span.line            a line of a listing that may need two
    p.qr svg.qr-code         the address of the source, in the colophon
    span.initial             the first letter of an article (--drop-cap)
    figcaption.wide          a caption of more than a line
    figure.tall, div.pair    a picture as high as its page; two figures side by side
    header[data-verso] …, h2[data-running]  what stands above the pages
    *[data-title]            what a heading is called in the outline
    section.title-page       header.title-block: of a book of many articles
    a.title[data-page]       in lists of articles: the folio of the page on which one begins

and for reading systems alone (write/epub):

    section.notes            notes that open in place: aside.note > p > span.note-number

A fragment is well-formed XML and reads the same as HTML: void elements alone are self-closed.
Words of our own carry their language when it is not that of the text around them.
"""

from exporter.write.parts.bodies import Locate, body, body_tree
from exporter.write.parts.crossing import NO_CROSSING, Crossing, crossing
from exporter.write.parts.imprint import colophon, kind_of, program
from exporter.write.parts.listing import INSIDE, Way, contents, divided
from exporter.write.parts.sources import (
    alphabetical,
    behind,
    collation,
    picture_credits,
    site,
    sources,
)
from exporter.write.parts.titles import (
    edition_title,
    headline,
    is_language,
    is_web,
    language,
    title_block,
    title_page,
)

__all__ = [
    "INSIDE",
    "NO_CROSSING",
    "Crossing",
    "Locate",
    "Way",
    "alphabetical",
    "behind",
    "body",
    "body_tree",
    "collation",
    "colophon",
    "contents",
    "crossing",
    "divided",
    "edition_title",
    "headline",
    "is_language",
    "is_web",
    "kind_of",
    "language",
    "picture_credits",
    "program",
    "site",
    "sources",
    "title_block",
    "title_page",
]
