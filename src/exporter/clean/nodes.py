"""The elements of the working tree: BeautifulSoup's, with the few questions we ask made quick.

BeautifulSoup builds a matcher for every `find` and compares two elements by all they hold. The
cleaner asks thousands of times for elements by name, and means this element when it says equal.
What is asked here in another way is answered by BeautifulSoup itself.
"""

import itertools
import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any, Final, Self

from bs4 import BeautifulSoup, Tag
from bs4.builder import HTMLTreeBuilder
from bs4.element import AttributeValueList, HTMLAttributeDict, NavigableString, PageElement

SPOKEN: Final = Tag.MAIN_CONTENT_STRING_TYPES
EMPTY: Final = frozenset(HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS or ())
SEARCH: Final = frozenset({"limit", "recursive", "attrs"})
OTHERS: Final = frozenset({"name", "string", "text", "class_"})  # name no attribute
Test = Callable[[Tag], bool]
Sought = bool | str | re.Pattern[str]  # True: anything


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
        if not args and kwargs.keys() == {"string"} and _is_sought(kwargs["string"]):
            return [text for text in _texts(self, None) if _holds(text, kwargs["string"])]
        test = _test(args, kwargs)
        if test is None:
            return super().find_all(*args, **kwargs)
        tags = self._children() if kwargs.get("recursive") is False else elements(self)
        limit = kwargs.get("limit")
        return list(itertools.islice(filter(test, tags), limit or None))

    def find(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Give what `Tag.find` gives."""
        test = None if "limit" in kwargs else _test(args, kwargs)
        if test is None:
            return super().find(*args, **kwargs)
        tags = self._children() if kwargs.get("recursive") is False else elements(self)
        return next(filter(test, tags), None)

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
        if strip:
            return separator.join([text for node in _texts(self) if (text := node.strip())])
        return separator.join(_texts(self))

    def _children(self) -> Iterator[Tag]:
        return (child for child in self.contents if isinstance(child, Tag))


class Root(Node, BeautifulSoup):
    """A page as the cleaner works on it."""


def elements(tag: Tag) -> Iterator[Tag]:
    """Give the elements that stand in an element, in order; nothing may change meanwhile."""
    stop = _after(tag)
    node = tag.contents[0] if tag.contents else stop
    while node is not stop and node is not None:
        if isinstance(node, Tag):
            yield node
        node = node.next_element


def _texts(tag: Tag, kinds: Container[type] | None = SPOKEN) -> list[NavigableString]:
    """Give the texts in an element, those that BeautifulSoup takes for spoken or all."""
    found: list[NavigableString] = []
    stop = _after(tag)
    node = tag.contents[0] if tag.contents else stop
    while node is not stop and node is not None:
        if isinstance(node, NavigableString) and (kinds is None or type(node) in kinds):
            found.append(node)
        node = node.next_element
    return found


def _after(tag: Tag) -> PageElement | None:
    """Give what comes next when an element has ended."""
    if tag.next_sibling is not None:
        return tag.next_sibling
    last: PageElement = tag
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    return last.next_element


def _test(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Test | None:
    """Give what tells whether an element is meant; None when BeautifulSoup must be asked."""
    told = {name: value for name, value in kwargs.items() if name not in SEARCH}
    if len(args) > 1 or not told.keys().isdisjoint(OTHERS):
        return None
    told.update(kwargs.get("attrs", {}))
    if not all(map(_is_sought, told.values())):
        return None
    named = _named(args[0] if args else None)
    if named is None or not told:
        return named
    return lambda tag: named(tag) and all(_says(tag, *pair) for pair in told.items())


def _named(name: Any) -> Test | None:  # noqa: ANN401
    if name is None or name is True:
        return lambda _tag: True
    if isinstance(name, str):
        return None if ":" in name else lambda tag: tag.name == name
    if isinstance(name, tuple | frozenset | set | list | dict):
        names = frozenset(name)
        return lambda tag: tag.name in names
    return name if callable(name) else None


def _is_sought(value: object) -> bool:
    return value is True or isinstance(value, str | re.Pattern)


def _says(tag: Tag, name: str, value: Sought) -> bool:
    said = tag.attrs.get(name)
    if said is None or value is True:
        return said is not None
    if isinstance(said, list):
        return any(_holds(part, value) for part in (*said, " ".join(said)))
    return _holds(said, value)


def _holds(text: str, value: Sought) -> bool:
    if isinstance(value, re.Pattern):
        return value.search(text) is not None
    return value is True or text == value
