"""The many ways pages put words under a picture, all rewritten to figure, img and figcaption."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute
from exporter.clean.credits import credit_start, ends_in_credit, is_caption_text
from exporter.clean.index import Index
from exporter.clean.legends import CAPTION_CLASS, CREDITED, LONGEST, holder_of, named
from exporter.clean.marks import is_marked, new
from exporter.clean.tree import HEADINGS, spoken

# containers that hold one picture and its words
HOLDER: Final = (
    ".wp-caption", ".tr-caption-container", ".spip_document", ".spip_documents",
    ".captioned-image-container", ".image-with-caption", ".gallery-item", ".blocks-gallery-item",
)  # fmt: skip
SPIP: Final = (".spip_doc_titre", ".spip_doc_legende", ".spip_doc_descriptif", ".spip_doc_credits")
WORDS: Final = ("figcaption", ".wp-caption-text", ".wp-caption-dd", ".tr-caption", *SPIP)
BLOCKS: Final = frozenset({
    "p", "div", "li", "td", "th", "figure", "blockquote", "section", "article", "h1", "h2", "h3",
    "h4", "h5", "h6", "dd", "dt", "center", "body", "main", "ul", "ol", "table", "aside",
    "header", "dl",
})  # fmt: skip
SHOWN: Final = ("img", "iframe", "video", "audio")
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

LINE: Final = 100  # characters of a line that is nothing but a credit


def canonical(root: Tag) -> None:
    """Turn every known markup of a captioned picture into figure > img + figcaption."""
    for holder in Index(root).select(*HOLDER):
        if holder.parent is not None and holder.name != "figure":
            _rewrite_holder(holder)
    _described(root)
    for shown in root.find_all("figure"):
        _settle_figure(shown)
    for image in root.find_all("img"):
        figure = image.find_parent("figure")
        if figure is None or not figure.get_text(strip=True):
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
    for emptied in place.find_all("figure"):
        if emptied.find(MEDIA) is None:
            emptied.name = "div"
    return figure


def caption_of(parts: list[Tag]) -> Tag:
    """Make one figcaption of the parts, each on a line of its own."""
    caption = new("figcaption")
    for part in parts:
        if caption.contents and not _ends_line(caption):
            caption.append(new("br"))
        part.extract()
        if CREDITED.search(attribute(part, "class")) or "credits" in attribute(part, "class"):
            part.name = "span"
            caption.append(part)
        else:
            for child in list(part.contents):
                caption.append(child.extract())
    return caption


def _ends_line(caption: Tag) -> bool:
    last = next((part for part in reversed(caption.contents) if str(part).strip()), None)
    return isinstance(last, Tag) and last.name in {"p", "div", "br"}


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
            _make(alone(picture, root), picture, [words])
        elif holder.find("figcaption") is None:
            words.name = "figcaption"
            holder.append(words.extract())


def _settle_figure(figure: Tag) -> None:
    """Give a figure its figcaption when its markup only hints at one."""
    if figure.find("figure") is not None or figure.find(SHOWN) is None:
        return
    if isinstance(caption := figure.find("figcaption"), Tag):
        _add_credits(figure, caption)
    elif parts := named(figure):
        figure.append(caption_of(parts))
    elif isinstance(image := figure.find("img"), Tag) and _says_what_it_shows(figure):
        caption = new("figcaption")
        for part in list(figure.contents):
            caption.append(part.extract())
        figure.append(image.extract())
        figure.append(caption)


def _add_credits(figure: Tag, caption: Tag) -> None:
    """Put the credits that stand beside a caption, or right after its figure, into it."""
    credited = [part for part in named(figure) if part.name != "figcaption"]
    following = _next(figure)
    if not credited and isinstance(following, Tag) and _is_named_credit(following):
        credited = [following]
    credited = [part for part in credited if not any(up is caption for up in part.parents)]
    if credited and caption.get_text(strip=True):
        if not _ends_line(caption):
            caption.append(new("br"))
        caption.extend(caption_of(credited).contents)


def _is_named_credit(element: Tag) -> bool:
    names = attribute(element, "class")
    return bool(CREDITED.search(names)) and _is_short(element) and element.find(MEDIA) is None


def _says_what_it_shows(figure: Tag) -> bool:
    """Tell whether a figure holds one picture and words that are no link it is part of."""
    if (
        not _is_short(figure)
        or len(figure.find_all(MEDIA, limit=2)) > 1
        or figure.find(HEADINGS) is not None
    ):
        return False
    return all(not link.get_text(strip=True) for link in figure.find_all("a") if link.find("img"))


def _find_caption(image: Tag, root: Tag) -> None:
    """Make a figure of a picture that stands alone, with the words that belong to it."""
    held = holder_of(image, root)
    if held is not None:
        _make(held[0], image, held[1])
        return
    place = alone(image, root)
    if place.name in {"li", "td", "th", "dd", "dt"} or place is root or _share(image, root):
        return
    words = list(_words_near(place, root))
    if words and not is_marked(place.parent or root, "section.gallery"):
        _make(place, image, words)


def _share(image: Tag, root: Tag) -> bool:
    """Make one figure of pictures that fill a paragraph, if the next line is their caption."""
    row = image.find_parent("p")
    if not isinstance(row, Tag) or row is root or row.get_text(strip=True):
        return False
    pictures = row.find_all("img")
    if len(pictures) < 2 or len(row.find_all(MEDIA)) > len(pictures):  # noqa: PLR2004
        return False
    words = list(_words_near(row, root))
    if words:
        _make(row, pictures[0], words)
        for before, picture in pairwise(pictures):
            before.insert_after(picture.extract())
        row.extract()
    return bool(words)


def alone(image: Tag, root: Tag) -> Tag:
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
    while isinstance(follower, Tag) and _is_caption(follower, first=not found):
        found = True
        yield follower
        following = _next(follower)
        if not (isinstance(following, Tag) and _is_credit(following)):
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


def _is_caption(element: Tag, *, first: bool) -> bool:
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
        return _is_credit(element)
    text = spoken(element)
    if is_caption_text(text) or (ends_in_credit(text) and element.find(HEADINGS) is None):
        return True
    return element.name in {"p", "div", "em", "i", "small", "span"} and _is_slanted(element)


def _is_credit(element: Tag) -> bool:
    """Tell whether a line after a caption says who made the picture, and nothing else."""
    if CREDITED.search(attribute(element, "class")):
        return True
    text = spoken(element)
    return (
        element.name in {"p", "div", "span", "small"}
        and len(text) < LINE
        and credit_start(text) == 0
    )


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
