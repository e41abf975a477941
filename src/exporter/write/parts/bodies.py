"""An article's body as a writer can print it."""

from collections.abc import Callable

from exporter import dom
from exporter.model import Article, Asset, Metadata
from exporter.write import models
from exporter.write.parts.titles import ours
from exporter.write.words import Words, words
from exporter.write.xhtml import markup, swap, unwrap

Locate = Callable[[Asset], str]


def body(article: Article, locate: Locate, prefix: str = "") -> str:
    """Give the article's body for a writer: as `body_tree`, as markup."""
    return markup(*body_tree(article, locate, prefix))


def body_tree(article: Article, locate: Locate, prefix: str = "") -> dom.Element:
    """Give the body's blocks under one <div>, as a writer can print them.

    Each image's src is what `locate` says of its asset, an image that the capture lacks is a
    text, links to nowhere are none, ids and the links to them carry `prefix`.
    """
    root = dom.parse(article.body)
    models.repair(root)
    assets = {f"asset:{asset.key}": asset for asset in article.assets}
    say = words(article.metadata.language)
    for image in list(root.iter("img")):
        asset = assets.get(image.get("src", ""))
        if asset is None:
            swap(image, _absent(image, say, article.metadata))
        else:
            image.set("src", locate(asset))
            image.set("alt", image.get("alt", ""))
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    for link in list(root.iter("a")):
        href = link.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            if link.get("id"):  # something leads here
                del link.attrib["href"]
            else:
                unwrap(link)
        elif href.startswith("#"):
            link.set("href", f"#{prefix}{href[1:]}")
    if prefix:
        for element in root.iter():
            if identifier := element.get("id"):
                element.set("id", prefix + identifier)
    return root


def _absent(image: dom.Element, say: Words, about: Metadata) -> dom.Element:
    """Give the text in an image's place; one that nobody wants is no loss, its place is marked."""
    wanted = image.get("src") != dom.OMITTED
    what = say["image_absent" if wanted else "image"]
    alt = " ".join(image.get("alt", "").split())
    if not wanted and _is_said(alt, image):
        alt = ""
    text = say["named"].format(what=what, name=alt) if alt else what
    return ours("span", say, about, f"[{text}]", "image-absent")


def _is_said(alt: str, image: dom.Element) -> bool:
    """Tell whether the caption below says what an alternative text does."""
    figure = next(image.iterancestors("figure"), None)
    caption = figure.find("figcaption") if figure is not None else None
    return caption is not None and dom.squash(alt) in dom.squash(dom.text_of(caption))
