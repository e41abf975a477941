"""Captions in Markdown files of our own: pictures, then a paragraph in italics, are a figure."""

from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

SIZE: Final = 3  # tokens of a paragraph: its opening, what is in it, its end


def with_figures(tokens: Sequence[Token]) -> list[Token]:
    """Give tokens with figures made of the pictures that have a caption."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        below = at + SIZE
        if _is_pictures(tokens, at) and _is_caption(tokens, below):
            made += _figure(tokens[at:below], tokens[below : below + SIZE])
            at = below + SIZE
        else:
            made.append(tokens[at])
            at += 1
    return made


def _paragraph(tokens: Sequence[Token], at: int) -> list[Token]:
    """Give what is in the paragraph that begins here; nothing where none does."""
    if at + SIZE > len(tokens) or tokens[at].type != "paragraph_open":
        return []
    return tokens[at + 1].children or []


def _is_pictures(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a paragraph holds pictures alone, or what we write where one is absent."""
    inside = _paragraph(tokens, at)
    text = "".join(token.content for token in inside)
    if inside and all(token.type.startswith("text") for token in inside):
        return text.startswith("[") and text.endswith("]")
    return bool(inside) and all(token.type in {"image", "softbreak"} for token in inside)


def _is_caption(tokens: Sequence[Token], at: int) -> bool:
    inside = [token for token in _paragraph(tokens, at) if token.type != "text" or token.content]
    if len(inside) < SIZE or inside[0].type != "em_open":
        return False
    ends = [place for place, token in enumerate(inside)
            if token.type == "em_close" and token.level == inside[0].level]  # fmt: skip
    return ends == [len(inside) - 1]


def _figure(pictures: Sequence[Token], caption: Sequence[Token]) -> list[Token]:
    opening, inside, _ = pictures
    opening.tag = "figure"
    begin, said, end = caption
    begin.tag = end.tag = "figcaption"
    children = [token for token in said.children or [] if token.type != "text" or token.content]
    said.children = children[1:-1]
    close = Token("html_block", "", 0, content="</figure>\n", block=True)
    return [opening, inside, begin, said, end, close]
