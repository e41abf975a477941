"""The elements of the working tree: BeautifulSoup's, with the few questions we ask made quick.

BeautifulSoup builds a matcher for every `find` and compares two elements by all they hold. The
cleaner asks thousands of times for elements by name, and means this element when it says equal.
What is asked here in another way is answered by BeautifulSoup itself.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Self

from bs4 import BeautifulSoup, CData, Tag
from bs4.builder import HTMLTreeBuilder
from bs4.element import AttributeValueList, HTMLAttributeDict, NavigableString, PageElement

SPOKEN: Final = Tag.MAIN_CONTENT_STRING_TYPES
EMPTY: Final = frozenset(HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS or ())
OTHERS: Final = frozenset({"name", "attrs", "string", "text", "class_"})  # name no attribute
Test = Callable[[Tag], bool]


class Node(Tag):
    """An element that is equal to itself alone, and quick to search."""

    # what BeautifulSoup says anew for each element of an HTML page
    parser_class = BeautifulSoup
    namespace = None
    prefix = None
    sourceline = None
    sourcepos = None
    known_xml: bool | None = False
    hidden = False
    can_be_empty_element = False
    attribute_value_list_class = AttributeValueList
    cdata_list_attributes = HTMLTreeBuilder.DEFAULT_CDATA_LIST_ATTRIBUTES
    preserve_whitespace_tags = HTMLTreeBuilder.DEFAULT_PRESERVE_WHITESPACE_TAGS
    interesting_string_types = SPOKEN
    _namespaces: dict[str, str] = {}  # noqa: RUF012  (bs4 only reads it)

    @classmethod
    def grown(cls, name: str, attributes: Mapping[str, str | list[str]]) -> Self:
        """Give an element without a place: a tenth of what `Tag` costs."""
        node = cls.__new__(cls)
        node.name = name
        node.attrs = HTMLAttributeDict(attributes)
        node.contents = []
        if name in EMPTY:
            node.can_be_empty_element = True
        return node

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)

    def find_all(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  (bs4 has six overloads)
        """Give what `Tag.find_all` gives, as a list."""
        test = _test(args, kwargs)
        if test is None:
            return super().find_all(*args, **kwargs)
        nodes = self._children() if kwargs.get("recursive") is False else below(self)
        limit = kwargs.get("limit")
        if limit:
            return _first(nodes, test, limit)
        return [node for node in nodes if isinstance(node, Tag) and test(node)]

    def find(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Give what `Tag.find` gives."""
        test = None if "limit" in kwargs else _test(args, kwargs)
        if test is None:
            return super().find(*args, **kwargs)
        nodes = self._children() if kwargs.get("recursive") is False else below(self)
        for node in nodes:
            if isinstance(node, Tag) and test(node):
                return node
        return None

    def find_parent(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Give what `Tag.find_parent` gives."""
        test = None if "limit" in kwargs or "recursive" in kwargs else _test(args, kwargs)
        if test is None:
            return super().find_parent(*args, **kwargs)
        parent = self.parent
        while parent is not None:
            if test(parent):
                return parent
            parent = parent.parent
        return None

    def get_text(self, separator: str = "", strip: bool = False, **kwargs: Any) -> str:  # type: ignore[override]  # noqa: ANN401, FBT001, FBT002  (bs4's signature)
        """Give what `Tag.get_text` gives."""
        if kwargs or self.interesting_string_types != SPOKEN:
            return super().get_text(separator, strip, **kwargs)
        spoken = [
            node for node in below(self) if type(node) is NavigableString or type(node) is CData
        ]
        if strip:
            return separator.join([text for node in spoken if (text := node.strip())])
        return separator.join(spoken)

    def _children(self) -> Iterator[PageElement]:
        return iter(self.contents)


class Root(Node, BeautifulSoup):
    """A page as the cleaner works on it."""


def below(tag: Tag) -> Iterator[PageElement]:
    """Give what stands in an element, in order; nothing may change meanwhile."""
    if not tag.contents:
        return
    stop = tag.next_sibling
    if stop is None:
        last: PageElement = tag
        while isinstance(last, Tag) and last.contents:
            last = last.contents[-1]
        stop = last.next_element
    node: PageElement | None = tag.contents[0]
    while node is not stop and node is not None:
        yield node
        node = node.next_element


def _first(nodes: Iterator[PageElement], test: Test, limit: int) -> list[Tag]:
    found: list[Tag] = []
    for node in nodes:
        if isinstance(node, Tag) and test(node):
            found.append(node)
            if len(found) == limit:
                break
    return found


def _test(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Test | None:
    """Give what tells whether an element is meant; None when BeautifulSoup must be asked."""
    held = [name for name in kwargs if name not in {"limit", "recursive"}]
    if len(args) > 1 or any(kwargs[name] is not True or name in OTHERS for name in held):
        return None
    return _named(args[0] if args else None, held)


def _named(name: Any, held: list[str]) -> Test | None:  # noqa: ANN401
    if callable(name):
        return None if held else name
    if name is None or name is True:
        return lambda tag: all(attribute in tag.attrs for attribute in held)
    if isinstance(name, str) and ":" not in name:
        names = frozenset({name})
    elif isinstance(name, tuple | frozenset | set | list):
        names = frozenset(name)
    else:
        return None
    if not held:
        return lambda tag: tag.name in names
    return lambda tag: tag.name in names and all(attribute in tag.attrs for attribute in held)
