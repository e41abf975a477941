"""The styles of pages and of the boxes in their margins, shared by pages that are alike."""

from collections.abc import Callable
from typing import Any, Final

from weasyprint.layout.page import PageType

StyleFor = Any  # weasyprint is not typed
Element = Any  # of the document, or the type of a page
Compute = Callable[..., None]

KNOWN: Final = "_exporter_pages"  # where a document's styles keep what was made for pages


def share(own: Compute) -> Compute:
    """Give what makes the style of an element or page; `own` is the engine's way.

    The engine makes the page's and those of all boxes in its margins anew for each page.
    """

    def compute(styles: StyleFor, element: Element, parent: Element, **options: Any) -> None:  # noqa: ANN401
        if not isinstance(element, PageType):
            own(styles, element, parent, **options)
            return
        key = element, options.get("pseudo_type")
        cascaded = styles.get_cascaded_styles().get(key, {})
        computed = styles.get_computed_styles()
        inherited = computed[parent, None]
        known = styles.__dict__.setdefault(KNOWN, {}).setdefault(key[1], [])
        for style in known:
            if style.parent_style is inherited and style.cascaded == cascaded:
                computed[key] = style
                return
        own(styles, element, parent, **options)
        known.append(computed[key])

    return compute
