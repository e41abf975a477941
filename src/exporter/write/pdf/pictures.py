"""Pictures on paper: out of links, and never without an alternative text."""

from exporter.dom import Element, text_of


def free(root: Element) -> None:
    """Take images out of links, which PDF/UA-1 §7.18.5 does not let stand there undescribed."""
    for link in [link for link in root.iter("a") if link.find(".//img") is not None]:
        link.tag = "span"
        link.attrib.pop("href", "")


def describe(root: Element) -> None:
    """Give every image the alternative text that PDF/UA-1 §7.3 wants: its caption, or a mark."""
    for image in root.iter("img"):
        if image.get("alt", "").strip():
            continue
        figure = next(image.iterancestors("figure"), None)
        caption = figure.find("figcaption") if figure is not None else None
        image.set("alt", (text_of(caption) if caption is not None else "") or "•")
