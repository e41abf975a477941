"""Program listings: one <pre> each, without line numbers and buttons, with its language; verse.

Highlighters draw a listing as a table of numbers and lines, or as one element a line. What they
drew the text from is not in the page any more, so the lines are put together again.
"""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from exporter.clean.addresses import attribute
from exporter.clean.index import Index
from exporter.clean.marks import mark, new
from exporter.clean.tree import path_of
from exporter.model import Removal

NUMBERS: Final = (
    ".gutter", ".linenos", ".lineno", ".linenumber", ".linenumbers", ".line-number", ".lineNumber",
    ".crayon-nums", ".blob-num", ".line-numbers-rows", ".hljs-ln-numbers", ".hljs-ln-n", ".lnt",
    ".ln", ".rouge-gutter", ".wp-block-code__line-number", ".code-line-number", ".react-code-lines",
)  # fmt: skip
# yes: "1 2 3", "12:", "\n1\n"; no: "1 apple", ""
DIGITS: Final = re.compile(r"[\s\d:.|]*\d[\s\d:.|]*\Z")
# containers a highlighter makes around a listing -> what holds one line in them
LINES: Final = (
    (".crayon-pre", (".crayon-line",)), (".syntaxhighlighter .code .container", (".line",)),
    ("table.hljs-ln", (".hljs-ln-code",)),
    (".enlighter-code", (".enlighter-line",)), (".cm-content", (".cm-line",)),
    (".react-code-text-container", (".react-code-text",)),
)  # fmt: skip
BUTTONS: Final = (
    "button", ".copy", ".copy-btn", ".copy-button", ".btn-copy", ".clipboard", ".toolbar-item",
    ".copy-code-button", ".hljs-copy-button", ".zeroclipboard-container",
)  # fmt: skip
VERSE: Final = (".wp-block-verse", "pre.verse", "pre.poem", "pre.poetry", "pre.poesie")
# names of languages in classes; yes: "language-c++", "lang-py", "brush: js", "highlight-source-sh"
NAMED: Final = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight-text|source|brush|code|syntax)"
    r"[-:]\s?([a-z][\w+#-]{0,19})(?=$|[\s;])"
)  # no: "language", "source-list-item-of-a-very-long-name"
HIGHLIGHTED: Final = re.compile(
    r"(?:^|\s)(?:hljs|sourcecode|highlight|prettyprint|shiki|syntaxhighlighter)(?:\s|$)"
)  # yes: "hljs python"; no: "highlights"
DATA: Final = ("data-lang", "data-language", "data-enlighter-language", "data-code-language")
ALIASES: Final = {
    "js": "javascript", "jscript": "javascript", "py": "python", "python3": "python",
    "rb": "ruby", "ts": "typescript", "c++": "cpp", "c#": "csharp", "cs": "csharp",
    "sh": "shell", "yml": "yaml", "md": "markdown", "html-basic": "html", "golang": "go",
    "objc": "objective-c", "tex": "latex", "ps1": "powershell", "rs": "rust", "kt": "kotlin",
}  # fmt: skip
KNOWN: Final = frozenset({
    "bash", "c", "cpp", "clojure", "csharp", "css", "dart", "diff", "dockerfile", "elixir",
    "erlang", "go", "haskell", "html", "ini", "java", "javascript", "json", "julia", "kotlin",
    "latex", "lisp", "lua", "makefile", "markdown", "matlab", "objective-c", "perl", "php",
    "powershell", "python", "r", "ruby", "rust", "scala", "scss", "shell", "sql", "swift", "toml",
    "typescript", "vim", "xml", "yaml", "zig",
})  # fmt: skip
NONE: Final = frozenset(
    {"plain", "plaintext", "text", "txt", "none", "auto", "nohighlight", "block"}
)


def write(root: Tag) -> Iterator[Removal]:
    """Give each listing one <pre>; give the line numbers and buttons that go."""
    if root.find(("pre", "code", "table")) is None:
        return
    yield from _numbers(root)
    _verses(root)
    index = Index(root)
    for holder, lines in LINES:
        for found in index.select(holder):
            if found.parent is not None and found.find_parent("pre") is None:
                _one(found, lines)
    _rows(root)
    for listing in root.find_all("pre"):
        yield from _buttons(listing)
        if (name := language_of(listing)) is not None:
            mark(listing, f"pre.language-{name}")


def _numbers(root: Tag) -> Iterator[Removal]:
    for part in Index(root).select(*NUMBERS):
        if part.parent is None or not _of_listing(part):
            continue
        text = part.get_text(" ")
        if DIGITS.match(text):
            yield Removal("line-numbers", "of a listing", path_of(part), " ".join(text.split()))
            part.extract()
        elif not text.strip() and part.find("img") is None:
            part.extract()


def _of_listing(part: Tag) -> bool:
    """Tell whether numbers stand in a listing or beside one."""
    beside = part.parent is not None and part.parent.find(("pre", "code")) is not None
    return beside or part.find_parent(("pre", "code", "table")) is not None


def _buttons(listing: Tag) -> Iterator[Removal]:
    for button in Index(listing).select(*BUTTONS):
        if button.parent is not None:
            if text := " ".join(button.get_text(" ").split()):
                yield Removal("control", "a listing's button", path_of(button), text)
            button.extract()


def _one(holder: Tag, lines: tuple[str, ...]) -> None:
    """Put the lines of a highlighter's container into one listing in its place."""
    told = "\n".join(_line(part) for part in Index(holder).select(*lines))
    if "".join(told.split()) != "".join(holder.get_text().split()):
        return  # something stands between the lines: leave all of it where it is
    listing = new("pre")
    listing["class"] = attribute(holder, "class")
    listing.append(NavigableString(told))
    holder.replace_with(listing)


def _line(part: Tag) -> str:
    return part.get_text().replace("\xa0", " ").rstrip().strip("\n")


def _rows(root: Tag) -> None:
    """Make listings of tables with one line of code a row."""
    for table in root.find_all("table"):
        cells = table.find_all("td")
        code = [cell for cell in cells if CODE_CELL.search(attribute(cell, "class"))]
        if len(code) < 2 or any(cell not in code and cell.get_text(strip=True) for cell in cells):  # noqa: PLR2004
            continue
        if table.find(("th", "caption")) is None:
            listing = new("pre")
            listing["class"] = attribute(table, "class")
            listing.append(NavigableString("\n".join(_line(cell) for cell in code)))
            table.replace_with(listing)


# yes: "blob-code", "hljs-ln-code", "code-line"; no: "zip-codes"
CODE_CELL: Final = re.compile(r"(?:^|\s)(?:blob-code|hljs-ln-code|code-line|line-code)(?:[-\s]|$)")


def _verses(root: Tag) -> None:
    """Let verse be paragraphs: a line of a poem is no line of a program."""
    for verse in Index(root).select(*VERSE):
        if verse.name != "pre":
            continue
        verse.name = "p"
        for text in [node for node in verse.descendants if type(node) is NavigableString]:
            lines = text.split("\n")
            for number, line in enumerate(lines):
                if number:
                    text.insert_before(new("br"))
                indent = len(line) - len(line.lstrip(" "))
                kept = "\xa0" * indent + line[indent:] if number else line
                text.insert_before(NavigableString(kept))
            text.extract()


def language_of(listing: Tag) -> str | None:
    """Give the language a listing is written in, when the markup names it."""
    code = listing.find("code")
    near: list[Tag] = [code] if isinstance(code, Tag) else []
    own = len(near) + 1
    near += [listing, *list(listing.parents)[:6]]
    for place, tag in enumerate(near):
        for told in _told(tag):
            name = ALIASES.get(told, told)
            if name in NONE:
                return None
            if place >= own and name not in KNOWN:
                continue  # "lang-en" of a container is no language of programs
            if re.fullmatch(r"[a-z][a-z0-9+#-]{0,19}", name):
                return name
    return None


def _told(tag: Tag) -> Iterator[str]:
    """Give what one element says the language is, most trusted first."""
    for name in DATA:
        if said := attribute(tag, name).strip().lower():
            yield said
    names = attribute(tag, "class").lower()
    if found := NAMED.search(names):
        yield found[1]
    if HIGHLIGHTED.search(names) or tag.name == "code":
        yield from (word for word in names.split() if ALIASES.get(word, word) in KNOWN)
    said = attribute(tag, "lang").lower() if tag.name in {"pre", "code"} else ""
    if ALIASES.get(said, said) in KNOWN:
        yield said
