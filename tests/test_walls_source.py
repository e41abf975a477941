"""What may do harm stands in few modules, each of them named here with its reason.

These tests read the program's source: a new way to the disk, the network, another process or a
parser has to be written into a table below, where somebody will ask why.
"""

import ast
import builtins
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src" / "exporter"
MODULES: Final = {str(path.relative_to(SOURCE)): path for path in sorted(SOURCE.rglob("*.py"))}

# what is called -> the modules that may; a name ending in "." stands for all below it
CALLS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(
        ("lxml.etree.fromstring", "lxml.etree.XMLParser"),
        frozenset({"parsing.py", "batch/survey.py"}),  # the survey's: HTML
    ),
    **dict.fromkeys(
        (
            "lxml.etree.parse",
            "lxml.etree.XML",
            "lxml.etree.iterparse",
            "lxml.etree.XMLPullParser",
            "lxml.etree.DTD",
            "lxml.objectify.",
            "lxml.html.parse",
            "lxml.html.fromstring",
            "xml.dom.",
            "xml.sax.",
            "defusedxml.",
        ),
        frozenset(),
    ),
    "xml.etree.": frozenset({"parsing.py"}),
    "lxml.etree.XSLT": frozenset({"batch/survey.py"}),  # one sheet of ours, without access
    **dict.fromkeys(
        ("lxml.etree.HTMLParser", "lxml.html.HTMLParser", "lxml.html.document_fromstring"),
        frozenset(
            {"clean/tree.py", "clean/thinning.py", "read/markup.py", "batch/survey.py"}
        ),  # pages
    ),
    **dict.fromkeys(("eval", "exec", "compile", "__import__", "builtins."), frozenset()),
    "pickle.": frozenset({"batch/worker.py"}),  # between our own processes
    **dict.fromkeys(("marshal.", "shelve.", "dill.", "joblib.", "yaml.", "runpy."), frozenset()),
    "subprocess.": frozenset(
        {
            "batch/guard.py",  # the worker
            "write/epub/cover/faces.py",  # fontconfig: which font has these characters
        }
    ),
    **dict.fromkeys(
        (
            "os.system",
            "os.popen",
            "os.execv",
            "os.execvp",
            "os.spawnv",
            "os.startfile",
            "pty.",
            "webbrowser.",
            "asyncio.",
            "multiprocessing.",
        ),
        frozenset(),
    ),
    "tempfile.mktemp": frozenset(),
    **dict.fromkeys(("httpx.", "ssl."), frozenset({"fetch/"})),
    "socket.": frozenset({"fetch/", "library/serve/addresses.py"}),
    **dict.fromkeys(("http.", "socketserver."), frozenset({"library/serve/"})),
    **dict.fromkeys(
        ("urllib.request.", "ftplib.", "smtplib.", "requests.", "aiohttp.", "urllib3."),
        frozenset(),
    ),
    **dict.fromkeys(("zipfile.Path", "shutil.unpack_archive", "shutil.copyfile"), frozenset()),
    "weasyprint.": frozenset({"write/pdf/"}),
    "pikepdf.": frozenset({"write/pdf/"}),
    "PIL.Image.open": frozenset(
        {
            "images/raster.py",
            "write/epub/cover/pictures.py",
            "review/cover.py",  # a cover that we drew
        }
    ),
}
BUILT_IN: Final = frozenset(dir(builtins))
# methods whatever they belong to
METHODS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(("extract_all", "extractall", "symlink_to", "hardlink_to"), frozenset()),
}
# who opens files by their paths
OPENING: Final = frozenset({
    "open", "open_regular", "user_text", "read_text", "read_bytes", "write_text", "write_bytes",
})  # fmt: skip
OPENERS: Final[dict[str, str]] = {
    "library/serve/server.py": "what lies in the folder that is served, as regular files",
    "read/store.py": "captures, and what lies beside them, as regular files",
    "files.py": "editions, reports and the like",
    "locking.py": "the lock of a folder",
    "library/report.py": "the report under way",
    "library/merging.py": "reports of shards that the user names",
    "batch/common.py": "what was learnt for all shards, which the user names",
    "batch/parts.py": "the survey of a shard, which the user names",
    "batch/cluster.py": "a file without meaning, by which machines tell whether they share a disk",
    "batch/travel.py": "captures and books on their way to other machines and back",
    "library/catalogue.py": "what a library of ours lists",
    "library/index.py": "the page of a library",
    "library/opds.py": "the feed of a library",
    "beside.py": "an edition of ours that is to be replaced",
    "model.py": "a spooled image of ours",
    "batch/spool.py": "articles of ours that wait for their book",
    "batch/memory.py": "what was learnt",
    "batch/proof.py": "captures that are told by their content",
    "batch/guard.py": "/proc: a worker's memory",
    "cli/config.py": "the config file",
    "cli/options.py": "the style sheet that the user names",
    "cli/manifest.py": "the manifest that the user names",
    "themes/folders.py": "themes",
    "rules/folders.py": "rules",
    "rules/saving.py": "the user's rule that is added to",
    "rules/phrases.py": "our own phrases",
    "data/__init__.py": "our own data",
    "fetch/store.py": "images fetched before",
    "fetch/turns.py": "locks of a run",
    "write/pdf/": "pieces of a book in a temporary folder, and a font configuration there",
    "write/epub/__init__.py": "the book under way",
}
# what only looks like opening a file
IN_MEMORY: Final = frozenset({
    "read/zipped.py", "read/tarred.py", "write/epub/lint/container.py", "images/raster.py",
    "write/epub/cover/pictures.py", "review/cover.py", "clean/growing.py",
    "cli/output.py", "batch/worker.py",
})  # fmt: skip


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def names_in(tree: ast.Module) -> dict[str, str]:
    """Give what names of a module stand for: "ET" -> "xml.etree.ElementTree"."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                found[one.asname or one.name.partition(".")[0]] = (
                    one.name if one.asname else one.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return found


def used(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Give every dotted name that a module imports or uses, with its line."""
    names = names_in(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((one.name, node.lineno) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{one.name}", node.lineno) for one in node.names)
        elif isinstance(node, ast.Name | ast.Attribute) and (dotted := dotted_of(node)):
            first, _, rest = dotted.partition(".")
            if first not in names and first not in BUILT_IN:
                continue
            whole = names.get(first, first)
            yield (f"{whole}.{rest}" if rest else whole), node.lineno


def dotted_of(node: ast.expr) -> str:
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def allowed(module: str, places: Iterable[str]) -> bool:
    return any(
        module == place or (place[-1] == "/" and module.startswith(place)) for place in places
    )


def stands_for(rule: str, name: str) -> bool:
    """Tell whether a dotted name is what a rule is about."""
    return f"{name}.".startswith(rule) if rule[-1] == "." else name == rule


@pytest.mark.parametrize("rule", CALLS)
def test_what_may_do_harm_stands_only_where_the_table_says(rule: str) -> None:
    strange = [
        f"{module}:{line} uses {name}"
        for module in MODULES
        if not allowed(module, CALLS[rule])
        for name, line in used(tree_of(module))
        if stands_for(rule, name)
    ]
    assert strange == []


def calls(module: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call))


def test_no_module_unpacks_an_archive_onto_the_disk_or_makes_links() -> None:
    strange = [
        f"{module}:{call.lineno}"
        for module in MODULES
        for call in calls(module)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in METHODS
        and module not in METHODS[call.func.attr]
    ]
    assert strange == []


def test_no_command_goes_through_a_shell() -> None:
    strange = [
        f"{module}:{call.lineno}"
        for module in MODULES
        for call in calls(module)
        if any(keyword.arg in {"shell", "executable"} for keyword in call.keywords)
    ]
    assert strange == []


def test_files_are_opened_by_their_paths_only_where_the_table_says() -> None:
    opening = {
        module
        for module in MODULES
        for call in calls(module)
        if (isinstance(call.func, ast.Name) and call.func.id in OPENING)
        or (isinstance(call.func, ast.Attribute) and call.func.attr in OPENING)
    }
    strange = {module for module in opening if not allowed(module, OPENERS)} - IN_MEMORY
    assert strange == set()
    idle = {place for place in OPENERS if not any(allowed(one, [place]) for one in opening)}
    assert idle == set()


def test_whatever_is_given_to_the_engine_has_our_fetcher() -> None:
    given = [
        (module, call)
        for module in MODULES
        if module.startswith("write/pdf/")
        for call in calls(module)
        if dotted_of(call.func) in {"weasyprint.HTML", "weasyprint.CSS", "weasyprint.Attachment"}
    ]
    assert given
    for module, call in given:
        assert any(keyword.arg == "url_fetcher" for keyword in call.keywords), module
        assert not any(keyword.arg in {"filename", "url", "file_obj"} for keyword in call.keywords)
    fetchers = [
        (module, node.name)
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.ClassDef)
        and any("URLFetcher" in dotted_of(base) for base in node.bases)
    ]
    assert fetchers == [("write/pdf/fetcher.py", "AssetFetcher")]
