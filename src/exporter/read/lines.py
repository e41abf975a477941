"""The lines of a plain text -> its blocks: paragraphs, headings, lists, rules."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

# yes: "• pears", "- pears", "* pears"   no: "-5 °C", "*pears*", "— Non, dit-il."
BULLET: Final = re.compile(r"\s{0,8}([•◦▪‣●○■·*+-])\s+(?=\S)")
# yes: "1. Pears", "12) Pears"   no: "1.5 million", "2022. Then", "1 pear"
NUMBER: Final = re.compile(r"\s{0,8}(\d{1,2})([.)])\s+(?=\S)")
# yes: "## The war"   no: "#hashtag", "####### seven"
MARKED: Final = re.compile(r"(#{1,6})\s+(\S.*?)(?:\s+#+)?\Z")
UNDERLINE: Final = re.compile(r"(?:={3,}|-{3,})\s*\Z")  # yes: "====", "----"; no: "=="
# yes: "* * *", "-----", "⁂"   no: "--", "***bold***"
RULE: Final = re.compile(r"\s*(?:(?:\*\s?){3,}|(?:-\s?){3,}|(?:_\s?){3,}|(?:=\s?){3,}|⁂)\s*\Z")
HYPHEN_END: Final = re.compile(r"[^\W\d_]-\Z")  # yes: "Nagorno-"; no: "so -", "1990-"
# What people say is no list.   yes: "- Où vas-tu ?", "- Non, dit-elle."   no: "- Two eggs"
SPEECH: Final = re.compile(r"[?!…»”\"]\s*\Z|[.,]\s*\Z")
QUOTED: Final = re.compile(r">+ ?\S")  # yes: "> he said"; no: "a > b"
INDENT: Final = re.compile(r"(?:[ \u00a0]{2,}|\t)\S")  # yes: "  The"; no: "The"
WRAP_MIN, WRAP_MAX = 45, 120  # characters in a line that a program wrapped
WRAPPED_SHARE: Final = 0.7  # of the line ends, in a wrapped text
RAGGED: Final = 0.7  # of the width, at least, has a line that someone wrapped by hand
SENTENCE_END: Final = re.compile(r"[.!?…:;][»”\"’)]*\Z")  # yes: "dawn.", "dawn !"; no: "the"
MAX_LIST: Final = 60  # lines looked ahead; a longer list goes on as another
MAX_HEADING: Final = 100  # characters


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list or rule; a line feed in its text is a line end that was meant."""

    kind: str  # "p", "h2", "h3"…, "ul", "ol", "hr"
    text: str = ""
    items: tuple[str, ...] = ()
    start: int | None = None  # first number of an "ol"


def blocks(lines: Callable[[], Iterable[str]]) -> Iterator[Block]:
    """Give the blocks of a text's lines, which are asked for twice and come without their ends."""
    width = wrap_width(lines())
    rest = iter(lines())
    for line in rest:
        if line.strip():
            yield from _blocks_of(_Group([line], rest), width)


def wrap_width(lines: Iterable[str]) -> int | None:
    """Give the width at which a program wrapped the lines, or None when each is a paragraph.

    In a wrapped text nearly every long line that another follows is so long that the next one's
    first word did not fit. Bylines, datelines and short lists say nothing of it.
    """
    ends: Counter[tuple[int, int]] = Counter()  # a line's length, that of the next one's first word
    width = 0
    for line, after in pairwise(lines):
        if line.strip() and after.strip() and not _starts_something(after):
            length = len(line.rstrip())
            ends[length, len(after.split(maxsplit=1)[0])] += 1
            width = max(width, length if " " in line.rstrip() else 0)
            if width > WRAP_MAX:
                return None
    if width < WRAP_MIN:
        return None
    long = {end: count for end, count in ends.items() if end[0] >= width * RAGGED}
    full = sum(count for (length, word), count in long.items() if length + 1 + word > width)
    return width if full >= sum(long.values()) * WRAPPED_SHARE else None


class _Group:
    """Lines that no blank line parts, as far as somebody looks: they may be the whole text."""

    def __init__(self, lines: list[str], rest: Iterator[str]) -> None:
        self.lines = lines
        self._rest = rest
        self._ended = False

    def look(self, ahead: int) -> None:
        """See to it that so many lines are there, if there are so many."""
        while len(self.lines) < ahead and not self._ended:
            line = next(self._rest, "")
            if line.strip():
                self.lines.append(line)
            else:
                self._ended = True


def _blocks_of(group: _Group, width: int | None) -> Iterator[Block]:
    """Give the blocks of lines that no blank line parts."""
    lines = group.lines
    group.look(MAX_LIST)
    alone = len(lines) == 1
    while lines:
        line = lines[0].strip()
        after = lines[1].strip() if len(lines) > 1 else ""
        taken = 1
        if RULE.match(line):
            yield Block("hr")
        elif heading := _heading(line, after, alone=alone):
            yield heading
            taken += bool(UNDERLINE.match(after))
        elif items := _items(lines, 0, width):
            yield _list(items)
            taken = sum(len(item) for item in items)
        else:
            while taken < len(lines) and not _is_break(lines, taken, width):
                taken += 1
                group.look(taken + MAX_LIST)
            yield Block("p", _join(lines[:taken], width))
        del lines[:taken]
        group.look(MAX_LIST)


def _heading(line: str, after: str, *, alone: bool) -> Block | None:
    """Give the heading that a line is beyond doubt; a short line alone may be anything."""
    if marked := MARKED.match(line):
        return Block(f"h{max(2, len(marked[1]))}", marked[2])
    if len(line) > MAX_HEADING or not any(letter.isalpha() for letter in line):
        return None
    if UNDERLINE.match(after) and not RULE.match(line):
        return Block("h2" if after[0] == "=" else "h3", line)
    return Block("h2", line) if alone and _is_capitals(line) else None


def _is_capitals(line: str) -> bool:
    """Tell a heading set in capitals: words, and no sentence, initials or address."""
    letters = [letter for letter in line if letter.isalpha()]
    few = 6
    return (
        len(letters) >= few
        and line[-1] not in ".,;:"
        and all(letter.isupper() or not letter.islower() for letter in letters)
        and any(letter.isupper() for letter in letters)
    )


def _items(lines: list[str], at: int, width: int | None) -> list[list[str]]:
    """Give the items of the list that starts at a line, each with the lines it runs over."""
    bullet = BULLET.match(lines[at])
    pattern = BULLET if bullet else NUMBER
    if not bullet and not NUMBER.match(lines[at]):
        return []
    items: list[list[str]] = []
    for line in lines[at : at + MAX_LIST]:
        mark = pattern.match(line)
        if mark and (not bullet or mark[1] == bullet[1]):
            items.append([line])
        elif not items or not (INDENT.match(line) or _continues(items[-1][-1], line, width)):
            break
        else:
            items[-1].append(line)
    return items if _is_list(items, bullet) else []


def _is_list(items: list[list[str]], bullet: re.Match[str] | None) -> bool:
    if len(items) < 2:  # noqa: PLR2004  (a single item may be anything)
        return False
    if bullet:
        spoken = sum(SPEECH.search(item[-1]) is not None for item in items)
        return bullet[1] != "-" or spoken * 2 < len(items)  # a dash may open a speech
    numbers = [int(mark[1]) for item in items if (mark := NUMBER.match(item[0]))]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _list(items: list[list[str]]) -> Block:
    number = NUMBER.match(items[0][0])
    pattern = NUMBER if number else BULLET
    texts = tuple(_join([pattern.sub("", item[0], count=1), *item[1:]], WRAP_MAX) for item in items)
    return Block("ol" if number else "ul", items=texts, start=int(number[1]) if number else None)


def _continues(line: str, after: str, width: int | None) -> bool:
    """Tell whether a line end is only a wrap: the next word did not fit, or the sentence goes on.

    People who wrap by hand leave the right edge ragged.
    """
    if width is None:
        return False
    line = line.rstrip()
    fits = len(line) + 1 + len(after.split(maxsplit=1)[0]) <= width
    goes_on = len(line) >= width * RAGGED and not SENTENCE_END.search(line)
    return not fits or goes_on


def _is_break(group: list[str], at: int, width: int | None) -> bool:
    """Tell whether a new block starts at a line that follows another without a blank one."""
    line = group[at]
    if width is None or RULE.match(line) or QUOTED.match(line) or _items(group, at, width):
        return True
    return INDENT.match(line) is not None and not _continues(group[at - 1], line, width)


def _starts_something(line: str) -> bool:
    return any(pattern.match(line) for pattern in (BULLET, NUMBER, RULE, INDENT, QUOTED))


def _join(lines: list[str], width: int | None) -> str:
    """Give lines as one text: a wrap becomes a space, another line end stays one."""
    text = lines[0].strip()
    for before, line in pairwise(lines):
        wrapped = width is not None and (width == WRAP_MAX or _continues(before, line, width))
        text += (_seam(text, line) if wrapped else "\n") + line.strip()
    return text


def _seam(before: str, line: str) -> str:
    """Give what joins two wrapped lines: nothing after a hyphen or between ideographs."""
    wide = all(unicodedata.east_asian_width(side) in "WF" for side in (before[-1], line.strip()[0]))
    return "" if wide or HYPHEN_END.search(before) else " "
