"""Tells the language of a text, or that it can't be told.

The script decides first; among languages of one script the frequent small words do, each weighing
by how few languages share it, and letters a language does not write speak against it. The tables
are ours (data/languages.toml): py3langid costs 0.7 s of CPU at its start and lingua 96 MB of
models, too much for a command that may export one page.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from exporter import data

RTL: Final = frozenset({"ar", "fa", "ur", "he", "yi", "ps", "sd", "ug", "ckb", "dv", "syr"})
SAMPLE: Final = 12_000  # characters: more tell nothing new
FEWEST: Final = 20  # letters: "OK" has no language
# what a word that only this language has must at least say, all in all
SUREST: Final = 2.4
MARGIN: Final = 1.22  # the best must say so many times what the second says
SHARE: Final = 0.14  # of the text's words that the best must know at all
FOREIGN_LETTER: Final = 0.6  # what a word with a letter unknown to a language counts against it
OWN_LETTER: Final = 0.35  # what one with a letter of its few languages counts for it
_LETTER: Final = (
    "(?:[^\\W\\d_]|[\u0900-\u0963\u064b-\u0652])"  # with the vowel signs of Hindi and Arabic
)
WORD: Final = re.compile(rf"{_LETTER}+(?:['’-]{_LETTER}+)*")  # yes: "qu'il", "où"; no: "2024", "_"
ELISION: Final = re.compile(r"['’]")
NEITHER: Final = "latin"


@dataclass(frozen=True, slots=True)
class Book:
    """What tells the languages of one script apart."""

    words: Mapping[str, tuple[tuple[str, float], ...]]  # word -> (language, what it says for it)
    letters: Mapping[str, frozenset[str]]  # language -> letters beside PLAIN


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = data.toml("languages.toml")["scripts"]
    return tuple(
        (name, re.compile("[" + "".join(_range(part) for part in parts) + "]"))
        for name, parts in table.items()
    )


def _range(part: str) -> str:
    first, last = part.split("-")
    return f"{chr(int(first, 16))}-{chr(int(last, 16))}"


@cache
def _profiles(script: str) -> Book:
    table = data.toml("languages.toml")[script]
    speakers: dict[str, list[str]] = {}
    for language, entry in table.items():
        for word in dict.fromkeys(entry["words"].split()):
            speakers.setdefault(word, []).append(language)
    return Book(
        {
            word: tuple((language, 1 / len(languages)) for language in languages)
            for word, languages in speakers.items()
        },
        {language: frozenset(entry["letters"]) for language, entry in table.items()},
    )


def known() -> frozenset[str]:
    """Give every language that `detect` can tell, BCP 47."""
    table = data.toml("languages.toml")
    groups = {name for name in table if name != "scripts"}
    single = set(table["scripts"]) - groups
    return frozenset(single.union(*(table[group] for group in groups)))


def detect(text: str) -> str | None:
    """Give the language of a text (BCP 47), or None when unsure."""
    sample = _sample(text)
    letters = sum(map(str.isalpha, sample))
    script, count = _script(sample)
    # two hundred signs of Chinese say as much as a thousand letters
    if letters < FEWEST and not (count and letters >= FEWEST // 2):
        return None
    if script in {"latin", "cyrillic", "arabic", "devanagari"}:
        return _by_words(script, Counter(WORD.findall(sample)))
    return script if count * 2 >= letters else None


def direction(language: str | None) -> str:
    """Give "rtl" for a language that is written from right to left, else "ltr"."""
    return "rtl" if (language or "").split("-")[0].lower() in RTL else "ltr"


def _sample(text: str) -> str:
    """Give the text, or its beginning and middle when it is long."""
    if len(text) <= SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[: SAMPLE // 2]} {text[middle : middle + SAMPLE // 2]}"


def _script(sample: str) -> tuple[str, int]:
    """Give the script (or its only language) with the most letters, and how many."""
    if sample.isascii():
        return NEITHER, 0
    counts = {name: len(pattern.findall(sample)) for name, pattern in _scripts()}
    if counts["ja"] * 5 > counts["zh"]:  # Japanese prose mixes kana with Chinese signs
        counts["ja"] += counts.pop("zh")
    name, count = max(counts.items(), key=lambda pair: pair[1])
    latin = sum(map(str.isalpha, sample)) - sum(counts.values())
    return (name, count) if count > latin else (NEITHER, 0)


def _by_words(script: str, words: Counter[str]) -> str | None:
    if not words:
        return None
    counted: Counter[str] = Counter()
    for word, count in words.items():
        for part in _parts(word.casefold()):
            counted[part] += count
    scores = _scores(_profiles(script), counted)
    (best, (most, hits)), (_, (second, _)) = sorted(scores.items(), key=lambda pair: -pair[1][0])[
        :2
    ]
    needed = SUREST * min(1.0, 0.4 + words.total() / 60)
    total = sum(counted.values())
    if most < needed or hits < SHARE * total or most < MARGIN * max(second, 0.0):
        return None
    return best


def _parts(word: str) -> Iterable[str]:
    """Give a word, and what elision joins in it: "qu'il" also says "il"."""
    if not word.isascii():
        word = ELISION.sub("'", word)
    yield word
    if "'" in word:
        yield word.rpartition("'")[2]


def _scores(book: Book, counted: Counter[str]) -> dict[str, tuple[float, int]]:
    """Give what a text says for each language, and how many of its words the language knows."""
    scores, hits = dict.fromkeys(book.letters, 0.0), dict.fromkeys(book.letters, 0)
    for word, count in counted.items():
        # the tenth "the" says less than the first
        often = math.sqrt(count) if count > 2 else count  # noqa: PLR2004
        for language, weight in book.words.get(word, ()):
            hits[language] += count
            scores[language] += weight * often
        if not word.isascii() and (strange := set(word) - PLAIN):
            for language, letters in book.letters.items():
                scores[language] += (OWN_LETTER if strange <= letters else -FOREIGN_LETTER) * often
    return {language: (score, hits[language]) for language, score in scores.items()}


# letters every language of a script may write, and the apostrophe of elisions
PLAIN: Final = (
    frozenset("abcdefghijklmnopqrstuvwxyz'’-" + "абвгдежзийклмнопрстуфхцчшщьюя")
    | frozenset(map(chr, range(0x0620, 0x0653))) - frozenset("پچژگکیٹڈڑںھے")
    | frozenset(map(chr, range(0x0900, 0x0980))) - frozenset("ळ")
)
