"""What the user chose by hand, written as a site rule."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from exporter import files, naming
from exporter.errors import ConfigError, OutputError
from exporter.rules.folders import read_text, rule_files
from exporter.rules.sites import SiteRule, site_rule

# yes: "port.example", "été.fr"; no: "..", "a\\b", "::1"
PLAIN: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}")


def save(folder: Path, site: str, keep: Sequence[str], drop: Sequence[str]) -> tuple[Path, int]:
    """Add selectors to the rule of a site; give its file, and how many it did not have yet.

    A file that exists is only appended to, so what the user wrote in it stays, comments too.

    Raises:
        ConfigError: a selector is no CSS, or the site's file is wrong or can't be added to.
        OutputError: the file can't be written.

    """
    path, text, known = _file(folder, site)
    entries = [
        entry
        for kind, chosen, cuts in (("remove", drop, known.remove), ("keep", keep, known.keep))
        for entry in _entries(kind, chosen, {c.selector.text for c in cuts if c.selector})
    ]
    if entries:
        whole = "\n".join([text.rstrip("\n"), *entries]) + "\n"
        try:
            site_rule(whole, str(path))
        except ConfigError as error:
            if not text or "selector" in error.what:
                raise
            remedy = "write its remove and keep as [[remove]] and [[keep]]"
            raise ConfigError("can't be added to", str(path), remedy) from error
        files.write_atomic(path, whole.encode())
    return path, len(entries)


def _file(folder: Path, site: str) -> tuple[Path, str, SiteRule]:
    """Give the file of a site, its text, and the rule it holds; of a new file, how it begins."""
    if folder.is_dir():
        for path in rule_files(str(folder)):
            text = read_text(path)
            rule = site_rule(text, str(path))
            if rule.site == site:
                return path, text, rule
    path = folder / f"{site}.toml"
    if not PLAIN.fullmatch(site) or not naming.is_safe(path.name):  # the page says it
        what, remedy = "the name of the site makes no file's", "write its rule by hand"
        raise OutputError(what, site, remedy)
    if path.exists():
        raise OutputError("is about another site", str(path), "give that file another name")
    text = head(site)
    return path, text, site_rule(text, str(path))


def _entries(kind: str, chosen: Sequence[str], known: set[str]) -> Iterator[str]:
    for css in dict.fromkeys(chosen):
        if css not in known:
            yield f"\n{entry(kind, 'css', css)}"


def head(site: str) -> str:
    """Give how the rule of a site begins."""
    return f'site = {_quoted(site)}\nwhy = "chosen by hand"\n'


def entry(kind: str, key: str, value: str) -> str:
    """Give an entry of a rule, to be put behind a blank line: "remove" or "keep", and by what."""
    return f"[[{kind}]]\n{key} = {_quoted(value)}"


def _quoted(text: str) -> str:
    """Give a text as a basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
