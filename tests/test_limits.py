"""Each limit has a name, a number that can be set, and a line in the documents."""

import pickle
import re
from pathlib import Path

import pytest

from exporter import amounts
from exporter.amounts import ENDLESS, MB, Unit
from exporter.cli import options
from exporter.errors import ConfigError, UsageError
from exporter.limits import LEAST, ROWS, USUAL, value
from exporter.settings import Settings

DOCS = Path(__file__).resolve().parents[1] / "docs" / "limits.md"
LINE = re.compile(r"^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def given(*stated: str, **others: object) -> dict[str, object]:
    return {"config_path": None, "stated": stated, **others}


def test_the_documents_have_the_table() -> None:
    told = LINE.findall(DOCS.read_text("utf-8"))
    assert told == [
        (row.name, amounts.shown(row.default, row.unit), row.bounds, row.beyond)
        for row in ROWS.values()
    ]


@pytest.mark.parametrize("name", ROWS)
def test_every_limit_can_be_set_lifted_and_carried_to_a_worker(name: str) -> None:
    settings = options.settings(given(f"{name}=100000000"), {})
    assert settings.limits.of(name) == 100_000_000
    assert settings.limits.having({name: ROWS[name].default}) == USUAL
    assert options.settings(given(f"{name}=none"), {}).limits.of(name) == ENDLESS
    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301  (our own)


@pytest.mark.parametrize("name", ROWS)
def test_what_a_refusal_advises_is_enough(name: str) -> None:
    found = 7.3 * ROWS[name].default
    advised = USUAL.remedy(name, found).removeprefix("--limit ").partition(",")[0]
    assert options.settings(given(advised), {}).limits.of(name) >= found
    again = USUAL.remedy(name).removeprefix("--limit ").partition(",")[0]
    assert options.settings(given(again), {}).limits.of(name) >= 2 * ROWS[name].default


@pytest.mark.parametrize(
    ("stated", "what", "remedy"),
    [
        ("capture-sise=1GB", "no such limit: capture-sise", "did you mean capture-size?"),
        ("xyzzy=1", "no such limit: xyzzy", "limits: capture-size, "),
        ("capture-size", "capture-size can't be ''", "give a size, as in 200MB, or none"),
        ("memory=much", "memory can't be 'much'", "give a size, as in 200MB, or none"),
        ("archive-members=-1", "archive-members can't be '-1'", "a number, as in 5000 or 20k"),
        ("memory=1MB", "memory can't be '1MB'", "at least 64 MB"),
        ("seconds=0", "seconds can't be '0'", "at least 0.1 s"),
    ],
)
def test_a_limit_that_makes_no_sense_says_what_would(stated: str, what: str, remedy: str) -> None:
    with pytest.raises(UsageError) as raised:
        options.settings(given(stated), {})
    assert what in raised.value.what
    assert remedy in raised.value.remedy


def test_the_config_file_says_the_same(tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.write_text('[limits]\ncapture-size = "200MB"\narchive-members = 7\nseconds = "none"\n')
    limits = options.settings(given("archive-members=8", config_path=config), {}).limits
    assert limits.capture_size == 200 * MB
    assert limits.archive_members == 8
    assert limits.seconds == ENDLESS
    config.write_text('[limits]\ncapture-sise = "200MB"\n')
    with pytest.raises(ConfigError, match="did you mean capture-size"):
        options.settings(given(config_path=config), {})


def test_timeout_and_max_memory_are_limits_too() -> None:
    asked = given("seconds=7", timeout=5.0, max_memory=100)
    assert options.settings(asked, {}) == Settings(
        limits=USUAL.having({"seconds": 5.0, "memory": 100 * MB})
    )


@pytest.mark.parametrize(
    ("text", "unit", "amount", "shown"),
    [
        ("1.5 GB", Unit.BYTES, 3 << 29, "1.5 GB"),
        ("10kb", Unit.BYTES, 10_240, "10 kB"),
        ("64M", Unit.PIXELS, 64_000_000, "64 million px"),
        ("20k", Unit.THINGS, 20_000, "20,000"),
        ("2min", Unit.SECONDS, 120, "120 s"),
        ("NONE", Unit.BYTES, ENDLESS, "none"),
        ("1e9", Unit.THINGS, None, ""),
        ("MB", Unit.BYTES, None, ""),
        ("5MB", Unit.SECONDS, None, ""),
    ],
)
def test_amounts_are_read_and_shown(
    text: str, unit: Unit, amount: float | None, shown: str
) -> None:
    assert amounts.amount(text, unit) == amount
    assert amount is None or amounts.shown(amount, unit) == shown


def test_no_default_is_below_what_is_possible() -> None:
    assert all(ROWS[name].default > least for name, least in LEAST.items())
    assert value("seconds", "0.5") == 0.5
