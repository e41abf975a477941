"""Boilerplate becomes provenance: what the tail says before it goes.

"Read the original here" is the article's original address, "Traduit par X" a contributor, a
copyright line the rights, a paywall line the note that the text is truncated.
"""

import dataclasses
import re
from typing import Any, Final

from exporter import rules
from exporter.clean.addresses import attribute, is_web, join
from exporter.clean.context import host_of
from exporter.clean.outline import Block
from exporter.clean.verdicts import Context
from exporter.model import Metadata, Note

# yes: "Traduit de l'anglais par Jeanne Roy.", "Translated by Ann Lee"; no: "traduit en justice"
TRANSLATOR: Final = re.compile(
    r"\b(?:traduit\w*|traduction|translated|translation|übersetzt|übersetzung|traducido|"
    r"traducción|tradotto|traduzione|vertaald|vertaling|traduzido|tradução)\b[^.:]{0,40}?"
    r"(?:\b(?:par|by|von|por|da|di|door)\b|:)\s*(?P<name>\w[\w’'.-]*"
    r"(?:[ \t]+[A-ZÀ-Þ][\w’'.-]*){0,3})",
    re.IGNORECASE,
)
SHORT: Final = 25  # words of a translator's credit


def learn(
    metadata: Metadata, context: Context, base: str | None
) -> tuple[Metadata, tuple[Note, ...]]:
    """Give the metadata with what the article's blocks say of its origin, and notes."""
    found: dict[str, Any] = {}
    notes: list[Note] = []
    book = rules.phrase_book()
    for block in context.blocks:
        if block.words > rules.LONGEST or block.order <= context.first:
            continue
        kinds = {rule.kind for rule, _ in book.matches(block.text)}
        if "source" in kinds and not metadata.original_url and "original_url" not in found:
            if link := _link(block, base, context.site):
                found["original_url"] = link
            else:
                notes.append(Note("original-link-unknown", block.text))
        if "rights" in kinds and not metadata.rights:
            found.setdefault("rights", block.text)
        if "paywall" in kinds and context.tail(block):
            notes.append(Note("truncated", block.text))
        if not metadata.translator and (name := translator(block.text, block.words)):
            found.setdefault("translator", name)
    if "original_url" in found:
        notes = [note for note in notes if note.code != "original-link-unknown"]
    origin = {**metadata.provenance, **dict.fromkeys(found, "tail")}
    return dataclasses.replace(metadata, **found, provenance=origin), _once(notes)


def translator(text: str, words: int) -> str | None:
    """Give the translator that a credit names, or None."""
    if words > SHORT:
        return None
    found = TRANSLATOR.search(text)
    if found is None or not found["name"][0].isupper():
        return None
    return found["name"].rstrip(".,")


def _link(block: Block, base: str | None, site: str | None) -> str | None:
    for anchor in block.element.find_all("a", href=True):
        address = join(base, attribute(anchor, "href"))
        if is_web(address) and host_of(address) != site:
            return address
    return None


def _once(notes: list[Note]) -> tuple[Note, ...]:
    seen: dict[str, Note] = {}
    for note in notes:
        seen.setdefault(note.code, note)
    return tuple(seen.values())
