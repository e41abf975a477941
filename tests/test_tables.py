# ruff: noqa: E501  (a page's lines are long)
"""Tables: what is data stays one, what lays the page out becomes its text, pictures become figures."""

import pytest

from test_figures import typed

PROSE = "The ferry left the harbour before dawn and nobody on the quay said anything. " * 12
SHORT = [
    ('<table border="1"><tr><td>1951</td><td>three boats</td></tr></table>', True),
    ('<table class="wikitable"><tr><td>1951</td><td>three boats</td></tr></table>', True),
    (
        '<figure class="wp-block-table"><table><tr><td>1951</td><td>three</td></tr></table></figure>',
        True,
    ),
    ("<table><tr><td>1951</td><td>three</td></tr><tr><td>1952</td><td>two</td></tr></table>", True),
    ("<table><tr><th>Year</th><th>Boats</th></tr></table>", True),
    ("<table><caption>Boats</caption><tr><td>1951</td></tr></table>", True),
    (
        f'<table border="1"><tr><td>a<td><p>{PROSE}</p><tr><td>b<td><p>{PROSE}</p><tr><td>c<td>{PROSE}</table>',
        True,
    ),
    ("<table><tr><td>1951</td><td>three boats</td></tr></table>", False),
    ('<table border="0"><tr><td>1951</td><td>three boats</td></tr></table>', False),
    ("<table border='1'><tr><td>A frame around some words</td></tr></table>", False),
    ("<table><tr><th>The title of a box</th></tr></table>", False),
    ("<table border='1'><tr><td>one</td></tr><tr><td>two</td></tr></table>", False),
    (f'<table border="1"><tr><td><p>{PROSE}</p></td><td><p>{PROSE}</p></td></tr></table>', False),
    (f"<table><tr><td>a<td><p>{PROSE}</p><tr><td>b<td><p>{PROSE}</p></table>", False),
    ("<table><tr><td>a<td>b<tr><td><table><tr><td>c</table><td>d</table>", False),
    ('<table role="presentation"><tr><td>a<td>b<tr><td>c<td>d</table>', False),
]


@pytest.mark.parametrize(("html", "data"), SHORT)
def test_data_is_told_from_layout(html: str, data: bool) -> None:  # noqa: FBT001  (a column of the list)
    assert ("<table>" in typed(f"<p>Before.</p>{html}<p>After.</p>")[0]) == data


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        (
            "<tr><td><b>Year</b><td><b>Boats</b><tr><td>1951<td>3",
            '<th scope="col"><strong>Year</strong></th><th scope="col"><strong>Boats</strong></th>',
        ),
        (
            "<thead><tr><td>Year<td>Boats<tbody><tr><td>1951<td>3",
            '<th scope="col">Year</th><th scope="col">Boats</th>',
        ),
        (
            "<tr><td><td><b>A</b><td><b>B</b><tr><td>1951<td>3<td>4",
            '<td/><th scope="col"><strong>A</strong></th>',
        ),
        (
            "<tr><td><th>Boats<tr><th>1951<td>3",
            '<td/><th scope="col">Boats</th></tr><tr><th scope="row">1951</th>',
        ),
        (
            "<tr><th scope='rowgroup' rowspan='2'>1951<td>3<tr><td>4",
            '<th rowspan="2" scope="rowgroup">1951</th>',
        ),
        (
            "<tr><td><b>1951</b><td><b>3</b><tr><td><b>1952</b><td><b>4</b>",
            "<td><strong>1951</strong></td>",
        ),
    ],
    ids=["bold", "thead", "bold with a corner", "corner", "told", "all is bold"],
)
def test_header_cells_say_what_they_head(rows: str, head: str) -> None:
    assert head in typed(f"<table>{rows}</table>")[0]


def test_roles_make_a_table() -> None:
    body = typed(
        '<div role="table"><div role="row"><span role="columnheader">Year</span><span role="columnheader">'
        'Boats</span></div><div role="row"><span role="cell">1951</span><span role="cell">3</span></div></div>'
    )[0]
    assert '<tr><th scope="col">Year</th><th scope="col">Boats</th></tr>' in body
    assert "<tr><td>1951</td><td>3</td></tr>" in body


def test_a_table_of_pictures_and_words_below_them_is_a_gallery() -> None:
    body, figures, _, _ = typed(
        '<table><tr><td><img src="big.png"><td><a href="x"><img src="gone.png"></a><tr><td>One boat<td>Two boats</table>'
    )
    assert body.startswith('<section class="gallery">')
    assert [figure.caption for figure in figures] == ["One boat", "Two boats"]


def test_pictures_in_a_table_of_data_stay_in_it() -> None:
    body = typed(
        '<table><tr><td><img src="big.png"><td>Boat<tr><td><img src="gone.png"><td>Quay</table>'
    )[0]
    assert "<table>" in body
    assert body.count("<figure>") == 2
