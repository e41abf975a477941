"""What the grid of a table tells: how much room it wants, which columns hold figures."""

import pytest

from exporter import dom
from exporter.dom import Element
from exporter.write.pdf import grid, tables


def table(*rows: str) -> Element:
    """Give a table of rows written as "a | b", the first of them the head."""
    lines = [row.split(" | ") for row in rows]
    body = "".join(
        f"<tr>{''.join(f'<{name}>{text}</{name}>' for text in line)}</tr>"
        for line, name in zip(lines, ["th", *["td"] * len(lines)], strict=False)
    )
    return dom.parse(f"<table>{body}</table>")[0]


@pytest.mark.parametrize(
    ("figures", "column"),
    [
        (["4\u202f212", "−14,2"], True),
        (["1,204.5", "33"], True),
        (["12 €", "$5"], True),
        (["62 %", "–"], True),
        (["1921–30", "1931–40"], False),
        (["about 5", "6"], False),
        (["5"], False),  # one figure makes no column
    ],
)
def test_figures_stand_under_each_other_with_the_head_of_their_column(
    figures: list[str],
    column: bool,  # noqa: FBT001
) -> None:
    parsed = table("Valley | Trees", *(f"name | {figure}" for figure in figures))
    grid.mark_numbers(parsed)
    marks = [cell.get("class") for cell in parsed.iter("th", "td")]
    assert marks[1::2] == ["number" if column else None] * (len(figures) + 1)
    assert not any(marks[::2])


def test_a_table_wants_the_room_of_its_cells_but_lets_long_ones_break() -> None:
    assert grid.wants(table("a | b", "12345 | x")) == (5 + 3) + (1 + 3)  # with the room beside
    assert grid.wants(table("a | b", f"{'word ' * 40} | x")) == (18 + 2) + (1 + 3)


@pytest.mark.parametrize(
    ("measure", "mark"), [(66, None), (40, "dense")], ids=["classic", "a narrow page"]
)
def test_a_table_is_set_smaller_where_it_lacks_room(measure: int, mark: str | None) -> None:
    parsed = table(*[" | ".join(["value"] * 6)] * 2, *["x | x | x | x | x | x"] * 10)
    tables.fit(parsed, measure)
    assert parsed.get("class") == mark
