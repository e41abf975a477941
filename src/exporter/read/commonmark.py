"""Markdown -> HTML, some blocks at a time: the tokens of a long text would take forty times it.

What a text defines once and uses anywhere (the addresses of links, footnotes) is read first.
"""

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from exporter.read.captioned import with_figures

MAX_NESTING: Final = 100  # of quotations and lists, twice; each level costs a few deeper calls
INDENT: Final = 48  # columns: lists in each other have two each, at least
MARK: Final = r"(?:[-*+>]|[0-9]{1,9}[.)])(?=[ \t\n])"
# before the mark of a list; yes: 20 blanks and "- a"; no: 20 blanks and "a"
INDENTED: Final = re.compile(rf"^[ \t]{{13,}}(?={MARK})", re.MULTILINE)
# marks on one line, of which the first 20 stay; yes: "- " 30 times; no: "- - -"
MARKED: Final = re.compile(rf"^((?:[ \t]*(?:>|{MARK})){{20}})(?:[ \t]*(?:>|{MARK}))+", re.MULTILINE)
PASSAGE: Final = 2**12  # characters that are converted together
EMPTY: Final = "\n\n"
PICTURES: Final = ("![", "\\[")  # how a paragraph of pictures begins, or what stands for one
DEFINING: Final = "]:"  # stands in each definition

Told = MutableMapping[str, Any]  # what a text has defined: an "env" of markdown-it


def html_of(
    pieces: Callable[[], Iterable[str]], size: int = PASSAGE, *, captioned: bool = False
) -> Iterator[str]:
    """Give the HTML of a text part by part; the text's pieces are asked for up to three times.

    So many characters are converted together, or one block, if that has more. With `captioned`
    a paragraph in italics below a picture is its caption, as in files of our own.
    """
    converter = _converter()
    told: Told = {}
    if any(DEFINING in passage for passage in passages(pieces(), size)):
        for text, _ in _blocks(converter, passages(pieces(), size)):
            _tokens(converter, text, told)
    notes: list[Token] = []
    converter.core.ruler.enableOnly(["inline", "text_join"])
    for _, tokens in _blocks(converter, passages(pieces(), size)):
        shown = _without_notes(_processed(converter, tokens, told), notes)
        shown = with_figures(shown) if captioned else shown
        yield str(converter.renderer.render(shown, converter.options, told))
    converter.core.ruler.enableOnly(["footnote_tail", "text_join"])
    shown = _processed(converter, notes, told)
    yield str(converter.renderer.render(shown, converter.options, told))


def _converter() -> MarkdownIt:
    converter = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    converter.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    converter.add_render_rule("footnote_block_open", _notes_open)
    converter.add_render_rule("footnote_caption", _note_number)
    return converter


def _notes_open(*_: object) -> str:
    """Begin the notes without the plugin's rule above them."""
    return '<section class="footnotes">\n<ol class="footnotes-list">\n'


def _note_number(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    """Give the number of a note without the plugin's brackets."""
    meta = tokens[at].meta
    again = f":{meta['subId']}" if meta.get("subId", 0) > 0 else ""
    return f"{meta['id'] + 1}{again}"


def passages(pieces: Iterable[str], size: int = PASSAGE) -> Iterator[str]:
    """Give a text in parts that end with an empty line, as most blocks do."""
    rest = ""
    for piece in pieces:
        rest += piece
        start = 0
        while (end := rest.find(EMPTY, start + size)) >= 0:
            yield _shallow(rest[start : end + len(EMPTY)])
            start = end + len(EMPTY)
        rest = rest[start:]
    yield _shallow(rest)


def _shallow(text: str) -> str:
    """Give a text whose lists and quotations nest less deep than the converter goes.

    It drops in silence what is deeper, and all that follows.
    """
    return MARKED.sub(r"\1", INDENTED.sub(_indented, text))


def _indented(blanks: re.Match[str]) -> str:
    return " " * INDENT if len(blanks[0].expandtabs(4)) > INDENT else blanks[0]


def _blocks(converter: MarkdownIt, passages: Iterable[str]) -> Iterator[tuple[str, list[Token]]]:
    """Give a text some whole blocks at a time, with their tokens: words are not parsed yet.

    The last block of what was read may go on in what follows.
    """
    held, enough = "", 0
    for passage in passages:
        held += passage
        if len(held) < enough:
            continue
        tokens = _tokens(converter, held, {})
        last = next((at for at in range(len(tokens) - 1, 0, -1) if _is_border(tokens, at)), 0)
        if last:
            start = _start(held, tokens[last])
            yield held[:start], tokens[:last]
            held = held[start:]
        enough = 0 if last else 2 * len(held)  # a list of many pages is not parsed at each of them
    yield held, _tokens(converter, held, {})


def _tokens(converter: MarkdownIt, text: str, told: Told) -> list[Token]:
    """Give the tokens of a text's blocks; `told` takes what they define."""
    tokens: list[Token] = []
    converter.block.parse(text, converter, told, tokens)
    return tokens


def _is_border(tokens: list[Token], at: int) -> bool:
    """Tell whether what stands before a token is finished, whatever comes after that.

    The line after a list of definitions may be the next word that it defines, that after a
    picture its caption.
    """
    token, before = tokens[at], tokens[at - 1]
    opens = token.level == 0 and token.nesting >= 0 and token.map is not None
    pictured = before.type == "paragraph_close" and tokens[at - 2].content.startswith(PICTURES)
    return opens and before.type != "dl_close" and not pictured


def _start(text: str, token: Token) -> int:
    """Give the place in a text where the line of a block begins."""
    place = 0
    for _ in range((token.map or [0])[0]):
        place = text.index("\n", place) + 1
    return place


def _without_notes(tokens: list[Token], notes: list[Token]) -> list[Token]:
    """Give tokens without those of the notes' texts, which are put to the others."""
    shown: list[Token] = []
    inside = False
    for token in tokens:
        if token.type in {"footnote_reference_open", "footnote_reference_close"}:
            inside = token.nesting > 0
            notes.append(token)
        else:
            (notes if inside else shown).append(token)
    return shown


def _processed(converter: MarkdownIt, tokens: list[Token], told: Told) -> list[Token]:
    """Give what the enabled rules make of tokens."""
    state = StateCore("", converter, told, tokens)
    converter.core.process(state)
    return state.tokens
