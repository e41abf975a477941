"""Pairs the straight quotation marks of one block, or says that they don't pair."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from exporter.typeset.flow import Edit
from exporter.typeset.rule import compiled, spelt
from exporter.typeset.signs import Sign

STRAIGHT: Final = '"'
OPEN, CLOSE, EITHER = "open", "close", "either"
# what a mark does between neighbours of two kinds; where nothing stands, there is no telling
DOES: Final = {
    "ss": EITHER,
    **dict.fromkeys(("sw", "sx", "sc", "ow", "ox", "xw"), OPEN),
    **dict.fromkeys(("ws", "wc", "wx", "os", "oc", "xs", "xc"), CLOSE),
}
ENDS: Final = frozenset("»”›")  # closes a quotation where the language does not say otherwise
DEEPEST: Final = 3  # quotations one in the other
POSSESSIVE: Final = "sxzSXZ"  # the dogs' bowl: after these, a mark before a space may close nothing


@dataclass(frozen=True, slots=True)
class Habits:
    """How a language writes straight marks."""

    single: str  # the pair for '…' outside any quotation; "" leaves it
    spaced: bool  # " … " with spaces inside is a quotation
    trailing: str  # a letter that an apostrophe may follow at a word's end
    leading: str  # what an apostrophe may stand before, if nothing closes it

    @classmethod
    def of(cls, said: Mapping[str, Any], short: Mapping[str, str]) -> "Habits":
        """Read the table [quotes]."""
        return cls(
            said.get("single", ""),
            said.get("spaced", False),
            spelt(said.get("trailing", ""), short),
            spelt(said.get("leading", ""), short),
        )

    def trails(self, before: str) -> bool:
        """Tell whether an apostrophe may stand after a letter, at the end of a word."""
        return bool(self.trailing and compiled(self.trailing).match(before))

    def leads(self, ahead: str) -> bool:
        """Tell whether an apostrophe may stand before this."""
        return bool(self.leading and compiled(self.leading).match(ahead))


@dataclass(slots=True)
class Opened:
    """A quotation that is open."""

    at: int
    mark: str  # what opened it
    level: int  # how deep it stands in others; of a mark that the language has not: 0
    spaced: bool = False  # a space follows the mark

    @property
    def straight(self) -> bool:
        """Whether a straight mark opened it."""
        return self.mark == STRAIGHT


@dataclass(slots=True)
class Pairing:
    """The double marks of a block, paired as far as it is read."""

    pairs: Sequence[str]
    habits: Habits
    opened: list[Opened] = field(default_factory=list)
    steps: dict[int, int] = field(default_factory=dict)  # where a quotation opens (1), closes (-1)
    edits: list[Edit] = field(default_factory=list)

    def read(self, signs: Iterable[Sign]) -> bool:
        """Read a block's marks; tell whether each has its sure place."""
        return all(self._take(sign) for sign in signs if sign.mark != "'")

    def unclosed(self) -> list[Opened]:
        """Give the straight marks that nothing closed."""
        return [opened for opened in self.opened if opened.straight]

    def _take(self, sign: Sign) -> bool:
        top = self.opened[-1] if self.opened else None
        if sign.mark != STRAIGHT:
            return self._take_typographic(sign, top)
        does, inside = DOES.get(sign.sides), top is not None and top.straight
        if does != OPEN and not inside and sign.before.isnumeric():
            return True  # inches
        if does is EITHER and self.habits.spaced:
            does = CLOSE if inside else OPEN
        if sign.sides == "sc" and top is not None and top.spaced:
            does = CLOSE
        if does == OPEN:
            return self._open(
                Opened(sign.at, STRAIGHT, top.level + 1 if top else 0, sign.sides == "ss")
            )
        return does == CLOSE and top is not None and self._close(sign, self.opened.pop())

    def _take_typographic(self, sign: Sign, top: Opened | None) -> bool:
        """Follow what is quoted already, to know how deep a straight mark stands."""
        opens = {pair[0]: level for level, pair in enumerate(self.pairs)}
        closes = {pair[1] for pair in self.pairs} | (ENDS - opens.keys())
        if sign.mark in opens and (sign.mark not in closes or top is None or top.straight):
            return self._open(Opened(sign.at, sign.mark, opens[sign.mark]))
        if sign.mark not in closes:
            return self._open(Opened(sign.at, sign.mark, 0))
        # with nothing open, it ends what another block began
        return top is None or self._close(sign, self.opened.pop())

    def _open(self, opened: Opened) -> bool:
        self.opened.append(opened)
        self.steps[opened.at] = 1
        return opened.level < DEEPEST

    def _close(self, sign: Sign, opened: Opened) -> bool:
        """Close a quotation; where one of its marks is straight, the other must be its match."""
        pair = self.pairs[opened.level % len(self.pairs)]
        self.steps[sign.at] = -1
        if opened.straight:
            self.edits.append(put(opened.at, pair[0]))
        if sign.mark == STRAIGHT:
            self.edits.append(put(sign.at, pair[1]))
        return opened.straight == (sign.mark == STRAIGHT) or (
            (opened.straight or opened.mark == pair[0]) and sign.mark in {STRAIGHT, pair[1]}
        )


def put(at: int, mark: str) -> Edit:
    """Give the edit that puts one mark in the place of another."""
    return Edit(at, at + 1, mark)
