"""Judges propose, `settle` disposes."""

import pytest
from bs4 import BeautifulSoup, Tag

from exporter.clean.tree import text_of
from exporter.clean.verdicts import Act, Decision, Rank, Verdict, settle

PAGE = """<div id=root><p id=a>Alpha</p> tail <div id=b>Beta <p id=c>Gamma</p><em id=d>Delta</em>
omega</div></div>"""


@pytest.fixture
def root() -> Tag:
    return one(BeautifulSoup(PAGE, "lxml"), "root")


def one(root: Tag, identifier: str) -> Tag:
    found = root.find(id=identifier)
    assert isinstance(found, Tag)
    return found


def decide(act: Act, rank: Rank) -> Decision:
    return Decision(act, rank)


def test_evidence_adds_up_to_the_threshold(root: Tag) -> None:
    element = one(root, "a")
    settle(root, [Verdict(element, "x", "half", 0.5), Verdict(element, "y", "less", 0.4)])
    assert "Alpha" in text_of(root)
    ledger = settle(root, [Verdict(element, "x", "half", 0.5), Verdict(element, "y", "too", 0.5)])
    assert "Alpha" not in text_of(root)
    assert [(r.reason, r.text) for r in ledger] == [("x", "Alpha")]
    assert "half" in ledger[0].evidence
    assert "too" in ledger[0].evidence


def test_evidence_for_an_element_counts_against_its_removal(root: Tag) -> None:
    element = one(root, "a")
    settle(root, [Verdict(element, "x", "all", 1.0), Verdict(element, "quoted", "said", -0.5)])
    assert "Alpha" in text_of(root)


def test_text_after_a_removed_element_stays(root: Tag) -> None:
    settle(root, [Verdict(one(root, "a"), "x", "all", 1.0)])
    assert text_of(root).startswith("tail")


def test_a_decision_beats_evidence(root: Tag) -> None:
    element = one(root, "a")
    keep = Verdict(element, "k", "kept", decision=decide(Act.KEEP, Rank.STRUCTURE))
    assert settle(root, [keep, Verdict(element, "x", "all", 1.0)]) == ()


def test_among_decisions_the_higher_rank_stands(root: Tag) -> None:
    element = one(root, "a")
    keep = Verdict(element, "k", "kept", decision=decide(Act.KEEP, Rank.RULE))
    drop = Verdict(element, "user:drop", "p", decision=decide(Act.REMOVE, Rank.USER))
    assert [r.reason for r in settle(root, [keep, drop])] == ["user:drop"]


@pytest.mark.parametrize("rank", list(Rank))
def test_keep_wins_ties(root: Tag, rank: Rank) -> None:
    element = one(root, "a")
    keep = Verdict(element, "k", "kept", decision=decide(Act.KEEP, rank))
    drop = Verdict(element, "d", "dropped", decision=decide(Act.REMOVE, rank))
    assert settle(root, [drop, keep]) == ()


def test_a_kept_element_is_never_inside_anything_removed(root: Tag) -> None:
    ledger = settle(
        root,
        [
            Verdict(one(root, "b"), "x", "all", 1.0),
            Verdict(one(root, "c"), "k", "kept", decision=decide(Act.KEEP, Rank.STRUCTURE)),
        ],
    )
    assert text_of(root) == "Alpha tail Gamma"
    assert [r.text for r in ledger] == ["Beta", "Delta", "omega"]


def test_a_higher_removal_takes_what_a_lower_rank_kept(root: Tag) -> None:
    settle(
        root,
        [
            Verdict(one(root, "b"), "d", "div", decision=decide(Act.REMOVE, Rank.USER)),
            Verdict(one(root, "c"), "k", "kept", decision=decide(Act.KEEP, Rank.STRUCTURE)),
        ],
    )
    assert text_of(root) == "Alpha tail"


def test_a_kept_element_shields_its_subtree_from_evidence_but_not_from_decisions(
    root: Tag,
) -> None:
    keep = Verdict(one(root, "b"), "k", "kept", decision=decide(Act.KEEP, Rank.STRUCTURE))
    settle(root, [keep, Verdict(one(root, "c"), "x", "all", 1.0)])
    assert "Gamma" in text_of(root)
    hide = Verdict(one(root, "d"), "hidden", "h", decision=decide(Act.REMOVE, Rank.STRUCTURE))
    settle(root, [keep, hide])
    assert "Delta" not in text_of(root)


def test_what_the_user_keeps_the_user_does_not_drop(root: Tag) -> None:
    keep = Verdict(one(root, "b"), "k", "kept", decision=decide(Act.KEEP, Rank.USER))
    drop = Verdict(one(root, "c"), "d", "drop", decision=decide(Act.REMOVE, Rank.USER))
    assert settle(root, [keep, drop]) == ()


def test_the_ledger_says_where_it_stood(root: Tag) -> None:
    ledger = settle(root, [Verdict(one(root, "c"), "x", "all", 1.0)])
    assert ledger[0].path == "p#c"
