"""Fetches the picture that many pages set between the headline and the article's container."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from bs4 import Tag

from exporter.clean import containers, pictures
from exporter.clean.addresses import attribute
from exporter.clean.captions import caption_of
from exporter.clean.legends import is_covered, is_named, named
from exporter.clean.marks import new
from exporter.clean.tree import HEADINGS, hints

# yes: "post-thumbnail", "hero__image", "article-featured"; no: "thumbnails-list", "heroes"
LEADING: Final = re.compile(
    r"(?:^|[\s_-]|\b)(?:hero|featured?|lead|leading|main|cover|header|top|opening|primary|post|entry|article|story|une)"
    r"[\s_-]{0,2}(?:image|img|media|photo|picture|pic|thumb|thumbnail|art|figure|visual|illustration)s?\b"
    r"|(?:^|[\s_-])(?:hero|featured|featured-?(?:container|content)|wp-post-image|logo_?spip_?article|spip_logo)"
    r"(?:$|[\s_-])",
)
SIZE: Final = re.compile(
    r"[-_@]\d{2,4}x\d{2,4}(?=\.\w+\Z)"
)  # yes: "a-640x480.jpg"; no: "a-640.jpg"
PICTURES: Final = ("picture", "noscript", "img", "amp-img")
SPACES: Final = ("article", "main")
SMALL: Final = 150  # px: an author's face, a button
CROWD: Final = 3  # pictures before the article: a carousel or a list of other articles
LONGEST: Final = 90  # words beside a picture: more is no caption
FACES: Final = re.compile(r"avatar|author|profile|gravatar|logo|icon|sponsor|byline|headshot")


def fetch(root: Tag) -> None:
    """Move the picture that opens the article, with its caption, into `root`, first."""
    body = root.find_parent("body")
    if body is None or root is body:
        return
    space, headline = _space(root, body)
    inside = {name for image in root.find_all("img") for name in _names(image)}
    told = _announced(root)
    found = list(_before(space, root, headline, told))
    for image in found:
        announced = bool(told & _names(image))
        if len(found) > CROWD and not announced:
            continue
        if not announced and not _leads(image, space):
            continue
        if not _names(image) & inside:
            root.insert(0, _figure(_whole(image, space, root), root))
        return


def _space(root: Tag, body: Tag) -> tuple[Tag, Tag | None]:
    """Give what the article and its headline stand in, and the headline."""
    for above in root.parents:
        headline = above.find("h1")
        if above is body or headline is not None or above.name in SPACES:
            return above, headline if isinstance(headline, Tag) else None
    return body, None


def _before(space: Tag, root: Tag, headline: Tag | None, told: set[str]) -> Iterator[Tag]:
    """Give the pictures before the article that may belong to it, in order."""
    seen = space.name in SPACES and space.find(SPACES) is None
    for element in space.descendants:
        if element is root:
            return
        if element is headline:
            seen = True
        if not isinstance(element, Tag) or element.name != "img" or pictures.is_tracker(element):
            continue
        told_size = pictures.told_size(element)
        if not told & _names(element) and (
            not seen or (told_size is not None and told_size <= SMALL)
        ):
            continue
        if not any(_foreign(tag) for tag in _chain(element, space)):
            yield element


def _foreign(tag: Tag) -> bool:
    kind = containers.kind(tag)
    if tag.name == "header" or kind == "tags":
        return tag.name == "p"
    return kind is not None or bool(FACES.search(hints(tag)))


def _chain(image: Tag, space: Tag) -> Iterator[Tag]:
    tag: Tag | None = image
    while tag is not None and tag is not space:
        yield tag
        tag = tag.parent


def _leads(image: Tag, space: Tag) -> bool:
    """Tell whether the markup says that a picture opens the article."""
    figure = image.find_parent("figure")
    if isinstance(figure, Tag) and space in figure.parents:
        return _leads_nowhere(image)
    named = any(LEADING.search(hints(tag)) for tag in list(_chain(image, space))[:4])
    return named and _leads_nowhere(image)


def _leads_nowhere(image: Tag) -> bool:
    """Tell whether a picture is no link to another page, as in a list of articles."""
    link = image.find_parent("a")
    return not isinstance(link, Tag) or bool(
        re.search(r"\A#|\.(?:jpe?g|png|gif|webp|avif)(?:\?|\Z)|\A\Z", attribute(link, "href"))
    )


def _holds(element: Tag, root: Tag) -> bool:
    return element is root or any(above is element for above in root.parents)


def _whole(image: Tag, space: Tag, root: Tag) -> Tag:
    """Give the largest element beside `root` that holds the picture and its caption alone."""
    best = image
    for above in _chain(image, space):
        if above is image:
            continue
        if _holds(above, root):
            break
        if len(above.find_all("img", limit=3)) > 2 or above.find(HEADINGS | {"time"}) is not None:  # noqa: PLR2004
            break
        words = len(above.get_text(" ").split())
        if words > LONGEST or above.name in SPACES or above.name == "header":
            break
        if not words or above.name == "figure" or is_covered(above):
            best = above
    return best


def _below(holder: Tag, root: Tag) -> list[Tag]:
    """Give the caption that follows the picture's own element."""
    below = holder.find_next_sibling()
    if not isinstance(below, Tag) or _holds(below, root):
        return []
    if below.find(HEADINGS | {"img", "time"}) is not None:
        return []
    if len(below.get_text(" ").split()) > LONGEST or below.name in HEADINGS:
        return []
    return [below] if is_named(below) else named(below)


def _figure(holder: Tag, root: Tag) -> Tag:
    """Give a figure of the picture and its caption; buttons and other words stay behind."""
    words = named(holder) or _below(holder, root)
    if not words and holder.get_text(strip=True):
        return holder.extract()
    figure = new("figure")
    shown = [holder] if holder.name == "img" else holder.find_all(PICTURES)
    for part in [part for part in shown if not any(up in shown for up in part.parents)]:
        figure.append(part.extract())
    if words:
        figure.append(caption_of(words))
    return figure


def _announced(root: Tag) -> set[str]:
    """Give the file names of the pictures that the page shows when it is shared."""
    top = root
    while isinstance(top.parent, Tag):
        top = top.parent
    urls = [
        attribute(meta, "content")
        for meta in top.find_all("meta")
        if attribute(meta, "property") in {"og:image", "og:image:url"}
        or attribute(meta, "name") in {"twitter:image", "og:image", "twitter:image:src"}
    ]
    return {_file(url) for url in urls} - {""}


def _names(image: Tag) -> set[str]:
    return {_file(url) for url in pictures.candidates(image)} - {""}


def _file(url: str) -> str:
    """Give the file name in an address without what tells one size from another."""
    if url[:5].lower() == "data:":
        return ""
    url = unquote(url)
    try:
        path = urlsplit(url[max(url.rfind("http"), 0) :]).path
    except ValueError:
        return ""
    return SIZE.sub("", path.rstrip("/").rpartition("/")[2]).casefold()
