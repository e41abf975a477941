"""One rule of a table: which white space or which mark, in which surroundings, becomes what.

What stands around is said by regular expressions; what is replaced never holds a letter or a
digit. A rule is sought from what is rarest on a page, so that a text without it costs next to
nothing: with `before`, from there; else from the mark, or from what stands after the space.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from exporter.typeset.flow import BREAK, LINE, NOTE, OPAQUE, Edit

SPACES: Final = {"fine": "\u202f", "nbsp": "\u00a0"}  # what a rule may put
BLANK: Final = " \t\r\n\u00a0\u2009\u202f"  # what a rule may replace
SPACE: Final = f"[{BLANK}]"
# short for what tables say often
SHORT: Final = {
    "space": SPACE,
    "stop": f"[{BREAK}{LINE}]",  # the edge of a block or a line
    "end": f"[{BLANK}{BREAK}{LINE}{NOTE}]",
    "some": f"[^{BLANK}{BREAK}{LINE}]",
    "upper": "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁЄІЇҐ]",
    "letter": r"[^\W\d_]",
    "word": f"[^\\W_{OPAQUE}]",
    "solid": f"[\\w{OPAQUE}]",
}
# yes: "{space}", "{month}"; no: "\d{2}", "{1,3}"
NAMED: Final = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; the stretch it replaces is the group "gap", or the space before the match.

    Patterns are compiled when they are first needed: half of them no article of a day needs.
    """

    what: str
    find: str
    put: str
    backward: bool = False  # the gap is the white space before what was found
    insert: bool = False  # a backward gap may be empty
    behind: str = ""  # matches where the gap may begin
    unless: str = ""  # matches where nothing forbidden stands before all
    marks: tuple[str, ...] = ()  # a text without any of them has nothing to find

    def edits(self, text: str) -> Iterator[Edit]:
        """Give what this rule puts into a run, which begins and ends with a break."""
        if self.marks and not any(mark in text for mark in self.marks):
            return
        for match in compiled(self.find).finditer(text):
            start, end = self._gap(text, match)
            if self.backward and start == end and not self.insert:
                continue
            edge = start if self.backward else match.start()
            if self._stands(text, start, edge):
                yield Edit(start, end, self.put)

    def _stands(self, text: str, gap: int, edge: int) -> bool:
        """Tell whether what stands before the gap, and before all, is as the rule wants it."""
        if self.behind and not compiled(self.behind).match(text, gap):
            return False
        return not self.unless or bool(compiled(self.unless).match(text, edge))

    def _gap(self, text: str, match: re.Match[str]) -> tuple[int, int]:
        if not self.backward:
            return match.span("gap")
        start = end = match.start()
        while text[start - 1] in BLANK:
            start -= 1
        return start, end


def space(entry: Mapping[str, Any], short: Mapping[str, str]) -> Rule:
    """Give a rule that replaces white space, or puts some where there is none (`insert`)."""
    insert = entry.get("insert", False)
    find = entry["after"]
    if "before" in entry:
        # possessive, and only from where a stretch begins: 100,000 spaces stay linear
        gap = f"{SPACE}*+" if insert else f"{SPACE}++"
        find = f"(?:{entry['before']})(?<!{SPACE})(?P<gap>{gap})(?={find})"
    return Rule(
        entry["what"],
        spelt(find, short),
        SPACES[entry["put"]],
        backward="before" not in entry,
        insert=insert,
        behind=_words(entry["words"])
        if "words" in entry
        else _looking("(?<={})", entry.get("behind", ()), short),
        unless=_looking("(?<!{})", entry.get("unless", ()), short),
    )


def mark(entry: Mapping[str, Any], short: Mapping[str, str]) -> Rule:
    """Give a rule that replaces a mark, one of those in `mark`, by another.

    Raises:
        ValueError: the mark, or what is put for it, holds a letter or a digit.

    """
    marks = tuple(entry["mark"])
    put = spelt(entry["put"], short)
    if any(map(str.isalnum, "".join([*marks, put]))):
        raise ValueError(f"a rule may not replace or put letters or digits: {entry['what']}")
    gap = "|".join(map(re.escape, marks))
    find = f"(?:{entry.get('before', '')})(?P<gap>{gap})(?={entry.get('after', '')})"
    return Rule(
        entry["what"],
        spelt(find, short),
        put,
        behind=_looking("(?<={})", entry.get("behind", ()), short),
        unless=_looking("(?<!{})", entry.get("unless", ()), short),
        marks=marks,
    )


def _looking(form: str, said: str | Sequence[str], short: Mapping[str, str]) -> str:
    """Give a pattern that matches nothing, where what stands before is as said."""
    each = [said] if isinstance(said, str) else said
    return "".join(form.format(spelt(one, short)) for one in each)


def _words(said: str) -> str:
    """Give a pattern that matches nothing, after one of some words."""
    # Python looks back only by a length it knows
    return "|".join(rf"(?<=(?<!\w){re.escape(word)})" for word in said.split())


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Give a pattern compiled; Python's own cache would forget those of a batch in 13 languages."""
    return re.compile(pattern)


def spelt(said: str, short: Mapping[str, str]) -> str:
    """Give what a table says with each {name} replaced by what it is short for."""
    while NAMED.search(said):
        said = NAMED.sub(lambda named: short[named[1]], said)
    return said
