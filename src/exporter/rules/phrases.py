"""Phrase rules: by which words a short isolated block is known as boilerplate, by language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

from exporter import data
from exporter.errors import ConfigError
from exporter.rules import reading
from exporter.rules.words import normalise

LONGEST: Final = 60  # words of a block that a phrase can condemn
UNKNOWN: Final = 10_000  # characters of a text that no rule is asked about
LONGEST_KNOWN: Final = 1000  # characters of a text whose rules are remembered
KINDS: Final = frozenset({
    "share", "newsletter", "donation", "channel", "app", "source", "related", "translator",
    "comments", "credit", "consent", "ad", "rights", "dates", "author", "paywall", "tags", "ui",
    "audio", "shop", "event", "jobs", "account", "notice", "mail", "embed", "pointer",
})  # fmt: skip
PLACES: Final = frozenset({"anywhere", "start", "whole", "label"})
KEYS: Final = frozenset({
    "id", "kind", "any", "all", "none", "place", "most", "score", "examples", "counter_examples",
})  # fmt: skip
# yes: the words before the mark in "(MORE: Ferry stops)"; no: those of "It was 12:30 when he came"
LEAD: Final = re.compile(r"[^\w]*([^:|–—>→»]{1,40})\s*[:|–—>→»](?!\d)")
# phrases that normalise leaves alone. yes: "lire l article|inscri*"; no: "l'été", "a  b", "a|"
NORMAL: Final = re.compile(r"[a-z0-9_%]+(?: [a-z0-9_%]+|\*?\|[a-z0-9_%]+)*\*?")


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """When a short isolated block is boilerplate of one kind."""

    id: str  # "fr.share": unique among all packs
    kind: str
    any: tuple[str, ...] = ()  # one of these must stand in the text
    all: tuple[tuple[str, ...], ...] = ()  # of each group one must; "inscri*" begins a word
    none: tuple[str, ...] = ()  # none of these may
    # where the phrase of `any` stands: "anywhere" | "start" | "whole" (is the block) | "label" (is
    # what a colon or another mark sets apart at the start)
    place: str = "anywhere"
    most: int = 60  # words of the block
    score: float = 0.9
    examples: tuple[str, ...] = field(default=(), compare=False)
    counter_examples: tuple[str, ...] = field(default=(), compare=False)

    def match(self, words: str, count: int, lead: str = "") -> str | None:
        """Give the phrase that convinced, or None.

        `words` is normalised, `count` its length, `lead` what a mark sets apart at its start.
        """
        if count > self.most:
            return None
        padded = f" {words} "
        found = self._found(lead if self.place == "label" else words, padded)
        if self.any and found is None:
            return None
        for group in self.all:
            hit = next((p for p in group if _occurs(p, padded)), None)
            if hit is None:
                return None
            found = f"{found} + {hit}" if found else hit
        if any(_occurs(phrase, padded) for phrase in self.none):
            return None
        return found

    def _found(self, words: str, padded: str) -> str | None:
        """Give the phrase of `any` that stands where it must."""
        if self.place in {"whole", "label"}:
            return words if words in self.any else None
        if self.place == "start":
            opening = f"{words} "
            return next((p for p in self.any if opening.startswith(f"{p} ")), None)
        return next((p for p in self.any if _occurs(p, padded)), None)


def _occurs(phrase: str, padded: str) -> bool:
    if phrase.endswith("*"):
        return f" {phrase[:-1]}" in padded
    return f" {phrase} " in padded


@dataclass(frozen=True, slots=True, eq=False)
class PhraseBook:
    """All phrase rules, found by the words that must occur."""

    rules: tuple[PhraseRule, ...]
    # one or two words that begin a phrase -> rules that need one of such phrases
    by_opening: Mapping[str, tuple[PhraseRule, ...]]
    kinds: Mapping[str, str]  # id -> kind

    def matches(self, text: str) -> Iterator[tuple[PhraseRule, str]]:
        """Give the rules that match a block's text, with the phrase that convinced."""
        yield from _matched(self, text) if len(text) < LONGEST_KNOWN else self.found(text)

    def found(self, text: str) -> Iterator[tuple[PhraseRule, str]]:
        """Give the same, looked up anew."""
        if len(text) > UNKNOWN:
            return
        text = text.replace("©", " (c) ")
        words = normalise(text)
        parts = words.split()
        if len(parts) > LONGEST:
            return
        lead = LEAD.match(text)
        leading = normalise(lead[1]) if lead is not None else ""
        seen: set[str] = set()
        pairs = map(" ".join, pairwise(parts))
        for opening in dict.fromkeys((*parts, *pairs)):
            for rule in self.by_opening.get(opening, ()):
                if rule.id not in seen:
                    seen.add(rule.id)
                    found = rule.match(words, len(parts), leading)
                    if found is not None:
                        yield rule, found


@lru_cache(maxsize=1024)  # several judges ask about each block of a page
def _matched(book: PhraseBook, text: str) -> tuple[tuple[PhraseRule, str], ...]:
    return tuple(book.found(text))


@cache
def phrase_book() -> PhraseBook:
    """Give the packaged phrase rules of all languages.

    Raises:
        ConfigError: a pack is wrong.

    """
    rules: list[PhraseRule] = []
    for language in data.names("phrases"):
        text = files(data).joinpath("phrases", f"{language}.toml").read_text(encoding="utf-8")
        rules.extend(phrase_rules(text, f"phrases/{language}.toml", language))
    index: dict[str, dict[str, PhraseRule]] = {}
    for rule in rules:
        for phrase in rule.any or rule.all[0]:
            opening = " ".join(phrase.split()[:2])
            index.setdefault(opening, {})[rule.id] = rule
    by_opening = {opening: tuple(found.values()) for opening, found in index.items()}
    return PhraseBook(tuple(rules), by_opening, {rule.id: rule.kind for rule in rules})


def phrase_rules(text: str, name: str, language: str) -> tuple[PhraseRule, ...]:
    """Read a phrase pack.

    Raises:
        ConfigError: it is no TOML, or a rule is wrong.

    """
    table = reading.toml(text, name)
    reading.known(table, ("rule",), name)
    return tuple(
        _rule(entry, where, language) for entry, where in reading.tables(table, "rule", text, name)
    )


def _rule(entry: dict[str, Any], where: str, language: str) -> PhraseRule:
    reading.known(entry, KEYS, where)
    if entry.get("kind") not in KINDS:
        raise ConfigError(f"kind {entry.get('kind')!r} is unknown", where, "see rules.KINDS")
    if not entry.get("id"):
        raise ConfigError("a rule needs an id", where, 'add id = "share"')
    if entry.get("place", "anywhere") not in PLACES:
        raise ConfigError("place is wrong", where, 'use "anywhere", "start", "whole", "label"')
    return PhraseRule(
        id=f"{language}.{entry['id']}",
        kind=entry["kind"],
        **_conditions(entry, where),
        place=entry.get("place", "anywhere"),
        most=int(reading.number(entry, "most", LONGEST, where)),
        score=float(reading.number(entry, "score", 0.9, where)),
        examples=reading.strings(entry, "examples", where),
        counter_examples=reading.strings(entry, "counter_examples", where),
    )


def _conditions(entry: dict[str, Any], where: str) -> dict[str, Any]:
    """Give `any`, `all` and `none` of a rule, normalised."""
    any_ = tuple(phrase.rstrip("*") for phrase in _phrases(reading.strings(entry, "any", where)))
    groups = tuple(_phrases((group,)) for group in reading.strings(entry, "all", where))
    none = _phrases(reading.strings(entry, "none", where))
    if not any_ and not groups:
        raise ConfigError("a rule needs any or all", where, 'add any = ["…"]')
    if not any_ and any(phrase.endswith("*") for phrase in groups[0]):
        raise ConfigError("the first group of all must be whole words", where, "drop the *")
    if not all((*any_, *none)) or not all(map(all, groups)):
        raise ConfigError("a phrase has no words", where, "drop it")
    return {"any": any_, "all": groups, "none": none}


def _phrases(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Give phrases normalised, those joined by "|" apart."""
    joined = "|".join(texts)
    if NORMAL.fullmatch(joined):  # as packs are written: nothing to do
        return tuple(joined.split("|"))
    return tuple(map(_phrase, joined.split("|"))) if texts else ()


def _phrase(text: str) -> str:
    return normalise(text) + ("*" if text.endswith("*") else "")
