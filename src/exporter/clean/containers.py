"""What the markup's own names say: which containers hold an article and which never do."""

import re
from functools import lru_cache
from typing import Final

from bs4 import Tag

from exporter import rules
from exporter.clean.addresses import attribute
from exporter.clean.tree import HEADINGS, hints

# containers of publishing systems that hold the article's text and little else
BODY: Final = re.compile(
    r"(?:^|[\s_-])(?:entry-content|post-content|post-body|article-?_?_?body|article-?_?_?content|"
    r"article-?_?_?text|story-?_?_?body|story-content|body-copy|articletext|gh-content|"
    r"available-content|post-entry|entry-body|content-body|texte-article|crayon|article-copy|"
    r"article_body_content|storytext|wysiwyg|rich-?text|field-name-body|field--name-body|"
    r"single-content|post_content|td-post-content|entry__content|post__content|postcontent)"
    r"(?:$|[\s_-])"
)  # yes: "td-post-content", "article__body"; no: "content", "entry-content2"
FOREIGN_TAGS: Final = frozenset({"nav", "footer", "aside", "form", "button", "select", "dialog"})
# a class on these says how a text looks or who may read it, not that it is furniture
NEVER: Final = frozenset({"body", "html", "article", "main", "p", "blockquote", "figure", "pre"})
FOREIGN_ROLES: Final = frozenset({
    "navigation", "contentinfo", "complementary", "banner", "search", "dialog", "menu",
    "menubar", "toolbar", "tablist",
})  # fmt: skip
# names that say what an element has, lacks or looks like, not what it is
STATE: Final = re.compile(
    r"(?<!\S)(?:has|with|without|no|not|is|js|can|hide|show|layout|page|template|grid|col)"
    r"[-_]\S*|--\S+"
)  # yes: "has-sidebar", "post--promo"; no: "sidebar"
# kinds that are no article however long they are
CERTAIN: Final = frozenset(
    {"comments", "consent", "footer", "nav", "dialog", "role", "select", "button"}
)


def is_body(element: Tag) -> bool:
    """Tell whether the markup calls this the article's text."""
    attrs = element.attrs
    if element.name in {"body", "html"}:
        return False
    if "itemprop" in attrs and attribute(element, "itemprop") in {"articleBody", "reviewBody"}:
        return True
    return _means_body(hints(element))


# a page has few names, each asked about many times
@lru_cache(maxsize=2048)
def _means_body(called: str) -> bool:
    return BODY.search(called) is not None


@lru_cache(maxsize=2048)
def _without_state(called: str) -> str:
    return STATE.sub(" ", called)


@lru_cache(maxsize=2048)
def _furniture(called: str) -> str | None:
    return next((name for name, words in rules.furniture().items() if words.search(called)), None)


def kind(element: Tag) -> str | None:
    """Give which kind of furniture the markup calls this, or None."""
    if element.name in FOREIGN_TAGS:
        return element.name
    if element.name in NEVER:
        return None
    called = _without_state(_called(element))
    if not called or called.isspace():
        return None
    if attribute(element, "role").lower() in FOREIGN_ROLES:
        return "role"
    if is_body(element):
        return None
    return _furniture(called)


def _called(element: Tag) -> str:
    """Give the markup's names of an element; a heading's id only repeats its words."""
    if element.name in HEADINGS:
        return attribute(element, "class").lower()
    return hints(element)


def label(element: Tag) -> str:
    """Give the markup's name of an element as evidence for the ledger."""
    called = " ".join(hints(element).split())
    return f"<{element.name}> {called}"[:80].strip()
