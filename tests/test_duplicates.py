"""One article saved several times becomes one book, from its fullest capture; two stay two."""

import itertools
import json
import random
from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from exporter.batch import alike, duplicates, survey
from exporter.batch.jobs import Compare, Row, Sketch
from exporter.batch.learn import Rows, number_of
from exporter.batch.sketch import sketch
from exporter.export import prepare
from exporter.library.report import Summary
from exporter.model import Export, Page
from exporter.read import Source
from exporter.settings import Settings
from test_joining import Story, command, outcomes
from test_read_ways import WAYS
from test_recurrence import page_of, sentences

SITE = "https://saltmarsh.example"
OTHER = "https://lantern.example"
MORE = (
    "On the far side of the marsh the reeds were cut early that year, and nobody could say who"
    " had told the cutters that the water would come back before the geese did."
)
TAIL = (
    "<p>Traduit par nos soins. Lisez l’original sur <a href='https://saltmarsh.example/1'>"
    "Saltmarsh</a>.</p><p>Partagez cet article avec vos amis et abonnez-vous à notre lettre !</p>"
)
DISCLAIMER = (
    "The harbour office gives this notice as it received it and answers for nothing in it. Tides"
    " keep to no table. Boats that are left at the quay overnight may be moved at the cost of"
    " their owners, who are asked to leave word with the harbour cat. Ropes and fenders are lent"
    " against a deposit of four shells. Lanterns are not lent at all. Whoever finds an eel in a"
    " mooring line may keep it. Complaints are heard on Thursdays at low water and no other time."
)
CELLAR = (
    "I remember that winter well because our cellar was under water for the whole of it, and the"
    " potatoes learnt to swim before my youngest brother did."
)
CHALK = (
    "My grandmother kept the other ledger, the one nobody ever asks about, and she used to say"
    " that chalk tells fewer lies than ink on a wet morning."
)


def body(number: int) -> str:
    return "".join(f"<p>{text}</p>" for text in sentences(number))


def html(inside: str, url: str = f"{SITE}/1", title: str = "The Quay", after: str = "") -> str:
    link = f'<link rel="canonical" href="{url}">' if url else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{link}</head><body><nav>'
        f'<a href="/">Home</a></nav><main><article><h1>{title}</h1>{inside}</article></main>'
        f"{after}</body></html>"
    )


def posted(text: str) -> str:
    return f"<section class='comments'><h2>Comments</h2><p>{text}</p></section>"


def sketched(pages: Sequence[Page], *, learn: bool = True) -> list[Sketch]:
    """Give the sketches of those pages that the survey proposes."""
    with Rows() as rows:
        for number, page in enumerate(pages):
            rows.add(survey.survey(page, f"{number}"))
        if learn:
            rows.learn()
        wanted = duplicates.proposed(rows.base)
    return [
        sketch(
            prepare(page, Settings()),
            Compare(Source(None, b"", f"{number}"), Settings(), identity=f"{number}"),
            0,
            f"{number}",
        )
        for number, page in enumerate(pages)
        if number_of(f"{number}") in wanted
    ]


def told(*htmls: str) -> dict[str, set[str]]:
    """Give the pages exported of those that were saved several times, with the others."""
    groups = alike.groups(sketched([page_of(text, f"{n}.html") for n, text in enumerate(htmls)]))
    return {group.chosen.name: {other.name for other in group.others} for group in groups}


ARTICLE = html(body(1))
SAME = {
    "the page saved twice": (ARTICLE, ARTICLE),
    "without its address": (ARTICLE, html(body(1), "")),
    "under an address with a campaign in it": (ARTICLE, html(body(1), f"{SITE}/1?utm_source=x")),
    "a republication with a tail in another language": (
        ARTICLE, html(body(1) + TAIL, f"{OTHER}/saltmarsh"),
    ),
    "a republication under another headline": (
        ARTICLE, html(body(1), f"{OTHER}/saltmarsh", "Marsh and Water"),
    ),
    "other comments under it": (
        html(body(1), after=posted(CELLAR)), html(body(1), after=posted(CHALK)),
    ),
    "a note without headline and address": (ARTICLE, html(body(1), "", "")),
    "another headline, no address": (html(body(1), ""), html(body(1), "", "Marsh and Water")),
    "a word corrected": (ARTICLE, html(body(1).replace("neighbour", "friend"))),
}  # fmt: skip


@pytest.mark.parametrize("claim", SAME)
def test_captures_of_one_article_are_told(claim: str) -> None:
    found = told(*SAME[claim])
    assert len(found) == 1
    assert found == told(*SAME[claim])
    ((chosen, others),) = found.items()
    assert {chosen} | others == {"0", "1"}


FULLER = {
    "an update that goes on": (ARTICLE, html(body(1) + f"<p>{MORE}</p>")),
    "the whole of what was cut off": (html(body(1)[: len(body(1)) // 2]), ARTICLE),
    "the capture that knows its address": (html(body(1), ""), ARTICLE),
}


@pytest.mark.parametrize("claim", FULLER)
def test_the_fullest_capture_is_exported(claim: str) -> None:
    assert told(*FULLER[claim]) == {"1": {"0"}}
    assert told(*reversed(FULLER[claim])) == {"0": {"1"}}


QUOTED = f"<blockquote><p>{'</p><p>'.join(sentences(3))}</p></blockquote>"
FIRST, *REST = sentences(1)
APART = {
    "short articles with the site's long disclaimer": [
        html(f"<p>{sentences(n)[0]}</p><p>{DISCLAIMER}</p>", f"{SITE}/{n}", f"Notice of {n}")
        for n in (1, 2)
    ],
    "articles that quote the same words at length": [
        html(f"<p>{sentences(n)[0]}</p>{QUOTED}", f"{site}/{n}", f"On the {n} tide")
        for n, site in ((1, SITE), (2, OTHER))
    ],
    "a list of articles and a short one of them": [
        html("".join(f"<h2>Tide {n}</h2><p>{sentences(n)[0]}</p>" for n in range(5)), f"{SITE}/"),
        html(f"<p>{sentences(2)[0]}</p>", f"{SITE}/tide/2", "Tide 2"),
    ],
    "two headlines at two addresses of one site": [
        html(body(1), f"{SITE}/{n}", f"Tide table {n}") for n in (1, 2)
    ],
    "notices that differ by their day": [
        html(body(1), f"{SITE}/{n}", "Tide table").replace(
            "<head>", f'<head><meta property="article:published_time" content="2021-05-0{n}">'
        )
        for n in (1, 2)
    ],
    "another headline and something of their own, no address": [
        html(f"{body(1)}{body(2)}<p>Quay {n}.</p>", "", f"The quay {n}") for n in (1, 2)
    ],
    "an article that goes another way from its middle on": [
        ARTICLE, html(f"<p>{FIRST}</p>" + body(2), f"{OTHER}/2"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("claim", APART)
def test_two_articles_stay_two(claim: str) -> None:
    assert told(*APART[claim]) == {}


def test_pages_of_one_paragraph() -> None:
    text = f"<p>{FIRST}</p>"
    assert told(html(text), html(text, "")) == {"0": {"1"}}
    assert told(html(text), html(f"<p>{sentences(2)[0]}</p>", f"{SITE}/2", "The Quay")) == {}


def drawn(number: int, assets: Sequence[str] = (), words: int = 12, **about: Any) -> Sketch:  # noqa: ANN401
    """Give the sketch of an article of a few clauses, as the table of claims needs it."""
    values: dict[str, Any] = {
        "source": f"{number}", "capture": f"{number}", "index": 0, "name": f"{number}",
        "title": "Picture of the day", "headline": "Picture of the day", "words": words, "own": 2,
        "address": "", "day": "", "dates": ("", ""), "length": words,
    } | about  # fmt: skip
    return Sketch(
        prints=array("q", (7, 8)).tobytes(),
        weights=array("i", (words // 2, words - words // 2)).tobytes(),
        assets=frozenset(assets),
        **values,
    )


@pytest.mark.parametrize("words", [12, 60])
def test_under_one_headline_other_pictures_are_other_articles(words: int) -> None:
    one, other = (
        drawn(n, [f"{n}"], words, address=f"saltmarsh.example/{n}") for n in (1, 2)
    )  # fmt: skip
    assert list(alike.groups([one, other])) == []
    ((chosen, others),) = alike.groups([drawn(1, ["1"], words), drawn(2, ["1", "2"], words)])
    assert chosen.name == "2"
    assert [sketch.name for sketch in others] == ["1"]


def test_short_notices_of_two_days_are_two() -> None:
    days = [drawn(n, address=f"saltmarsh.example/{n}", day=f"2021-05-0{n}") for n in (1, 2)]
    assert list(alike.groups(days)) == []
    ((chosen, others),) = alike.groups([*days, drawn(3, day="2021-05-02")])
    assert {chosen.name, *(sketch.name for sketch in others)} == {"2", "3"}


def test_of_captures_as_full_the_one_with_most_pictures_is_exported() -> None:
    longer = drawn(1, [], 102, address="saltmarsh.example/1")
    with_pictures = drawn(2, ["1", "2"], 100, address="saltmarsh.example/1")
    ((chosen, _),) = alike.groups([longer, with_pictures])
    assert chosen.name == "2"


def test_of_captures_alike_the_one_changed_last_is_exported() -> None:
    dates = (("2021-05-03", "2024-01-01"), ("2021-06-09", "2023-01-01"), ("2021-05-03", ""))
    captures = [
        drawn(n, [], 100, address="saltmarsh.example/1", dates=date) for n, date in enumerate(dates)
    ]
    for order in itertools.permutations(captures):
        ((chosen, others),) = alike.groups(order)
        assert chosen.name == "1"
        assert {sketch.name for sketch in others} == {"0", "2"}


def test_a_page_that_is_joined_elsewhere_is_never_left_out() -> None:
    captures = [drawn(n, ["1"] * n, 100, address="saltmarsh.example/1") for n in (0, 1)]
    ((chosen, others),) = alike.groups(captures, {("0", 0)})
    assert (chosen.name, [sketch.name for sketch in others]) == ("0", ["1"])


def test_the_order_of_the_pages_changes_nothing() -> None:
    texts = [
        page_of(text, f"{n}.html")
        for n, text in enumerate(itertools.chain(*SAME.values(), *FULLER.values(), *APART.values()))
    ]
    sketches = sketched(texts)
    first = set(alike.groups(sketches))
    assert first
    for seed in range(5):
        random.Random(seed).shuffle(sketches)  # noqa: S311  (no secret)
        assert set(alike.groups(sketches)) == first


def test_nobody_is_left_out_but_for_one_that_says_the_same() -> None:
    pages = [page_of(text) for text in itertools.chain(*SAME.values(), *APART.values())]
    exported: set[str] = set()
    left: set[str] = set()
    for group in alike.groups(sketched(pages)):
        exported.add(group.chosen.name)
        left.update(sketch.name for sketch in group.others)
        whole = alike.Said.of(group.chosen)
        assert all(alike.covered(alike.Said.of(other), whole) for other in group.others)
    assert left
    assert not exported & left


def test_what_recurs_on_a_site_proposes_nothing() -> None:
    pages = [
        page_of(html(f"{body(n)}<p>{DISCLAIMER}</p>", f"{SITE}/{n}", f"Tide {n}")) for n in range(8)
    ]
    with Rows() as rows:
        for number, page in enumerate(pages):
            rows.add(survey.survey(page, f"{number}"))
        rows.learn()
        assert duplicates.proposed(rows.base) == {}


def _tick(ticks: "itertools.count[int]") -> int:
    next(ticks)
    return 0


def test_proposals_cost_in_proportion_to_the_pages() -> None:
    """Counted in steps of the database: pages with one plea in common are not all compared."""
    steps = []
    for count in (200, 800):
        with Rows() as rows:
            page = survey.survey(page_of(html(f"<p>{DISCLAIMER}</p>")), "")
            for number in range(count):
                rows.add(Row(f"{number}", "", f"{number:016x}", page.marks))
            ticks = itertools.count()
            rows.base.set_progress_handler(partial(_tick, ticks), 10)
            assert len(duplicates.proposed(rows.base)) == count
            steps.append(next(ticks))
    assert steps[1] < 6 * steps[0]


def test_the_summary_counts_duplicates() -> None:
    summary = Summary()
    one = Export("b.html", "duplicate", (), "B", 9, {}, {}, (), (), 0)
    summary.add(one)
    assert str(summary) == "1 duplicate"
    summary.add(one)
    assert str(summary) == "2 duplicates"


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with one page captured in every way there is, and another page."""
    folder = tmp_path_factory.mktemp("ways")
    for number, (files, _) in enumerate(WAYS.values()):
        for name, data in files.items():
            path = folder / "pages" / f"{number:02}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    (folder / "pages" / "z.html").write_text(html(body(4), f"{OTHER}/4"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("slots", ["1", "2"])
def test_a_folder_of_one_page_in_every_way_becomes_one_book(ways: Path, slots: str) -> None:
    out = f"out{slots}"
    ran = command(ways, "convert", "pages", "-o", out, "-f", "epub", "-j", slots)
    assert ran.returncode == 0, ran.stderr
    assert f"{len(WAYS) - 1} duplicates, 2 exported" in ran.stderr
    told_ = outcomes(ways / out)
    assert len(told_) == len(WAYS) + 1
    exported = [name for name, outcome in told_.items() if outcome["status"] == "exported"]
    assert len(exported) == len(list((ways / out).glob("*.epub"))) == 2
    (chosen,) = set(exported) - {"z.html"}
    for outcome in told_.values():
        if outcome["status"] == "duplicate":
            assert outcome["duplicate_of"] == chosen
            assert outcome["notes"] == [
                {"code": "duplicate", "detail": f"its text is that of {chosen}"}
            ]
        else:
            assert outcome["duplicate_of"] is None


def test_the_books_are_the_same_whatever_the_slots_and_what_was_learnt(ways: Path) -> None:
    made = []
    for place, options in enumerate((["-j", "1"], ["-j", "2"], ["-j", "2", "--no-learn"])):
        out = ways / f"same{place}"
        command(ways, "convert", "pages", "-o", str(out), "-f", "epub", *options)
        made.append([(path.name, path.read_bytes()) for path in sorted(out.glob("*.epub"))])
    assert made[0] == made[1] == made[2]


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "pages" / "b.html").write_text(html(body(1) + f"<p>{MORE}</p>"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("how", ["option", "config"])
def test_whoever_wants_every_capture_says_so(pair: Path, how: str) -> None:
    if how == "config":
        (pair / "exporter.toml").write_text("keep_duplicates = true\n", encoding="utf-8")
    options = ["--keep-duplicates"] if how == "option" else []
    assert command(pair, "convert", "pages", "-o", "out", "-f", "epub", *options).returncode == 0
    assert [one["status"] for one in outcomes(pair / "out").values()] == ["exported"] * 2


def test_captures_named_one_by_one_are_a_batch_too(pair: Path) -> None:
    command(pair, "convert", "pages/b.html", "pages/a.html", "-o", "out", "-f", "epub")
    found = outcomes(pair / "out")
    assert found["pages/a.html"]["duplicate_of"] == "pages/b.html"


def test_what_was_withheld_is_exported_when_the_fullest_capture_fails(pair: Path) -> None:
    ran = command(pair, "convert", "pages", "-o", "out", "-f", "epub", "-q")
    book = pair / "out" / Path(ran.stdout.strip()).name
    book.unlink()
    (book / "in the way").mkdir(parents=True)
    ran = command(pair, "convert", "pages", "-o", "out", "-f", "epub", "-q")
    assert ran.returncode == 5
    told_ = outcomes(pair / "out")
    assert (told_["a.html"]["status"], told_["b.html"]["status"]) == ("exported", "failed")


def test_the_frame_of_a_frameset_is_no_second_book(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    frames = '<frameset cols="20%,80%"><frame src="menu.html"><frame src="main.html"></frameset>'
    (pages / "index.html").write_text(
        f"<html><head><title>The Quay</title></head>{frames}</html>", encoding="utf-8"
    )
    (pages / "menu.html").write_text('<a href="main.html">The Quay</a>', encoding="utf-8")
    (pages / "main.html").write_text(html(body(1), ""), encoding="utf-8")
    command(tmp_path, "convert", "pages", "-o", "out", "-f", "epub")
    told_ = outcomes(tmp_path / "out")
    states = sorted(told_[name]["status"] for name in ("index.html", "main.html"))
    assert states == ["duplicate", "exported"]


def test_a_page_of_a_longer_article_saved_twice_is_joined_once(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, number in (("a", 1), ("b", 2), ("c", 3), ("d", 2)):
        (pages / f"{name}.html").write_text(Story().html(number), encoding="utf-8")
    command(tmp_path, "convert", "pages", "-o", "out", "-f", "epub")
    told_ = outcomes(tmp_path / "out")
    assert {name: outcome["status"] for name, outcome in told_.items()} == {
        "a.html": "exported", "b.html": "joined", "c.html": "joined", "d.html": "duplicate",
    }  # fmt: skip
    assert told_["d.html"]["duplicate_of"] == "b.html"
    assert json.dumps(told_["a.html"]["joined"]) == '["b.html", "c.html"]'
