"""The many ways pages put words under a picture, all rewritten to figure, img and figcaption."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute
from exporter.clean.credits import credit_start, is_caption_text
from exporter.clean.index import Index
from exporter.clean.marks import mark, new
from exporter.clean.tree import spoken

# yes: "wp-caption-text", "caption", "image-legend", "legende"; no: "captioned-video-list"
CAPTION_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:captions?|figcaption|legende?s?|legenda|didascalia|bildunterschrift|bildtext|bijschrift|pie-de-foto"
    r"|piedefoto|cutline|wp-caption-text|wp-caption-dd|tr-caption|caption-text|captiontext|imagecaption|photocaption|piefoto)"
    r"(?:$|[\s_]|-(?:text|inner|content|title|wrap\w*|body|description|full))", re.IGNORECASE,
)  # fmt: skip
CREDITED: Final = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright|photographer|photo-?credit|image-?credit|attribution)(?:$|[\s_-])",
    re.IGNORECASE,
)
# containers that hold one picture and its words
HOLDER: Final = (
    ".wp-caption", ".tr-caption-container", ".spip_document", ".spip_documents",
    ".captioned-image-container", ".image-with-caption", ".gallery-item", ".blocks-gallery-item",
)  # fmt: skip
SPIP: Final = (".spip_doc_titre", ".spip_doc_legende", ".spip_doc_descriptif", ".spip_doc_credits")
WORDS: Final = ("figcaption", ".wp-caption-text", ".wp-caption-dd", ".tr-caption", *SPIP)
LONGEST: Final = 90  # words
BLOCKS: Final = frozenset({
    "p", "div", "li", "td", "th", "figure", "blockquote", "section", "article", "h1", "h2", "h3",
    "h4", "h5", "h6", "dd", "dt", "center", "body", "main", "ul", "ol", "table", "aside",
    "header", "dl",
})  # fmt: skip
MEDIA: Final = (
    "img",
    "table",
    "pre",
    "blockquote",
    "iframe",
    "video",
    "audio",
    "svg",
    "object",
    "math",
)


def canonical(root: Tag) -> None:
    """Turn every known markup of a captioned picture into figure > img + figcaption."""
    for holder in Index(root).select(*HOLDER):
        if holder.parent is not None and holder.name != "figure":
            _rewrite_holder(holder)
    _described(root)
    for figure in root.find_all("figure"):
        _settle_figure(figure)
    for image in root.find_all("img"):
        if image.find_parent("figure") is None:
            _find_caption(image, root)


def _rewrite_holder(holder: Tag) -> None:
    """Rewrite a container that a publishing system makes around a picture and its caption."""
    image = holder.find("img")
    inner = holder.find("figure")
    if not isinstance(image, Tag) or isinstance(inner, Tag) or len(holder.find_all("img")) > 1:
        return
    captions = [part for part in Index(holder).select(*WORDS) if part.find("img") is None]
    captions = [part for part in captions if not any(up in captions for up in part.parents)]
    if holder.find_parent("figure") is not None:
        return
    _make(holder, image, captions)


def _make(place: Tag, image: Tag, captions: list[Tag]) -> Tag:
    """Put a figure in the place of an element; what is neither picture nor caption follows it."""
    figure = new("figure")
    place.insert_before(figure)
    figure.append(image.extract())
    if captions:
        figure.append(caption_of(captions))
    if place is image:
        return figure
    if not place.get_text(strip=True) and place.find(MEDIA) is None:
        place.extract()
    elif place.name in {"table", "dl", "figure"}:
        place.name = "div"
        for part in place.find_all(("tbody", "tr", "td", "dt", "dd")):
            part.name = "div"
    return figure


def caption_of(parts: list[Tag]) -> Tag:
    """Make one figcaption of the parts, each on a line of its own."""
    caption = new("figcaption")
    for number, part in enumerate(parts):
        if number:
            caption.append(new("br"))
        part.extract()
        if CREDITED.search(attribute(part, "class")) or "credits" in attribute(part, "class"):
            part.name = "span"
            caption.append(part)
        else:
            for child in list(part.contents):
                caption.append(child.extract())
    return caption


def _described(root: Tag) -> None:
    """Pair pictures with the captions that aria-describedby names."""
    for image in root.find_all(("img", "figure", "a"), attrs={"aria-describedby": True}):
        holder = image.find_parent("figure") or (image if image.name == "figure" else None)
        words = root.find(id=(attribute(image, "aria-describedby").split() or [""])[0])
        picture = image if image.name == "img" else image.find("img")
        if not isinstance(words, Tag) or not isinstance(picture, Tag) or not _is_short(words):
            continue
        if words.find("img") is not None or words in image.parents:
            continue
        if holder is None:
            _make(_alone(picture, root), picture, [words])
        elif holder.find("figcaption") is None:
            words.name = "figcaption"
            holder.append(words.extract())


def _settle_figure(figure: Tag) -> None:
    """Give a figure its figcaption when its markup only hints at one."""
    if figure.find("figure") is not None:
        _settle_gallery(figure)
        return
    captions = figure.find_all("figcaption")
    if captions or figure.find("img") is None:
        return
    parts = [
        part
        for part in figure.find_all()
        if (
            CAPTION_CLASS.search(attribute(part, "class"))
            or CREDITED.search(attribute(part, "class"))
        )
        and part.find("img") is None
        and part.get_text(strip=True)
    ]
    parts = [part for part in parts if not any(up in parts for up in part.parents)]
    if parts:
        figure.append(caption_of(parts))


def _settle_gallery(figure: Tag) -> None:
    """Make a figure of figures a section; its own caption becomes a paragraph."""
    figure.name = "div"
    for caption in figure.find_all("figcaption"):
        if caption.find_parent("figure") is None:
            caption.name = "p"


def _find_caption(image: Tag, root: Tag) -> None:
    """Make a figure of a picture that stands alone, with the words that belong to it."""
    place = _alone(image, root)
    if place.name in {"li", "td", "th", "dd", "dt"} or place is root:
        return
    words = list(_words_near(place, root))
    if words:
        _make(place, image, words)


def _alone(image: Tag, root: Tag) -> Tag:
    """Give the outermost element that holds this picture and nothing else."""
    place = image
    while (
        isinstance(place.parent, Tag)
        and place.parent is not root
        and place.parent.name not in {"li", "td", "th", "body", "article", "main", "section"}
        and len(place.parent.find_all("img", limit=2)) == 1
        and not place.parent.get_text(strip=True)
    ):
        place = place.parent
    return place


def _words_near(place: Tag, root: Tag) -> Iterator[Tag]:
    """Give the elements after (or around) a picture that are its caption."""
    follower = _next(place)
    if isinstance(follower, Tag) and follower.name == "br":
        follower = _next(follower)
    found = False
    while isinstance(follower, Tag) and _is_caption(follower, place, first=not found):
        found = True
        yield follower
        following = _next(follower)
        if not (isinstance(following, Tag) and CREDITED.search(attribute(following, "class"))):
            return
        follower = following
    if (
        not found
        and isinstance(place.parent, Tag)
        and place.parent is not root
        and place.name != "img"
    ):
        parent = place.parent
        if len(parent.find_all("img", limit=2)) == 1 and _is_short(parent) and parent.name == "div":
            outer = _next(parent)
            if isinstance(outer, Tag) and not parent.get_text(strip=True):
                yield from _words_near(parent, root)


def _next(node: Tag) -> Tag | NavigableString | None:
    following = node.next_sibling
    while isinstance(following, NavigableString) and not following.strip():
        following = following.next_sibling
    return following if isinstance(following, Tag | NavigableString) else None


def _is_caption(element: Tag, _place: Tag, *, first: bool) -> bool:
    if (
        not _is_short(element)
        or element.find(MEDIA) is not None
        or element.name in {"h1", "h2", "h3"}
    ):
        return False
    names = attribute(element, "class")
    if CAPTION_CLASS.search(names) or CREDITED.search(names) or element.name == "figcaption":
        return True
    if not first:
        return False
    text = spoken(element)
    if is_caption_text(text):
        return True
    start = credit_start(text)
    if start == 0 and len(text) < 100:  # noqa: PLR2004  (nothing but a credit)
        return True
    return element.name in {"p", "div", "em", "i", "small", "span"} and _is_slanted(element)


def _is_slanted(element: Tag) -> bool:
    """Tell whether all the words are in small or italic type."""
    if element.name in {"em", "i", "small"}:
        return True
    slanted = sum(
        len(part.get_text(strip=True))
        for part in element.find_all(("em", "i", "small"))
        if part.find_parent(("em", "i", "small")) is None
    )
    whole = len(element.get_text(strip=True))
    return whole > 0 and slanted >= 0.9 * whole and len(element.get_text().split()) <= LONGEST // 2


def _is_short(element: Tag) -> bool:
    return 0 < len(element.get_text(" ").split()) <= LONGEST


def gallery_items(root: Tag) -> None:
    """Turn lists of pictures into sections of figures."""
    for group in root.find_all(("ul", "ol")):
        items = list(group.find_all("li", recursive=False))
        if len(items) < 2 or not all(_is_picture(item) for item in items):  # noqa: PLR2004
            continue
        group.name = "section"
        mark(group, "section.gallery")
        for item in items:
            _settle_item(item)


def _settle_item(item: Tag) -> None:
    """Make a figure of a list item with one picture; its other words are the caption."""
    image, inner = item.find("img"), item.find(("figure", *HOLDERS))
    item.name = "div"
    if isinstance(inner, Tag) or not isinstance(image, Tag):
        return
    item.name = "figure"
    place = _alone(image, item)
    item.insert(0, image.extract())
    if place is not image and place is not item and not place.get_text(strip=True):
        place.extract()
    if item.get_text(strip=True):
        caption = new("figcaption")
        for part in list(item.contents):
            if part is not image:
                caption.append(part.extract())
        item.append(caption)


HOLDERS: Final = ("figcaption", "dl", "table")


def _is_picture(item: Tag) -> bool:
    return len(item.find_all("img")) == 1 and len(item.get_text(" ").split()) <= LONGEST // 2
