"""Every picture of the article as figure > img + figcaption, its caption once, its credit marked.

`type_figures` rewrites the tree before the judges read it, so that they and `normalise` need to
know one markup only. A picture the capture lacks keeps its figure, caption and web address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean import (
    addresses,
    captions,
    doubles,
    embeds,
    footnotes,
    formulas,
    galleries,
    headings,
    hero,
    legends,
    listings,
    marks,
    pictures,
    tables,
)
from exporter.clean.addresses import attribute
from exporter.clean.captions import BLOCKS
from exporter.clean.credits import is_caption_text, mark_credits
from exporter.clean.tree import HEADINGS, path_of, spoken
from exporter.dom import OURS
from exporter.model import Asset, Missing, Note, Page, Removal
from exporter.settings import Settings

INLINE_FORMULA: Final = ("latex", "math", "tex", "equation")
SET_ALONE: Final = ("pre", "table", "blockquote")
CROWDED: Final = 400  # characters: a container of more holds other things than one picture


@dataclass(frozen=True, slots=True)
class Typed:
    """What typing the figures found."""

    assets: tuple[Asset, ...]
    lost: tuple[tuple[Tag, Missing], ...]  # images the capture lacks
    ledger: tuple[Removal, ...]
    notes: tuple[Note, ...]


def type_figures(root: Tag, page: Page, settings: Settings) -> Typed:
    """Rewrite all pictures, embeds and footnotes of the tree to the markup of `exporter.dom`."""
    marks.clear(root)
    if page.capture.tool == OURS:
        marks.recall(root)
    album = pictures.Album(page, settings, addresses.base_of(root, page))
    ledger: list[Removal] = []
    hero.fetch(root)
    _accelerated(root)
    ledger.extend(formulas.write(root))
    ledger.extend(listings.write(root))
    ledger.extend(headings.tidy(root))
    tables.of_roles(root)
    galleries.of_tables(root)
    _noscript_twins(root)
    _flatten_sources(root)
    _drop_invisible(root)
    _posters(root, album)
    ledger.extend(_buttons(root))
    galleries.of_lists(root)
    galleries.of_figures(root)
    captions.canonical(root)
    _caption_texts(root)
    for image in root.find_all("img"):
        _place(image, album, root)
    galleries.of_containers(root)
    ledger.extend(embeds.cards(root, album.base))
    _tidy(root)
    ledger.extend(doubles.same_twice(root))
    for caption in root.find_all("figcaption"):
        mark_credits(caption)
    ledger.extend(doubles.repeated(root))
    doubles.pull_quotes(root)
    footnotes.link(root)
    used = {attribute(image, "src").removeprefix("asset:") for image in root.find_all("img")}
    assets = tuple(asset for key, asset in album.assets.items() if key in used)
    notes = tuple(Note("simplified", told) for told in album.told())
    return Typed(assets, tuple(album.lost), tuple(ledger), notes)


def _accelerated(root: Tag) -> None:
    """Let the pictures of accelerated pages be pictures, unless one for all stands inside."""
    for image in root.find_all(("amp-img", "amp-anim")):
        if image.find("img") is None and not image.get_text(strip=True):
            image.name = "img"
        else:
            image.unwrap()


def _noscript_twins(root: Tag) -> None:
    """Let the real picture in a <noscript> take the place of the lazy one beside it."""
    for noscript in root.find_all("noscript"):
        real = noscript.find("img")
        if not isinstance(real, Tag):
            continue
        twin = _twin(noscript)
        if twin is not None:
            for name in ("src", "srcset", "alt", "width", "height"):
                value = attribute(real, name)
                if value and (name in {"src", "srcset"} or not attribute(twin, name)):
                    if name == "src" and attribute(twin, "src"):
                        twin["data-lazy-src"] = attribute(twin, "data-lazy-src") or attribute(
                            twin, "data-src"
                        )
                        # the lazy one's own src may be the local copy that a browser saved
                        twin["data-original-src"] = value
                    else:
                        twin[name] = value
            real.extract()
            if not noscript.get_text(strip=True):
                noscript.extract()
        elif not noscript.get_text(strip=True):
            noscript.unwrap()


def _twin(noscript: Tag) -> Tag | None:
    """Give the lazy picture that a <noscript> stands in for, in the same small container."""
    near: list[Tag] = []
    for sibling in (*list(noscript.previous_siblings)[:4], *list(noscript.next_siblings)[:4]):
        if isinstance(sibling, Tag) and sibling.name != "noscript":
            near += [sibling] if sibling.name == "img" else sibling.find_all("img")[:1]
    if (
        not near
        and isinstance(noscript.parent, Tag)
        and len(noscript.parent.get_text(strip=True)) < CROWDED
    ):
        near = [
            image
            for image in noscript.parent.find_all("img")
            if image.find_parent("noscript") is None
        ][:1]
    return near[0] if near else None


def _flatten_sources(root: Tag) -> None:
    """Let the <img> of a <picture> offer its sources itself, so that it can be moved alone."""
    for picture in root.find_all("picture"):
        image = picture.find("img")
        offers = [
            attribute(source, "srcset") or attribute(source, "data-srcset")
            for source in picture.find_all("source")
        ]
        if isinstance(image, Tag) and (told := ", ".join(offer for offer in offers if offer)):
            image["data-original-set"] = told
        picture.unwrap()


def _drop_invisible(root: Tag) -> None:
    """Take out pictures that no reader was meant to see, and say emoji as text."""
    for image in root.find_all("img"):
        if pictures.EMOJI.search(attribute(image, "class")):
            image.replace_with(NavigableString(attribute(image, "alt")))
        elif pictures.is_tracker(image):
            image.extract()


def _buttons(root: Tag) -> Iterator[Removal]:
    """Take the buttons out of figures: the article has no use for them."""
    for figure in root.find_all("figure"):
        for button in list(legends.controls(figure)):
            if button.parent is not None and (text := spoken(button)):
                yield Removal("control", "a picture's button", path_of(button), text)
                button.extract()


def _posters(root: Tag, album: pictures.Album) -> None:
    """Show the picture that stands for a video before it is played, when it was saved."""
    for video in root.find_all(("video", "amp-video"), poster=True):
        poster = attribute(video, "poster")
        if album.holds(poster) and video.find_parent("noscript") is None:
            alt = attribute(video, "title") or attribute(video, "aria-label")
            video.insert_before(Tag(name="img", attrs={"src": poster, "alt": alt}))


def _caption_texts(root: Tag) -> None:
    """Make captions of paragraphs that can be nothing else: scraped texts have no pictures."""
    for paragraph in root.find_all("p"):
        if paragraph.find_parent(("figure", "blockquote", "li", "td")) is not None:
            continue
        if paragraph.find(captions.MEDIA) is not None or not is_caption_text(spoken(paragraph)):
            continue
        figure = marks.new("figure")
        paragraph.wrap(figure)
        paragraph.name = "figcaption"
        paragraph.attrs.clear()


def _place(image: Tag, album: pictures.Album, root: Tag) -> None:
    """Resolve one picture and give it a figure, unless it is an icon or part of a sentence."""
    figure = image.find_parent("figure")
    captioned = isinstance(figure, Tag) and figure.find("figcaption") is not None
    told = pictures.told_size(image)
    if (
        not captioned
        and told is not None
        and pictures.is_decor(image, None, told)
        and told <= pictures.SMALL
    ):
        _drop_or_keep_inline(image, album)
        return
    asset = album.place(image)
    if asset is None and not attribute(image, "src"):
        image.extract()
        return
    size = max(asset.width, asset.height) if asset is not None else None
    if not captioned and pictures.is_decor(image, size, told):
        if not _speaks(image):
            image.extract()
        return
    if figure is None and not _speaks(image):
        _wrap(image, root)


def _drop_or_keep_inline(image: Tag, album: pictures.Album) -> None:
    if _speaks(image):
        album.place(image)
    else:
        image.extract()


def _speaks(image: Tag) -> bool:
    """Tell whether a picture is part of a sentence: a formula."""
    names = f"{attribute(image, 'class')} {attribute(image, 'src')}".lower()
    return bool(attribute(image, "alt")) and any(word in names for word in INLINE_FORMULA)


def _wrap(image: Tag, root: Tag) -> None:
    """Put a picture that stands by itself into a figure, before the sentence it stood in."""
    place = image
    while (
        isinstance(place.parent, Tag)
        and place.parent is not root
        and place.parent.name not in BLOCKS
    ):
        place = place.parent
    block = place.parent
    figure = marks.new("figure")
    sentence = (
        isinstance(block, Tag)
        and block.name in {"p", "h1", "h2", "h3", "h4", "h5", "h6"}
        and block is not root
    )
    if isinstance(block, Tag) and (
        block.name in HEADINGS or (sentence and _text_before(image, block))
    ):
        block.insert_before(figure)
    else:
        place.insert_before(figure)
    figure.append(image.extract())


def _text_before(image: Tag, block: Tag) -> bool:
    for node in block.descendants:
        if node is image:
            return False
        if isinstance(node, NavigableString) and node.strip():
            return True
    return False


def _tidy(root: Tag) -> None:
    """Take a figure out of links and sentences, and drop figures that hold nothing."""
    for figure in root.find_all("figure"):
        if (
            not figure.get_text(strip=True)
            and figure.find(captions.MEDIA) is None
            and not figure.find("aside")
        ):
            figure.extract()
            continue
        for caption in figure.find_all("figcaption"):
            if not caption.get_text(strip=True):
                caption.extract()
        if figure.find(("figcaption", "img")) is None and figure.find(SET_ALONE) is not None:
            figure.name = "div"  # a listing or quotation needs no frame
