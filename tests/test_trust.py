"""What a config file may say that came with the pages, and what is read that a person wrote."""

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from exporter import files, themes
from exporter.cli import config, options, trust
from exporter.errors import ConfigError, ExportError
from exporter.limits import USUAL
from exporter.rules.folders import rules_for
from exporter.settings import Settings

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes of POSIX systems")
NOT_NAMED = {"config_path": None}
RULE = 'site = "example.org"\nwhy = "a trial"\n'
OTHER = 54321  # a user or group that is nobody here
FONT = themes.font_folder() / "source-serif-4" / "SourceSerif4-Regular.ttf"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the working folder; beside it lie a theme, rules and a style sheet, and a user's own."""
    folder = tmp_path / "here"
    for place in (folder, tmp_path):
        theme = place / "look"
        (theme / "fonts" / "own").mkdir(parents=True)
        (theme / "theme.toml").write_text('base = "classic"\n')
        (theme / "screen.css").write_text("p { color: teal }\n")
        for kind in ("rules", "configs"):
            (place / kind).mkdir()
        (place / "rules" / "example.toml").write_text(RULE)
        (place / "configs" / "example.org.txt").write_text("title: //h1\n")
        (place / "mine.css").write_text("p { color: teal }\n")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


def say(folder: Path, text: str) -> Path:
    path = folder / config.NAME
    path.write_text(text)
    return path


def given_to_another(path: Path, patch: pytest.MonkeyPatch) -> None:
    """Give a file or link to another user; where that may not be done, become another user."""
    if os.geteuid() == trust.ROOT:
        os.chown(path, OTHER, -1, follow_symlinks=False)
    else:
        patch.setattr(os, "geteuid", lambda: OTHER)


def given_away(path: Path, patch: pytest.MonkeyPatch) -> None:
    given_to_another(path, patch)


def folder_given_away(path: Path, patch: pytest.MonkeyPatch) -> None:
    given_to_another(path.parent, patch)


def linked_by_another(path: Path, patch: pytest.MonkeyPatch) -> None:
    aim = path.rename(path.parent / "aim.toml")
    path.symlink_to(aim)
    given_to_another(path, patch)


def opened(path: Path, _: pytest.MonkeyPatch) -> None:
    path.chmod(0o646)


def folder_opened(path: Path, _: pytest.MonkeyPatch) -> None:
    path.parent.chmod(0o777)


def shared(path: Path, patch: pytest.MonkeyPatch) -> None:
    """Let a group write that is not the user's own."""
    path.chmod(0o664)
    patch.setattr("pwd.getpwuid", {}.__getitem__)  # nobody knows the user, so no group is his


@POSIX
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (given_away, "belongs to another user"),
        (folder_given_away, "belongs to another user"),
        (linked_by_another, "belongs to another user"),
        (opened, "others can write to it"),
        (folder_opened, "others can write to its folder"),
        (shared, "others can write to it"),
    ],
)
def test_a_file_that_others_could_have_written_is_left_aside_with_a_warning(
    here: Path,
    change: Callable[[Path, pytest.MonkeyPatch], None],
    why: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = say(here, "strict = true")
    assert options.settings(NOT_NAMED, {}).strict
    assert capsys.readouterr().err == ""
    change(path, monkeypatch)
    assert options.settings(NOT_NAMED, {}) == Settings()
    told = capsys.readouterr().err
    assert told.startswith("warning: exporter.toml is not used: ")
    assert why in told
    assert told.count("\n") == 1
    (here.parent / "xdg" / "exporter").mkdir(parents=True)
    say(here.parent / "xdg" / "exporter", 'links = "none"')
    assert options.settings(NOT_NAMED, {}).links == "none"  # the user's own takes its place
    assert options.settings({"config_path": path}, {}).strict  # named, it is believed


@POSIX
def test_a_file_in_a_folder_where_nobody_takes_away_what_is_anothers_is_used(here: Path) -> None:
    say(here, "strict = true")
    here.chmod(0o1777)  # as /tmp
    assert options.settings(NOT_NAMED, {}).strict


OUTSIDE = {
    "theme = '../look'": "theme",
    "theme = '{parent}/look'": "theme",
    "theme = '~/look'": "theme",
    "theme = 'link'": "theme",
    "style = '../mine.css'": "style",
    "style = '~/mine.css'": "style",
    "style = 'linked.css'": "style",
    "rule_folders = ['rules', '../rules']": "rule_folders",
    "rule_folders = ['{parent}/rules']": "rule_folders",
    "rule_folders = ['linked-rules']": "rule_folders",
    "rule_folders = ['rule-links']": "rule_folders",
    "site_configs = '../configs'": "site_configs",
    "site_configs = 'config-links'": "site_configs",
}


@pytest.mark.parametrize(("line", "setting"), OUTSIDE.items())
def test_a_file_that_was_found_names_nothing_outside_its_folder(
    here: Path, line: str, setting: str
) -> None:
    outside = here.parent
    (here / "link").symlink_to(outside / "look")
    (here / "linked.css").symlink_to(outside / "mine.css")
    (here / "linked-rules").symlink_to(outside / "rules")
    (here / "rule-links").mkdir()
    (here / "rule-links" / "a.toml").symlink_to(outside / "rules" / "example.toml")
    (here / "config-links").mkdir()
    (here / "config-links" / "a.txt").symlink_to(outside / "configs" / "example.org.txt")
    path = say(here, line.format(parent=outside))
    with pytest.raises(ConfigError, match=f"{setting} leads out of the folder") as caught:
        options.settings(NOT_NAMED, {})
    assert caught.value.where == config.NAME
    assert caught.value.remedy == "if you trust it, name it with --config"
    assert options.settings({"config_path": path}, {}) != Settings()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("base", "base = '../../look'"),
        ("sheet", "base = 'classic'"),
        ("fonts", "base = 'classic'\nfonts = ['../../../look/fonts/own']"),
        ("fonts", "base = 'classic'\nfonts = ['{shared}']"),
        ("font", "base = 'classic'\nfonts = ['own']"),
    ],
)
def test_nor_does_a_theme_that_it_names(here: Path, name: str, text: str) -> None:
    theme, outside = here / "look", here.parent / "look"
    if name == "sheet":
        (theme / "print.css").symlink_to(outside / "screen.css")
    if name == "font":
        shutil.copy(FONT, outside / "fonts")
        (theme / "fonts" / "own" / FONT.name).symlink_to(outside / "fonts" / FONT.name)
    shared = os.path.relpath(outside / "fonts" / "own", themes.font_folder())
    (theme / "theme.toml").write_text(text.format(shared=shared))
    path = say(here, "theme = 'look'")
    with pytest.raises(ConfigError, match="theme leads out of the folder"):
        options.settings(NOT_NAMED, {})
    assert themes.chosen(options.settings({"config_path": path}, {})).name == "look"


def test_what_lies_in_its_folder_it_may_name(here: Path) -> None:
    shutil.copy(FONT, here / "look" / "fonts" / "own")
    (here / "look" / "theme.toml").write_text("base = 'classic'\nfonts = ['own']")
    (here / "inner.css").symlink_to("mine.css")
    text = "theme = 'look'\nstyle = 'inner.css'\nrule_folders = ['rules']\nsite_configs = 'configs'"
    say(here, text)
    chosen = options.settings(NOT_NAMED, {})
    assert themes.chosen(chosen).font_folders[-1] == (here / "look" / "fonts" / "own").resolve()
    assert chosen.style == "p { color: teal }\n"
    assert (chosen.rule_folders, chosen.site_configs) == (("rules",), "configs")
    say(here, "theme = 'eink'\nstyle = 'p { color: red }'")
    assert options.settings(NOT_NAMED, {}).theme == "eink"


def test_a_theme_that_a_file_names_lies_beside_the_file(here: Path) -> None:
    """A folder of that name where the command is run is not meant."""
    own = here.parent / "xdg" / "exporter"
    own.mkdir(parents=True)
    say(own, "theme = 'look'")
    with pytest.raises(ConfigError, match="no such theme"):
        themes.chosen(options.settings(NOT_NAMED, {}))
    shutil.copytree(here / "look", own / "look")
    assert Path(options.settings(NOT_NAMED, {}).theme) == own / "look"


@pytest.mark.parametrize(
    "line", ["seconds = 121", "memory = 'none'", "archive-members = '101k'", "tree-depth = 121"]
)
def test_a_file_that_was_found_raises_no_limit(here: Path, line: str) -> None:
    path = say(here, f"[limits]\nelements = 10\n{line}")
    with pytest.raises(ConfigError, match=f"raises the limit {line.split(maxsplit=1)[0]}"):
        options.settings(NOT_NAMED, {})
    assert options.settings({"config_path": path}, {}).limits.elements == 10
    say(here, "[limits]\nseconds = 30\nelements = 10\ntree-depth = 120")
    limits = options.settings(NOT_NAMED, {}).limits
    assert (limits.seconds, limits.elements, limits.tree_depth) == (30, 10, USUAL.tree_depth)
    assert options.settings(NOT_NAMED | {"stated": ("seconds=999",)}, {}).limits.seconds == 999


def test_the_user_s_own_file_is_believed_in_full_also_where_he_works_beside_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = here.parent / "xdg" / "exporter"
    own.mkdir(parents=True)
    say(own, f"theme = '{here.parent / 'look'}'\n[limits]\nseconds = 999")
    assert options.settings(NOT_NAMED, {}).limits.seconds == 999
    monkeypatch.chdir(own)
    assert options.settings(NOT_NAMED, {}).limits.seconds == 999


@pytest.mark.parametrize("line", ["fetch = true", "fetch_cache = true", "fetches = true"])
def test_no_file_allows_the_network(here: Path, line: str) -> None:
    path = say(here, line)
    for given in (NOT_NAMED, {"config_path": path}):
        with pytest.raises(ConfigError, match="no such setting"):
            options.settings(given, {})


@pytest.fixture
def impatient() -> Iterator[None]:
    """Fail what waits for somebody to write into a pipe."""

    def end(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"it waits ({number}, {frame})")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def endless(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(files.TEXT + 1)


def read_all(path: Path) -> None:
    chosen = options.settings({"config_path": path}, {})
    themes.chosen(chosen)
    rules_for("example.org", chosen.rule_folders)


@POSIX
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("strange", [pipe, device, endless])
@pytest.mark.parametrize(
    "name",
    ["look/theme.toml", "look/screen.css", "look/print.css", "rules/example.toml", "mine.css"],
)
def test_what_is_no_text_of_a_person_is_told_at_once(
    here: Path, name: str, strange: Callable[[Path], None]
) -> None:
    path = here / name
    path.unlink(missing_ok=True)
    strange(path)
    say(here, "rule_folders = ['rules']\ntheme = 'look'\nstyle = 'mine.css'")
    with pytest.raises(ExportError) as caught:
        read_all(here / config.NAME)
    assert caught.value.exit_code == ConfigError.exit_code
    assert len(str(caught.value)) < 400


@POSIX
@pytest.mark.usefixtures("impatient")
def test_a_pipe_among_the_fonts_of_a_theme_is_told_at_once(here: Path) -> None:
    (here / "look" / "theme.toml").write_text("base = 'classic'\nfonts = ['own']")
    pipe(here / "look" / "fonts" / "own" / "a-Regular.ttf")
    with pytest.raises(ConfigError, match="neither file nor folder"):
        themes.load("look")


@POSIX
def test_no_module_or_program_of_the_working_folder_is_run(here: Path) -> None:
    trap = f"open({str(here / 'sprung')!r}, 'w')"
    for name in ("click", "bs4", "lxml", "PIL", "weasyprint", "sitecustomize", "tomli", "json"):
        (here / f"{name}.py").write_text(trap)
    (here / "exporter").mkdir()
    (here / "exporter" / "__init__.py").write_text(trap)
    page = "<title>Low water</title><article><p>" + "The river fell by night. " * 40
    (here / "page.html").write_text(page)
    command = Path(sysconfig.get_path("scripts")) / "exporter"
    ran = subprocess.run(
        [command, "convert", "page.html", "-f", "epub,pdf"], capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert not (here / "sprung").exists()


@pytest.mark.parametrize(
    "css",
    [
        "p { background: url(http://example.org/a.png) }",
        "p { background: URL( 'a.png' ) }",
        "p { background: u\\72l(a.png) }",
        "p { background: \\000055 RL(a.png) }",
        "p { background: image-set('a.png' 1x) }",
        "p { background: -webkit-image-set('a.png' 1x) }",
        "@import 'a.css';",
        "@\\69mport 'a.css';",
        "@font-face { src: url(a.woff) }",
    ],
)
def test_neither_theme_nor_style_loads_a_file_however_it_is_written(here: Path, css: str) -> None:
    with pytest.raises(ConfigError, match="loads a file with"):
        themes.load("classic", f"q {{ }} {css}")
    for name in ("print.css", "screen.css"):
        (here / "look" / name).write_text(css)
        with pytest.raises(ConfigError, match="loads a file with") as caught:
            themes.load("look")
        assert caught.value.where == str(here / "look" / name)
        (here / "look" / name).write_text('p::before { content: "\\201C" } p { color: teal }')
    assert themes.load("look").name == "look"
