"""Who made a picture: the credit in a caption, told from what the caption says."""

import re
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute
from exporter.clean.marks import is_marked, mark, new

# yes: class "photo-credit", "spip_doc_credits", "copyright"; no: "credit-card-offer"
CREDIT_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright|photographer|photographe|credito|fotograf|image-source|attribution)"
    r"(?:$|\s|__|--|[_-](?:line|text|photo|image|wrap\w*|name))|(?:photo|image|media|caption|bild)-?_?credit",
    re.IGNORECASE,
)
AGENCIES: Final = (  # part of a pattern
    r"(?:AFP|Agence France-Presse|Reuters|REUTERS|AP|AP Photo|Associated Press"
    r"|Getty(?: Images)?|EPA(?:-EFE)?|EFE"
    r"|dpa|DPA|ANSA|Lusa|ANP|Belga|Keystone|Shutterstock|iStock|Alamy|Unsplash|Pixabay|Pexels|Flickr"
    r"|Wikimedia(?: Commons)?|Creative Commons|CC[ -]BY[\w .-]*|Sipa(?: Press)?"
    r"|SIPA|Abaca|Hans Lucas|MAXPPP|Maxppp|Divergence"
    r"|imago(?: images)?|picture alliance|TASS|Sputnik|Xinhua|Anadolu|NurPhoto"
    r"|Bloomberg|NASA|ESA|IStock|Adobe Stock|DR|D\.R\."
    r"|Divulgação|Reprodução|Handout)"
)
_WORD: Final = (
    r"(?:photo(?:graph(?:e|ie|y|er)?)?s?|picture|image|illustration|dessin|carte|montage|video|vidéo"
    r"|infogra(?:phie|phic|fik|fiek|f[ií]a|fica)|graphi(?:que|c)|gr[aá]fic[oa]|grafik"
    r"|foto(?:graf(?:ia|ía|ie|o|in)?|graaf)?s?|bild(?:er|rechte|quelle)?|imagen|imagem|immagine|beeld)"
)
_BY: Final = r"(?:by|par|von|door|de|di|da|del|via|d['’])"
_COURTESY: Final = (
    r"(?:(?:image |photo |picture )?(?:courtesy of|courtesy)|cort[eé]s[ií]a d[ei]"
    r"|mit freundlicher genehmigung (?:von|der|des)|avec l['’]aimable autorisation d[eu]s?)"
)
# what a credit begins with; yes: "Photo by X", "© X", "Crédits : X", "Foto: X", "(Bild: X)",
# "Beeld Jan Bos"; no: "A photo of the bridge", "photographs", "the source of the river"
OPENING: Final = re.compile(
    rf"(?:©|\(c\)\s|[Cc]opyright\b|\b{_WORD}\s?(?:credit|crédit|courtesy(?: of)?)s?\s*:?\s"
    rf"|\b{_COURTESY}\s(?-i:(?=[A-ZÀ-Þ\[]))"
    rf"|\b{_WORD}\s?{_BY}\s(?-i:(?=[A-ZÀ-Þ@]))"
    rf"|\b(?:AP )?{_WORD}\s?[:/|]\s?"
    rf"|\b{_WORD}\s(?-i:(?=(?:[A-ZÀ-Þ][\w'’-]*\s?[/,]?\s?){{2,5}}\Z))"
    r"|\b(?:cr[eé]dit(?:o|s|i|os)?(?: (?:photos?|images?|foto|de la foto|da"
    r" foto))?|photo ?credits?|image ?credits?|bildnachweis|fotocredits?|fotonachweis"
    r"|artist[ea]?|künstler(?:in)?|illustrat(?:or|rice)"
    r"|source|sources|quelle|fuente|fonte|bron|via)\s?[:/]\s?)",
    re.IGNORECASE,
)
_NAME: Final = r"(?:[\w'’&-]|(?<=\b[A-ZÀ-Þ])\.)"  # a letter of a name; a full stop after one alone
# What a credit without such a word ends with; yes: "Jean Dupont/AFP",
# "Reuters", "X via Getty Images"
AGENCY: Final = re.compile(
    rf"(?:[A-ZÀ-Þ]{_NAME}*(?:\s{_NAME}+){{0,4}}\s?(?:/|\||,|\bvia\b|\bfor\b|\bpour\b|-|–|—)\s?)?"
    rf"(?:{AGENCIES}\s?(?:/|via|-|,)\s?){{0,2}}{AGENCIES}\.?\s*[)\]]?\s*\Z"
)
# What names the maker first or in brackets; yes: "REUTERS/Ann Lee", "(Ann Lee for The Post)",
# "(NASA/JPL-Caltech)"; no: "(see page 3)", "the Reuters/Ipsos poll of May"
MAKER: Final = re.compile(
    rf"(?:{AGENCIES}\s?/\s?[A-ZÀ-Þ]{_NAME}*(?: [A-ZÀ-Þ]{_NAME}*){{0,3}}"
    rf"|[(\[][A-ZÀ-Þ]{_NAME}*(?: [A-ZÀ-Þ]{_NAME}*){{1,3}} (?:for|pour|für|para|per|voor) "
    r"[^()\[\]]{2,60}[)\]]"
    r"|[(\[][A-ZÀ-Þ][\w-]*(?:/[A-ZÀ-Þ][\w-]*){1,4}[)\]])\.?\s*\Z"
)
SENTENCE: Final = re.compile(r"[.!?…»”\"]\s*[\[(|–—-]?\s*\Z|[\[(|]\s*\Z|[–—]\s*\Z|\n\s*\Z|\A\s*\Z")
LONGEST: Final = 140  # characters
LINE: Final = 60  # words


def credit_start(text: str) -> int | None:
    """Give where in a caption its credit begins, when one stands at its end."""
    tail = max(0, len(text) - LONGEST)
    for found in OPENING.finditer(text, tail):
        start = found.start()
        before = text[:start]
        opening = before.rstrip().endswith(("(", "["))
        if not (SENTENCE.search(before[-LONGEST:]) or opening) and found[0][0] != "©":
            continue
        if _goes_on(text[start:]):
            continue
        return len(before.rstrip()) - 1 if opening else start
    named = AGENCY.search(text, tail) or MAKER.search(text, tail)
    if named and SENTENCE.search(text[: named.start()][-LONGEST:]):
        start = named.start()
        before = text[:start].rstrip()
        return len(before) - 1 if before.endswith(("(", "[")) else start
    return None


def ends_in_credit(text: str) -> bool:
    """Tell whether a line under a picture is a credit or ends in one that names itself so."""
    start = credit_start(text)
    if start is None or len(text.split()) > LINE:
        return False
    return start == 0 or OPENING.match(text[start:].lstrip("([")) is not None


def _goes_on(credit: str) -> bool:
    """Tell whether sentences follow: then it is no credit but a text that begins like one."""
    rest = re.split(r"(?<=[a-zà-ÿ]{3}[.!?])\s+(?=[A-ZÀ-Þ])", credit)
    return len(rest) > 1 and len(" ".join(rest[1:]).split()) > 8  # noqa: PLR2004


def is_caption_text(text: str) -> bool:
    """Tell whether a paragraph by itself is a caption: it ends in a credit set apart as such."""
    return bool(ALONE.search(text)) and len(text.split()) <= 90  # noqa: PLR2004


# a caption alone; yes: "… fighting. (Photo by X/AFP via Getty Images)"; no: "He said (Reuters)."
ALONE: Final = re.compile(
    rf"[(\[](?:AP |{_WORD}\s?(?:by|par|von|door|de|:)\s|©\s?|cr[eé]dits?(?:"
    rf" photo)?\s?:\s?)[^()\[\]]{{2,120}}[)\]]\.?\s*\Z",
    re.IGNORECASE,
)


def mark_credits(caption: Tag) -> None:
    """Mark the credit of a figcaption as span.credit, where it stands."""
    named = [
        element
        for element in caption.find_all()
        if CREDIT_CLASS.search(attribute(element, "class"))
        or attribute(element, "itemprop") in {"copyrightHolder", "creditText"}
    ]
    for element in named:
        if element.get_text(strip=True) and not any(
            is_marked(up, "span.credit") for up in element.parents
        ):
            _mark(element)
    if any(is_marked(element, "span.credit") for element in caption.find_all()):
        return
    _mark_by_words(caption)


def _mark(element: Tag) -> None:
    """Mark an element as a credit; a link or emphasis stays inside it."""
    if element.name in {"span", "div", "p", "cite", "small", "figcaption", "dd", "li"}:
        if element.name in {"div", "p", "dd", "li"} and not _follows_block(element):
            element.insert_before(Tag(name="br"))
        element.name = "span"
        mark(element, "span.credit")
    else:
        element.wrap(new("span", "span.credit"))


def _follows_block(element: Tag) -> bool:
    """Tell whether what stands before an element ends its line."""
    before = element.find_previous_sibling()
    return isinstance(before, Tag) and before.name in {"div", "p", "dd", "li", "br"}


def _mark_by_words(caption: Tag) -> None:
    nodes = [node for node in caption.descendants if type(node) is NavigableString]
    text = "".join(nodes)
    start = credit_start(text)
    if start is None or not text[start:].strip():
        return
    place = 0
    for node in nodes:
        if place + len(node) > start:
            _wrap_from(caption, node, start - place)
            return
        place += len(node)


def _wrap_from(caption: Tag, node: NavigableString, offset: int) -> None:
    """Wrap everything from `offset` in `node` to the end of the caption."""
    if offset:
        tail = NavigableString(str(node)[offset:])
        node.insert_after(tail)
        node.replace_with(NavigableString(str(node)[:offset]))
        node = tail
    # climb while the node is the first thing in its parent, else while nothing follows the parent
    top: Tag | NavigableString = node
    while top.parent is not None and top.parent is not caption:
        if top.previous_sibling is not None and _follows(top.parent, caption):
            return  # the credit begins inside an element and goes on after it: leave it alone
        if top.previous_sibling is not None and top.next_sibling is None:
            break
        if top.previous_sibling is not None:
            break
        top = top.parent
    parts = [top, *top.next_siblings]
    span = new("span", "span.credit")
    top.insert_before(span)
    for part in parts:
        span.append(part.extract())


def _follows(element: Tag, caption: Tag) -> bool:
    tag: Tag | None = element
    while tag is not None and tag is not caption:
        if any(str(part).strip() for part in tag.next_siblings):
            return True
        tag = tag.parent
    return False
